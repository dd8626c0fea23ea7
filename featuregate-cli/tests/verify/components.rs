//! Several enums: of one component, and of several.

use crate::command::{found, gate, source_of};
use crate::project::Project;

fn of(name: &str, settings: &str, variants: &str) -> String {
    source_of(settings, "", variants).replace("enum Feature", &format!("enum {name}"))
}

const VERSION: &str = "version = \"1.36\"";

#[test]
fn enums_of_one_component_are_one_list() {
    let text = format!(
        "mod net {{ {} }}\n{}",
        of("Net", VERSION, &gate("Tls", "beta = \"1.30\"")),
        of(
            "Feature",
            "version = \"1.36\", removed_gates = \"refuse\"",
            &gate("Cache", "alpha = \"1.30\", requires(net::Net::Tls, elsewhere::Far::Away)")
        ),
    );
    let project = Project::with(&[("src.rs", &text)]);
    assert_eq!(project.update().out, "featuregates.yaml is new: 2 gates\n");
    let manifest = project.read("featuregates.yaml");
    assert!(manifest.starts_with("version: \"1.36\"\nremovedGates: refuse\n"), "{manifest}");
    assert!(manifest.contains("  requires:\n  - Tls\n- name: Tls\n"), "{manifest}");
}

#[test]
fn a_clash_between_enums_is_reported() {
    let text = [
        of("One", VERSION, &gate("Cache", "alpha = \"1.30\"")),
        of(
            "Two",
            VERSION,
            &[
                gate("Cache", "alpha = \"1.30\""),
                gate("Index", "beta = \"1.30\", requires(One::Cache)"),
            ]
            .concat(),
        ),
        of("Three", "version = \"1.35\"", &gate("Print", "alpha = \"1.30\"")),
    ];
    let project = Project::with(&[("src.rs", &text.concat())]);
    let ran = project.run(&["verify", "--src", "src.rs", "--format", "json"]);
    let found: Vec<_> = found(&ran).into_iter().map(|(rule, gate, _)| (rule, gate)).collect();
    let rule = |gate: &str| ("invalid-declaration".to_owned(), gate.to_owned());
    assert_eq!(found, ["Cache", "Index", "Index", "Three"].map(rule));
    assert!(ran.out.contains("gate Cache is already declared in src.rs:7"), "{}", ran.out);
}

#[test]
fn components_are_one_manifest_with_what_they_require_of_each_other() {
    let store = of(
        "Store",
        "version = \"3.6\", component = \"a/b\", removed_gates = \"refuse\"",
        &[
            gate("Cache", "alpha = \"3.5\", requires(Index, Feature::Cache)"),
            gate("Index", "beta = \"3.5\""),
        ]
        .concat(),
    );
    let other =
        of("Other", "version = \"1.0\", component = \"a-b\"", &gate("Cache", "alpha = \"1.0\""));
    let feature =
        of("Feature", VERSION, &gate("Cache", "alpha = \"1.30\", requires(Other::Cache)"));
    let project = Project::with(&[("src.rs", &[store, other, feature].concat())]);
    assert_eq!(project.update().out, "featuregates.yaml is new: 4 gates\n");
    insta::assert_snapshot!("components", project.read("featuregates.yaml"));
    let ran = project.verify();
    assert_eq!(
        (ran.code, ran.out.as_str()),
        (0, "ok: 4 gates in 1 file checked against 1.0, 1.36 and 3.6\n")
    );

    let check = |text: &str, code: i32, message: &str| {
        project.write("config.yaml", format!("featureGates: {{{text}}}\n"));
        let ran = project.run(&["check", "config.yaml"]);
        assert_eq!(ran.code, code, "{text}: {ran:?}");
        assert!(ran.out.contains(message), "{text}: {ran:?}");
    };
    check("'a/b:Index': false, 'a-b:Cache': true", 0, "");
    check("'a/b:Cache': true, Cache: true, 'a-b:Cache': true", 0, "");
    check("'a/b:Cache': true", 1, "a/b:Cache is on but requires Cache");
    check("Cache: true", 1, "gate Cache is on but requires a-b:Cache");
    check("'a/b:Indx': true", 1, "did you mean a/b:Index?");
    check("Index: true", 1, "did you mean a/b:Index?");
    check("'a/b:AllBeta': false", 0, "");
    check("'a/b:AllAlpha': true", 1, "requires");
    check("'c:AllAlpha': true", 1, "unknown gate c:AllAlpha");

    let listed = project.run(&["list"]);
    for name in ["a/b:Cache", "a/b:Index", "a-b:Cache", "Cache"] {
        assert!(listed.out.lines().any(|line| line.starts_with(&format!("{name} "))), "{listed:?}");
    }
    let explained = project.run(&["explain", "a/b:Cache"]);
    assert!(explained.out.contains("also by a/b:AllAlpha"), "{explained:?}");
    assert!(explained.out.contains("Requires: a/b:Index, Cache\n"), "{explained:?}");
    let schema = project.run(&["schema"]);
    let schema: serde_json::Value = serde_json::from_str(&schema.out).unwrap();
    for name in ["a/b:Cache", "a/b:AllBeta", "AllBeta", "Cache"] {
        assert!(schema["properties"][name].is_object(), "{name}");
    }
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(!validator.is_valid(&serde_json::json!({"a/b:Cache": true})));
    assert!(
        validator
            .is_valid(&serde_json::json!({"a/b:Cache": true, "Cache": true, "a-b:Cache": true}))
    );
}

#[test]
fn a_program_of_which_all_gates_have_a_prefix_has_no_other_ones() {
    let etcd =
        of("Etcd", "version = \"3.6\", component = \"etcd\"", &gate("Cache", "alpha = \"3.5\""));
    let project = Project::with(&[("src.rs", &etcd)]);
    assert_eq!(project.update().out, "featuregates.yaml is new: 1 gate\n");
    let manifest = project.read("featuregates.yaml");
    let head = "components:\n- name: etcd\n  version: \"3.6\"\ngates:\n- name: etcd:Cache\n";
    assert!(manifest.starts_with(head), "{manifest}");
    assert_eq!(project.verify().code, 0);
    for (text, code) in [("'etcd:Cache': true", 0), ("Cache: true", 1), ("AllAlpha: false", 1)] {
        project.write("config.yaml", format!("featureGates: {{{text}}}\n"));
        let ran = project.run(&["check", "config.yaml"]);
        assert_eq!(ran.code, code, "{text}: {ran:?}");
    }
    // What was published stays published.
    let changed = project.read("src.rs").replace("3.6", "3.7").replace("3.5", "3.7");
    project.write("src.rs", changed);
    let ran = project.verify();
    assert!(ran.out.contains("illegal-transition"), "{ran:?}");
}

#[test]
fn enums_that_do_not_belong_together_are_read_one_by_one() {
    let text = [
        of("Client", "version = \"0.3\"", &gate("Cache", "alpha = \"0.2\"")),
        of("Server", VERSION, &gate("Cache", "alpha = \"1.30\"")),
    ];
    let project = Project::with(&[("src.rs", &text.concat())]);
    assert_eq!(project.verify().code, 1);
    for (name, version) in [("Client", "0.3"), ("Server", "1.36")] {
        let file = format!("{name}.yaml");
        let arguments = ["--src", "src.rs", "--enum", name, "--manifest", &file];
        let ran = project.run(&[&["update"], &arguments[..]].concat());
        assert_eq!((ran.code, ran.out), (0, format!("{file} is new: 1 gate\n")));
        assert!(project.read(&file).starts_with(&format!("version: \"{version}\"\n")));
        assert_eq!(project.run(&[&["verify"], &arguments[..]].concat()).code, 0);
    }
    let ran = project.run(&["update", "--src", "src.rs", "--enum", "Other"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.starts_with("error: no enum Other in src.rs derives FeatureGate; "), "{ran:?}");
}

#[test]
fn a_gate_of_a_component_never_expires_under_its_written_name() {
    let text = [
        of("Store", "version = \"3.6\", component = \"store\"", &gate("Cache", "alpha = \"3.0\"")),
        of("Feature", VERSION, &gate("Cache", "alpha = \"1.30\"")),
    ];
    let project = Project::with(&[("src.rs", &text.concat())]);
    project.update();
    for (excepted, expected) in [
        ("store:Cache: a reason", vec![15]),
        ("Cache: a reason", vec![6]),
        ("Other: a reason", vec![6, 15]),
    ] {
        let policy =
            format!("[rules]\nold-alpha = {{ releases = 5, never-expire = [{excepted:?}] }}\n");
        project.write("featuregate.toml", policy);
        let found = found(&project.run(&["verify", "--src", "src.rs", "--format", "json"]));
        let found: Vec<u64> = found
            .into_iter()
            .filter(|(rule, _, _)| rule == "old-alpha")
            .map(|(_, _, line)| line)
            .collect();
        assert_eq!(found, expected, "{excepted}");
    }
}
