//! Which test a check belongs to.

use std::env;
use std::sync::{Arc, LazyLock, OnceLock};
use std::thread;

use crate::runner::runs_test;

/// The test that a thread or task belongs to by its scope: `featuregate-test` knows it.
type Owner = fn() -> Option<Arc<str>>;

static OWNER: OnceLock<Owner> = OnceLock::new();

/// Has this asked on threads that are not those of a test.
pub fn set_owner(owner: Owner) {
    // There is only one.
    let _ = OWNER.set(owner);
}

/// The test that this thread belongs to.
///
/// nextest runs each test in a process of its own, and names it to that process and the programs that it starts. Otherwise,
/// the thread of a test has its name, and other threads belong to the test of their scope.
#[must_use]
pub fn of_thread() -> Option<Arc<str>> {
    if let Some(test) = &*OF_PROCESS {
        return Some(Arc::clone(test));
    }
    if runs_test() {
        return thread::current().name().map(Arc::from);
    }
    OWNER.get().and_then(|owner| owner())
}

/// Whether this thread belongs to one test as long as it runs.
pub(super) fn is_of_one_test() -> bool {
    OF_PROCESS.is_some() || runs_test()
}

static OF_PROCESS: LazyLock<Option<Arc<str>>> =
    LazyLock::new(|| env::var("NEXTEST_TEST_NAME").ok().map(Arc::from));
