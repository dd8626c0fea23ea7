//! Files that are written from the manifest and committed: written, or compared so that they can't drift.

use std::io;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::commands::console::{Console, Outcome};
use crate::io::failure::Failure;
use crate::io::input;
use crate::io::replace::replace;
use crate::report::diff;

/// Where such a text goes.
#[derive(Clone, Debug, Args)]
pub(crate) struct Destination {
    /// Writes to FILE instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Writes nothing; ends with exit code 1 and the lines that differ if FILE is not what would be
    /// written.
    #[arg(long, requires = "output")]
    check: bool,
}

impl Destination {
    /// Writes the text, or compares the file with it.
    pub(crate) fn put(&self, text: &str, console: &mut Console) -> Result<Outcome, Failure> {
        let Some(path) = &self.output else {
            console.out.write_all(text.as_bytes())?;
            return Ok(Outcome::Clean);
        };
        let shown = path.display();
        if !self.check {
            let written = replace(path, text);
            written.map_err(|error| Failure::new(format!("{shown} can't be written: {error}")))?;
            return Ok(Outcome::Clean);
        }
        let advice = "run the same command without --check to write it, then commit it";
        let Some(committed) = committed(path)? else {
            writeln!(console.out, "{shown} is not there yet; {advice}")?;
            return Ok(Outcome::Errors);
        };
        if committed == text {
            return Ok(Outcome::Clean);
        }
        for line in diff::lines(("committed", &committed), ("as it should be", text)) {
            writeln!(console.out, "{line}")?;
        }
        writeln!(console.out, "{shown} is not what the manifest comes to; {advice}")?;
        Ok(Outcome::Errors)
    }
}

/// The file's text, with the ends of lines as they are written, since some checkouts change them.
fn committed(path: &Path) -> Result<Option<String>, Failure> {
    match input::bytes(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).replace("\r\n", "\n"))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::new(format!("{} can't be read: {error}", path.display()))),
    }
}
