//! Where a command writes.

use std::io::{self, IsTerminal as _, Write};
use std::process::ExitCode;

use anstream::AutoStream;
use clap::ColorChoice;
use serde::Serialize;

use crate::io::failure::Failure;
use crate::io::json;

/// Standard output and standard error, which drop styles where they are no terminals or `NO_COLOR` is set.
pub(crate) struct Console {
    /// What was asked for.
    pub(crate) out: Box<dyn Write>,
    /// What is told beside it.
    pub(crate) err: Box<dyn Write>,
    /// Whether somebody watches standard error, so that progress is worth showing.
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
            out: Box::new(io::BufWriter::new(Listened(Some(AutoStream::new(
                io::stdout(),
                choice,
            ))))),
            err: Box::new(AutoStream::new(io::stderr(), choice)),
            watched: io::stderr().is_terminal(),
        }
    }

    /// Prints data for programs.
    pub(crate) fn json(&mut self, data: &impl Serialize) -> io::Result<()> {
        json::write(data, &mut self.out)
    }

    /// Tells beside the answer what it can't say.
    pub(crate) fn caveat(&mut self, caveat: Option<String>) -> io::Result<()> {
        caveat.map_or(Ok(()), |caveat| writeln!(self.err, "note: {caveat}"))
    }

    /// The exit code of a command that ended like that.
    pub(crate) fn finish(&mut self, result: Result<Outcome, Failure>) -> ExitCode {
        let result = result.and_then(|outcome| Ok(self.out.flush().map(|()| outcome)?));
        match result {
            Ok(Outcome::Clean) => ExitCode::SUCCESS,
            Ok(Outcome::Errors) => ExitCode::from(1),
            Err(failure) => {
                let messages = match failure {
                    Failure::Messages(messages) => messages,
                    Failure::Output(error) => vec![format!("the output can't be written: {error}")],
                };
                for message in messages {
                    let _ = writeln!(self.err, "error: {message}");
                }
                ExitCode::from(2)
            }
        }
    }
}

/// A stream as long as somebody listens. Whoever reads only the head of the output has what they want; what the
/// command found is told by its exit code all the same.
struct Listened<W>(Option<W>);

impl<W: Write> Listened<W> {
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

impl<W: Write> Write for Listened<W> {
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
}
