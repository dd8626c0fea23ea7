//! Several enums: of one component, and of several.

use crate::command::{Project, found, gate, source_of};

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
fn each_component_has_a_manifest_of_its_own() {
    let etcd =
        of("Etcd", "version = \"3.6\", component = \"etcd\"", &gate("Cache", "alpha = \"3.5\""));
    let project = Project::with(&[("src.rs", &etcd)]);
    // The only one needs no name.
    assert_eq!(project.update().out, "featuregates.yaml is new: 1 gate\n");
    project.write("src.rs", of("Feature", VERSION, &gate("Cache", "alpha = \"1.30\"")) + &etcd);
    let project = Project::with(&[("src.rs", &project.read("src.rs"))]);
    assert_eq!(
        project.update().out,
        "featuregates.yaml is new: 1 gate\nfeaturegates.etcd.yaml is new: 1 gate\n"
    );
    assert!(
        project
            .read("featuregates.etcd.yaml")
            .starts_with("version: \"3.6\"\ngates:\n- name: Cache\n")
    );
    let ran = project.verify();
    assert_eq!(
        (ran.code, ran.out.as_str()),
        (0, "ok: 2 gates in 1 file checked against 1.36 and 3.6\n")
    );
    let ran = project.run(&["update", "--src", "src.rs", "--manifest", "one.yaml"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.starts_with("error: --manifest names one file, but the source has several components, (none), etcd, "),
        "{ran:?}"
    );
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
