//! What could not be read.

use serde::Serialize;

/// A source that did not answer, or not completely.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct Missing {
    /// Its address or file.
    pub(crate) source: String,
    /// Why: one clause without a full stop.
    pub(crate) reason: String,
}

impl Missing {
    pub(crate) fn of(source: &str, reason: String) -> Self {
        Self { source: source.to_owned(), reason }
    }
}
