//! Which test a check belongs to.

use std::env;
use std::sync::{Arc, LazyLock, OnceLock};
use std::thread;

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
/// nextest runs each test in a process of its own, and names it to that process and the programs that it starts. The
/// test harness of Rust names the thread of a test after the test. Other threads belong to the test of their scope.
#[must_use]
pub fn of_thread() -> Option<Arc<str>> {
    static OF_PROCESS: LazyLock<Option<Arc<str>>> =
        LazyLock::new(|| env::var("NEXTEST_TEST_NAME").ok().map(Arc::from));
    if let Some(test) = &*OF_PROCESS {
        return Some(Arc::clone(test));
    }
    let thread = thread::current();
    match thread.name().filter(|name| names_test(name)) {
        Some(name) => Some(name.into()),
        None => OWNER.get().and_then(|owner| owner()),
    }
}

/// Whether a thread has the name of a test, which is the path of a function. The main thread and those of runtimes
/// have other names.
fn names_test(thread: &str) -> bool {
    let identifier = |part: &str| {
        let part = part.strip_prefix("r#").unwrap_or(part);
        part.starts_with(|first: char| first.is_alphabetic() || first == '_')
            && part.chars().all(|other| other.is_alphanumeric() || other == '_')
    };
    thread != "main" && thread.split("::").all(identifier)
}

#[cfg(test)]
mod tests {
    use super::names_test;

    #[test]
    fn a_thread_of_a_test_is_told_from_others_by_its_name() {
        for test in ["works", "tests::works", "a::r#try::case_1", "größe::ist_5"] {
            assert!(names_test(test), "{test}");
        }
        for other in ["main", "", "tokio-rt-worker", "worker 1", "::", "a::", "1", "a::main thread"]
        {
            assert!(!names_test(other), "{other}");
        }
    }
}
