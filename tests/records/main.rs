//! What `featuregate coverage` reports of a package with 30 gates, whose 200 tests run in parallel, is exactly what they
//! read.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests, where these are the failure"
)]

mod package;
mod plan;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::package::Package;
use crate::plan::Plan;

/// What `featuregate coverage` prints of a folder of records.
fn coverage(package: &Package, records: &Path, arguments: &[&str]) -> (Option<i32>, Value) {
    let output = Command::new(env!("CARGO_BIN_EXE_featuregate-command"))
        .arg("coverage")
        .arg(records)
        .args(["--format", "json"])
        .args(arguments)
        .current_dir(package.folder())
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    let read = serde_json::from_slice(&output.stdout);
    (output.status.code(), read.unwrap_or_else(|error| panic!("{error}: {errors}")))
}

/// The report that a plan leads to, if this many tests read the gate of the program that one of them starts.
fn expected(plan: &Plan, of_program: u64) -> Value {
    let mut gates: BTreeMap<String, [u64; 2]> =
        plan.gates().map(|gate| (gate.name.clone(), [0, 0])).collect();
    for test in &plan.tests {
        for (gate, value) in &test.reads {
            gates.get_mut(&plan.gate(*gate).name).unwrap()[usize::from(*value)] += 1;
        }
    }
    gates.get_mut(plan::OF_PROGRAM).unwrap()[0] += of_program;
    let gate = |(name, [off, on]): (String, [u64; 2])| {
        json!({
            "gate": name,
            "checked": name != plan::UNUSED,
            "on": on > 0,
            "off": off > 0 || name == plan::OF_PROGRAM,
            "tests_on": on,
            "tests_off": off,
        })
    };
    json!({"version": 1, "gates": gates.into_iter().map(gate).collect::<Vec<Value>>()})
}

#[test]
fn coverage_is_exact_under_cargo_test() {
    let plan = Plan::of(200);
    let package = Package::write(&plan);
    let records = tempfile::tempdir().unwrap();
    // Each run is merged with those before it, and a test counts once.
    for _ in 0..2 {
        package.run(records.path(), &["test", "--offline"]);
    }
    // Nobody knows which test has started the program.
    let (code, report) = coverage(&package, records.path(), &[]);
    assert_eq!((code, &report), (Some(0), &expected(&plan, 0)));
    let (code, report) = coverage(&package, records.path(), &["--min", "both"]);
    assert_eq!((code, &report), (Some(1), &expected(&plan, 0)));
}

#[test]
#[ignore = "needs cargo-nextest; run by .ci/full"]
fn coverage_is_exact_under_nextest() {
    let plan = Plan::of(200);
    let package = Package::write(&plan);
    let records = tempfile::tempdir().unwrap();
    package.run(records.path(), &["nextest", "run", "--offline"]);
    let (code, report) = coverage(&package, records.path(), &[]);
    assert_eq!((code, &report), (Some(0), &expected(&plan, 1)));
}
