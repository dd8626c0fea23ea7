//! The smallest example: it runs, and it is small.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests, where these are the failure"
)]

mod program;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::program::{Run, build, run};

#[track_caller]
fn quickstart(arguments: &[&str]) -> Run {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    run(Command::new(PROGRAM.get_or_init(|| build("quickstart"))).args(arguments))
}

#[test]
fn it_is_quiet_unless_its_gate_is_on() {
    for (arguments, expected) in [
        (&[][..], "(quiet)\n"),
        (&["--feature-gates=Greeting=true"], "Hello!\n"),
        (&["--feature-gates", "Greeting=1"], "Hello!\n"),
        (&["--feature-gates=AllAlpha=true"], "Hello!\n"),
        (&["--feature-gates=Greeting=true", "--feature-gates=Greeting=false"], "(quiet)\n"),
        (&["--feature-gates="], "(quiet)\n"),
    ] {
        let (out, err) = quickstart(arguments).succeeded();
        assert_eq!((out.as_str(), err.as_str()), (expected, ""), "{arguments:?}");
    }
}

#[test]
fn every_problem_is_shown_as_a_line() {
    let shown = quickstart(&["--feature-gates=Greting=true,Greeting=yes"]).refused();
    assert_eq!(
        shown,
        [
            "Error: 2 problems",
            r#"--feature-gates, column 1, "Greting=true": unknown gate Greting; did you mean Greeting?"#,
            r#"--feature-gates, column 14, "Greeting=yes": the value "yes" of gate Greeting is not a boolean; write true"#,
        ]
    );
}

#[test]
fn one_problem_is_shown_on_the_line_of_the_error() {
    let shown = quickstart(&["--feature-gates=Greeting"]).refused();
    assert_eq!(
        shown,
        [
            r#"Error: --feature-gates, column 1, "Greeting": gate Greeting has no value; write Greeting=true or Greeting=false"#
        ]
    );
}

#[test]
fn a_wrong_flag_is_a_usage_error() {
    quickstart(&["--feature-gate=Greeting=true"]).failed(2);
}

#[test]
fn it_has_fewer_than_thirty_lines() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/quickstart/src/main.rs");
    let lines = std::fs::read_to_string(source).unwrap().lines().count();
    assert!(lines < 30, "{lines} lines");
}
