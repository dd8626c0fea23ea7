//! Gates that are read while nothing is installed for them. Each case is a process of its own.
//!
//! With the hook for tests, which other packages of the workspace turn on, nothing is reported; `cargo test -p featuregate`
//! is without it.
#![cfg(all(feature = "derive", feature = "std"))]
#![expect(clippy::unwrap_used, reason = "helpers of tests, where a panic is a failure")]

use std::process::Command;

use featuregate::FeatureGate;

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
enum App {
    /// Off.
    #[gate(alpha)]
    First,
    /// Off.
    #[gate(alpha)]
    Second,
}

mod library {
    use featuregate::FeatureGate;

    #[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
    pub(super) enum Feature {
        /// Off.
        #[gate(alpha)]
        Compaction,
    }
}

/// What a test of this file writes in a process of its own.
fn written_by(test: &str) -> Vec<String> {
    let mut process = Command::new(std::env::current_exe().unwrap());
    let run = process.args(["--ignored", "--exact", "--nocapture", test]);
    let output = run.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let written = String::from_utf8(output.stderr).unwrap();
    written.lines().map(Into::into).collect()
}

/// That a test of this file writes this warning and nothing else; nothing at all where it is not reported.
#[track_caller]
fn assert_warns(test: &str, warning: &str) {
    let is_reported = cfg!(debug_assertions) && !featuregate::TESTING;
    let expected: &[&str] = if is_reported { &[warning] } else { &[] };
    assert_eq!(written_by(test), expected);
}

#[test]
fn a_gate_that_is_read_while_nothing_is_installed_is_reported_once() {
    assert_warns(
        "reads_without_an_install",
        "warning: gate Second of unread::App is read, but nothing is installed for it, so it has its default; resolve and install the gates before they are read (debug builds report this once for each enum)",
    );
}

#[test]
#[ignore = "another test runs it"]
fn reads_without_an_install() {
    assert!(!App::Second.enabled() && !App::First.enabled() && !App::Second.enabled());
}

#[test]
fn an_enum_that_was_not_composed_is_reported() {
    assert_warns(
        "reads_what_was_not_composed",
        "warning: gate Compaction of unread::library::Feature is read, but nothing is installed for it, so it has its default; add its enum to those that the program resolves, as in Resolver::<(Feature, other::Feature)> (debug builds report this once for each enum)",
    );
}

#[test]
#[ignore = "another test runs it"]
fn reads_what_was_not_composed() {
    assert!(
        App::resolver().without_env().resolve().unwrap().install().unwrap().to_string().is_empty()
    );
    assert!(!App::First.enabled() && !library::Feature::Compaction.enabled());
}

#[test]
fn a_gate_that_is_installed_for_now_is_not_reported() {
    assert_eq!(written_by("reads_what_is_installed_for_now"), [""; 0]);
}

#[test]
#[ignore = "another test runs it"]
fn reads_what_is_installed_for_now() {
    let resolution = App::resolver().without_env().flag("First=true").resolve().unwrap();
    assert!(resolution.install_provisionally().unwrap().to_string().is_empty());
    assert!(App::First.enabled());
}
