//! Findings, as people and programs read them.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

use clap::ValueEnum;
use featuregate_core::Version;

use crate::finding::{Finding, Skipped};

/// How findings are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
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
#[derive(Debug, Default)]
pub(crate) struct Report {
    /// The releases that it is about.
    pub(crate) targets: Vec<Version>,
    /// How many files were read.
    pub(crate) files: usize,
    /// By path, place and target.
    pub(crate) findings: Vec<Finding>,
    /// By path and line.
    pub(crate) skipped: Vec<Skipped>,
    /// The texts of the files with findings, for those reports that show them.
    pub(crate) texts: BTreeMap<Arc<str>, String>,
}

impl Report {
    /// Writes the report.
    pub(crate) fn write(&self, _format: Format, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}
