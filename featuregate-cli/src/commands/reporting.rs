//! How findings are reported: by `check` and `verify`.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anstream::AutoStream;
use clap::Args;

use crate::commands::output::Console;
use crate::error::Error;
use crate::io::replace::replace;
use crate::report::{Format, Report};

/// Where the findings go.
#[derive(Debug, Args)]
pub(crate) struct Reporting {
    /// The format of the report.
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    /// Writes the report to FILE, and only its totals to standard output.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Prints the findings and nothing else: no skipped parts, counts and totals.
    #[arg(long, short)]
    quiet: bool,
}

impl Reporting {
    /// Where to print details for people.
    pub(crate) fn details<'c>(&self, console: &'c mut Console) -> &'c mut dyn Write {
        if self.is_for_people() { &mut *console.out } else { &mut *console.err }
    }

    /// Whether people read standard output.
    pub(crate) fn is_for_people(&self) -> bool {
        self.format == Format::Human && self.output.is_none()
    }

    /// Whether only findings were asked for.
    pub(crate) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Writes the report.
    pub(crate) fn write(&self, report: &Report, console: &mut Console) -> Result<(), Error> {
        match &self.output {
            None => self.render(report, &mut *console.out)?,
            Some(path) => {
                // A file has no styles.
                let mut text = AutoStream::never(Vec::new());
                self.render(report, &mut text)?;
                let text = String::from_utf8_lossy(&text.into_inner()).into_owned();
                replace(path, &text).map_err(|error| Error::file("write", path, &error))?;
                if !self.quiet {
                    writeln!(console.out, "{}", report.summary())?;
                }
            }
        }
        if self.format == Format::Github {
            self.job_summary(report)?;
        }
        Ok(())
    }

    fn render(&self, report: &Report, out: &mut dyn Write) -> io::Result<()> {
        match (self.format, self.quiet) {
            (Format::Human, true) => report.write_findings(out),
            (format, _) => report.write(format, out),
        }
    }

    /// Adds to the summary of the job of a GitHub workflow, if this is one.
    fn job_summary(&self, report: &Report) -> Result<(), Error> {
        let path = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty());
        let Some(path) = path.filter(|_| !self.quiet) else { return Ok(()) };
        let text = report.job_summary()?;
        let append = |path: &Path| {
            let mut file = File::options().append(true).create(true).open(path)?;
            file.write_all(text.as_bytes())
        };
        let path = Path::new(&path);
        append(path).map_err(|error| {
            Error::new(format!(
                "cannot write the summary of the job to {}: {error}",
                path.display()
            ))
        })
    }
}
