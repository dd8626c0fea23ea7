//! Packages, as cargo knows them.

use crate::command::{gate, source_of};
use crate::project::{Project, run_in};

const PACKAGE: &str = "[package]\nname = \"NAME\"\nversion = \"0.3.1\"\nedition = \"2024\"\n";

fn package(name: &str) -> String {
    PACKAGE.replace("NAME", name)
}

/// Enums that name no version are of their crate's.
fn enumeration(name: &str) -> String {
    source_of("emulation", "", &gate(name, "alpha = \"0.2\""))
}

/// A workspace with a library, a program, and a package without gates.
fn workspace() -> Project {
    Project::with(&[
        ("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"server\", \"empty\"]\n"),
        ("featuregate.toml", "[rules]\nno-owner = \"error\"\n"),
        ("server/Cargo.toml", &(package("server") + "[lib]\npath = \"code/gates.rs\"\n")),
        ("server/code/gates.rs", "#[path = \"../src/shared.rs\"]\nmod shared;\n"),
        ("server/src/main.rs", "mod shared;\nfn main() {}\n"),
        ("server/src/shared.rs", &enumeration("A")),
        ("server/tests/a.rs", &enumeration("OfTests")),
        ("server/examples/a.rs", &enumeration("OfExamples")),
        ("server/build.rs", &enumeration("OfBuild")),
        ("empty/Cargo.toml", &package("empty")),
        ("empty/src/lib.rs", ""),
    ])
}

#[test]
fn the_package_of_the_current_folder_is_read() {
    let project = workspace();
    for (folder, arguments, shown) in [
        ("server", &[][..], "featuregates.yaml"),
        ("server/src", &[], "featuregates.yaml"),
        ("empty", &["-p", "server"], "featuregates.yaml"),
        ("", &["--package", "server"], "server/featuregates.yaml"),
        ("", &["--manifest-path", "server/Cargo.toml"], "server/featuregates.yaml"),
    ] {
        let _ = std::fs::remove_file(project.path().join("server/featuregates.yaml"));
        let folder = project.path().join(folder);
        let ran = run_in(&folder, &[&["update"], arguments].concat());
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
        assert!(ran.out.ends_with(&format!("{shown} is new: 1 gate\n")), "{ran:?}");
        assert!(
            project
                .read("server/featuregates.yaml")
                .starts_with("version: \"0.3\"\ngates:\n- name: A\n")
        );
        // The policy of the workspace applies, and paths are relative to the current folder.
        let ran = run_in(&folder, &[&["verify"], arguments].concat());
        assert_eq!(ran.code, 1, "{ran:?}");
        assert!(
            ran.out.contains("src/shared.rs:7:5") || ran.out.contains("--> shared.rs:7:5"),
            "{ran:?}"
        );
    }
}

#[test]
fn a_wrong_package_is_reported() {
    let project = workspace();
    let failures = [
        (vec!["verify"], "is a workspace without a package of its own; name one with --package: "),
        (vec!["verify", "-p", "client"], "has no package client; it has "),
        (vec!["verify", "-p", "empty"], "no enum in package empty derives FeatureGate; "),
        (vec!["verify", "--manifest-path", "nowhere/Cargo.toml"], "cargo cannot find the source: "),
    ];
    for (arguments, expected) in failures {
        let ran = project.run(&arguments);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{ran:?}");
        assert!(ran.err.contains(expected), "{ran:?}");
    }
    let outside = Project::with(&[]);
    let ran = outside.run(&["verify"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.ends_with(
            " or a folder above it; name one with --manifest-path, or the source with --src\n"
        ),
        "{ran:?}"
    );
}

#[test]
fn all_packages_of_a_workspace_are_verified_in_one_run() {
    let project = workspace();
    project.write("featuregate.toml", "");
    project.write(
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"server\", \"empty\", \"client\"]\n",
    );
    project.write("client/Cargo.toml", package("client"));
    project.write("client/src/lib.rs", enumeration("B"));
    for name in ["server", "client"] {
        assert_eq!(project.run(&["update", "--package", name]).code, 0);
    }
    for folder in ["", "empty", "client/src"] {
        let ran = run_in(&project.path().join(folder), &["verify", "--workspace"]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
        assert!(ran.out.starts_with("ok: 2 gates in "), "{ran:?}");
    }
    // One that is wrong decides the exit code.
    project.write("server/src/shared.rs", enumeration("C"));
    let ran =
        run_in(&project.path().join("client"), &["verify", "--workspace", "--format", "json"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    let rules: Vec<_> = crate::command::found(&ran).into_iter().map(|(rule, _, _)| rule).collect();
    assert!(rules.contains(&"stale-manifest".to_owned()), "{rules:?}");
    let ran = project.run(&["verify", "--workspace", "--package", "server"]);
    assert_eq!(ran.code, 2, "{ran:?}");
}
