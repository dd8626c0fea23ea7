//! `featuregate fleet check`.

use std::fs;

use crate::{Folder, metrics};

#[test]
fn what_the_release_refuses_is_certain_where_the_value_shows_that_it_was_set() {
    let folder = Folder::new();
    folder.write("a", &metrics("1.2", "1.2", &[]));
    folder.write("b", &metrics("1.2", "1.2", &["Eager", "Fast", "Grow"]));
    let ended = folder.json(&["check", "--target", "1.3", "--metrics", "a", "--metrics", "b"]);
    assert_eq!(ended.code, 1, "{ended:?}");
    assert_eq!(
        ended.findings(),
        [
            "warning possible removed-gate a Fast=false",
            "warning possible changed-default a Drain=false",
            "error certain locked-gate b Eager=false",
            "error certain removed-gate b Fast=true",
            "error certain unmet-dependency b Grow=true",
            "warning possible changed-default b Drain=false",
        ]
    );
    let only_a = folder.json(&["check", "--target", "1.3", "--metrics", "a"]);
    assert_eq!(only_a.code, 0, "what is only possible is not an error");
    let now = folder.json(&["check", "--target", "1.2", "--metrics", "a"]);
    assert_eq!(now.findings(), [""; 0]);
}

#[test]
fn a_program_that_shows_its_settings_leaves_nothing_open() {
    let folder = Folder::new();
    let gate = |name: &str, stage: &str, enabled: bool, source: &str| {
        format!(
            r#"{{"name":"{name}","stage":"{stage}","default":false,"locked":false,"enabled":{enabled},"origin":{{"source":"{source}","line":3}}}}"#
        )
    };
    let gates = [
        gate("Drain", "Alpha", false, "default"),
        gate("Eager", "Beta", true, "config"),
        gate("Fast", "Alpha", false, "flag"),
        gate("Cache", "Alpha", true, "group"),
    ];
    folder.write(
        "a",
        &format!(
            r#"{{"name":"worker","components":[{{"component":"store","binary":"9.9","emulation":"9.9","minCompat":"9.8"}},{{"component":null,"binary":"1.2","emulation":"1.2","minCompat":"1.1"}}],"gates":[{}]}}"#,
            gates.join(",")
        ),
    );
    let ended = folder.json(&["check", "--target", "1.3", "--metrics", "a"]);
    assert_eq!(
        ended.findings(),
        [
            "warning certain redundant-gate a Eager=true",
            "error certain removed-gate a Fast=false",
            "warning certain changed-default a Drain=false",
            // The group is not among its gates.
            "warning certain changed-default a Cache=true",
        ]
    );
    let json = ended.json();
    assert_eq!(json["instances"][0]["component"], "worker");
    assert_eq!(json["instances"][0]["release"], "1.2");
    // The list alone says nothing about the program, so its release is not known.
    folder.write("b", &format!("[{}]", gates.join(",")));
    let ended = folder.json(&["check", "--target", "1.3", "--metrics", "b"]);
    assert_eq!(ended.json()["instances"][0]["release"], serde_json::Value::Null);
    assert!(ended.findings().contains(&"error certain removed-gate b Fast=false".to_owned()));
}

#[test]
fn gates_of_a_group_that_is_on_stay_on_beside_a_setting_that_is_refused() {
    let folder = Folder::new();
    let group = "kubernetes_feature_enabled{name=\"AllAlpha\",stage=\"ALPHA\"} 1\n";
    let set = ["Cache", "Drain", "Eager", "Fast", "Grow"];
    folder.write("a", &(metrics("1.2", "1.2", &set) + group));
    let ended = folder.json(&["check", "--target", "1.3", "--metrics", "a"]);
    assert_eq!(
        ended.findings(),
        [
            "error certain locked-gate a Eager=false",
            "warning possible removed-gate a Fast=true",
            "warning possible changed-default a Fast=true",
        ]
    );
}

#[test]
fn a_configuration_explains_what_runs() {
    let folder = Folder::new();
    folder.write("a", &metrics("1.2", "1.2", &["Fast"]));
    fs::create_dir(folder.path().join("deploy")).unwrap();
    folder.write("deploy/worker.yaml", "featureGates:\n  Fast: true\n  Drain: false\n");
    let arguments = ["check", "--target", "1.3", "--metrics", "a", "deploy"];
    let ended = folder.json(&arguments);
    let json = ended.json();
    let set_in: Vec<_> =
        json["findings"].as_array().unwrap().iter().map(|it| &it["setIn"]).collect();
    let expected =
        |line: u32| serde_json::json!([{"path": "deploy/worker.yaml", "line": line, "column": 3}]);
    assert_eq!(set_in, [&expected(2), &expected(3)]);
    let shown = folder.run(&arguments);
    insta::assert_snapshot!(shown.out);
    let unreadable = folder.run(&["check", "--metrics", "a", "nowhere"]);
    assert_eq!(unreadable.code, 2, "{unreadable:?}");
}

#[test]
fn a_gate_that_only_newer_instances_have_on_is_reported_with_a_safe_order() {
    let folder = Folder::new();
    folder.write("new", &metrics("1.3", "1.3", &["Cache"]));
    folder.write("old", &metrics("1.1", "1.1", &[]).replace("name=\"Index\"", "name=\"Other\""));
    let ended = folder.json(&["check", "--target", "1.3", "--metrics", "new", "--metrics", "old"]);
    let findings = ended.findings();
    let skew: Vec<&String> = findings.iter().filter(|it| it.contains("skew")).collect();
    assert_eq!(
        skew,
        ["warning certain release-skew - Cache=true", "note certain release-skew - Index=true"]
    );
    let order = ended.json()["order"].clone();
    assert_eq!(order[0], "upgrade worker 1.1 (1 instance) to 1.3");
}

#[test]
fn a_control_plane_of_kubernetes_goes_before_nodes_and_leaves_out_no_release() {
    let folder = Folder::new();
    let api = include_str!("fixtures/kube-apiserver.prom");
    folder.write("api", &api.replace("component=\"kube\"", "component=\"kube-apiserver\""));
    let kubelet = api.replace("component=\"kube\"", "component=\"kubelet\"");
    folder.write("node", &kubelet.replace("\"1.36\"", "\"1.34\"").replace("\"1.35\"", "\"1.34\""));
    let ended = folder.json(&[
        "check",
        "--manifest",
        "kubernetes",
        "--target",
        "1.37",
        "--metrics",
        "node",
        "--metrics",
        "api",
    ]);
    let json = ended.json();
    let steps: Vec<&str> =
        json["order"].as_array().unwrap().iter().map(|step| step.as_str().unwrap()).collect();
    assert!(
        steps[0].starts_with("change what 1 instance of kube-apiserver would not start with: ")
    );
    let position = |part: &str| steps.iter().position(|step| step.starts_with(part));
    assert!(
        position("upgrade kube-apiserver 1.36").unwrap()
            < position("upgrade kubelet 1.34").unwrap()
    );
    assert!(steps.iter().any(|step| step.contains("it emulates 1.35")), "{steps:?}");
}

/// The steps of an upgrade of components of Kubernetes, each with its release.
fn steps(target: &str, components: &[(&str, &str)]) -> Vec<String> {
    let folder = Folder::new();
    let metrics = components.iter().enumerate().map(|(number, (component, release))| {
        let labels = format!("instance=\"{number}\",job=\"{component}\"");
        format!(
            "kubernetes_feature_enabled{{{labels},name=\"ContextualLogging\",stage=\"BETA\"}} 1\n\
             kubernetes_build_info{{{labels},git_version=\"v{release}.1\"}} 1\n"
        )
    });
    let text: String = metrics.collect();
    folder.write("all", &text);
    let arguments = ["check", "--manifest", "kubernetes", "--target", target, "--metrics", "all"];
    let ended = folder.json(&arguments);
    assert_eq!(ended.missing(), [""; 0]);
    let json = ended.json();
    let steps = json["order"].as_array().into_iter().flatten();
    steps.map(|step| step.as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_control_plane_leaves_out_no_release() {
    assert_eq!(
        steps(
            "1.36",
            &[
                ("kubelet", "1.34"),
                ("kube-scheduler", "1.34"),
                ("kube-apiserver", "1.34"),
                ("kube-apiserver", "1.35"),
            ]
        ),
        [
            "upgrade kube-apiserver 1.34 (1 instance) to 1.35",
            "upgrade kube-scheduler 1.34 (1 instance) to 1.35",
            "upgrade kube-apiserver 1.35 (1 instance) to 1.36",
            "upgrade kube-apiserver 1.35 (1 instance) to 1.36",
            "upgrade kube-scheduler 1.35 (1 instance) to 1.36",
            "upgrade kubelet 1.34 (1 instance) to 1.36",
        ]
    );
}

#[test]
fn nodes_that_are_too_old_for_the_control_plane_go_before_it() {
    assert_eq!(
        steps("1.36", &[("kubelet", "1.32"), ("kubelet", "1.33"), ("kube-apiserver", "1.35")]),
        [
            "upgrade kubelet 1.32 (1 instance) to 1.35",
            "upgrade kube-apiserver 1.35 (1 instance) to 1.36",
            "upgrade kubelet 1.33 (1 instance) to 1.36",
            "upgrade kubelet 1.35 (1 instance) to 1.36",
        ]
    );
    assert_eq!(
        steps("1.36", &[("kubelet", "1.30"), ("kube-proxy", "1.36")]),
        ["upgrade kubelet 1.30 (1 instance) to 1.36"]
    );
    assert!(steps("1.36", &[("kube-apiserver", "1.36")]).is_empty());
}

#[test]
fn groups_of_a_program_are_not_gates() {
    let folder = Folder::new();
    let manifest = include_str!("fixtures/featuregates.yaml").replace(
        "removedGates: refuse",
        "removedGates: refuse\ngroups:\n- {name: preview, stages: [Alpha]}",
    );
    folder.write("featuregates.yaml", &manifest);
    let group = "kubernetes_feature_enabled{name=\"preview\",stage=\"ALPHA\"} 1\n";
    folder.write("a", &(metrics("1.2", "1.2", &["Cache", "Drain", "Fast", "Grow"]) + group));
    folder.write("b", &(metrics("1.2", "1.2", &[]) + &group.replace("} 1", "} 0")));
    let both = ["--metrics", "a", "--metrics", "b"];
    let checked = folder.json(&[&["check", "--target", "1.3"], both.as_slice()].concat());
    assert!(!checked.out.contains("unknown-gate"), "{}", checked.out);
    // The group may be what turned the gate on, so the setting is only possible.
    assert!(checked.findings().contains(&"warning possible removed-gate a Fast=true".to_owned()));
    assert_eq!(checked.json()["instances"][0]["gates"], 7);
    let status = folder.json(&[&["status"], both.as_slice()].concat());
    assert!(status.findings().contains(&"note possible non-default-gate - Cache=true".to_owned()));
    let shown = folder.run(&[&["status"], both.as_slice()].concat());
    assert!(shown.out.contains("group preview is on here, and off at 1 of 2"), "{}", shown.out);
}

#[test]
fn gates_that_no_list_has_are_possible_only() {
    let folder = Folder::new();
    let other = "kubernetes_feature_enabled{name=\"Other\",stage=\"ALPHA\"} 1\nkubernetes_feature_enabled{name=\"Usual\",stage=\"BETA\"} 1\n";
    folder.write("a", &(metrics("1.2", "1.2", &[]) + other));
    let ended = folder.json(&["check", "--target", "1.3", "--metrics", "a"]);
    assert_eq!(ended.code, 0, "{ended:?}");
    assert!(ended.findings().contains(&"warning possible unknown-gate a Other=true".to_owned()));
    assert!(!ended.out.contains("Usual"), "{}", ended.out);
}

#[test]
fn a_policy_sets_the_levels() {
    let folder = Folder::new();
    folder.write("a", &metrics("1.2", "1.2", &["Fast"]));
    folder.write(
        "featuregate.toml",
        "[rules]\nremoved-gate = \"warning\"\nchanged-default = \"off\"\n",
    );
    let ended = folder.json(&["check", "--target", "1.3", "--metrics", "a"]);
    assert_eq!(ended.findings(), ["warning certain removed-gate a Fast=true"]);
    assert_eq!(ended.code, 0);
}

#[test]
fn a_page_has_no_scripts_and_escapes_every_name() {
    let folder = Folder::new();
    let hostile = "kubernetes_feature_enabled{name=\"<script>alert(1)</script>&\\\"'\\u{202e}\",stage=\"ALPHA\"} 1\n";
    folder.write("<img src=x>", &(metrics("1.2", "1.2", &["Fast"]) + hostile));
    let ended = folder.run(&[
        "check",
        "--target",
        "1.3",
        "--metrics",
        "<img src=x>",
        "--html",
        "page.html",
    ]);
    assert_eq!(ended.code, 1, "{ended:?}");
    let page = fs::read_to_string(folder.path().join("page.html")).unwrap();
    assert!(page.contains("default-src 'none'"));
    for part in ["<script", "<img", "http:", "https:", "@import", "url("] {
        assert!(!page.contains(part), "{part}");
    }
    assert!(page.contains("&lt;script&gt;") && page.contains("&lt;img src=x&gt;"));
    assert!(!ended.out.contains('\u{202e}'));
}

#[test]
fn other_programs_are_not_in_the_order_of_kubernetes() {
    let kubernetes = [("kubelet", "1.34"), ("kube-apiserver", "1.35")];
    let expected = [
        "upgrade kube-apiserver 1.35 (1 instance) to 1.36",
        "upgrade kubelet 1.34 (1 instance) to 1.36",
    ];
    assert_eq!(steps("1.36", &kubernetes), expected);
    for release in ["0.9", "1.2", "2.0"] {
        let with_another = [kubernetes.as_slice(), &[("worker", release)]].concat();
        assert_eq!(steps("1.36", &with_another), expected, "{release}");
    }
}

#[test]
fn a_locked_gate_is_not_to_be_kept_off() {
    let folder = Folder::new();
    folder.write("old", &metrics("1.2", "1.2", &["Eager"]));
    folder.write("new", &metrics("1.3", "1.3", &["Drain"]).replace("\"BETA\"", "\"\""));
    let ended = folder.json(&["check", "--target", "1.3", "--metrics", "old", "--metrics", "new"]);
    let json = ended.json();
    let findings = json["findings"].as_array().unwrap().iter();
    let skew = findings.filter(|it| it["rule"] == "release-skew");
    let help = |gate: &str| {
        let of = |it: &&serde_json::Value| it["gate"] == gate;
        skew.clone().find(of).unwrap()["help"].as_str().unwrap().to_owned()
    };
    assert!(help("Eager").ends_with("it is locked there"), "{}", help("Eager"));
    assert!(help("Drain").starts_with("keep it off with Drain=false"), "{}", help("Drain"));
}

#[test]
fn a_release_that_is_newer_than_the_list_makes_the_answer_partial() {
    let folder = Folder::new();
    folder.write("a", &metrics("1.4", "1.4", &["Fast"]));
    let ended = folder.json(&["check", "--target", "1.3", "--metrics", "a"]);
    assert_eq!(ended.code, 3, "{ended:?}");
    let reason = "its release is newer than the list of gates, which ends with 1.3, so that its defaults are not known";
    assert_eq!(ended.missing(), [format!("worker 1.4: {reason}")]);
    assert!(!ended.out.contains("\"certain\""), "{ended:?}");
}
