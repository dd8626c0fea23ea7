//! Whether a thread is one that the runner of tests has started.

use std::backtrace::Backtrace;
use std::cell::Cell;
use std::string::ToString as _;
use std::thread;

std::thread_local! {
    /// Whether a test runs this thread, if that is known.
    static RUN_BY_TEST: Cell<Option<bool>> = const { Cell::new(None) };
}

/// Whether a test runs this thread, which has its name then.
///
/// The runner of `cargo test` names the thread of a test after the test. Another thread may have such a name too, so the
/// stack of one decides, once for each thread.
#[must_use]
pub fn runs_test() -> bool {
    let thread = thread::current();
    if !thread.name().is_some_and(|name| name != "main" && is_path(name)) {
        return false;
    }
    let known = RUN_BY_TEST.try_with(Cell::get).ok().flatten();
    let runs = known.unwrap_or_else(|| is_run_by_test(&Backtrace::force_capture().to_string()));
    let _ = RUN_BY_TEST.try_with(|known| known.set(Some(runs)));
    runs
}

/// Whether a name can be the path of a function, as the names of tests are.
fn is_path(name: &str) -> bool {
    name.split("::").all(|part| {
        let part = part.strip_prefix("r#").unwrap_or(part);
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
    use super::{is_path, is_run_by_test, runs_test};
    use std::thread;

    #[test]
    fn names_of_tests_are_paths() {
        for name in ["scopes::a_test", "a_test", "_", "module::ünï", "a::r#try"] {
            assert!(is_path(name), "{name}");
        }
        for name in ["uv-resolver", "tokio-rt-worker", "", "a::", "worker 1", "a:b", "1a"] {
            assert!(!is_path(name), "{name}");
        }
    }

    #[test]
    fn a_test_and_a_thread_that_it_names_like_a_test_are_distinguished() {
        assert!(runs_test(), "this is a test");
        for name in ["resolver", "module::resolver", "uv-resolver", "main"] {
            let thread = thread::Builder::new().name(name.into());
            assert!(!thread.spawn(runs_test).unwrap().join().unwrap(), "{name}");
        }
        assert!(!thread::spawn(runs_test).join().unwrap());
    }

    #[test]
    fn without_symbols_the_name_decides() {
        assert!(is_run_by_test("0: <unknown>"));
        assert!(is_run_by_test("0: featuregate::runner\n1: test::run_test_in_process"));
        assert!(!is_run_by_test("0: featuregate::runner\n1: std::thread::spawn"));
    }
}
