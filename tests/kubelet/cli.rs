//! The worked example from end to end: its command line, and the same in this process where a process
//! for each case would take too long.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests, where these are the failure"
)]

mod bad_input;
mod configs;
mod data;
mod folder;
mod help;
mod model;
mod printed;
mod program;
mod serve;
mod single;
mod sources;

use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;

use crate::program::{build, run};

/// The variable that the example reads; a test that does not set it must not see the tester's.
const VARIABLE: &str = "KUBELET_FEATURE_GATES";

fn kubelet<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Command {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    let mut command = Command::new(PROGRAM.get_or_init(|| build("kubelet")));
    command.args(arguments).env_remove(VARIABLE);
    command
}

/// The report of a run that succeeds, and the lines on standard error.
#[track_caller]
fn report(command: &mut Command) -> (Value, Vec<String>) {
    let (out, err) = run(command.arg("--print-feature-gates=json")).succeeded();
    let report = serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}"));
    (report, err.lines().map(str::to_owned).collect())
}

/// What the report says about one gate.
fn row<'a>(report: &'a Value, gate: &str) -> &'a Value {
    let mut rows = report.as_array().unwrap().iter();
    rows.find(|row| row["name"] == gate).unwrap_or_else(|| panic!("{gate} is not in the report"))
}

/// Fails with the gates of which two reports say different things.
#[track_caller]
fn assert_same_report(actual: &Value, expected: &Value, case: &str) {
    if actual == expected {
        return;
    }
    let rows = |report: &Value| -> Vec<String> {
        report.as_array().unwrap().iter().map(ToString::to_string).collect()
    };
    let (actual, expected) = (rows(actual), rows(expected));
    let only = |sign: char, these: &[String], those: &[String]| -> Vec<String> {
        let only = these.iter().filter(|row| !those.contains(row));
        only.map(|row| format!("{sign} {row}")).collect()
    };
    let mut differences = only('-', &expected, &actual);
    differences.extend(only('+', &actual, &expected));
    panic!(
        "{case}: {}",
        if differences.is_empty() { "order".to_owned() } else { differences.join("\n") }
    );
}

/// `error: ` before each, as the program writes them.
fn errors<T: AsRef<str>>(problems: &[T]) -> Vec<String> {
    problems.iter().map(|problem| format!("error: {}", problem.as_ref())).collect()
}
