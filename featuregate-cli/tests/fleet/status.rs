//! `featuregate fleet status`.

use serde_json::json;

use crate::{Folder, metrics};

#[test]
fn metrics_of_kubernetes_are_read_as_they_are() {
    let folder = Folder::new();
    folder.write("api", include_str!("fixtures/kube-apiserver.prom"));
    let ended = folder.json(&["status", "--metrics", "api", "--manifest", "kubernetes"]);
    assert_eq!(ended.code, 0, "{ended:?}");
    let instance = json!({"instance": "api", "component": "kube", "release": "1.36", "emulated": "1.35", "gates": 4});
    assert_eq!(ended.json()["instances"], json!([instance]));
    assert_eq!(ended.findings(), ["note certain non-default-gate - GangScheduling=true"]);
    // Without `version_info`, as before 1.33.
    let text = include_str!("fixtures/kube-apiserver.prom");
    folder.write("api", text.split("# HELP version_info").next().unwrap());
    let ended = folder.json(&["status", "--metrics", "api", "--manifest", "kubernetes"]);
    let instance = json!({"instance": "api", "component": null, "release": "1.36", "emulated": null, "gates": 4});
    assert_eq!(ended.json()["instances"], json!([instance]));
}

#[test]
fn the_release_of_a_program_is_not_that_of_its_parts() {
    let folder = Folder::new();
    let part = "kubernetes_feature_enabled{name=\"store:Compaction\",stage=\"ALPHA\"} 0\nversion_info{binary=\"9.9\",component=\"store\",emulation=\"9.8\",min_compat=\"9.8\"} 1\n";
    folder.write("a", &(metrics("1.2", "1.2", &[]) + part));
    let ended = folder.json(&["status", "--metrics", "a"]);
    let instance = json!({"instance": "a", "component": "worker", "release": "1.2", "emulated": null, "gates": 8});
    assert_eq!(ended.json()["instances"], json!([instance]));
}

#[test]
fn an_instance_that_differs_from_most_others_is_reported() {
    let folder = Folder::new();
    for (name, set) in [("a", ["Cache"].as_slice()), ("b", &["Cache"]), ("c", &["Eager"])] {
        folder.write(name, &metrics("1.2", "1.2", set));
    }
    // Another release has no peers.
    folder.write("d", &metrics("1.3", "1.2", &[]));
    let ended = folder.json(&[
        "status",
        "--metrics",
        "a",
        "--metrics",
        "b",
        "--metrics",
        "c",
        "--metrics",
        "d",
    ]);
    assert_eq!(ended.code, 0, "{ended:?}");
    assert_eq!(
        ended.findings(),
        [
            "warning certain gate-drift c Cache=false",
            "warning certain gate-drift c Eager=false",
            "note certain non-default-gate - Cache=true",
            "note certain non-default-gate - Eager=false",
        ]
    );
    assert_eq!(ended.json()["instances"][3]["emulated"], "1.2");
}

#[test]
fn of_two_instances_the_one_that_differs_from_the_default_is_reported() {
    let folder = Folder::new();
    folder.write("a", &metrics("1.2", "1.2", &["Cache"]));
    folder.write("b", &metrics("1.2", "1.2", &["Eager"]));
    let ended = folder.json(&["status", "--metrics", "a", "--metrics", "b"]);
    let drift: Vec<String> =
        ended.findings().into_iter().filter(|it| it.contains("drift")).collect();
    assert_eq!(
        drift,
        ["warning certain gate-drift a Cache=true", "warning certain gate-drift b Eager=false"]
    );
}

#[test]
fn a_group_that_is_on_may_be_the_reason() {
    let folder = Folder::new();
    let group = "kubernetes_feature_enabled{name=\"AllAlpha\",stage=\"ALPHA\"} 1\n";
    let set = ["Cache", "Drain", "Fast", "Grow"];
    folder.write("a", &(metrics("1.2", "1.2", &set) + group));
    let ended = folder.json(&["status", "--metrics", "a"]);
    assert!(
        ended.findings().iter().all(|finding| finding.starts_with("note possible")),
        "{ended:?}"
    );
    // The group is not a gate.
    assert_eq!(ended.json()["instances"][0]["gates"], 7);
    let off = folder.json(&["status", "--metrics", "b"]);
    assert_eq!(off.code, 2);
    folder.write("b", &metrics("1.2", "1.2", &["Eager", "Index"]));
    let off = folder.json(&["status", "--metrics", "b"]);
    assert_eq!(
        off.findings(),
        [
            "note possible non-default-gate - Eager=false",
            "note possible non-default-gate - Index=false"
        ]
    );
}

#[test]
fn a_report_for_people_fits_into_80_columns() {
    let folder = Folder::new();
    for (name, set) in [
        ("a", ["Cache"].as_slice()),
        ("b", &["Cache"]),
        ("c", &["Eager", "Index", "Cache", "Drain"]),
    ] {
        folder.write(name, &metrics("1.2", "1.2", set));
    }
    folder.write("d", &metrics("1.3", "1.2", &[]));
    let ended = folder.run(&[
        "status",
        "--metrics",
        "a",
        "--metrics",
        "b",
        "--metrics",
        "c",
        "--metrics",
        "d",
    ]);
    assert!(ended.out.lines().all(|line| line.chars().count() <= 80), "{}", ended.out);
    insta::assert_snapshot!(ended.out);
}

#[test]
fn a_setting_that_repeats_the_default_is_not_away_from_it() {
    let folder = Folder::new();
    let gate = |name: &str| {
        format!(
            r#"{{"name":"{name}","stage":"Beta","enabled":true,"origin":{{"source":"config"}}}}"#
        )
    };
    folder.write(
        "a",
        &format!(
            r#"{{"name":"worker","components":[{{"component":null,"binary":"1.2","emulation":"1.2"}}],"gates":[{},{}]}}"#,
            gate("Eager"),
            gate("Drain")
        ),
    );
    let ended = folder.json(&["status", "--metrics", "a"]);
    assert_eq!(ended.findings(), ["note certain non-default-gate - Drain=true"]);
    let unused = folder.json(&["unused", "--metrics", "a"]);
    assert_eq!(unused.findings(), ["note certain unset-gate - Eager=true"]);
}

#[test]
fn a_value_that_a_group_explains_at_one_instance_is_one_finding() {
    let folder = Folder::new();
    let group = "kubernetes_feature_enabled{name=\"AllAlpha\",stage=\"ALPHA\"} 1\n";
    folder.write("a", &metrics("1.2", "1.2", &["Cache"]));
    folder.write("b", &(metrics("1.2", "1.2", &["Cache", "Drain", "Fast", "Grow"]) + group));
    let ended = folder.json(&["status", "--metrics", "a", "--metrics", "b"]);
    let findings = ended.findings();
    let cache: Vec<&String> =
        findings.iter().filter(|it| it.contains("non-default-gate - Cache")).collect();
    assert_eq!(cache, ["note certain non-default-gate - Cache=true"]);
}
