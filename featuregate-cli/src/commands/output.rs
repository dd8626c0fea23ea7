//! Where a command writes: the console, or a file that is committed.

use std::io::{self, IsTerminal as _, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anstream::AutoStream;
use clap::{Args, ColorChoice};
use serde::Serialize;
use similar::TextDiff;

use crate::error::Error;
use crate::io::escape::escape;
use crate::io::{file, json, replace};

/// Standard output and standard error, which drop styles where they are not terminals or `NO_COLOR` is set.
pub(crate) struct Console {
    /// Takes what was asked for.
    pub(crate) out: Box<dyn Write>,
    /// Takes notes and errors.
    pub(crate) err: Box<dyn Write>,
    /// Whether standard error is a terminal, so that progress is worth showing.
    pub(crate) watched: bool,
}

impl Console {
    pub(crate) fn of_process(color: ColorChoice) -> Self {
        let choice = match color {
            ColorChoice::Auto => anstream::ColorChoice::Auto,
            ColorChoice::Always => anstream::ColorChoice::Always,
            ColorChoice::Never => anstream::ColorChoice::Never,
        };
        Self {
            out: output(choice),
            err: Box::new(AutoStream::new(io::stderr(), choice)),
            watched: io::stderr().is_terminal(),
        }
    }

    /// Prints data for programs.
    pub(crate) fn json(&mut self, data: &impl Serialize) -> io::Result<()> {
        json::write(data, &mut self.out)
    }

    /// Prints the lines in which two named texts differ.
    pub(crate) fn show_diff(
        &mut self,
        before: (&str, &str),
        after: (&str, &str),
    ) -> io::Result<()> {
        diff(before, after).iter().try_for_each(|line| writeln!(self.out, "{line}"))
    }

    /// Prints a note to standard error.
    pub(crate) fn note(&mut self, note: Option<String>) -> io::Result<()> {
        note.map_or(Ok(()), |note| writeln!(self.err, "note: {note}"))
    }

    /// The exit code for the result of a command, whose error is printed.
    pub(crate) fn finish(&mut self, result: Result<Outcome, Error>) -> ExitCode {
        let result = result.and_then(|outcome| Ok(self.out.flush().map(|()| outcome)?));
        match result {
            Ok(Outcome::Clean) => ExitCode::SUCCESS,
            Ok(Outcome::Errors) => ExitCode::from(1),
            Ok(Outcome::Partial) => ExitCode::from(3),
            Err(error) => {
                let messages = match error {
                    Error::Messages(messages) => messages,
                    error @ Error::Output(_) => vec![error.to_string()],
                };
                for message in messages {
                    // Without standard error, the exit code is all that is left.
                    let _ = writeln!(self.err, "error: {message}");
                }
                ExitCode::from(2)
            }
        }
    }
}

/// Standard output, through a buffer.
fn output(choice: anstream::ColorChoice) -> Box<dyn Write> {
    let stdout = io::stdout();
    let choice = match choice {
        anstream::ColorChoice::Auto => AutoStream::choice(&stdout),
        choice => choice,
    };
    if choice == anstream::ColorChoice::Never {
        // What drops styles writes each text between two of them by itself, so the buffer takes these.
        let buffer: Box<dyn Write> = Box::new(io::BufWriter::new(UntilClosed(Some(stdout))));
        return Box::new(AutoStream::never(buffer));
    }
    Box::new(io::BufWriter::new(UntilClosed(Some(AutoStream::new(stdout, choice)))))
}

/// A stream until its reader closes it. A reader that wants only the first lines has them, and the exit code still shows
/// what the command found.
struct UntilClosed<W>(Option<W>);

impl<W: Write> UntilClosed<W> {
    fn until_closed<T>(
        &mut self,
        otherwise: T,
        write: impl FnOnce(&mut W) -> io::Result<T>,
    ) -> io::Result<T> {
        let Some(stream) = &mut self.0 else { return Ok(otherwise) };
        match write(stream) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.0 = None;
                Ok(otherwise)
            }
            result => result,
        }
    }
}

impl<W: Write> Write for UntilClosed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.until_closed(bytes.len(), |stream| stream.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.until_closed((), Write::flush)
    }
}

/// What a command found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Nothing at error level.
    Clean,
    /// Something at error level.
    Errors,
    /// A source did not answer completely, so that there may be more.
    Partial,
}

/// Where a generated text goes: to a file that is committed, or to standard output.
#[derive(Clone, Debug, Args)]
pub(crate) struct Destination {
    /// Writes to FILE instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Writes nothing; shows the lines that differ, with exit code 1, if FILE is not up to date.
    #[arg(long, requires = "output")]
    check: bool,
}

impl Destination {
    /// Writes the text, or compares the file with it.
    pub(crate) fn put(&self, text: &str, console: &mut Console) -> Result<Outcome, Error> {
        let Some(path) = &self.output else {
            console.out.write_all(text.as_bytes())?;
            return Ok(Outcome::Clean);
        };
        let shown = path.display();
        if !self.check {
            replace::replace(path, text).map_err(|error| Error::file("write", path, &error))?;
            return Ok(Outcome::Clean);
        }
        let advice = "run the same command without --check to write it, then commit it";
        let Some(committed) = committed(path)? else {
            writeln!(console.out, "{shown} does not exist; {advice}")?;
            return Ok(Outcome::Errors);
        };
        if committed == text {
            return Ok(Outcome::Clean);
        }
        console.show_diff(("committed", &committed), ("expected", text))?;
        writeln!(console.out, "{shown} is not up to date; {advice}")?;
        Ok(Outcome::Errors)
    }
}

/// The file's text with `\n` at the end of each line, since some checkouts change that.
fn committed(path: &Path) -> Result<Option<String>, Error> {
    match file::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).replace("\r\n", "\n"))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::file("read", path, &error)),
    }
}

/// The lines in which two named texts differ, with three lines around them.
pub(crate) fn diff(before: (&str, &str), after: (&str, &str)) -> Vec<String> {
    let diff = TextDiff::from_lines(before.1, after.1);
    let mut hunks = diff.unified_diff();
    let hunks = hunks.context_radius(3).header(before.0, after.0).to_string();
    hunks.lines().map(|line| escape(line).into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::diff;

    #[test]
    fn a_diff_escapes_what_would_control_the_terminal() {
        let shown = diff(("a\u{1b}", "one\n\u{202e}two\n"), ("b", "one\nthree\u{9b}\n"));
        let expected =
            ["--- a\\u{1b}", "+++ b", "@@ -1,2 +1,2 @@", " one", "-\\u{202e}two", "+three\\u{9b}"];
        assert_eq!(shown, expected);
        assert_eq!(diff(("a", "one\n"), ("b", "one\n")), [""; 0]);
    }
}
