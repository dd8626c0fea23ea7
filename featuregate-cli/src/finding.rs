//! What a command finds, as every report shows it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::{Deref, Range};
use std::sync::Arc;

use featuregate_core::Version;
use serde::Serialize;

use crate::io::text::Location;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Worth knowing.
    Note,
    /// Accepted, but a later release may refuse it.
    Warning,
    /// Refused; the exit code is 1.
    Error,
}

impl Level {
    /// Every level.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Note];

    /// Its word: `error`, `warning` or `note`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The level of that word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.as_str() == word)
    }
}

/// A rule that is broken, and the location. What it is about is shared with other findings, since there may be a million of
/// them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What is wrong.
    pub about: Arc<About>,
    /// How bad it is.
    pub level: Level,
    /// The release that the file was checked against; of a declaration, none.
    pub target: Option<Version>,
    /// The file, as it was named or found.
    pub path: Arc<str>,
    /// The location of the gate in it.
    pub location: Location,
    /// The bytes to point at, from `location` on.
    pub span: Range<usize>,
    /// The change that fixes it, where there is exactly one.
    pub fix: Option<Arc<Fix>>,
}

/// What a finding is about, wherever it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct About {
    /// The rule's name, as in `removed-gate`.
    pub rule: &'static str,
    /// The gate, as it is written.
    pub gate: Box<str>,
    /// The value, as it is written, where one is given.
    pub value: Option<Box<str>>,
    /// What is wrong: one clause without a full stop.
    pub message: Box<str>,
    /// What to do about it: one clause without a full stop.
    pub help: Box<str>,
}

impl Deref for Finding {
    type Target = About;

    fn deref(&self) -> &About {
        &self.about
    }
}

/// A change of a file that fixes a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as in `remove the setting`.
    pub description: Cow<'static, str>,
    /// The parts of the text to replace, in order, without overlap.
    pub edits: Box<[Edit]>,
}

/// A part of a file's text, and its replacement.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edit {
    /// The bytes to replace.
    pub span: (usize, usize),
    /// What to write.
    pub text: String,
}

/// What could not be read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Skipped {
    /// The file.
    pub path: Arc<str>,
    /// The line, where only a part of it could not be read.
    pub line: Option<u32>,
    /// Why: one clause without a full stop.
    pub reason: String,
}

/// What was checked, as a summary counts it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// What is counted.
    pub subject: Subject,
    /// How many there are.
    pub count: usize,
    /// In how many files they are.
    pub files: usize,
    /// Whether every target accepts all of them, whatever the levels of the rules are.
    pub accepted: bool,
    /// How many findings comments accept.
    pub ignored: usize,
    /// How many findings a baseline accepts.
    pub in_baseline: usize,
}

/// What findings are about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Subject {
    /// A setting in a configuration file.
    #[default]
    Setting,
    /// A declared gate.
    Gate,
}

impl Subject {
    /// Its word: `setting` or `gate`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Setting => "setting",
            Self::Gate => "gate",
        }
    }
}

/// What a command found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The releases that the files were checked against.
    pub targets: Vec<Version>,
    /// How many files were read.
    pub files: usize,
    /// What was checked in them.
    pub tally: Tally,
    /// By path, location and target.
    pub findings: Vec<Finding>,
    /// By path and line.
    pub skipped: Vec<Skipped>,
    /// The paths from the command line that cannot be opened: a clause each. The command prints them to standard
    /// error; a report has them only where its format shows whether the run succeeded.
    pub failures: Vec<String>,
    /// The texts of the files with findings, for the reports that show a line or a fix.
    pub texts: BTreeMap<Arc<str>, String>,
}

impl Report {
    /// Whether a finding is at error level.
    pub(crate) fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.level == Level::Error)
    }

    /// One report of several, about the same subject.
    pub(crate) fn joined(reports: Vec<Self>) -> Self {
        let mut all = Self::default();
        for report in reports {
            let Self { targets, files, tally, findings, skipped, failures, texts } = report;
            let count = all.tally.count + tally.count;
            all.tally = Tally { count, files: all.tally.files + tally.files, ..tally };
            all.files += files;
            all.targets.extend(targets);
            all.findings.extend(findings);
            all.skipped.extend(skipped);
            all.failures.extend(failures);
            all.texts.extend(texts);
        }
        all.sort();
        all.skipped.sort();
        all
    }

    /// Puts the findings and the targets in order.
    pub(crate) fn sort(&mut self) {
        self.findings
            .sort_by(|a, b| (&a.path, a.location, &a.gate).cmp(&(&b.path, b.location, &b.gate)));
        self.targets.sort();
        self.targets.dedup();
    }
}

#[cfg(test)]
impl Finding {
    /// A finding for that part of a text.
    pub(crate) fn example(text: &str, span: Range<usize>) -> Self {
        let about = About {
            rule: "removed-gate",
            gate: text.get(span.clone()).unwrap_or_default().into(),
            value: None,
            message: "the gate was removed in 1.35".into(),
            help: "remove the setting".into(),
        };
        Self {
            about: Arc::new(about),
            level: Level::Error,
            target: None,
            path: "config.yaml".into(),
            location: crate::io::text::Lines::of(text).location(span.start),
            span,
            fix: None,
        }
    }
}
