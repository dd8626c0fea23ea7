//! What could not be read.

use std::sync::Arc;

use serde::{Serialize, Serializer};

/// A source that did not answer, or not completely.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct Missing {
    /// Its address or file.
    #[serde(serialize_with = "shared")]
    pub(crate) source: Arc<str>,
    /// Why: one clause without a full stop.
    pub(crate) reason: String,
}

fn shared<S: Serializer>(text: &Arc<str>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(text)
}

impl Missing {
    pub(crate) fn of(source: &Arc<str>, reason: String) -> Self {
        Self { source: Arc::clone(source), reason }
    }
}
