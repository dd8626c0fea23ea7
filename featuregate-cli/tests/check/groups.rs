//! Groups that a program chooses, and what a gate implies, as the command knows them from a manifest.

use std::fs;

use super::{ended, featuregate};

const MANIFEST: &str = r#"version: "1.3"
groups:
- {name: preview, stages: [Alpha, Beta], master: true}
- {name: ui, tags: [tui]}
gates:
- name: terminal
  versionedSpecs:
  - {default: false, lockToDefault: false, preRelease: Alpha, version: "1.1"}
  tags: [tui]
  implies: [colour]
- name: colour
  versionedSpecs:
  - {default: false, lockToDefault: false, preRelease: Alpha, version: "1.1"}
- name: sync
  versionedSpecs:
  - {default: true, lockToDefault: false, preRelease: GA, version: "1.2"}
  switchable: true
"#;

/// What the command writes about a configuration, and its exit code.
fn run(arguments: &[&str], config: &str) -> (String, i32) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("featuregates.yaml"), MANIFEST).unwrap();
    fs::write(folder.path().join("app.yaml"), format!("featureGates:\n{config}")).unwrap();
    let arguments = [arguments, &["--manifest", "featuregates.yaml"]].concat();
    let (out, err, code) = ended(&featuregate(folder.path(), &arguments));
    (out + &err, code)
}

#[test]
fn the_groups_of_a_program_are_known_and_those_of_kubernetes_are_not() {
    let (text, code) = run(&["check", "app.yaml"], "  ui: false\n  AllAlpha: true\n");
    assert_eq!(code, 1);
    assert!(text.contains("unknown gate AllAlpha"), "{text}");
    assert!(!text.contains("unknown gate ui"), "{text}");
    let (text, code) = run(&["check", "app.yaml"], "  preview: true\n  sync: true\n");
    assert!(text.contains("preview is true, so every alpha gate is on"), "{text}");
    assert!(!text.contains("sync"), "a switch is set without a word: {text}");
    assert_eq!(code, 0);
}

#[test]
fn no_group_is_suggested() {
    let (text, _) = run(&["check", "app.yaml"], "  Preview: true\n");
    assert!(text.contains("unknown gate Preview"), "{text}");
    assert!(!text.contains("did you mean"), "{text}");
    assert!(!text.contains("--fix"), "{text}");
    let (text, code) = run(&["check", "app.yaml", "--fix"], "  Preview: true\n");
    assert_eq!(code, 1, "{text}");
    assert!(!text.contains("fixed"), "{text}");
}

#[test]
fn what_a_gate_implies_may_not_be_off() {
    let (text, code) = run(&["check", "app.yaml"], "  terminal: true\n");
    assert_eq!(code, 0, "{text}");
    let (text, code) = run(&["check", "app.yaml"], "  terminal: true\n  colour: false\n");
    assert_eq!(code, 1);
    assert!(text.contains("gate terminal is on but implies colour"), "{text}");
}

#[test]
fn the_story_of_a_gate_names_its_groups() {
    let (text, _) = run(&["explain", "terminal"], "");
    assert!(text.contains("also by preview or ui"), "{text}");
}
