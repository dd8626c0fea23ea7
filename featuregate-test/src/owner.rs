//! The test that a scope belongs to, for records of what tests read.

use std::sync::Arc;

/// The test in which a scope was made; unknown where nothing is recorded.
pub(crate) struct Owner {
    pub(crate) test: Option<Arc<str>>,
}

impl Owner {
    /// The test of this thread. From now on, the recorder asks for the test of the scope on other threads.
    pub(crate) fn of_thread(of_scope: fn() -> Option<Arc<str>>) -> Self {
        #[cfg(feature = "record")]
        {
            featuregate::testing::set_owner(of_scope);
            Self { test: featuregate::testing::of_thread() }
        }
        #[cfg(not(feature = "record"))]
        {
            let _ = of_scope;
            Self { test: None }
        }
    }
}
