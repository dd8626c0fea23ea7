//! Each rule, on a source that breaks it and on the same source mended.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{featuregate, told};

fn fixture(rule: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/verify/fixtures").join(rule)
}

fn verify(folder: &Path, source: &str, format: &str) -> (String, String, i32) {
    let arguments =
        ["verify", "--src", source, "--manifest", "featuregates.yaml", "--format", format];
    told(&featuregate(folder, &arguments))
}

/// The rules that a source breaks.
fn broken(folder: &Path, source: &str) -> Vec<String> {
    let (json, err, _) = verify(folder, source, "json");
    assert_eq!(err, "");
    let report: serde_json::Value = serde_json::from_str(&json).unwrap();
    let findings = report["findings"].as_array().unwrap();
    findings.iter().map(|finding| finding["rule"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn each_rule_fails_on_its_fixture_and_passes_on_what_mends_it() {
    let mut rules: Vec<String> = fs::read_dir(fixture(""))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    rules.sort();
    assert_eq!(rules.len(), 12);
    for rule in rules {
        let folder = fixture(&rule);
        let broken_rules = broken(&folder, "gates.rs");
        assert!(!broken_rules.is_empty(), "{rule}");
        assert!(broken_rules.iter().all(|broken| *broken == rule), "{rule}: {broken_rules:?}");
        assert_eq!(broken(&folder, "mended.rs"), [""; 0], "{rule}");

        let (out, err, code) = verify(&folder, "gates.rs", "human");
        assert_eq!((err.as_str(), code), ("", 1), "{rule}: {out}");
        insta::with_settings!({ snapshot_path => folder, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!("told", out);
        });
        let page = told(&featuregate(Path::new("."), &["explain", &rule]));
        assert!(page.0.contains(&format!("{rule} =")) && page.2 == 0, "{page:?}");
    }
}

#[test]
fn what_changed_is_judged_since_a_revision() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let git = |arguments: &[&str]| {
        let settings = ["-c", "user.name=a", "-c", "user.email=a@example.org"];
        let done = Command::new("git").current_dir(path).args(settings).args(arguments).output();
        assert!(done.unwrap().status.success(), "git {arguments:?}");
    };
    git(&["init", "--quiet", "--initial-branch=main"]);
    let fixture = fixture("missing-tombstone");
    fs::copy(fixture.join("featuregates.yaml"), path.join("featuregates.yaml")).unwrap();
    fs::copy(fixture.join("gates.rs"), path.join("gates.rs")).unwrap();
    git(&["add", "."]);
    git(&["commit", "--quiet", "-m", "before"]);
    git(&["tag", "v1.35"]);

    // The manifest is brought up to date in the same change, which hides what is gone.
    let update = ["update", "--src", "gates.rs", "--manifest", "featuregates.yaml"];
    assert_eq!(told(&featuregate(path, &update)).2, 0);
    let verify = |more: &[&str]| {
        let mut arguments = vec!["verify", "--src", "gates.rs", "--manifest", "featuregates.yaml"];
        arguments.extend(more);
        told(&featuregate(path, &arguments))
    };
    assert_eq!(verify(&[]).2, 0);
    let (out, _, code) = verify(&["--base", "v1.35"]);
    assert_eq!(code, 1);
    assert!(out.contains("error[missing-tombstone]: gate ReadAhead is gone"), "{out}");
    assert!(out.contains("#[tombstone(ReadAhead, alpha = \"1.30\", removed = \"1.36\")]"), "{out}");

    let (out, err, code) = verify(&["--base", "v1.34"]);
    let expected = "error: --base v1.34: git knows no such revision; fetch it, as in `git fetch origin main`\n";
    assert_eq!((out.as_str(), err.as_str(), code), ("", expected, 2));
    assert_eq!(verify(&["--base", "--help"]).2, 2, "it is no option of git's");
}
