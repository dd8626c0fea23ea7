//! Each rule, on a file that breaks it and on the same file fixed.

use std::fs;
use std::path::{Path, PathBuf};

use crate::{ended, featuregate};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/check/fixtures")
}

fn check(rule: &str, file: &str, format: &str) -> (String, String, i32) {
    let folder = fixtures().join(rule);
    let more = fs::read_to_string(folder.join("arguments")).unwrap_or_default();
    let mut arguments =
        vec!["check", file, "--manifest", "../featuregates.yaml", "--format", format];
    arguments.extend(more.split_whitespace());
    ended(&featuregate(&folder, &arguments))
}

/// The rules that a file breaks, each with its level.
fn broken(rule: &str, file: &str) -> Vec<(String, String)> {
    let (json, err, _) = check(rule, file, "json");
    assert_eq!(err, "");
    let report: serde_json::Value = serde_json::from_str(&json).unwrap();
    let text =
        |finding: &serde_json::Value, field: &str| finding[field].as_str().unwrap().to_owned();
    let findings = report["findings"].as_array().unwrap();
    findings.iter().map(|finding| (text(finding, "rule"), text(finding, "level"))).collect()
}

#[test]
fn each_rule_finds_its_fixture_and_not_the_fixed_one() {
    let mut rules: Vec<String> = fs::read_dir(fixtures())
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().unwrap().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    rules.sort();
    assert_eq!(rules.len(), 9);
    for rule in rules {
        let found = broken(&rule, "config.yaml");
        assert!(found.iter().any(|(found, _)| *found == rule), "{rule}: {found:?}");
        // A former name is deprecated in every file.
        let others: Vec<_> = found.iter().filter(|(found, _)| *found != rule).collect();
        let expected = usize::from(rule == "duplicate-gate");
        assert_eq!(others.len(), expected, "{rule}: {others:?}");
        assert_eq!(broken(&rule, "fixed.yaml"), [], "{rule}");

        let (out, err, code) = check(&rule, "config.yaml", "human");
        let warnings = ["redundant-gate", "deprecated-gate"].contains(&rule.as_str());
        assert_eq!((err.as_str(), code), ("", i32::from(!warnings)), "{rule}: {out}");
        insta::with_settings!({ snapshot_path => fixtures().join(&rule), prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!("report", out);
        });
        let page = ended(&featuregate(Path::new("."), &["rule", &rule]));
        assert!(page.0.contains(&format!("{rule} =")) && page.2 == 0, "{page:?}");
    }
}

#[test]
fn a_level_can_be_set() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    fs::copy(fixtures().join("removed-gate/config.yaml"), path.join("config.yaml")).unwrap();
    fs::copy(fixtures().join("featuregates.yaml"), path.join("featuregates.yaml")).unwrap();
    for (level, code, summary) in [
        ("error", 1, "1 error in 1 file"),
        ("warning", 0, "1 warning in 1 file"),
        ("note", 0, "1 note in 1 file"),
        ("off", 0, "nothing found in 1 file"),
    ] {
        fs::write(path.join("featuregate.toml"), format!("[rules]\nremoved-gate = {level:?}\n"))
            .unwrap();
        let (out, err, found) = ended(&featuregate(path, &["check", "config.yaml"]));
        assert_eq!((found, err.as_str()), (code, ""), "{level}: {out}");
        assert!(out.contains(summary), "{level}: {out}");
    }
    // A rule that is off does not fix anything either.
    let before = fs::read_to_string(path.join("config.yaml")).unwrap();
    ended(&featuregate(path, &["check", "config.yaml", "--fix"]));
    assert_eq!(fs::read_to_string(path.join("config.yaml")).unwrap(), before);
}
