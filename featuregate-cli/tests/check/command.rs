//! The whole command: what it fixes, where it writes, and its exit code.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::{ended, featuregate};

const CONFIG: &str = "# A kubelet.\nkind: KubeletConfiguration   # its kind\nfeatureGates:\n  DynamicKubeletConfig: false\n  NodeSwap: true\nport: 1\n";

fn manifest() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/check/fixtures/featuregates.yaml")
}

/// A folder with the manifest and a file.
fn folder(config: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::copy(manifest(), folder.path().join("featuregates.yaml")).unwrap();
    fs::write(folder.path().join("kubelet.yaml"), config).unwrap();
    folder
}

fn read(folder: &tempfile::TempDir) -> String {
    fs::read_to_string(folder.path().join("kubelet.yaml")).unwrap()
}

#[test]
fn a_file_is_fixed_once_and_only_in_its_lines() {
    let folder = folder(CONFIG);
    let (out, err, code) = ended(&featuregate(folder.path(), &["check", "--fix", "kubelet.yaml"]));
    assert_eq!((err.as_str(), code), ("", 0), "{out}");
    assert!(out.starts_with("kubelet.yaml: 1 setting fixed\n"), "{out}");
    let fixed = CONFIG.replace("  DynamicKubeletConfig: false\n", "");
    assert_eq!(read(&folder), fixed);
    let (out, _, code) = ended(&featuregate(folder.path(), &["check", "--fix", "kubelet.yaml"]));
    assert_eq!(code, 0);
    assert!(!out.contains("fixed"), "{out}");
    assert_eq!(read(&folder), fixed);
}

#[test]
fn a_setting_that_takes_several_rounds_is_counted_once() {
    for (gates, count) in [
        ("apparmor: true", "1 setting"),
        ("NodeSwap: true, apparmor: true, DynamicKubeletConfig: false", "2 settings"),
        ("DynamicKubeletConfig: false, x: true, AppArmor: true, appArmor: true", "3 settings"),
    ] {
        let folder = folder(&format!("featureGates: {{{gates}}}\n"));
        let (out, _, _) = ended(&featuregate(folder.path(), &["check", "--fix", "kubelet.yaml"]));
        assert!(out.starts_with(&format!("kubelet.yaml: {count} fixed\n")), "{gates}: {out}");
        assert!(!read(&folder).to_lowercase().contains("apparmor"), "{}", read(&folder));
    }
}

#[test]
fn a_dry_run_shows_the_lines_and_changes_nothing() {
    let folder = folder(CONFIG);
    let arguments = ["check", "--fix", "--dry-run", "kubelet.yaml"];
    let (out, err, code) = ended(&featuregate(folder.path(), &arguments));
    assert_eq!((err.as_str(), code), ("", 1), "what is wrong is still there: {out}");
    assert!(out.contains("\n-  DynamicKubeletConfig: false\n"), "{out}");
    assert!(out.contains("kubelet.yaml: 1 setting would be fixed\n"), "{out}");
    assert_eq!(read(&folder), CONFIG);

    // A program reads the report, so the lines are printed to standard error.
    let arguments = ["check", "--fix", "--dry-run", "kubelet.yaml", "--format", "json"];
    let (out, err, _) = ended(&featuregate(folder.path(), &arguments));
    serde_json::from_str::<serde_json::Value>(&out).unwrap();
    assert!(err.contains("\n-  DynamicKubeletConfig: false\n"), "{err}");
}

#[test]
fn a_fix_for_one_target_is_not_made_for_another() {
    let folder = folder("featureGates:\n  DynamicKubeletConfig: true\n  AppArmor: true\n");
    let both = ["check", "--fix", "kubelet.yaml", "--target", "1.25", "--target", "1.36"];
    let (out, _, code) = ended(&featuregate(folder.path(), &both));
    // At 1.25 the one does something, and the other is the default.
    assert_eq!(code, 1, "{out}");
    assert_eq!(read(&folder), "featureGates:\n  DynamicKubeletConfig: true\n");
    let one = ["check", "--fix", "kubelet.yaml", "--target", "1.36"];
    assert_eq!(ended(&featuregate(folder.path(), &one)).2, 0);
    assert_eq!(read(&folder), "");
}

#[test]
fn a_name_is_not_corrected_to_one_that_is_set_to_another_value() {
    let text = "featureGates:\n  MemoryQoS: true\n  memoryQoS: false\n";
    let folder = folder(text);
    let (out, _, code) = ended(&featuregate(folder.path(), &["check", "--fix", "kubelet.yaml"]));
    assert_eq!((read(&folder).as_str(), code), (text, 1), "{out}");
    assert!(out.contains("did you mean MemoryQoS?"), "{out}");
    let same = text.replace("false", "true");
    std::fs::write(folder.path().join("kubelet.yaml"), same).unwrap();
    let (out, _, code) = ended(&featuregate(folder.path(), &["check", "--fix", "kubelet.yaml"]));
    assert_eq!(read(&folder), "featureGates:\n  MemoryQoS: true\n", "{out}");
    assert_eq!(code, 0);
}

#[test]
fn a_reader_of_only_the_head_gets_the_same_exit_code() {
    let gates = "  Nope: true\n".repeat(5_000);
    let folder = folder(&format!("featureGates:\n{gates}"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_featuregate"));
    let command = command.current_dir(folder.path()).args(["check", "kubelet.yaml"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let (_, err, code) = ended(&child.wait_with_output().unwrap());
    assert_eq!((err.as_str(), code), ("", 1));
}

#[test]
fn a_gate_at_its_default_that_a_group_would_move_is_kept() {
    let text = "featureGates:\n  AllBeta: false\n  AppArmor: true\n";
    let folder = folder(text);
    let both = ["check", "--fix", "kubelet.yaml", "--target", "1.25", "--target", "1.36"];
    ended(&featuregate(folder.path(), &both));
    assert_eq!(read(&folder), text);
}

#[test]
fn standard_input_is_checked() {
    let folder = folder("");
    let mut command = Command::new(env!("CARGO_BIN_EXE_featuregate"));
    command.current_dir(folder.path()).args(["check", "-", "--format", "github"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(CONFIG.as_bytes()).unwrap();
    let (out, _, code) = ended(&child.wait_with_output().unwrap());
    assert_eq!(code, 1);
    assert!(
        out.starts_with("::error file=-,line=4,endLine=4,col=3,endColumn=23,title=removed-gate::"),
        "{out}"
    );
    let (_, err, code) = ended(&featuregate(folder.path(), &["check", "-", "--fix"]));
    assert_eq!(code, 2);
    assert!(err.starts_with("error: cannot fix standard input; name a file"), "{err}");
}

#[test]
fn a_path_that_cannot_be_opened_ends_with_2_and_the_rest_is_reported() {
    let folder = folder(CONFIG);
    let (out, err, code) =
        ended(&featuregate(folder.path(), &["check", "nowhere.yaml", "kubelet.yaml"]));
    assert_eq!(code, 2);
    assert!(err.contains("nowhere.yaml: "), "{err}");
    assert!(out.contains("error[removed-gate]"), "{out}");
    let arguments = ["check", "nowhere.yaml", "kubelet.yaml", "--format", "sarif"];
    let (out, _, code) = ended(&featuregate(folder.path(), &arguments));
    let log: serde_json::Value = serde_json::from_str(&out).unwrap();
    let successful = &log["runs"][0]["invocations"][0]["executionSuccessful"];
    assert_eq!((successful, code), (&false.into(), 2));

    for (arguments, expected) in [
        (
            &["check", "--manifest", "nowhere.yaml"][..],
            "error: cannot read manifest nowhere.yaml: ",
        ),
        (
            &["check", "--manifest", "kubelet.yaml"],
            "error: manifest kubelet.yaml is malformed:\nkubelet.yaml:2:1: ",
        ),
        (&["check", "--target", "x"], "error: invalid value 'x' for '--target <VERSION>': "),
        (
            &["check", "--dry-run"],
            "error: the following required arguments were not provided:\n  --fix",
        ),
        (
            &[
                "check",
                "--manifest",
                "1.35=featuregates.yaml",
                "--manifest",
                "1.35=featuregates.yaml",
            ],
            "error: two manifests are of release 1.35; write VERSION=FILE",
        ),
        (&["check", "--config", "nowhere.toml"], "error: cannot read nowhere.toml: "),
    ] {
        let (out, err, code) = ended(&featuregate(folder.path(), arguments));
        assert_eq!((out.as_str(), code), ("", 2), "{arguments:?}");
        assert!(err.starts_with(expected), "{arguments:?}: {err}");
    }
}

#[test]
fn what_cannot_be_read_is_skipped_and_the_exit_code_is_not_about_it() {
    let folder = folder("featureGates: {\n");
    fs::write(folder.path().join("binary.yaml"), b"\0\x01").unwrap();
    fs::write(folder.path().join("latin.yaml"), b"featureGates: {\xe4: true}").unwrap();
    fs::write(folder.path().join("deep.yaml"), format!("featureGates: {}", "[".repeat(10_000)))
        .unwrap();
    let mut bomb = String::new();
    for level in 1..40 {
        let aliases = vec![format!("*a{}", level - 1); 9].join(", ");
        writeln!(bomb, "a{level}: &a{level} [{aliases}]").unwrap();
    }
    fs::write(
        folder.path().join("bomb.yaml"),
        format!("a0: &a0 [NodeSwap]\n{bomb}featureGates: *a39\n"),
    )
    .unwrap();
    let (out, err, code) = ended(&featuregate(folder.path(), &["check", "--format", "json"]));
    assert_eq!((err.as_str(), code), ("", 0), "{out}");
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    let skipped = report["skipped"].as_array().unwrap();
    let mut paths: Vec<&str> = skipped.iter().map(|it| it["path"].as_str().unwrap()).collect();
    paths.dedup();
    assert_eq!(paths, ["binary.yaml", "deep.yaml", "kubelet.yaml", "latin.yaml"], "{out}");
    assert_eq!(report["findings"], serde_json::json!([]));
}

#[test]
fn two_lists_show_what_was_removed_in_between() {
    let folder = folder("featureGates:\n  Old: true\n  New: true\n");
    let list = |name: &str, version: &str| {
        format!(
            "- name: {name}\n  versionedSpecs:\n  - {{version: \"{version}\", preRelease: Beta, default: true}}\n"
        )
    };
    let path = folder.path();
    fs::write(path.join("old.yaml"), list("Old", "1.30") + &list("Same", "1.30")).unwrap();
    fs::write(path.join("new.yaml"), list("New", "1.36") + &list("Same", "1.30")).unwrap();
    let check = |target: &str| {
        let arguments = [
            "check",
            "kubelet.yaml",
            "--manifest",
            "1.35=old.yaml",
            "--manifest",
            "1.36=new.yaml",
            "--target",
            target,
            "--format",
            "github",
        ];
        ended(&featuregate(path, &arguments)).0
    };
    let at_new = check("1.36");
    assert!(at_new.contains("title=removed-gate::gate Old was removed in 1.36"), "{at_new}");
    assert_eq!(at_new.matches("::error").count(), 1, "{at_new}");
    let at_old = check("1.35");
    assert!(
        at_old.contains("title=not-yet-introduced::gate New does not exist yet in 1.35"),
        "{at_old}"
    );
    assert_eq!(at_old.matches("::error").count(), 1, "{at_old}");
}

#[test]
fn a_closed_pipe_is_not_a_failure() {
    let folder = folder(CONFIG);
    let mut command = Command::new(env!("CARGO_BIN_EXE_featuregate"));
    command.current_dir(folder.path()).args(["check", "kubelet.yaml"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let ended = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&ended.stderr), "");
    assert!(matches!(ended.status.code(), Some(0 | 1)));
}

#[test]
fn what_is_excluded_is_given_from_the_current_folder() {
    let folder = folder(CONFIG);
    fs::create_dir_all(folder.path().join("test/more")).unwrap();
    for file in ["test/a.yaml", "test/more/b.yaml"] {
        fs::write(folder.path().join(file), CONFIG).unwrap();
    }
    let whole = folder.path().join("test");
    let whole = whole.to_str().unwrap();
    for (arguments, files) in [
        (["check", ".", "--exclude=none"], 3),
        (["check", ".", "--exclude=test"], 1),
        (["check", ".", "--exclude=test/*.yaml"], 2),
        (["check", whole, "--exclude=test/more"], 1),
        (["check", "test/a.yaml", "--exclude=test"], 0),
    ] {
        let (out, err, _) = ended(&featuregate(folder.path(), &arguments));
        let summary = match files {
            0 => "no files checked\n".to_owned(),
            1 => "1 error; 2 settings in 1 file checked against 1.36".to_owned(),
            more => format!("; {} settings in {more} files checked against 1.36", 2 * more),
        };
        assert!(out.contains(&summary), "{arguments:?}: {out}{err}");
    }
    let (_, err, code) = ended(&featuregate(folder.path(), &["check", "--exclude=a["]));
    assert_eq!(code, 2);
    assert!(err.contains("invalid value 'a[' for '--exclude <GLOB>'"), "{err}");
}

#[test]
fn zero_files_are_reported_as_such() {
    let folder = folder("");
    fs::create_dir(folder.path().join("empty")).unwrap();
    let (out, err, code) = ended(&featuregate(folder.path(), &["check", "empty"]));
    assert_eq!((out.as_str(), err.as_str(), code), ("no files checked\n", "", 0));
}

#[test]
fn a_report_can_go_to_a_file() {
    let folder = folder(CONFIG);
    let summary = "1 error; 2 settings in 1 file checked against 1.36; 1 can be fixed with --fix\n";
    for (format, begin) in [
        ("human", "error[removed-gate]: "),
        ("json", "{\n"),
        ("junit", "<?xml "),
        ("gitlab", "[\n"),
    ] {
        let arguments = ["check", "kubelet.yaml", "--format", format, "--output", "report"];
        let (out, err, code) = ended(&featuregate(folder.path(), &arguments));
        assert_eq!((out.as_str(), err.as_str(), code), (summary, "", 1), "{format}");
        let report = fs::read_to_string(folder.path().join("report")).unwrap();
        assert!(report.starts_with(begin) && !report.contains('\u{1b}'), "{format}: {report}");
    }
    let nowhere = ["check", "kubelet.yaml", "--output", "nowhere/report"];
    let (_, err, code) = ended(&featuregate(folder.path(), &nowhere));
    assert_eq!(code, 2);
    assert!(err.starts_with("error: cannot write nowhere/report: "), "{err}");
}

#[test]
fn a_quiet_report_has_only_findings() {
    let folder = folder(&CONFIG.replace("  NodeSwap: true\n", "  {{ include x }}\n"));
    let (out, _, _) = ended(&featuregate(folder.path(), &["check", "kubelet.yaml"]));
    assert!(out.contains("skipped") && out.contains(" 1 file "), "{out}");
    let (out, err, code) = ended(&featuregate(folder.path(), &["check", "-q", "kubelet.yaml"]));
    assert!(
        out.starts_with("error[removed-gate]: ") && out.ends_with("remove the setting\n\n"),
        "{out}"
    );
    assert!(!out.contains("skipped") && !out.contains(" 1 file "), "{out}");
    assert_eq!((err.as_str(), code), ("", 1));
    let output = ["check", "-q", "kubelet.yaml", "--format", "gitlab", "--output", "report"];
    let (out, err, code) = ended(&featuregate(folder.path(), &output));
    assert_eq!((out.as_str(), err.as_str(), code), ("", "", 1));
}

#[test]
fn files_can_be_listed_without_a_manifest() {
    let folder = tempfile::tempdir().unwrap();
    for (file, text) in [
        ("a.yaml", "featureGates: {}"),
        ("b.yaml", "x: 1"),
        ("user-data", "#!/bin/sh\nkubelet --feature-gates=A=true\n"),
        ("main.tf", "feature_gates = {}"),
        ("main.rs", "feature_gates"),
    ] {
        fs::write(folder.path().join(file), text).unwrap();
    }
    let (out, err, code) = ended(&featuregate(folder.path(), &["check", "--list-files"]));
    assert_eq!(out, "a.yaml\nuser-data\n");
    let skipped = "note: main.rs: skipped: source code is not read\n\
                   note: main.tf: skipped: Terraform is not read\n";
    assert_eq!((err.as_str(), code), (skipped, 0));
}

#[test]
fn github_names_files_from_the_root_of_the_repository_and_gets_a_summary() {
    let folder = folder("");
    let below = folder.path().join("deploy/node");
    fs::create_dir_all(&below).unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    fs::write(below.join("kubelet.yaml"), CONFIG).unwrap();
    let whole = below.join("kubelet.yaml");
    let manifest = folder.path().join("featuregates.yaml");
    let summary = folder.path().join("summary.md");
    fs::write(&summary, "# Before\n").unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    for (current, path) in [
        (folder.path(), "deploy".as_ref()),
        (&below, Path::new("kubelet.yaml")),
        (elsewhere.path(), &whole),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_featuregate"));
        command.current_dir(current).args(["check", "--format", "github", "--manifest"]);
        command
            .arg(&manifest)
            .arg(path)
            .env_remove("GITHUB_WORKSPACE")
            .env_remove("CI_PROJECT_DIR");
        let (out, err, code) =
            ended(&command.env("GITHUB_STEP_SUMMARY", &summary).output().unwrap());
        assert_eq!((err.as_str(), code), ("", 1));
        assert!(out.starts_with("::error file=deploy/node/kubelet.yaml,line=4,"), "{out}");
        assert!(
            out.ends_with(
                "\n1 error; 2 settings in 1 file checked against 1.36; 1 can be fixed with --fix\n"
            ),
            "{out}"
        );
    }
    let text = fs::read_to_string(&summary).unwrap();
    assert!(text.starts_with("# Before\n## featuregate\n\n1 error; 2 settings"), "{text}");
    assert!(text.contains("\n|Level|Rule|Location|Finding|\n"), "{text}");
    assert_eq!(
        text.matches("|error|removed-gate|deploy/node/kubelet.yaml:4|").count(),
        3,
        "{text}"
    );
}
