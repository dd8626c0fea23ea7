//! Findings that comments or a baseline accept.

use std::fs;
use std::path::{Path, PathBuf};

use crate::{ended, featuregate};

/// A folder with the manifest and these files.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::copy(manifest(), folder.path().join("featuregates.yaml")).unwrap();
    for (file, text) in files {
        write(folder.path(), file, text);
    }
    folder
}

fn manifest() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/check/fixtures/featuregates.yaml")
}

fn write(folder: &Path, file: &str, text: &str) {
    let path = folder.join(file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// The findings, as `path:line rule gate`, and the exit code.
fn findings(folder: &Path, arguments: &[&str]) -> (Vec<String>, i32) {
    let arguments = [&["check", "--format=json"], arguments].concat();
    let (out, err, code) = ended(&featuregate(folder, &arguments));
    let report: serde_json::Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{err}"));
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let findings = report["findings"].as_array().unwrap().iter();
    let findings = findings.map(|it| {
        let (path, rule, gate) = (text(&it["path"]), text(&it["rule"]), text(&it["gate"]));
        format!("{path}:{} {rule} {gate}", it["line"])
    });
    (findings.collect(), code)
}

#[test]
fn a_comment_accepts_a_finding_in_any_syntax() {
    let removed = "removed-gate";
    for (file, text, line) in [
        (
            "a.yaml",
            "featureGates:\n  # featuregate: ignore[RULE] why\n  DynamicKubeletConfig: false\n",
            3,
        ),
        (
            "a.yaml",
            "featureGates: {DynamicKubeletConfig: false} # featuregate: ignore[RULE] why\n",
            1,
        ),
        (
            "a.json",
            "{\"featureGates\": {\n  // featuregate: ignore[RULE] why\n  \"DynamicKubeletConfig\": false\n}}\n",
            3,
        ),
        (
            "a.toml",
            "[featureGates]\nDynamicKubeletConfig = false # featuregate: ignore[RULE] why\n",
            2,
        ),
        (
            "a.service",
            "[Service]\n; featuregate: ignore[RULE] why\nExecStart=kubelet --feature-gates=DynamicKubeletConfig=false\n",
            3,
        ),
        (
            "a.sh",
            "# featuregate: ignore[RULE] why\nkubelet --v=2 \\\n  --feature-gates=DynamicKubeletConfig=false\n",
            3,
        ),
        ("a.env", "# featuregate: ignore[RULE] why\nFEATURE_GATES=DynamicKubeletConfig=false\n", 2),
        (
            "a.yaml",
            "data:\n  kubelet: |\n    featureGates:\n      # featuregate: ignore[RULE] why\n      DynamicKubeletConfig: false\n",
            5,
        ),
        (
            "a.yaml",
            "{{- /* featuregate: ignore[RULE] why */}}\nfeatureGates: {DynamicKubeletConfig: false}\n",
            2,
        ),
    ] {
        let folder = folder(&[(file, &text.replace("RULE", "removed-gate, invalid-value"))]);
        let both = findings(folder.path(), &[file]);
        let unused = both.0.iter().all(|it| it.ends_with("unused-ignore "));
        assert!(unused && both.0.len() == 1 && both.1 == 0, "{file}: {both:?}\n{text}");
        write(folder.path(), file, &text.replace("RULE", removed));
        assert_eq!(findings(folder.path(), &[file]), (Vec::new(), 0), "{file}\n{text}");
        write(folder.path(), file, &text.replace("featuregate: ignore", "x"));
        let expected = format!("{file}:{line} removed-gate DynamicKubeletConfig");
        assert_eq!(findings(folder.path(), &[file]), (vec![expected], 1), "{file}\n{text}");
    }
}

#[test]
fn an_accepted_finding_is_not_fixed_and_is_counted() {
    let text = "featureGates:\n  # featuregate: ignore[removed-gate] why\n  DynamicKubeletConfig: false\n  AppArmor: true\n";
    let folder = folder(&[("a.yaml", text)]);
    let (out, _, code) = ended(&featuregate(folder.path(), &["check", "--fix", "a.yaml"]));
    assert_eq!(code, 0);
    assert!(out.ends_with("ok: 1 setting in 1 file checked against 1.36; 1 ignored\n"), "{out}");
    let fixed = fs::read_to_string(folder.path().join("a.yaml")).unwrap();
    assert_eq!(fixed, text.replace("  AppArmor: true\n", ""));
}
