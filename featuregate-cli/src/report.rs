//! Findings, as people and programs read them.
//!
//! Every format tells the same findings. Those for people and for code review merge what differs only in
//! its target (`block`); JSON has each by itself.

mod block;
pub(crate) mod diff;
#[cfg(test)]
mod example;
mod excerpt;
mod github;
mod human;
mod json;
pub(crate) mod json_schema;
mod location;
pub(crate) mod markdown;
mod sarif;
pub(crate) mod table;
mod texts;
mod viewer;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

use clap::ValueEnum;
use featuregate_core::Version;

use crate::finding::{Finding, Skipped};
use crate::report::viewer::Viewer;

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
    /// Annotations of a GitHub workflow.
    Github,
}

/// What a command has to tell.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The releases that it is about.
    pub targets: Vec<Version>,
    /// How many files were read.
    pub files: usize,
    /// By path, place and target.
    pub findings: Vec<Finding>,
    /// By path and line.
    pub skipped: Vec<Skipped>,
    /// What was named and can't be opened: a sentence each. The command tells these on standard error; a
    /// report has them only where its format says whether all went well.
    pub failures: Vec<String>,
    /// The texts of the files with findings, which those reports need that show a line or a fix.
    pub texts: BTreeMap<Arc<str>, String>,
}

impl Report {
    /// Writes the report.
    ///
    /// The human one has styles in any case; who writes it to something that is no terminal strips them.
    ///
    /// # Errors
    /// If it can't be written.
    pub fn write(&self, format: Format, out: &mut dyn Write) -> io::Result<()> {
        let viewer = Viewer::of_process();
        match format {
            Format::Human => human::write(self, &viewer, out),
            Format::Json => json::write(self, out),
            Format::Sarif => sarif::write(self, &viewer, out),
            Format::Github => github::write(self, &viewer, out),
        }
    }
}
