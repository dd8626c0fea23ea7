//! What a removal leaves to a person.

use std::path::{Path, PathBuf};

/// Something that is not done, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Left {
    pub(crate) file: PathBuf,
    pub(crate) line: u32,
    pub(crate) reason: String,
    pub(crate) rest: Rest,
}

impl Left {
    /// What is not done in a file as a whole.
    pub(super) fn of_file(file: &Path, reason: String, rest: Rest) -> Self {
        Self { file: file.to_owned(), line: 1, reason, rest }
    }

    pub(crate) fn keeps_gate(&self) -> bool {
        self.rest == Rest::Gate
    }
}

/// What it means that something is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rest {
    /// The gate cannot be taken out of its enum because of it.
    Gate,
    /// The gate is removed, and this code has its value, but a person has to complete it.
    Code,
    /// The same, where what is left is a condition whose value is known.
    Condition,
    /// Documentation or configuration names the gate.
    Mention,
}
