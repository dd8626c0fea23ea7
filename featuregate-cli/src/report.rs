//! Reports for people and for programs, of findings and of a program's gates.
//!
//! Every format has the same findings. Those for people and for code review merge findings that differ only in
//! their target (`block`); JSON has each by itself.

pub(crate) mod block;
pub(crate) mod coverage;
mod excerpt;
pub(crate) mod gate;
mod github;
mod gitlab;
mod human;
mod json;
mod junit;
pub(crate) mod location;
pub(crate) mod markdown;
pub(crate) mod openfeature;
pub(crate) mod owners;
mod page;
mod sarif;
mod summary;
pub(crate) mod table;

use std::io::{self, Write};

use clap::ValueEnum;

use crate::error::Error;
pub use crate::finding::Report;
use crate::report::location::Viewer;

/// The heading of a page of gates in HTML, if its writer does not choose one.
pub(crate) const TITLE: &str = "Feature gates";

/// How findings are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people: each finding with its line of the file.
    #[default]
    Human,
    /// One JSON object.
    Json,
    /// SARIF 2.1.0, as code scanning takes it.
    Sarif,
    /// Annotations of a GitHub workflow, and the summary of its job.
    Github,
    /// Code quality of GitLab.
    Gitlab,
    /// Test results in the XML of JUnit.
    Junit,
}

impl Report {
    /// Writes the report.
    ///
    /// The report for people always has styles; a caller whose output is not a terminal strips them.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write(&self, format: Format, out: &mut dyn Write) -> io::Result<()> {
        let viewer = Viewer::of_process();
        match format {
            Format::Human => human::write(self, &viewer, out),
            Format::Json => json::write(self, out),
            Format::Sarif => sarif::write(self, &viewer, out),
            Format::Github => github::write(self, &viewer, out),
            Format::Gitlab => gitlab::write(self, &viewer, out),
            Format::Junit => junit::write(self, &viewer, out),
        }
    }

    /// Writes only the findings for people, with styles.
    pub(crate) fn write_findings(&self, out: &mut dyn Write) -> io::Result<()> {
        human::write_findings(self, &Viewer::of_process(), out)
    }

    /// The totals in a line.
    pub(crate) fn summary(&self) -> String {
        summary::plain(self)
    }

    /// The totals and a table of the findings, for the summary of a job.
    pub(crate) fn job_summary(&self) -> Result<String, Error> {
        github::summary(self, &Viewer::of_process())
    }
}
