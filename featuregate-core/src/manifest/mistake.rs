//! What is wrong with the shape of a manifest.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// A line and a column, both from 1; columns count Unicode scalars.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Place {
    pub(super) line: u32,
    pub(super) column: u32,
}

impl Place {
    pub(super) const START: Self = Self { line: 1, column: 1 };
}

/// One mistake, with its place. `Display` is `12:5: ` and one sentence: what is wrong, and what would be
/// right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    place: Place,
    message: String,
}

impl Mistake {
    pub(super) fn new(place: Place, message: impl Into<String>) -> Self {
        Self { place, message: message.into() }
    }

    /// The line, from 1.
    #[must_use]
    pub fn line(&self) -> u32 {
        self.place.line
    }

    /// The column in Unicode scalars, from 1.
    #[must_use]
    pub fn column(&self) -> u32 {
        self.place.column
    }

    /// What is wrong and what would be right, without the place.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.place.line, self.place.column, self.message)
    }
}

/// Why a text is no manifest: all mistakes of its shape, or the first of YAML itself. `Display` has a line
/// for each.
///
/// ```
/// use featuregate_core::manifest::Manifest;
///
/// let error = Manifest::read("version: 1.30\ngates:\n- name: A\n").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "1:10: version is the number 1.30; write it in quotes, \"1.30\"\n\
///      3:3: the gate lacks versionedSpecs, its history"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    mistakes: Vec<Mistake>,
    more: usize,
}

impl ReadError {
    /// In the order of the text, at most a thousand.
    #[must_use]
    pub fn mistakes(&self) -> &[Mistake] {
        &self.mistakes
    }

    /// How many mistakes there are besides.
    #[must_use]
    pub fn more(&self) -> usize {
        self.more
    }
}

impl From<Mistake> for ReadError {
    fn from(mistake: Mistake) -> Self {
        Self { mistakes: Vec::from([mistake]), more: 0 }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, mistake) in self.mistakes.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            mistake.fmt(f)?;
        }
        match self.more {
            0 => Ok(()),
            more => write!(f, "\nand {more} more"),
        }
    }
}

impl core::error::Error for ReadError {}

/// Collects mistakes up to a number that a person may want to read.
#[derive(Default)]
pub(super) struct Mistakes {
    told: Vec<Mistake>,
    more: usize,
}

impl Mistakes {
    pub(super) fn add(&mut self, place: Place, message: impl Into<String>) {
        /// The most mistakes that are kept.
        const KEPT: usize = 1_000;
        if self.told.len() < KEPT {
            self.told.push(Mistake::new(place, message));
        } else {
            self.more += 1;
        }
    }

    /// The value, if there was no mistake.
    pub(super) fn none<T>(mut self, value: Option<T>) -> Result<T, ReadError> {
        match value {
            Some(value) if self.told.is_empty() => Ok(value),
            _ => {
                self.told.sort_by_key(|mistake| mistake.place);
                Err(ReadError { mistakes: self.told, more: self.more })
            }
        }
    }
}
