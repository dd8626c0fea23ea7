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
fn a_wrong_name_is_told_as_a_problem_and_not_as_a_debug_output() {
    let told = quickstart(&["--feature-gates=Greting=true,Greeting=yes"]).refused();
    assert_eq!(
        told,
        [
            r#"--feature-gates, column 1, "Greting=true": no gate is named Greting; did you mean Greeting?"#,
            r#"--feature-gates, column 14, "Greeting=yes": the value "yes" of gate Greeting is not a boolean; write true or false"#,
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
