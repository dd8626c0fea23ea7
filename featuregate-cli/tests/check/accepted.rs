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

const REMOVED: &str = "featureGates:\n  DynamicKubeletConfig: false\n";

#[test]
fn a_baseline_accepts_what_was_there_when_it_was_written() {
    let folder =
        folder(&[("a.yaml", REMOVED), ("deploy/b.yaml", &REMOVED.replace("Dynamic", "Another"))]);
    let run = |folder: &Path, arguments: &[&str]| {
        ended(&featuregate(folder, &[&["check"], arguments].concat()))
    };
    let (out, err, code) = run(folder.path(), &["--write-baseline", "accepted.jsonl"]);
    let summary = "ok: 2 settings in 2 files checked against 1.36; 2 in the baseline\n";
    assert_eq!((out.as_str(), err.as_str(), code), (summary, "", 0));
    let written = fs::read_to_string(folder.path().join("accepted.jsonl")).unwrap();
    assert_eq!(
        written,
        "{\"path\":\"a.yaml\",\"rule\":\"removed-gate\",\"gate\":\"DynamicKubeletConfig\",\"value\":\"false\",\"count\":1}\n\
         {\"path\":\"deploy/b.yaml\",\"rule\":\"unknown-gate\",\"gate\":\"AnotherKubeletConfig\",\"value\":\"false\",\"count\":1}\n"
    );
    assert_eq!(
        run(folder.path(), &["--baseline", "accepted.jsonl"]),
        (summary.into(), String::new(), 0)
    );
    run(folder.path(), &["--write-baseline", "accepted.jsonl", "."]);
    assert_eq!(fs::read_to_string(folder.path().join("accepted.jsonl")).unwrap(), written);

    // From another folder, and of some of the files.
    let arguments =
        ["--manifest", "../featuregates.yaml", "--baseline", "../accepted.jsonl", "b.yaml"];
    let (out, _, code) = run(&folder.path().join("deploy"), &arguments);
    assert_eq!(
        (out.as_str(), code),
        ("ok: 1 setting in 1 file checked against 1.36; 1 in the baseline\n", 0)
    );

    // The line does not count.
    write(folder.path(), "a.yaml", &format!("# more\n\n{REMOVED}  NodeSwop: true\n"));
    let accepted = ["--baseline", "accepted.jsonl"];
    assert_eq!(
        findings(folder.path(), &accepted),
        (vec!["a.yaml:5 unknown-gate NodeSwop".to_owned()], 1)
    );
}

#[test]
fn an_entry_of_a_baseline_that_no_longer_occurs_is_reported() {
    let folder = folder(&[("a.yaml", REMOVED), ("b.yaml", REMOVED), ("c/d.yaml", REMOVED)]);
    ended(&featuregate(folder.path(), &["check", "--write-baseline", "accepted.jsonl"]));
    write(folder.path(), "b.yaml", "featureGates: {}\n");
    fs::remove_file(folder.path().join("c/d.yaml")).unwrap();
    let accepted = ["--baseline", "accepted.jsonl"];
    let unused = |lines: &[u32]| -> (Vec<String>, i32) {
        (lines.iter().map(|line| format!("accepted.jsonl:{line} unused-ignore ")).collect(), 0)
    };
    assert_eq!(findings(folder.path(), &accepted), unused(&[2, 3]));
    // What a run does not look at may still occur.
    assert_eq!(findings(folder.path(), &[&accepted[..], &["a.yaml"]].concat()), unused(&[]));
    assert_eq!(findings(folder.path(), &[&accepted[..], &["c"]].concat()), unused(&[3]));
    assert_eq!(findings(folder.path(), &[&accepted[..], &["--exclude=c"]].concat()), unused(&[2]));
    let (out, _, code) = ended(&featuregate(folder.path(), &[&["check"], &accepted[..]].concat()));
    assert_eq!(code, 0);
    assert!(out.contains("warning[unused-ignore]: removed-gate for gate DynamicKubeletConfig no longer occurs in b.yaml\n --> accepted.jsonl:2:1\n"), "{out}");
}

#[test]
fn a_baseline_that_cannot_be_read_is_an_error() {
    let folder = folder(&[("a.yaml", REMOVED), ("bad.jsonl", "{\"path\": \"a\"}\n")]);
    for (file, error) in [
        ("none.jsonl", "error: cannot read none.jsonl: "),
        ("bad.jsonl", "error: bad.jsonl:1: missing field `rule`"),
    ] {
        let arguments = ["check", "--baseline", file, "a.yaml"];
        let (_, err, code) = ended(&featuregate(folder.path(), &arguments));
        assert_eq!(code, 2, "{err}");
        assert!(err.starts_with(error), "{err}");
    }
}
