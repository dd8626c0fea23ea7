//! A program with two components and `featuregate check` accept the same configurations.
#![expect(clippy::unwrap_used, reason = "helpers of tests, where it is the failure")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use proptest::prelude::{Strategy, any, prop, prop_oneof};
use proptest::sample::select;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;

const CONFIGURATIONS: usize = 1_000;

const NAMES: [&str; 20] = [
    "Cache",
    "Index",
    "Idx",
    "Tls",
    "Plain",
    "Print",
    "Legacy",
    "AllAlpha",
    "AllBeta",
    "store:Compaction",
    "store:Cold",
    "store:Cache",
    "store:Prefetch",
    "store:Checksums",
    "store:Journal",
    "store:AllAlpha",
    "store:AllBeta",
    "Compaction",
    "store:Index",
    "shop:Cache",
];

/// Mostly booleans, since a configuration with a wrong value says nothing about gates.
fn value(others: &'static [&'static str]) -> impl Strategy<Value = &'static str> + Clone {
    prop_oneof![12 => select(&["true", "false"][..]), 1 => select(others)]
}

/// A map of gates, or an argument, as a text of YAML.
fn configuration() -> impl Strategy<Value = String> {
    let map = prop::collection::btree_map(
        select(&NAMES[..]),
        value(&["null", "maybe", "''", "'true'", "\"0\"", "1"]),
        0..5,
    );
    let map = map.prop_map(|gates| {
        let mut text = String::from("featureGates:\n");
        for (name, value) in gates {
            writeln!(text, "  {name}: {value}").unwrap();
        }
        text
    });
    let item = (select(&NAMES[..]), value(&["T", "1", "0", "maybe", ""]), any::<bool>());
    let items = prop::collection::vec(item.clone(), 1..5);
    // Of a name that is given twice, the last value counts.
    let repeated = (items.clone(), item).prop_map(|(mut items, (_, value, spaced))| {
        items.extend(items.first().map(|(name, ..)| (*name, value, spaced)));
        items
    });
    let argument = prop_oneof![items, repeated].prop_map(|items| {
        let mut text = String::new();
        for (name, value, spaced) in items {
            let separator = match (text.is_empty(), spaced) {
                (true, false) => "",
                (true, true) => " ",
                (false, false) => ",",
                (false, true) => ", ",
            };
            write!(text, "{separator}{name}={value}").unwrap();
        }
        format!("args:\n- '--feature-gates={text}'\n")
    });
    prop_oneof![map, argument]
}

fn command(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_featuregate-command"));
    let output = command.current_dir(folder).args(arguments).output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code().is_some_and(|code| code < 2), "{arguments:?}: {err}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_program_and_check_accept_the_same_configurations() {
    let folder = tempfile::tempdir().unwrap();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("components/program.rs");
    command(
        folder.path(),
        &["update", "--src", source.to_str().unwrap(), "--manifest", "featuregates.yaml"],
    );
    let written = fs::read_to_string(folder.path().join("featuregates.yaml")).unwrap();
    let committed = source.with_file_name("featuregates.yaml");
    assert_eq!(written, fs::read_to_string(committed).unwrap(), "as golden_manifest! writes it");

    let mut runner = TestRunner::new(Config::default());
    let files: Vec<PathBuf> =
        (0..CONFIGURATIONS).map(|number| format!("{number:04}.yaml").into()).collect();
    let mut texts = Vec::new();
    for file in &files {
        let text = configuration().new_tree(&mut runner).unwrap().current();
        fs::write(folder.path().join(file), &text).unwrap();
        texts.push(text);
    }

    let mut program = Command::new(env!("CARGO_BIN_EXE_two-components"));
    let output = program.current_dir(folder.path()).args(&files).output().unwrap();
    let output = String::from_utf8(output.stdout).unwrap();
    let verdicts: Vec<&str> = output.lines().map(|line| line.split_once('\t').unwrap().1).collect();
    assert_eq!(verdicts.len(), CONFIGURATIONS);

    let report = command(folder.path(), &["check", ".", "--format", "json"]);
    let report: Value = serde_json::from_str(&report).unwrap();
    assert_eq!(report["skipped"], serde_json::json!([]));
    let findings = report["findings"].as_array().unwrap();
    let errors = findings.iter().filter(|finding| finding["level"] == "error");
    let refused: BTreeSet<&str> = errors.map(|finding| finding["path"].as_str().unwrap()).collect();

    let mut wrong = String::new();
    for ((file, text), verdict) in files.iter().zip(&texts).zip(&verdicts) {
        let path = file.to_str().unwrap();
        let check = refused.iter().any(|refused| refused.trim_start_matches("./") == path);
        if check == verdict.is_empty() {
            writeln!(wrong, "{text}the program says {verdict:?}, and check refuses it: {check}")
                .unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    let accepted = verdicts.iter().filter(|verdict| verdict.is_empty()).count();
    assert!((150..850).contains(&accepted), "{accepted} accepted");
}
