//! What runs a thread: a test, or code that a test has started.

use std::thread;

use featuregate::testing::runs_test;

/// Whether a test has started this thread, and neither is it nor does the process run on it.
pub(crate) fn is_started_by_a_test() -> bool {
    thread::current().name() != Some("main") && !runs_test()
}
