//! `featuregate init`, in packages that cargo makes.

use std::fs::{self, File};
use std::path::Path;
use std::process::Command;

use crate::project::{Ended, Project, end};

/// The folder of the workspace.
const CLONE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// Cargo in the package `app` of a project, with the dependencies of this workspace, which are built once.
fn cargo(project: &Project, arguments: &[&str]) -> Ended {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("init");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(arguments).env("CARGO_TARGET_DIR", target).env("CARGO_TERM_COLOR", "never");
    end(cargo.current_dir(project.path().join("app")))
}

/// A package as `cargo new` makes it.
fn new(kind: &str) -> Project {
    let project = Project::with(&[]);
    let cargo = Command::new(env!("CARGO"))
        .args(["new", "--quiet", "--vcs", "none", kind, "app"])
        .current_dir(project.path())
        .output()
        .unwrap();
    assert!(cargo.status.success(), "{cargo:?}");
    fs::copy(Path::new(CLONE).join("Cargo.lock"), project.path().join("app/Cargo.lock")).unwrap();
    project
}

fn init(project: &Project, arguments: &[&str]) -> Ended {
    project
        .run(&[&["init", "--path", CLONE, "--manifest-path", "app/Cargo.toml"], arguments].concat())
}

/// One process at a time builds there.
fn lock() -> File {
    let lock = File::create(Path::new(env!("CARGO_TARGET_TMPDIR")).join("init.lock")).unwrap();
    lock.lock().unwrap();
    lock
}

#[test]
fn a_new_program_lists_its_gate_and_passes_its_test() {
    let _lock = lock();
    let project = new("--bin");
    let before = project.read("app/src/main.rs");
    let ran = init(&project, &["--dry-run"]);
    assert!(ran.code == 0 && ran.out.contains("+    Greeting,"), "{ran:?}");
    assert_eq!(project.read("app/src/main.rs"), before);

    let ran = init(&project, &[]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    let help = cargo(&project, &["run", "--quiet", "--offline", "--", "--help"]);
    assert!(help.out.contains("Greeting=true|false (ALPHA - default=false)"), "{help:?}");
    assert!(help.out.contains("APP_FEATURE_GATES"), "{help:?}");
    project.write("app/on.toml", "[featureGates]\nGreeting = true\n");
    for (arguments, greeting) in [
        (vec![], "Hello, world!\n"),
        (vec!["--feature-gates=Greeting=true"], "Hello, featuregate!\n"),
        (vec!["--config=on.toml"], "Hello, featuregate!\n"),
        (vec!["--config=on.toml", "--feature-gates=Greeting=false"], "Hello, world!\n"),
    ] {
        let program = ["run", "--quiet", "--offline", "--"].as_slice();
        let ran = cargo(&project, &[program, arguments.as_slice()].concat());
        assert_eq!(
            (ran.code, ran.out.as_str(), ran.err.as_str()),
            (0, greeting, ""),
            "{arguments:?}"
        );
    }
    // Its test reads both sides.
    let records = project.path().join("records").display().to_string();
    let coverage = Command::new(env!("CARGO_BIN_EXE_featuregate"))
        .args([
            "coverage",
            &records,
            "--min",
            "both",
            "--",
            env!("CARGO"),
            "test",
            "--quiet",
            "--offline",
        ])
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("init"))
        .current_dir(project.path().join("app"))
        .output()
        .unwrap();
    assert!(coverage.status.success(), "{coverage:?}");
    let tidy = cargo(&project, &["fmt", "--check"]);
    assert_eq!(tidy.code, 0, "{tidy:?}");

    // The next steps.
    for arguments in [["add", "Cache", "--doc=Keeps pages."], ["promote", "Greeting", "--to=beta"]]
    {
        let since = if arguments[0] == "promote" { "--since=0.2" } else { "--since=0.1" };
        let ran = project
            .run(&[arguments.as_slice(), &[since, "--manifest-path", "app/Cargo.toml"]].concat());
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    }
    let ran = cargo(&project, &["test", "--quiet", "--offline"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let ran = project.run(&["verify", "--manifest-path", "app/Cargo.toml"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let ran = init(&project, &[]);
    let message =
        "error: package app already has the enum Feature; add gates to it with featuregate add\n";
    assert_eq!((ran.code, ran.err.as_str()), (2, message));
}

#[test]
fn a_library_and_an_existing_program_get_a_module_and_keep_their_code() {
    let _lock = lock();
    for (kind, root, module) in [
        ("--lib", "app/src/lib.rs", "pub mod features;"),
        ("--bin", "app/src/main.rs", "mod features;"),
    ] {
        let project = new(kind);
        let mine = "//! Mine.\n\n#[allow(dead_code)]\nfn mine() {}\n";
        let main = if kind == "--bin" { "\nfn main() {\n    println!(\"mine\");\n}\n" } else { "" };
        project.write(root, format!("{mine}{main}"));
        let ran = init(&project, &[]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
        assert!(ran.out.contains("next: "), "{ran:?}");
        let expected = mine.replacen("//! Mine.\n\n", &format!("//! Mine.\n\n{module}\n\n"), 1);
        assert_eq!(project.read(root), format!("{expected}{main}"));
        let ran = cargo(&project, &["test", "--quiet", "--offline"]);
        assert!(ran.code == 0 && ran.out.contains("1 passed"), "{ran:?}");
    }
}

#[test]
fn a_file_of_somebody_else_is_not_overwritten() {
    let project = new("--bin");
    project.write("app/src/features.rs", "// mine\n");
    let before = ["Cargo.toml", "src/main.rs"].map(|name| project.read(&format!("app/{name}")));
    let ran = init(&project, &[]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("features.rs already exists; move it away"), "{ran:?}");
    let after = ["Cargo.toml", "src/main.rs"].map(|name| project.read(&format!("app/{name}")));
    assert_eq!(before, after);
    let ran = project.run(&["init", "--path", "nowhere", "--manifest-path", "app/Cargo.toml"]);
    assert_eq!(ran.code, 2, "{ran:?}");
}

#[test]
fn another_module_of_that_name_is_not_hidden() {
    for (path, text) in [
        ("app/src/features/mod.rs", "pub fn mine() {}\n"),
        ("app/src/main.rs", "mod features {\n    pub fn mine() {}\n}\n\nfn main() {}\n"),
    ] {
        let project = new("--bin");
        project.write(path, text);
        let before = project.read("app/src/main.rs");
        let ran = init(&project, &[]);
        assert_eq!(ran.code, 2, "{ran:?}");
        let file = path.strip_prefix("app/").unwrap();
        let known = format!("the module features already exists, in app/{file}; give it");
        assert!(
            ran.err.contains(&known) || ran.err.contains(&known.replace("app/", "")),
            "{ran:?}"
        );
        assert_eq!(project.read("app/src/main.rs"), before);
        assert!(!project.read("app/Cargo.toml").contains("featuregate"));
    }
}
