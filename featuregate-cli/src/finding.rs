//! What a command finds, as every report tells it.

use std::ops::Range;
use std::sync::Arc;

use featuregate_core::Version;
use serde::{Serialize, Serializer};

use crate::io::text::Place;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Worth knowing.
    Note,
    /// Accepted, but on its way to an error.
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

impl Serialize for Level {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// One place where a rule is broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule's name, as in `removed-gate`.
    pub rule: &'static str,
    /// How bad it is.
    pub level: Level,
    /// The release that it is about, where there are several to choose from.
    pub target: Option<Version>,
    /// The gate, as it is written.
    pub gate: String,
    /// The value, as it is written, where one is given.
    pub value: Option<String>,
    /// The file, as it was named or found.
    pub path: Arc<str>,
    /// Where the gate stands in it.
    pub place: Place,
    /// The bytes to point at, from `place` on.
    pub span: Range<usize>,
    /// What is wrong: one sentence without a full stop.
    pub message: String,
    /// What would be right: one sentence without a full stop.
    pub help: String,
    /// The change that mends it, where there is one right answer.
    pub fix: Option<Fix>,
}

/// A change of a file that mends a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as in `drop the setting`.
    pub description: String,
    /// The pieces of text to replace, by place, without overlap.
    pub edits: Vec<Edit>,
}

/// A piece of a file's text, and what should stand there instead.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edit {
    /// The bytes to replace.
    pub span: (usize, usize),
    /// What to write.
    pub text: String,
}

/// What could not be read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skipped {
    /// The file.
    pub path: Arc<str>,
    /// The line, where only a part of it could not be read.
    pub line: Option<u32>,
    /// Why: one sentence without a full stop.
    pub reason: String,
}
