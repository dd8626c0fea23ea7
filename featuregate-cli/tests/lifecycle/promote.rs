//! `featuregate promote`.

use crate::project::{Ended, Project};

const SOURCE: &str = "\
#[derive(FeatureGate)]
#[feature_gate(version = \"1.36\")]
#[tombstone(Gone, removed = \"1.20\", value = true)]
enum Feature {
    /// Keeps pages.
    #[gate(
        alpha = \"1.30\", // behind a flag
        owner = \"storage\",
    )]
    Cache,
    /// Needs the cache.
    #[gate(alpha = \"1.31\", requires(Cache), alias = \"Warm\")]
    Warming,
    /// Locked.
    #[gate(beta = \"1.20\", ga = \"1.25\", remove_in = \"1.40\")]
    Old,
}
";

fn project() -> Project {
    let project = Project::with(&[("src.rs", SOURCE)]);
    assert_eq!(project.change(&["update"]).code, 0);
    project
}

/// The same without what a gate requires of another.
fn independent() -> Project {
    let project = project();
    project.write("src.rs", SOURCE.replace(", requires(Cache)", ""));
    assert_eq!(project.change(&["update"]).code, 0);
    project
}

/// A command that writes nothing.
fn refused(project: &Project, arguments: &[&str]) -> Ended {
    let before = ["src.rs", "featuregates.yaml"].map(|name| project.read(name));
    let ran = project.change(arguments);
    assert_eq!(before, ["src.rs", "featuregates.yaml"].map(|name| project.read(name)));
    ran
}

#[test]
fn a_gate_goes_through_its_life() {
    let project = independent();
    let steps = [
        (
            vec!["--to", "beta", "--default", "off"],
            "beta(since = \"1.36\", default = false)",
            "beta, off by default, since 1.36",
        ),
        (
            vec!["--to", "beta", "--since", "1.37"],
            "beta = \"1.37\"",
            "beta, on by default, since 1.37",
        ),
        (
            vec!["--to", "ga", "--since", "1.38", "--locked=false"],
            "ga(since = \"1.38\", locked = false)",
            "GA, on by default, since 1.38",
        ),
        (vec!["--to", "ga", "--since", "1.39"], "ga = \"1.39\"", "GA, on and locked, since 1.39"),
        (
            vec!["--to", "deprecated", "--since", "1.40"],
            "deprecated(since = \"1.40\", locked = true)",
            "deprecated, on and locked, since 1.40",
        ),
    ];
    let mut expected = project.read("src.rs");
    for (arguments, entry, meaning) in steps {
        let ran = project.change(&[&["promote", "Cache"], arguments.as_slice()].concat());
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
        let lines: Vec<&str> = ran.out.lines().collect();
        assert_eq!(lines[0], format!("src.rs: gate Cache is {meaning}"));
        assert_eq!(lines[1], "featuregates.yaml is updated: Cache changed");
        assert!(lines[2].starts_with("next: "), "{ran:?}");
        // Nothing else changes.
        let owner = "        owner = \"storage\",";
        expected = expected.replace(owner, &format!("        {entry},\n{owner}"));
        assert_eq!(project.read("src.rs"), expected);
        assert_eq!(project.change(&["verify"]).code, 0);
    }
}

#[test]
fn a_patch_release_is_for_an_enum_that_counts_them() {
    let since = ["promote", "Cache", "--to", "beta", "--since", "1.36.2"];
    let ran = refused(&independent(), &since);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.out.contains("= help: write \"1.36\""), "{ran:?}");
    let project = independent();
    let counted = "version = \"1.36.2\", versions = \"patch\"";
    project.write("src.rs", project.read("src.rs").replace("version = \"1.36\"", counted));
    assert_eq!(project.change(&["update"]).code, 0);
    let ran = project.change(&since);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    assert!(project.read("src.rs").contains("beta = \"1.36.2\""), "{ran:?}");
    let ran = project.change(&["add", "Fresh", "--since", "1.36.2", "--doc", "Is new."]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    assert!(project.read("src.rs").contains("alpha = \"1.36.2\""), "{ran:?}");
    assert_eq!(project.change(&["verify"]).code, 0);
}

#[test]
fn a_deprecated_gate_keeps_its_default_and_is_locked_later() {
    let project = independent();
    for (arguments, entry) in [
        (["--to", "deprecated", "--since=1.36"], "alpha = \"1.31\", deprecated = \"1.36\""),
        (
            ["--to=deprecated", "--locked", "--since=1.38"],
            "deprecated(since = \"1.38\", locked = true)",
        ),
    ] {
        let ran = project.change(&[&["promote", "Warming"], arguments.as_slice()].concat());
        assert_eq!(ran.code, 0, "{ran:?}");
        assert!(project.read("src.rs").contains(entry), "{}", project.read("src.rs"));
    }
}

#[test]
fn a_wrong_request_is_reported_with_help_and_writes_nothing() {
    let project = project();
    for (arguments, message) in [
        (vec!["Cahce", "--to", "beta"], "unknown gate Cahce; did you mean Cache?"),
        (vec!["Zzz", "--to", "beta"], "unknown gate Zzz; the package declares Cache, Warming, Old"),
        (vec!["Gone", "--to", "beta"], "gate Gone was removed in 1.20"),
        (vec!["Warm", "--to", "beta"], "Warm is a former name of Warming; write that"),
        (
            vec!["Old", "--to", "beta"],
            "gate Old: the stage goes back from GA (since 1.25) to beta; keep it GA, or deprecate the gate",
        ),
        (
            vec!["Old", "--to", "ga"],
            "gate Old is already GA and locked on since 1.25; take it out of the code with featuregate remove Old, or deprecate it with --to deprecated",
        ),
        (
            vec!["Old", "--to", "deprecated", "--locked=false"],
            "gate Old: the gate is unlocked after it was locked as GA (since 1.25); lock it here too, or do not lock it earlier",
        ),
        (
            vec!["Cache", "--to", "beta", "--since", "1.30"],
            "gate Cache has been alpha since 1.30, so it cannot change in 1.30; name a later release, as in --since 1.31",
        ),
        (
            vec!["Cache", "--to", "beta", "--since", "1.29"],
            "gate Cache has been alpha since 1.30, so it cannot change in 1.29; name a later release, as in --since 1.31",
        ),
    ] {
        let ran = refused(&project, &[&["promote"], arguments.as_slice()].concat());
        assert_eq!((ran.code, ran.err), (2, format!("error: {message}\n")), "{arguments:?}");
    }
    let ran = project.change(&["promote", "Cache", "--to", "beta"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let ran = refused(&project, &["promote", "Cache", "--to", "beta", "--since", "1.37"]);
    let expected = "gate Cache is already beta, on by default, since 1.36; a later milestone changes the stage, the default or the lock";
    assert_eq!((ran.code, ran.err), (2, format!("error: {expected}\n")));
}

#[test]
fn a_change_that_breaks_a_rule_is_shown_in_the_source_and_not_written() {
    let project = project();
    // A beta gate cannot require an alpha one.
    let ran = refused(&project, &["promote", "Warming", "--to", "beta"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert_eq!(ran.err, "nothing was written, since the changed source would break a rule\n");
    assert!(ran.out.contains("error[invalid-declaration]"), "{ran:?}");
    assert!(ran.out.contains("beta = \"1.36\", requires(Cache)"), "{ran:?}");
    // A planned removal comes after the last milestone.
    let ran = refused(&project, &["promote", "Old", "--to", "deprecated", "--since", "1.41"]);
    assert!(ran.code == 2 && ran.err.contains("1.40"), "{ran:?}");
    // A published release does not change.
    let ran = refused(&project, &["promote", "Cache", "--to", "beta", "--since", "1.33"]);
    assert!(ran.code == 1 && ran.out.contains("error[illegal-transition]"), "{ran:?}");
}

#[test]
fn a_dry_run_shows_both_files_and_writes_nothing() {
    let project = project();
    let ran = refused(&project, &["promote", "Cache", "--to", "beta", "--dry-run"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let added: Vec<&str> =
        ran.out.lines().filter(|line| line.starts_with('+') || line.starts_with('-')).collect();
    assert_eq!(
        added,
        [
            "--- src.rs",
            "+++ src.rs",
            "+        beta = \"1.36\",",
            "--- featuregates.yaml",
            "+++ featuregates.yaml",
            "+  - default: true",
            "+    lockToDefault: false",
            "+    preRelease: Beta",
            "+    version: \"1.36\"",
        ]
    );
}

#[test]
fn line_ends_and_a_byte_order_mark_stay() {
    let source = format!("\u{feff}{}", SOURCE.replace('\n', "\r\n"));
    let project = Project::with(&[("src.rs", &source)]);
    assert_eq!(project.change(&["promote", "Cache", "--to", "beta"]).code, 0);
    let expected =
        source.replace("// behind a flag\r\n", "// behind a flag\r\n        beta = \"1.36\",\r\n");
    assert_eq!(project.read("src.rs"), expected);
}

#[test]
fn gates_of_several_enums_are_named_by_their_component() {
    let enums = "\
#[derive(FeatureGate)]
enum Feature {
    /// Keeps pages.
    #[gate(alpha = \"1.30\")]
    Cache,
}
#[derive(FeatureGate)]
#[feature_gate(component = \"store\")]
enum Store {
    /// Keeps rows.
    #[gate(alpha = \"1.30\")]
    Cache,
    /// Packs rows.
    #[gate(alpha = \"1.30\", name = \"pack-rows\")]
    PackRows,
}
";
    let project = Project::with(&[("src.rs", enums)]);
    let promote = |arguments: &[&str]| {
        project.change(&[&["promote", "--to=beta", "--crate-version=1.36.2"], arguments].concat())
    };
    let changed = |name: &str, variant: &str| {
        let text = project.read("src.rs");
        let (_, of_enum) = text.split_once(&format!("enum {name} {{")).unwrap();
        let (before, _) = of_enum.split_once(&format!("    {variant},")).unwrap();
        before.lines().last().unwrap().contains("beta = \"1.36\"")
    };
    // A name without a component is one of the enum without a component.
    assert_eq!(promote(&["Cache"]).code, 0);
    assert!(changed("Feature", "Cache") && !changed("Store", "Cache"));
    let ran = promote(&["store:Cache"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(changed("Store", "Cache"));
    // By its variant too, and within a named enum without its component.
    assert_eq!(promote(&["PackRows", "--enum", "Store"]).code, 0);
    assert!(changed("Store", "PackRows"));
    let manifest = project.read("featuregates.yaml");
    for name in ["- name: Cache", "- name: store:Cache", "- name: store:pack-rows"] {
        assert!(manifest.contains(name), "{manifest}");
    }
    assert_eq!(project.change(&["verify", "--crate-version=1.36.2"]).code, 0);
}

#[test]
fn a_gate_that_two_conditions_declare_is_changed_in_both_enums_or_refused() {
    let twice = "\
#[cfg(unix)]
#[derive(FeatureGate)]
enum Feature {
    /// Keeps pages.
    #[gate(alpha = \"1.30\")]
    Cache,
}
#[cfg(not(unix))]
#[derive(FeatureGate)]
enum Feature {
    /// Keeps pages.
    #[cfg_attr(all(), gate(alpha = \"1.30\"))]
    Cache,
}
";
    let project = Project::with(&[("src.rs", twice)]);
    let arguments = ["promote", "Cache", "--to=beta", "--crate-version=1.36"];
    let ran = project.change(&arguments);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(project.read("src.rs"), twice.replace("\"1.30\"", "\"1.30\", beta = \"1.36\""));

    let variants = "\
#[derive(FeatureGate)]
enum Feature {
    /// Keeps pages.
    #[cfg(unix)]
    #[gate(alpha = \"1.30\")]
    Cache,
    /// Keeps pages.
    #[cfg(not(unix))]
    #[gate(alpha = \"1.30\")]
    Cache,
}
";
    let project = Project::with(&[("src.rs", variants)]);
    let ran = project.change(&arguments);
    assert_eq!((ran.code, project.read("src.rs").as_str()), (1, variants), "{ran:?}");
    assert!(ran.out.contains("declared differently under two conditions"), "{ran:?}");
}
