//! What `update` writes, and what it keeps.

use crate::command::{gate, source, source_of};
use crate::project::Project;

#[test]
fn a_second_run_changes_nothing() {
    let variants =
        ["Z", "M", "A"].map(|name| gate(name, "alpha = \"1.30\", owner = \"storage\"")).concat();
    let project = Project::with(&[("src.rs", &source(&variants))]);
    assert_eq!(project.update().out, "featuregates.yaml is new: 3 gates\n");
    let first = project.read("featuregates.yaml");
    let names: Vec<_> = first.lines().filter(|line| line.starts_with("- name")).collect();
    assert_eq!(names, ["- name: A", "- name: M", "- name: Z"]);
    assert_eq!(project.update().out, "featuregates.yaml is up to date\n");
    assert_eq!(project.read("featuregates.yaml"), first);
    assert_eq!(project.verify().code, 0);
}

#[test]
fn the_changes_are_reported() {
    let project = Project::with(&[(
        "src.rs",
        &source_of(
            "version = \"1.35\"",
            "",
            &[gate("A", "alpha = \"1.30\""), gate("B", "alpha = \"1.30\"")].concat(),
        ),
    )]);
    project.update();
    project.write(
        "src.rs",
        source_of(
            "version = \"1.36\", removed_gates = \"refuse\"",
            "#[tombstone(B, alpha = \"1.30\", removed = \"1.36\")]",
            &[gate("A", "alpha = \"1.30\", beta = \"1.36\""), gate("C", "alpha = \"1.36\"")]
                .concat(),
        ),
    );
    let expected = "featuregates.yaml is updated: version 1.35 becomes 1.36, removedGates changes, C added, A, B changed\n";
    assert_eq!(project.update().out, expected);
}

#[test]
fn changes_of_the_program_itself_are_reported() {
    let gates = gate("A", "alpha = \"1.30\", tags(ui)");
    let of = |settings: &str| source_of(&format!("version = \"1.36\"{settings}"), "", &gates);
    let project = Project::with(&[("src.rs", &of(""))]);
    project.update();
    project.write("src.rs", of(", env = \"APP_GATES\", env_prefix = \"APP_GATE_\""));
    let expected = "featuregates.yaml is updated: variables change\n";
    assert_eq!(project.update().out, expected);
    let manifest = project.read("featuregates.yaml");
    assert!(manifest.contains("variables:\n- APP_GATES\n- APP_GATE_*\n"), "{manifest}");
    assert_eq!(project.verify().code, 0);
    project.write("src.rs", of(", group(ui = [ui]), channel(nightly = [alpha])"));
    let expected =
        "featuregates.yaml is updated: variables change, groups change, channels change\n";
    assert_eq!(project.update().out, expected);
}

#[test]
fn a_short_tombstone_keeps_the_history_that_is_committed() {
    let history = "alpha = \"1.20\", beta = \"1.22\", ga = \"1.25\"";
    let project =
        Project::with(&[("src.rs", &source_of("version = \"1.35\"", "", &gate("A", history)))]);
    project.update();
    let long = source_of(
        "version = \"1.36\"",
        &format!("#[tombstone(A, {history}, removed = \"1.36\")]"),
        "",
    );
    project.write("src.rs", &long);
    project.update();
    let expected = project.read("featuregates.yaml");
    assert!(expected.contains("version: \"1.25\"\n  removed: \"1.36\"\n"), "{expected}");

    project.write(
        "src.rs",
        source_of("version = \"1.36\"", "#[tombstone(A, removed = \"1.36\", value = true)]", ""),
    );
    assert_eq!(project.update().out, "featuregates.yaml is up to date\n");
    assert_eq!(project.verify().code, 0);
    // The next release has it too.
    project.write(
        "src.rs",
        source_of("version = \"1.37\"", "#[tombstone(A, removed = \"1.36\", value = true)]", ""),
    );
    project.update();
    assert_eq!(project.read("featuregates.yaml"), expected.replacen("1.36", "1.37", 1));
}

#[test]
fn the_parts_that_read_a_gate_stay() {
    let project = Project::with(&[("src.rs", &source(&gate("A", "alpha = \"1.30\"")))]);
    project.update();
    let known = project.read("featuregates.yaml") + "  components:\n  - proxy\n";
    project.write("featuregates.yaml", &known);
    assert_eq!(project.verify().code, 0);
    project.write("src.rs", source(&gate("A", "alpha = \"1.30\", beta = \"1.36\"")));
    project.update();
    assert!(project.read("featuregates.yaml").ends_with("  components:\n  - proxy\n"));
}

#[test]
fn the_ends_of_lines_do_not_count() {
    let project = Project::with(&[("src.rs", &source(&gate("A", "alpha = \"1.30\"")))]);
    project.update();
    let windows = |name: &str| project.write(name, project.read(name).replace('\n', "\r\n"));
    windows("src.rs");
    windows("featuregates.yaml");
    assert_eq!(project.verify().code, 0);
    assert_eq!(project.update().out, "featuregates.yaml is up to date\n");
    assert!(project.read("featuregates.yaml").contains("\r\n"));
}

#[test]
fn what_is_new_in_development_may_be_removed_without_a_tombstone() {
    let project = Project::with(&[(
        "src.rs",
        &source(&[gate("A", "alpha = \"1.30\""), gate("B", "alpha = \"1.36\"")].concat()),
    )]);
    project.update();
    project.write(
        "src.rs",
        source(&gate("A", "alpha = \"1.30\", beta(since = \"1.36\", default = false)")),
    );
    project.update();
    // A milestone of the release at hand may still change.
    project.write("src.rs", source(&gate("A", "alpha = \"1.30\", beta = \"1.36\"")));
    assert_eq!(project.update().out, "featuregates.yaml is updated: A changed\n");
}

#[test]
fn a_malformed_manifest_is_left_unchanged() {
    let project = Project::with(&[
        ("src.rs", &source(&gate("A", "alpha = \"1.30\""))),
        ("featuregates.yaml", "<<<<<<< HEAD\nversion: \"1.36\"\n"),
    ]);
    for command in ["update", "verify"] {
        let ran = project.run(&[command, "--src", "src.rs"]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{ran:?}");
        let expected = "error: manifest featuregates.yaml is malformed:\nfeaturegates.yaml:2:8: ";
        assert!(ran.err.starts_with(expected), "{ran:?}");
    }
    assert!(project.read("featuregates.yaml").starts_with("<<<<<<<"));
}

#[test]
fn a_manifest_that_cannot_be_written_is_an_error() {
    let project = Project::with(&[("src.rs", &source(&gate("A", "alpha = \"1.30\"")))]);
    let ran =
        project.run(&["update", "--src", "src.rs", "--manifest", "nowhere/featuregates.yaml"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.starts_with("error: cannot write nowhere/featuregates.yaml: "), "{ran:?}");
}

#[test]
fn a_list_that_could_not_be_read_again_is_not_written() {
    let steps: Vec<String> = (0..40)
        .map(|minor| format!("beta(since = \"1.{minor}\", default = {})", minor % 2 == 0))
        .collect();
    let steps = steps.join(", ");
    let variants: String = (0..1_000).map(|number| gate(&format!("G{number}"), &steps)).collect();
    let project = Project::with(&[("src.rs", &source_of("version = \"1.40\"", "", &variants))]);
    let ran = project.run(&["update", "--src", "src.rs"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.starts_with("error: cannot write the manifest of 1000 gates, "), "{ran:?}");
    assert!(!project.path().join("featuregates.yaml").exists());
}

#[cfg(unix)]
#[test]
fn a_new_manifest_has_the_permissions_that_the_umask_leaves() {
    use std::os::unix::fs::PermissionsExt as _;
    for (umask, mode) in [("022", 0o644), ("002", 0o664), ("077", 0o600)] {
        let project = Project::with(&[("src.rs", &source(&gate("A", "alpha = \"1.30\"")))]);
        let script = format!("umask {umask} && exec \"$0\" update --src src.rs");
        let mut shell = std::process::Command::new("sh");
        shell.args(["-c", &script, env!("CARGO_BIN_EXE_featuregate")]);
        let output = shell.current_dir(project.path()).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        let written = project.path().join("featuregates.yaml").metadata().unwrap();
        assert_eq!(written.permissions().mode() & 0o777, mode, "{umask}");
    }
}

/// A default can depend on the platform, by `cfg!` or by `cfg_attr`; the manifest has the condition.
#[test]
fn a_default_by_condition_is_written_and_verified() {
    let by_attributes = "
    /// Keeps pages.
    #[cfg_attr(target_os = \"linux\", gate(ga(since = \"1.30\", locked = false)))]
    #[cfg_attr(not(target_os = \"linux\"), gate(ga(since = \"1.30\", default = false, locked = false)))]
    Attributes,
";
    let variants = [
        gate(
            "Here",
            "alpha = \"1.29\", ga(since = \"1.30\", default = cfg!(windows), locked = false)",
        ),
        gate(
            "Elsewhere",
            "beta(since = \"1.30\", default = !cfg!(windows) || cfg!(feature = \"all\"))",
        ),
        by_attributes.to_owned(),
    ];
    let project = Project::with(&[("src.rs", &source(&variants.concat()))]);
    assert_eq!(project.update().out, "featuregates.yaml is new: 3 gates\n");
    let written = project.read("featuregates.yaml");
    for default in [
        "default: cfg(windows)",
        "default: cfg(any(not(windows), feature = \"all\"))",
        "default: cfg(target_os = \"linux\")",
    ] {
        assert!(
            written.replace('\'', "\"").contains(default),
            "{default} is missing in\n{written}"
        );
    }
    assert_eq!(project.verify().code, 0);
    assert_eq!(project.update().out, "featuregates.yaml is up to date\n");

    // Different histories are still refused.
    let different = by_attributes.replace(
        "gate(ga(since = \"1.30\", default = false, locked = false))",
        "gate(alpha = \"1.30\")",
    );
    project.write("src.rs", source(&different));
    let refused = project.verify();
    assert!(refused.out.contains("declared differently under two conditions"), "{}", refused.out);
}
