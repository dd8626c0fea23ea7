//! What is wrong with the shape of a manifest.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// A line and a column, both from 1; columns count Unicode scalars.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Location {
    pub(super) line: u32,
    pub(super) column: u32,
}

impl Location {
    pub(super) const START: Self = Self { line: 1, column: 1 };
}

/// One thing that is wrong with a manifest, with its location. `Display` is `LINE:COLUMN: MESSAGE; HELP`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    location: Location,
    message: String,
    help: Option<String>,
}

impl Diagnostic {
    pub(super) fn new(
        location: Location,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self { help: Some(help.into()), ..Self::without_help(location, message) }
    }

    pub(super) fn without_help(location: Location, message: impl Into<String>) -> Self {
        Self { location, message: message.into(), help: None }
    }

    /// The line, from 1.
    #[must_use]
    pub fn line(&self) -> u32 {
        self.location.line
    }

    /// The column in Unicode scalars, from 1.
    #[must_use]
    pub fn column(&self) -> u32 {
        self.location.column
    }

    /// What is wrong: one clause, without its location.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What to write, where that is known: one clause.
    #[must_use]
    pub fn help(&self) -> Option<&str> {
        self.help.as_deref()
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.location.line, self.location.column, self.message)?;
        match &self.help {
            Some(help) => write!(f, "; {help}"),
            None => Ok(()),
        }
    }
}

/// Why a text is not a manifest: everything that is wrong with its shape, or the first error of YAML itself.
/// `Display` has a line for each.
///
/// ```
/// use featuregate_core::manifest::Manifest;
///
/// let error = Manifest::read("version: 1.30\ngates:\n- name: A\n").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "1:10: version is the number 1.30; write it in quotes, \"1.30\"\n\
///      3:3: the gate has no versionedSpecs; add the history of the gate"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ReadError {
    diagnostics: Vec<Diagnostic>,
    omitted: usize,
}

impl ReadError {
    /// What is wrong, in the order of the text; at most a thousand.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// How many more there are.
    #[must_use]
    pub fn omitted(&self) -> usize {
        self.omitted
    }
}

impl From<Diagnostic> for ReadError {
    fn from(diagnostic: Diagnostic) -> Self {
        Self { diagnostics: Vec::from([diagnostic]), omitted: 0 }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, diagnostic) in self.diagnostics.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            diagnostic.fmt(f)?;
        }
        match self.omitted {
            0 => Ok(()),
            omitted => write!(f, "\nand {omitted} more"),
        }
    }
}

impl core::error::Error for ReadError {}

/// Collects diagnostics, up to a number that a person may want to read.
#[derive(Default)]
pub(super) struct Diagnostics {
    kept: Vec<Diagnostic>,
    omitted: usize,
}

impl Diagnostics {
    pub(super) fn add(&mut self, diagnostic: Diagnostic) {
        /// The most diagnostics that are kept.
        const KEPT: usize = 1_000;
        if self.kept.len() < KEPT {
            self.kept.push(diagnostic);
        } else {
            self.omitted += 1;
        }
    }

    /// The value, if nothing is wrong.
    pub(super) fn none<T>(mut self, value: Option<T>) -> Result<T, ReadError> {
        match value {
            Some(value) if self.kept.is_empty() => Ok(value),
            _ => {
                self.kept.sort_by_key(|diagnostic| diagnostic.location);
                Err(ReadError { diagnostics: self.kept, omitted: self.omitted })
            }
        }
    }
}
