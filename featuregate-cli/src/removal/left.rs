//! What a removal leaves to a person.

use std::path::PathBuf;

/// Something that is not done, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Left {
    pub(crate) file: PathBuf,
    pub(crate) line: u32,
    pub(crate) reason: String,
    /// Whether the gate cannot be taken out of its enum because of it.
    pub(crate) keeps_gate: bool,
}
