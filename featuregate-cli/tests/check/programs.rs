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

/// The parts that were not judged, as `path line reason`.
fn unjudged(folder: &tempfile::TempDir, arguments: &[&str]) -> Vec<String> {
    let arguments = [&["check", "--format", "json"], arguments].concat();
    let (out, err, _) = ended(&featuregate(folder.path(), &arguments));
    let report: serde_json::Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{err}"));
    let skipped = report["skipped"].as_array().unwrap().iter().map(|skipped| {
        let reason = skipped["reason"].as_str().unwrap();
        format!("{} {} {reason}", skipped["path"].as_str().unwrap(), skipped["line"])
    });
    skipped.collect()
}

const PODS: &str = "\
apiVersion: v1
kind: Pod
spec:
  containers:
  - name: kube-apiserver
    command: [kube-apiserver, '--feature-gates=NodeSwap=false,Nope=true']
  - name: provisioner
    image: registry.k8s.io/sig-storage/csi-provisioner:v5
    args: ['--feature-gates=Topology=true,APIListChunking=true']
";

#[test]
fn gates_of_a_program_without_a_list_are_not_judged_in_one_line() {
    let folder = folder(&[("a.yaml", PODS), ("b.yaml", PODS), ("queue.yaml", LIST)]);
    let files = ["a.yaml", "b.yaml", "--target", "1.34"];
    let expected = ["a.yaml", "b.yaml"].map(|file| {
        ["NodeSwap locked-gate", "Nope unknown-gate"].map(|rule| format!("{file} 6 {rule} 1.34"))
    });
    assert_eq!(found(&folder, "", &files).0, expected.concat());
    assert_eq!(
        unjudged(&folder, &files),
        [
            "a.yaml 9 the gates of csi-provisioner are not judged (4 settings in 2 files), since its list is not known; \
          name it with --manifest csi-provisioner=FILE"
        ]
    );
    // A list of the user's own is taken for the names that it has.
    let own = "[{name: NodeSwap, versionedSpecs: [{version: \"1.34\", preRelease: GA, default: true, lockToDefault: true}]}]";
    fs::write(folder.path().join("own.yaml"), own).unwrap();
    let (findings, _) = found(&folder, "", &["a.yaml", "--manifest", "own.yaml"]);
    assert_eq!(findings, expected[0]);
    let strict = found(&folder, "", &["a.yaml", "--target", "1.34", "--strict"]).0;
    assert_eq!(strict.len(), 4, "{strict:?}");
    let named = ["a.yaml", "--manifest", "csi-provisioner=queue.yaml", "--target", "1.34"];
    assert_eq!(found(&folder, "", &named).0.len(), 4);
    assert_eq!(unjudged(&folder, &named), [""; 0]);
}

#[test]
fn kubeadm_has_gates_of_its_own() {
    let cluster = "\
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
featureGates:
  NodeLocalCRISocket: true
  EtcdLearnerMode: true
  NodeSwap: true
apiServer:
  extraArgs:
  - name: feature-gates
    value: NodeSwap=false,NodeLocalCRISocket=true
";
    let script = "kubeadm init --feature-gates=EtcdLearnerMode=true\n";
    let folder = folder(&[("kubeadm.yaml", cluster), ("init.sh", script)]);
    let files = ["kubeadm.yaml", "init.sh", "--target", "1.34"];
    assert_eq!(
        found(&folder, "", &files).0,
        [
            "init.sh 1 EtcdLearnerMode removed-gate 1.34",
            "kubeadm.yaml 5 EtcdLearnerMode removed-gate 1.34",
            "kubeadm.yaml 6 NodeSwap unknown-gate 1.34",
            "kubeadm.yaml 10 NodeSwap locked-gate 1.34",
            "kubeadm.yaml 10 NodeLocalCRISocket unknown-gate 1.34",
        ]
    );
}

#[test]
fn a_program_reads_the_documents_and_commands_that_its_project_says() {
    let pod = PODS.replace("csi-provisioner:v5", "queue-manager:v1").replace("Topology", "Reclaim");
    let queue = "apiVersion: config.queue.io/v1\nkind: Configuration\nfeatureGates:\n  Reclaim: true\n  NodeSwap: true\n";
    let project = folder(&[
        (
            "featuregate.toml",
            "[check.programs.queue]\nmanifest = \"queue.yaml\"\nkinds = \"config.queue.io/Configuration\"\n\
             commands = [\"queue-manager\", \"queued\"]\n",
        ),
        ("queue.yaml", LIST),
        ("pod.yaml", &pod),
        ("config.yaml", queue),
        ("other.yaml", &queue.replace("config.queue.io", "config.other.io")),
        ("run.sh", "queued --feature-gates=Reclaim=true,NodeSwap=true\n"),
    ]);
    let files = ["pod.yaml", "config.yaml", "other.yaml", "run.sh", "--target", "1.33"];
    assert_eq!(
        found(&project, "", &files).0,
        [
            "config.yaml 5 NodeSwap unknown-gate 0.19",
            "pod.yaml 6 Nope unknown-gate 1.33",
            "pod.yaml 9 APIListChunking unknown-gate 0.19",
            "run.sh 1 NodeSwap unknown-gate 0.19",
        ]
    );
}

/// The two gates of Kubernetes that patch releases changed.
const PATCHES: &str = "\
version: 1.35.4
versions: patch
gates:
- name: DisableNodeKubeProxyVersion
  versionedSpecs:
  - {version: \"1.29\", preRelease: Alpha, default: false}
  - {version: 1.31.0, preRelease: Beta, default: true}
  - {version: 1.31.1, preRelease: Deprecated, default: false}
- name: Former
  versionedSpecs:
  - {version: \"1.24\", preRelease: Alpha, default: false}
  removed: 1.35.2
- name: MaxUnavailableStatefulSet
  versionedSpecs:
  - {version: \"1.24\", preRelease: Alpha, default: false}
  - {version: 1.35.0, preRelease: Beta, default: true}
  - {version: 1.35.4, preRelease: Beta, default: false}
";

#[test]
fn a_target_can_be_a_patch_release_where_the_list_counts_them() {
    let project = folder(&[
        ("list.yaml", PATCHES),
        ("minor.yaml", LIST),
        (
            "config.yaml",
            "featureGates:\n  DisableNodeKubeProxyVersion: true\n  Former: true\n  MaxUnavailableStatefulSet: true\n",
        ),
    ]);
    let rules = |target: &str| {
        let arguments = ["--manifest", "list.yaml", "--target", target, "config.yaml"];
        found(&project, "", &arguments).0
    };
    let deprecated = |target: &str| {
        format!("config.yaml 2 DisableNodeKubeProxyVersion deprecated-gate {target}")
    };
    assert_eq!(rules("1.31.0"), [""; 0]);
    assert_eq!(rules("1.31.1"), [deprecated("1.31.1")]);
    // Without a patch part, the last one that the list mentions.
    assert_eq!(rules("1.31"), [deprecated("1.31.1")]);
    assert_eq!(rules("1.35.1"), [deprecated("1.35.1")]);
    let removed = |target: &str| format!("config.yaml 3 Former removed-gate {target}");
    assert_eq!(rules("1.35.2"), [deprecated("1.35.2"), removed("1.35.2")]);
    assert_eq!(rules("1.35"), [deprecated("1.35.4"), removed("1.35.4")]);
    let arguments = ["check", "--manifest", "list.yaml", "--target", "1.35.5", "config.yaml"];
    let (_, err, code) = ended(&featuregate(project.path(), &arguments));
    assert!(code == 2 && err.contains("1.35.5 is later than 1.35.4"), "{err}");
    // A list that does not count them is the same in all of them. The release may be one of a build.
    for target in ["0.18.1", "v0.18.1+k3s1", "v0.18"] {
        let arguments = ["--manifest", "minor.yaml", "--target", target, "config.yaml"];
        let (findings, _) = found(&project, "", &arguments);
        assert!(
            !findings.is_empty() && findings.iter().all(|it| it.ends_with(" 0.18")),
            "{target}"
        );
    }
    let defaults = |target: &str| {
        let arguments = ["list", "--manifest", "list.yaml", "--target", target, "--format", "json"];
        let (out, _, _) = ended(&featuregate(project.path(), &arguments));
        let list: serde_json::Value = serde_json::from_str(&out).unwrap();
        let gates = list.as_array().unwrap();
        let gate = gates.iter().find(|gate| gate["name"] == "MaxUnavailableStatefulSet").unwrap();
        gate["default"].as_bool()
    };
    assert_eq!((defaults("1.35.3"), defaults("1.35.4")), (Some(true), Some(false)));
}

/// A default that depends on the build is neither fixed nor judged by one of the builds.
#[test]
fn what_depends_on_the_build_is_reported_so() {
    let list = "\
version: \"1.3\"
gates:
- name: Locked
  versionedSpecs:
  - {version: \"1.2\", preRelease: GA, default: cfg(windows), lockToDefault: true}
- name: Open
  versionedSpecs:
  - {version: \"1.2\", preRelease: GA, default: cfg(windows), lockToDefault: false}
- name: Same
  versionedSpecs:
  - {version: \"1.2\", preRelease: Beta, default: cfg(windows)}
";
    let config = "featureGates:\n  Locked: true\n  Open: false\n  Same: true\n";
    let project = folder(&[("list.yaml", list), ("config.yaml", config)]);
    let check = |extra: &[&str]| {
        let arguments = [&["check", "--manifest", "list.yaml", "config.yaml"], extra].concat();
        ended(&featuregate(project.path(), &arguments)).0
    };
    let out = check(&[]);
    for message in [
        "gate Locked is GA and locked to false, so it cannot be set to true, unless cfg(windows)",
        "gate Open is GA and off by default, unless cfg(windows)",
    ] {
        assert!(out.contains(message), "{message} is missing in\n{out}");
    }
    assert!(!out.contains("Same"), "{out}");
    check(&["--fix", "--allow-dirty"]);
    assert_eq!(fs::read_to_string(project.path().join("config.yaml")).unwrap(), config);
}

#[test]
fn the_options_of_the_build_decide_what_depends_on_them() {
    let list = "version: \"1.3\"\ngates:\n- name: Locked\n  versionedSpecs:\n  \
        - {version: \"1.2\", preRelease: GA, default: cfg(windows), lockToDefault: true}\n";
    let config = "featureGates:\n  Locked: true\n";
    let project = folder(&[
        ("featuregates.yaml", list),
        ("config.yaml", config),
        ("unix/featuregate.toml", "[check]\nmanifest = \"../featuregates.yaml\"\ncfg = \"unix\"\n"),
        ("unix/config.yaml", config),
        ("wrong/featuregate.toml", "[check]\ncfg = [\"any(unix, windows)\", 1]\n"),
    ]);
    let rules = |within: &str, arguments: &[&str]| found(&project, within, arguments);
    let windows = ["config.yaml", "--cfg", "windows", "--cfg", "feature=\"net\""];
    assert_eq!(rules("", &windows).0, ["config.yaml 2 Locked redundant-gate 1.3"]);
    let unix = (vec!["config.yaml 2 Locked locked-gate 1.3".to_owned()], 1);
    assert_eq!(rules("", &["config.yaml", "--cfg", "unix"]), unix);
    assert_eq!(rules("unix", &["config.yaml"]), unix);
    assert_eq!(rules("", &["config.yaml"]).0, ["config.yaml 2 Locked locked-gate 1.3"]);

    let wrong = project.path().join("wrong");
    let (_, err, code) = ended(&featuregate(&wrong, &["check", "."]));
    assert_eq!(code, 2);
    assert!(err.contains("\"any(unix, windows)\" is not an option of a build; write one"), "{err}");
    assert!(err.contains("`cfg` is an integer; write a text in quotes"), "{err}");
    let (_, err, code) = ended(&featuregate(project.path(), &["check", "--cfg", "not(unix)"]));
    assert_eq!(code, 2);
    assert!(err.contains("not an option of a build"), "{err}");
}

const OWN: &str = "\
version: \"0.10\"
variables: [APP_FEATURES, APP_GATE_*]
groups: [{name: all, stages: [Alpha]}]
gates:
- name: js-repl
  versionedSpecs: [{version: \"0.2\", preRelease: Alpha, default: false}]
  aliases: [repl]
- name: memory
  versionedSpecs: [{version: \"0.2\", preRelease: Alpha, default: false}, {version: \"0.9\", preRelease: GA, default: true, lockToDefault: true}]
- name: undo
  removed: \"0.5\"
  value: false
";

#[test]
fn variables_of_single_gates_are_read_as_the_program_does() {
    let project = folder(&[
        ("featuregates.yaml", OWN),
        (
            "run.sh",
            "export APP_GATE_JS_REPL=1\nexport APP_GATE_REPL=0\nexport APP_GATE_JS_REPLY=1\nexport APP_GATE_MEMORY=false\nAPP_FEATURES=undo=true,js-repl=maybe app\n",
        ),
        (
            "pod.yaml",
            "env:\n- name: APP_GATE_UNDO\n  value: \"1\"\n- name: APP_GATE_JSREPL\n  value: \"on\"\n",
        ),
        ("app.env", "APP_GATE_UNDO=0\nOTHER=1\n"),
    ]);
    assert_eq!(
        found(&project, "", &[]),
        (
            [
                "app.env 1 undo removed-gate 0.10",
                "pod.yaml 2 undo removed-gate 0.10",
                "pod.yaml 4 js-repl invalid-value 0.10",
                "run.sh 2 repl deprecated-gate 0.10",
                "run.sh 3 JS_REPLY unknown-gate 0.10",
                "run.sh 4 memory locked-gate 0.10",
                "run.sh 5 undo removed-gate 0.10",
                "run.sh 5 js-repl invalid-value 0.10",
            ]
            .map(str::to_owned)
            .to_vec(),
            1
        )
    );
    let (out, ..) = ended(&featuregate(project.path(), &["check", "run.sh"]));
    assert!(out.contains("did you mean APP_GATE_JS_REPL?"), "{out}");
    let files = ended(&featuregate(project.path(), &["check", "--list-files"])).0;
    assert!(files.contains("app.env\n") && files.contains("run.sh\n"), "{files}");
    // A name is not corrected to one that is not that of a variable.
    let run = || fs::read_to_string(project.path().join("run.sh")).unwrap();
    let before = run();
    let _ = featuregate(project.path(), &["check", "run.sh", "--fix", "--allow-dirty"]);
    assert_eq!(
        run().lines().take(4).collect::<Vec<_>>(),
        before.lines().take(4).collect::<Vec<_>>()
    );
}

#[test]
fn lists_of_names_have_the_keys_and_values_that_a_project_says() {
    let settings = "[check]\nkeys = [\"enable=on\", \"disable=off\", \"APP_PREVIEW=on\"]\n";
    let project = folder(&[
        ("featuregates.yaml", OWN),
        ("featuregate.toml", settings),
        ("run.sh", "app --enable js-repl,undo --disable=memory,replay\nAPP_PREVIEW=repl,all app\n"),
        ("app.toml", "enable = [\"undo\"]\ndisable = \"undo, memory\"\n"),
        (
            "pod.yaml",
            "command: [app]\nargs: [\"--disable\", \"memory\"]\nenv:\n- {name: APP_PREVIEW, value: undo}\n",
        ),
    ]);
    let expected = [
        "app.toml 1 undo removed-gate 0.10",
        "app.toml 2 undo removed-gate 0.10",
        "app.toml 2 memory locked-gate 0.10",
        "pod.yaml 2 memory locked-gate 0.10",
        "pod.yaml 4 undo removed-gate 0.10",
        "run.sh 1 undo removed-gate 0.10",
        "run.sh 1 memory locked-gate 0.10",
        "run.sh 1 replay unknown-gate 0.10",
        "run.sh 2 repl deprecated-gate 0.10",
        "run.sh 2 all all-alpha 0.10",
    ];
    assert_eq!(found(&project, "", &[]), (expected.map(str::to_owned).to_vec(), 1));
    fs::remove_file(project.path().join("featuregate.toml")).unwrap();
    let keys = ["--key", "enable=on", "--key", "disable=off", "--key", "APP_PREVIEW=on"];
    assert_eq!(found(&project, "", &keys).0, expected);
}

#[test]
fn a_map_of_a_program_that_refuses_removed_gates_takes_booleans() {
    let source = "#[feature_gate(version = \"1.0\", removed_gates = \"refuse\")]\n\
                  #[derive(FeatureGate)]\nenum Feature {\n    /// A.\n    #[gate(alpha = \"1.0\")]\n    A,\n    \
                  /// B.\n    #[gate(alpha = \"1.0\")]\n    B,\n}\n";
    let project = folder(&[
        ("gates.rs", source),
        ("app.yaml", "featureGates:\n  A: \"true\"\n  B: 1\n"),
        ("app.toml", "[feature-gates]\nA = \"true\"\nB = true\n"),
    ]);
    let (_, err, code) = ended(&featuregate(project.path(), &["update", "--src", "gates.rs"]));
    assert_eq!(code, 0, "{err}");
    let manifest = fs::read_to_string(project.path().join("featuregates.yaml")).unwrap();
    assert!(manifest.contains("removedGates: refuse\nsyntax: featuregate\n"), "{manifest}");
    let expected = [
        "app.toml 2 A invalid-value 1.0",
        "app.yaml 2 A invalid-value 1.0",
        "app.yaml 3 B invalid-value 1.0",
    ];
    assert_eq!(found(&project, "", &[]), (expected.map(str::to_owned).to_vec(), 1));
}

#[test]
fn a_gate_may_be_a_table_under_a_key_of_the_program() {
    let text = "[features.undo]\nenabled = true\n\n[features]\nmemory = { enabled = false, size = 3 }\n\
                js-repl = { size = 3 }\n";
    let project = folder(&[("featuregates.yaml", OWN), ("app.toml", text)]);
    let expected = ["app.toml 1 undo removed-gate 0.10", "app.toml 5 memory locked-gate 0.10"]
        .map(str::to_owned);
    assert_eq!(found(&project, "", &["--key", "features"]), (expected.to_vec(), 1));
    // What else a table says is not lost.
    let fix = ["check", "--key", "features", "--fix", "--allow-dirty"];
    let _ = featuregate(project.path(), &fix);
    assert_eq!(fs::read_to_string(project.path().join("app.toml")).unwrap(), text);
    // The usual map has booleans only.
    fs::write(project.path().join("app.toml"), "[feature-gates]\njs-repl = { enabled = true }\n")
        .unwrap();
    let expected = ["app.toml 2 js-repl invalid-value 0.10".to_owned()];
    assert_eq!(found(&project, "", &["--key", "features"]), (expected.to_vec(), 1));
}

#[test]
fn a_boolean_in_place_of_a_list_is_the_master_switch() {
    let list = OWN.replace("stages: [Alpha]", "stages: [Alpha], master: true");
    let project = folder(&[
        ("featuregates.yaml", &list),
        ("app.toml", "preview-features = true\n"),
        ("off.toml", "preview-features = false\n"),
        // A variable has a list of names, whatever it says.
        ("compose.yaml", "services:\n  app:\n    environment:\n      APP_PREVIEW: true\n"),
    ]);
    let keys = ["--key", "preview-features=on", "--key", "APP_PREVIEW=on"];
    let expected = ["app.toml 1 all all-alpha 0.10".to_owned()];
    assert_eq!(found(&project, "", &keys), (expected.to_vec(), 0));
    // Without a master switch, it is not known what it sets.
    fs::write(project.path().join("featuregates.yaml"), OWN).unwrap();
    assert_eq!(found(&project, "", &keys), (Vec::new(), 0));
}

#[test]
fn the_features_of_a_cargo_manifest_are_not_gates() {
    let cargo = "[package]\nname = \"app\"\n\n[features]\ndefault = [\"derive\"]\nundo = []\n\n\
                 [dependencies]\nserde = { version = \"1\", features = [\"derive\"] }\n\n\
                 [package.metadata.app]\nfeatures = [\"undo\"]\n";
    let workspace = "[workspace]\nmembers = [\"app\"]\n\n[workspace.dependencies]\n\
                     serde = { version = \"1\", features = [\"derive\", \"undo\"] }\n";
    let project = folder(&[
        ("featuregates.yaml", OWN),
        ("Cargo.toml", workspace),
        ("app/Cargo.toml", cargo),
        ("app.toml", "[workspace]\nroot = \"src\"\nfeatures = [\"undo\"]\n"),
    ]);
    let expected =
        ["app.toml 3 undo removed-gate 0.10", "app/Cargo.toml 12 undo removed-gate 0.10"];
    let keys = ["--key", "features=on"];
    assert_eq!(found(&project, "", &keys), (expected.map(str::to_owned).to_vec(), 1));
    let fix = ["check", "Cargo.toml", "--key", "features=on", "--fix", "--allow-dirty"];
    let _ = featuregate(project.path(), &fix);
    assert_eq!(fs::read_to_string(project.path().join("Cargo.toml")).unwrap(), workspace);
}

#[test]
fn what_a_key_says_counts_wherever_its_gates_are() {
    let project = folder(&[
        ("featuregates.yaml", OWN),
        (
            "alias.yaml",
            "z: &z [memory]\nt: &t {enabled: true, n: 1}\ndisable: *z\nfeatures: {undo: *t}\n",
        ),
        ("brackets.sh", "app --enable '[undo, js-repl]'\nAPP_ON='[undo]' app\n"),
        ("inner.yaml", "features: {featureGates: {undo: true}}\n"),
        ("names.toml", "enable = [\"js-repl undo\", \"-undo\"]\n"),
        ("object.yaml", "features:\n- {name: undo, enabled: true, size: 3}\n"),
        ("twice.sh", "app --enable js-repl --disable js-repl\n"),
    ]);
    let keys = ["enable=on", "disable=off", "APP_ON=on", "features"];
    let keys: Vec<&str> = keys.iter().flat_map(|key| ["--key", key]).collect();
    let expected = [
        "alias.yaml 1 memory locked-gate 0.10",
        "alias.yaml 4 undo removed-gate 0.10",
        "brackets.sh 1 undo removed-gate 0.10",
        "brackets.sh 2 undo removed-gate 0.10",
        "inner.yaml 1 undo removed-gate 0.10",
        "names.toml 1 js-repl undo unknown-gate 0.10",
        "names.toml 1 -undo unknown-gate 0.10",
        "object.yaml 2 undo removed-gate 0.10",
        "twice.sh 1 js-repl duplicate-gate 0.10",
    ];
    assert_eq!(found(&project, "", &keys).0, expected);
    let object = fs::read_to_string(project.path().join("object.yaml")).unwrap();
    let fix = [&["check", "object.yaml", "--fix", "--allow-dirty"], &*keys].concat();
    let _ = featuregate(project.path(), &fix);
    assert_eq!(fs::read_to_string(project.path().join("object.yaml")).unwrap(), object);
}

#[test]
fn a_key_that_is_none_is_wrong_usage() {
    let project = folder(&[("featuregates.yaml", OWN), ("a.toml", "enable = []\n")]);
    for (key, wrong) in [
        ("enable=ON", "\"ON\" is neither on nor off"),
        ("*", "it has no name"),
        ("", "it has no name"),
        ("APP_*=on", "a * is for the end of a prefix"),
    ] {
        let (_, err, code) = ended(&featuregate(project.path(), &["check", "--key", key]));
        assert!(code == 2 && err.contains(wrong) && err.contains("write NAME"), "{code}: {err}");
    }
    fs::write(project.path().join("featuregate.toml"), "[check]\nkeys = [\"enable=ON\"]\n")
        .unwrap();
    let (_, err, code) = ended(&featuregate(project.path(), &["check"]));
    assert!(code == 2 && err.contains("featuregate.toml:2:9"), "{code}: {err}");
}

#[test]
fn a_list_of_switches_has_names_and_values() {
    let list = format!("syntax: opentelemetry\n{LISTED}");
    let project = folder(&[
        ("featuregates.yaml", &list),
        ("app.toml", "options = [\"format\", \"pylock=true\"]\n"),
        (
            "run.sh",
            "app --options '[pylock, format=true]'\napp --options '[pylock, format=false]'\n",
        ),
    ]);
    let expected = ["run.sh 2 pylock unmet-dependency 0.10".to_owned()];
    assert_eq!(found(&project, "", &["--key", "options"]), (expected.to_vec(), 1));
}

/// The gates of a program with lists, in which one requires another.
const LISTED: &str = "\
version: \"0.10\"
groups: []
gates:
- name: format
  versionedSpecs: [{version: \"0.2\", preRelease: Alpha, default: false}]
- name: pylock
  versionedSpecs: [{version: \"0.2\", preRelease: Alpha, default: false}]
  requires: [format]
- name: undo
  removed: \"0.5\"
  value: false
";

#[test]
fn advice_is_written_as_the_setting_is() {
    let project = folder(&[
        ("featuregates.yaml", LISTED),
        ("app.toml", "enable = [\"pylock\"]\n"),
        ("old.toml", "enable = [\"undo\"]\n"),
        ("value.toml", "enable = [\"format=true\"]\n"),
        ("map.toml", "[features]\npylock = true\n"),
        ("run.sh", "app --enable pylock\n"),
        ("off.sh", "app --disable=format --disable undoo\n"),
        ("app.env", "APP_FEATURES=pylock\n"),
        ("signs.sh", "app --feature-gates=+pylock,-undo\n"),
        ("one.sh", "export APP_GATE_PYLOCK=1\n"),
    ]);
    let keys = ["enable=on", "disable=off", "APP_FEATURES=on", "features", "APP_GATE_*"];
    let keys = keys.iter().flat_map(|key| ["--key", key]);
    let arguments: Vec<&str> = ["check", "--format", "json"].into_iter().chain(keys).collect();
    let (out, err, code) = ended(&featuregate(project.path(), &arguments));
    assert_eq!((err.as_str(), code), ("", 1));
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    let advice: Vec<String> = findings
        .map(|finding| format!("{}: {}", finding["path"], finding["help"]).replace('"', ""))
        .collect();
    assert_eq!(
        advice,
        [
            "app.env: also add format, or remove pylock",
            "app.toml: also add format, or remove pylock",
            "map.toml: also set format=true, or remove pylock=true",
            "off.sh: did you mean undo?",
            "old.toml: remove the setting",
            "one.sh: also set APP_GATE_FORMAT=1, or remove APP_GATE_PYLOCK=1",
            "run.sh: also add format, or remove pylock",
            "signs.sh: also set format, or remove pylock",
            "signs.sh: remove the setting",
            "value.toml: write format",
        ]
    );
}

#[test]
fn the_release_that_is_taken_without_a_target_is_named() {
    let folder = folder(&[("kubelet.yaml", "featureGates:\n  NodeSwap: true\n")]);
    let notes = |arguments: &[&str]| {
        ended(&featuregate(folder.path(), &[&["check"], arguments].concat())).1
    };
    let note =
        "note: the release is 1.37, the newest that is known; name yours with --target VERSION\n";
    assert!(notes(&[]).contains(note));
    assert!(!notes(&["--target", "1.36"]).contains("the release is"));
}

/// Each program has its own types of values and its own master switch, whichever is the main one.
#[test]
fn the_settings_of_a_program_are_read_as_it_reads_them() {
    let own = OWN.replace("stages: [Alpha]", "stages: [Alpha], master: true");
    let map = "featureGates: {js-repl: \"true\", MemoryQoS: \"true\"}\n";
    let list = "manifest = \"own.yaml\"\n";
    let kubernetes = "manifest = \"kubernetes\"\ntargets = \"1.34\"\n";
    let settings = |main: &str, other: &str, matching: &str| {
        let keys = "keys = [\"preview-features=on\"]";
        format!("[check]\n{main}{keys}\n\n[check.programs.other]\n{other}{matching}\n")
    };
    let project = folder(&[
        ("own.yaml", &own),
        ("app/app.toml", "preview-features = true\n"),
        ("app/app.yaml", map),
        ("node/switch.toml", "preview-features = true\n"),
        ("node/node.yaml", map),
    ]);
    let expected = [
        "app/app.toml 1 all all-alpha 0.10",
        "app/app.yaml 1 js-repl invalid-value 0.10",
        "app/app.yaml 1 MemoryQoS invalid-value 0.10",
        "node/node.yaml 1 js-repl unknown-gate 1.34",
    ];
    for settings in [
        settings(kubernetes, list, "paths = \"app/**\""),
        settings(list, kubernetes, "paths = \"node/**\""),
    ] {
        fs::write(project.path().join("featuregate.toml"), settings).unwrap();
        assert_eq!(found(&project, "", &["app", "node"]).0, expected);
    }
}

/// The gates beside a name may be all that shows that it should be one, and a fix may remove them.
#[test]
fn what_was_wrong_before_a_fix_is_reported_after_it() {
    let text = "featureGates:\n  CSIMigration: true\n  newUi: true\n";
    let project = folder(&[("values.yaml", text)]);
    let arguments = ["values.yaml", "--target", "1.34", "--fix", "--allow-dirty"];
    let unknown = "values.yaml 2 newUi unknown-gate 1.34".to_owned();
    assert_eq!(found(&project, "", &arguments), (vec![unknown], 1));
    let left = fs::read_to_string(project.path().join("values.yaml")).unwrap();
    assert_eq!(left, "featureGates:\n  newUi: true\n");
}
