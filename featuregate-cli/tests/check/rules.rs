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
    assert_eq!(rules.len(), 12);
    for rule in rules {
        let found = broken(&rule, "config.yaml");
        assert!(found.iter().any(|(found, _)| *found == rule), "{rule}: {found:?}");
        // A former name is deprecated in every file.
        let others: Vec<_> = found.iter().filter(|(found, _)| *found != rule).collect();
        let expected = usize::from(rule == "duplicate-gate");
        assert_eq!(others.len(), expected, "{rule}: {others:?}");
        assert_eq!(broken(&rule, "fixed.yaml"), [], "{rule}");

        let (out, err, code) = check(&rule, "config.yaml", "human");
        let accepted =
            ["redundant-gate", "deprecated-gate", "all-alpha", "default-value", "unused-ignore"];
        let warnings = accepted.contains(&rule.as_str());
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
        ("error", 1, "1 error; 2 settings in 1 file checked"),
        ("warning", 0, "1 warning; 2 settings in 1 file checked"),
        ("note", 0, "1 note; 2 settings in 1 file checked"),
        ("off", 0, "ok: "),
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

#[test]
fn a_note_is_not_fixed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    fs::copy(fixtures().join("featuregates.yaml"), path.join("featuregates.yaml")).unwrap();
    for (rule, text, fixed) in [
        ("default-value", "featureGates:\n  MemoryQoS: false\n  NodeSwap: true\n", true),
        ("redundant-gate", "featureGates:\n  AppArmor: true\n  NodeSwap: true\n", true),
        ("all-alpha", "featureGates:\n  AllAlpha: true\n  NodeSwap: true\n", false),
    ] {
        for (level, fixed) in [("note", false), ("warning", fixed), ("error", fixed)] {
            fs::write(path.join("config.yaml"), text).unwrap();
            let policy = format!("[rules]\n{rule} = {level:?}\n");
            fs::write(path.join("featuregate.toml"), policy).unwrap();
            let (out, _, _) = ended(&featuregate(path, &["check", "config.yaml"]));
            assert!(out.contains(&format!("{level}[{rule}]")), "{out}");
            assert_eq!(out.contains("with --fix"), fixed, "{out}");
            ended(&featuregate(path, &["check", "config.yaml", "--fix"]));
            let left = fs::read_to_string(path.join("config.yaml")).unwrap();
            let expected = if fixed { "featureGates:\n  NodeSwap: true\n" } else { text };
            assert_eq!(left, expected, "{rule} = {level}");
        }
    }
}

#[test]
fn a_default_is_repeated_only_where_nothing_else_decides_and_nothing_else_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    fs::copy(fixtures().join("featuregates.yaml"), path.join("featuregates.yaml")).unwrap();
    fs::write(path.join("featuregate.toml"), "[rules]\ndefault-value = \"warning\"\n").unwrap();
    for (text, expected) in [
        ("featureGates: {MemoryQoS: false}", &["default-value"][..]),
        ("featureGates: {MemoryQoS: true}", &[]),
        ("featureGates: {MemoryQoS: false, AllBeta: false}", &[]),
        (
            "featureGates: {MemoryQoS: false, MemoryQoS: false}",
            &["default-value", "duplicate-gate"],
        ),
        ("featureGates: {AllAlpha: true, AllAlpha: true}", &["all-alpha", "duplicate-gate"]),
        ("featureGates: {MemoryQualityOfService: false}", &["deprecated-gate"]),
        ("featureGates: {AppArmor: true}", &["redundant-gate"]),
        ("featureGates: {MemoryQoS: x}", &["invalid-value"]),
    ] {
        fs::write(path.join("config.yaml"), text).unwrap();
        let arguments = ["check", "config.yaml", "--format", "json"];
        let (out, _, _) = ended(&featuregate(path, &arguments));
        let report: serde_json::Value = serde_json::from_str(&out).unwrap();
        let findings = report["findings"].as_array().unwrap().iter();
        let rules: Vec<_> = findings.map(|finding| finding["rule"].as_str().unwrap()).collect();
        assert_eq!(rules, expected, "{text}");
    }
    // At 1.37 it may be something else.
    fs::write(path.join("config.yaml"), "featureGates:\n  UserNamespacesSupport: false\n").unwrap();
    let (out, _, _) = ended(&featuregate(
        path,
        &["check", "config.yaml", "--target", "1.20", "--target", "1.36"],
    ));
    assert!(out.contains("not-yet-introduced") && !out.contains("with --fix"), "{out}");
}
