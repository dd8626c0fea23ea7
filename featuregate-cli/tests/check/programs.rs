//! Several programs in one tree: whose gates a file sets, and what `featuregate.toml` says about it.

use std::fs;

use crate::{ended, featuregate};

const LIST: &str = "\
- name: Reclaim
  versionedSpecs:
  - {version: \"0.18\", preRelease: Alpha, default: false}
  - {version: \"0.19\", preRelease: Beta, default: true}
";

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// The findings of a run, as `path line gate rule target`, and its exit code.
fn found(folder: &tempfile::TempDir, within: &str, arguments: &[&str]) -> (Vec<String>, i32) {
    let arguments = [&["check", "--format", "json"], arguments].concat();
    let (out, err, code) = ended(&featuregate(&folder.path().join(within), &arguments));
    let report: serde_json::Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{err}"));
    let text = |value: &serde_json::Value| value.to_string().replace('"', "");
    let root = format!("{}/", fs::canonicalize(folder.path()).unwrap().display());
    let findings = report["findings"].as_array().unwrap().iter().map(|finding| {
        let fields = ["path", "line", "gate", "rule", "target"].map(|field| text(&finding[field]));
        fields.join(" ").replace(&root, "")
    });
    (findings.collect(), code)
}

#[test]
fn a_project_says_what_is_checked_and_which_program_reads_which_file() {
    let project = folder(&[
        (
            "featuregate.toml",
            "[check]\nmanifest = \"kubernetes\"\ntargets = [\"1.33\", \"1.34\"]\npaths = [\"deploy\"]\n\
             exclude = [\"deploy/old/**\"]\nkeys = \"nodeGates\"\n\n\
             [check.programs.queue]\nmanifest = \"0.19=lists/queue.yaml\"\npaths = \"deploy/queue/**\"\ntargets = \"0.19\"\n\n\
             [check.programs.kubeadm]\npaths = \"**/kubeadm*.yaml\"\n",
        ),
        ("lists/queue.yaml", LIST),
        ("deploy/kubelet.yaml", "nodeGates:\n  APIListChunking: true\n  Reclaim: true\n"),
        ("deploy/queue/config.yaml", "featureGates:\n  Reclaim: true\n  NodeSwap: true\n"),
        (
            "deploy/kubeadm.yaml",
            "featureGates:\n  EtcdLearnerMode: true\n  NodeLocalCRISocket: true\n",
        ),
        ("deploy/old/x.yaml", "featureGates:\n  Nope: true\n"),
        ("other/x.yaml", "featureGates:\n  Nope: true\n"),
    ]);
    let expected = [
        "deploy/kubeadm.yaml 2 EtcdLearnerMode removed-gate 1.33",
        "deploy/kubeadm.yaml 2 EtcdLearnerMode removed-gate 1.34",
        "deploy/kubelet.yaml 2 APIListChunking removed-gate 1.33",
        "deploy/kubelet.yaml 2 APIListChunking removed-gate 1.34",
        "deploy/kubelet.yaml 3 Reclaim unknown-gate 1.33",
        "deploy/kubelet.yaml 3 Reclaim unknown-gate 1.34",
        "deploy/queue/config.yaml 3 NodeSwap unknown-gate 0.19",
    ];
    let (findings, code) = found(&project, "", &[]);
    assert_eq!((findings, code), (expected.map(String::from).to_vec(), 1));
    // From any folder of the project.
    assert_eq!(found(&project, "lists", &[]).0, expected);
    // Arguments count more.
    let (findings, _) = found(&project, "", &["other", "--target", "1.30"]);
    assert_eq!(findings, ["other/x.yaml 2 Nope unknown-gate 1.30"]);
    let (findings, _) = found(
        &project,
        "",
        &["deploy/queue", "--manifest", "lists/queue.yaml", "--target", "0.18"],
    );
    assert_eq!(findings, ["deploy/queue/config.yaml 3 NodeSwap unknown-gate 0.19"]);
    // A fix is of the right program.
    let fix = ["check", "--fix", "--allow-dirty"];
    ended(&featuregate(project.path(), &fix));
    let read = |path: &str| fs::read_to_string(project.path().join(path)).unwrap();
    assert_eq!(read("deploy/kubeadm.yaml"), "featureGates:\n  NodeLocalCRISocket: true\n");
    assert_eq!(
        read("deploy/queue/config.yaml"),
        "featureGates:\n  Reclaim: true\n  NodeSwap: true\n"
    );
}

#[test]
fn everything_that_is_wrong_with_the_settings_is_reported() {
    let project = folder(&[(
        "featuregate.toml",
        "[check]\ntarget = 1\ntargets = [\"x\", 1]\nstrict = 1\nprograms.a = {}\nprograms.b = 1\n\
         programs.c = { manifest = \"x\", paths = \"a[\", kind = 1 }\n",
    )]);
    let (out, err, code) = ended(&featuregate(project.path(), &["check"]));
    assert_eq!((out.as_str(), code), ("", 2));
    insta::assert_snapshot!("settings", err);
    let project = folder(&[("featuregate.toml", "check = 1\n[chek]\n")]);
    let (_, err, _) = ended(&featuregate(project.path(), &["check"]));
    assert_eq!(err, "error: featuregate.toml:2:2: unknown key chek; did you mean [check]?\n");
}

#[test]
fn the_list_of_another_program_is_one_more() {
    let folder = folder(&[
        ("queue.yaml", LIST),
        ("config.yaml", "featureGates:\n  Reclaim: true\n  NodeSwap: true\n"),
    ]);
    let arguments = ["config.yaml", "--manifest", "queue=queue.yaml", "--target", "1.30"];
    assert_eq!(found(&folder, "", &arguments).0, ["config.yaml 2 Reclaim unknown-gate 1.30"]);
    let listed = featuregate(folder.path(), &["list", "--manifest", "queue=queue.yaml"]);
    assert!(ended(&listed).0.contains("\nReclaim  Beta"), "{listed:?}");
}

#[test]
fn the_list_of_a_component_may_be_apart() {
    let folder = folder(&[
        (
            "main.yaml",
            "{version: \"1.36\", gates: [{name: Cache, versionedSpecs: [{version: \"1.30\", preRelease: Alpha, default: false}]}]}\n",
        ),
        ("queue.yaml", LIST),
        (
            "config.yaml",
            "featureGates:\n  queue:Reclaim: true\n  queue:Cache: true\n  Reclaim: true\n  Cache: true\n",
        ),
    ]);
    let arguments = ["config.yaml", "--manifest", "main.yaml", "--manifest", "queue=queue.yaml"];
    let (findings, _) = found(&folder, "", &arguments);
    assert_eq!(
        findings,
        ["config.yaml 3 queue:Cache unknown-gate 1.36", "config.yaml 4 Reclaim unknown-gate 1.36"]
    );
}
