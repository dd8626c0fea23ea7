//! What the runtime crate brings into a program, and which way knowledge flows between the crates.

use std::collections::BTreeSet;
use std::process::Command;

/// The crates that a package depends on, as `cargo tree` reports.
fn tree(package: &str, options: &[&str]) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--offline",
            "--edges",
            "normal",
            "--prefix",
            "none",
            "--format",
            "{p}",
            "--package",
            package,
        ])
        .args(options)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().filter_map(|line| line.split_whitespace().next()).map(Into::into).collect()
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).into()).collect()
}

#[test]
fn default_features_bring_the_derive_and_little_else() {
    let ours = ["featuregate", "featuregate-core", "featuregate-derive", "featuregate-syntax"];
    let macros = ["syn", "heck", "quote", "proc-macro2", "unicode-ident"];
    let expected = set(&[&ours[..], &macros, &["once_cell", "strsim"]].concat());
    assert_eq!(tree("featuregate", &[]), expected);
}

#[test]
fn without_default_features_only_what_runs_is_left() {
    assert_eq!(
        tree("featuregate", &["--no-default-features"]),
        set(&["featuregate", "featuregate-core", "once_cell"])
    );
}

#[test]
fn clap_and_serde_come_only_with_their_features() {
    let default = tree("featuregate", &[]);
    for feature in ["clap", "serde"] {
        assert!(!default.contains(feature));
        assert!(tree("featuregate", &["--features", feature]).contains(feature));
    }
}

#[test]
fn knowledge_flows_one_way() {
    let ours = |package: &str| -> BTreeSet<String> {
        let own = |name: &String| name.starts_with("featuregate") && name != package;
        tree(package, &["--all-features"]).into_iter().filter(own).collect()
    };
    assert_eq!(ours("featuregate-core"), set(&[]));
    assert_eq!(ours("featuregate-syntax"), set(&["featuregate-core"]));
    assert_eq!(ours("featuregate-derive"), set(&["featuregate-core", "featuregate-syntax"]));
}
