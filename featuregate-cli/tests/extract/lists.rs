//! The kind of the list that a setting is in decides how bad a repetition is.

use std::process::Command;

use featuregate_cli::extract::{ListKind, Syntax, extract};

const MANIFEST: &str = r#"
version: "1.36"
gates:
- name: A
  versionedSpecs: [{version: "1.30", preRelease: Beta, default: true}]
"#;

/// A map with a gate twice, after many lists of other settings.
const TEXTS: [(&str, Syntax, &str); 3] = [
    (
        "a.yaml",
        Syntax::Yaml,
        "args: [--feature-gates=A=true]\nenv: [{name: FEATURE_GATES, value: A=true}]\nfeatureGates:\n  A: true\n  A: false\n",
    ),
    (
        "a.json",
        Syntax::Json,
        "{\"args\": [\"--feature-gates=A=true\"], \"featureGates\": {\"A\": true, \"A\": false}}",
    ),
    (
        "a.toml",
        Syntax::Toml,
        "args = [\"--feature-gates=A=true\"]\nfeatureGates.A = true\nfeatureGates.B = false\n",
    ),
];

#[test]
fn each_setting_knows_the_kind_of_its_own_list() {
    for (_, syntax, text) in TEXTS {
        let found = extract(syntax, text, &[]);
        for setting in found.settings.values() {
            let in_map = setting.name_span.start > text.find("featureGates").unwrap();
            let expected = if in_map { ListKind::Map } else { ListKind::List };
            assert_eq!(found.lists[setting.list].kind, expected, "{syntax:?} {setting:?}");
        }
        let last: Vec<_> = found.settings.values().rev().take(2).map(|it| it.list).collect();
        assert_eq!(last[0], last[1], "{syntax:?}");
    }
}

#[test]
fn a_gate_twice_in_a_map_is_an_error_and_in_a_list_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("manifest", MANIFEST);
    write("list.yaml", "args: [\"--feature-gates=A=true,A=false\"]\n");
    for (name, _, text) in TEXTS {
        write(name, text);
    }
    for (name, level) in [("a.yaml", "error"), ("a.json", "error"), ("list.yaml", "warning")] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_featuregate"));
        command.current_dir(folder.path()).env("NO_COLOR", "1");
        let ran = command.args(["check", "--manifest", "manifest", name]).output().unwrap();
        let out = String::from_utf8(ran.stdout).unwrap();
        assert!(out.contains(&format!("{level}[duplicate-gate]")), "{name}: {out}");
        assert_eq!(ran.status.success(), level == "warning", "{name}: {out}");
    }
}
