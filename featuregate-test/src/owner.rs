//! The test that a scope belongs to, for records of what tests read.

#[cfg(feature = "record")]
use std::sync::Arc;

/// The test in which a scope was made.
#[derive(Clone)]
pub(crate) struct Owner {
    #[cfg(feature = "record")]
    test: Option<Arc<str>>,
}

impl Owner {
    /// The test of this thread.
    #[cfg(feature = "record")]
    pub(crate) fn of_thread() -> Self {
        featuregate::testing::set_owner(|| crate::scope::owner()?.test);
        Self { test: featuregate::testing::of_thread() }
    }

    /// Unknown, since nothing is recorded.
    #[cfg(not(feature = "record"))]
    pub(crate) fn of_thread() -> Self {
        Self {}
    }
}
