//! What runs a thread: a test, or code that a test has started.

use std::backtrace::Backtrace;
use std::cell::Cell;
use std::thread;

thread_local! {
    /// Whether a test runs this thread, if that is known.
    static RUN_BY_TEST: Cell<Option<bool>> = const { Cell::new(None) };
}

/// Whether a test has started this thread, and neither is it nor does the process run on it.
///
/// The runner of `cargo test` names the thread of a test after the test. Another thread may have such a name too, so the
/// stack of one decides, once for each thread.
pub(crate) fn is_started_by_a_test() -> bool {
    let thread = thread::current();
    match thread.name() {
        None => true,
        Some("main") => false,
        Some(name) if !is_path(name) => true,
        Some(_) => {
            let known = RUN_BY_TEST.try_with(Cell::get).ok().flatten();
            let is_run =
                known.unwrap_or_else(|| is_run_by_test(&Backtrace::force_capture().to_string()));
            let _ = RUN_BY_TEST.try_with(|known| known.set(Some(is_run)));
            !is_run
        }
    }
}

/// Whether a name can be the path of a function, as the names of tests are.
fn is_path(name: &str) -> bool {
    name.split("::").all(|part| {
        let mut letters = part.chars();
        letters.next().is_some_and(|first| first.is_alphabetic() || first == '_')
            && letters.all(|letter| letter.is_alphanumeric() || letter == '_')
    })
}

/// Whether the runner of tests is on the stack. Without symbols it cannot be known; then the name decides.
fn is_run_by_test(stack: &str) -> bool {
    let has_symbols = stack.contains("featuregate");
    !has_symbols
        || stack.contains("test::run_test")
        || stack.contains("test::__rust_begin_short_backtrace")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_tests_are_paths() {
        for name in ["scopes::a_test", "a_test", "_", "module::ünï"] {
            assert!(is_path(name), "{name}");
        }
        for name in ["uv-resolver", "tokio-rt-worker", "", "a::", "worker 1", "a:b", "1a"] {
            assert!(!is_path(name), "{name}");
        }
    }

    #[test]
    fn a_test_and_a_thread_that_it_names_like_a_test_are_told_apart() {
        assert!(!is_started_by_a_test(), "this is a test");
        let named = |name: &str| {
            let thread = thread::Builder::new().name(name.into());
            thread.spawn(is_started_by_a_test).unwrap().join().unwrap()
        };
        assert!(named("resolver") && named("module::resolver") && named("uv-resolver"));
        assert!(!named("main"));
        assert!(thread::spawn(is_started_by_a_test).join().unwrap());
    }

    #[test]
    fn without_symbols_the_name_decides() {
        assert!(is_run_by_test("0: <unknown>"));
        assert!(is_run_by_test("0: featuregate_test::starter\n1: test::run_test_in_process"));
        assert!(!is_run_by_test("0: featuregate_test::starter\n1: std::thread::spawn"));
    }
}
