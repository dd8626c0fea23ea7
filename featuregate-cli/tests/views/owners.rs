//! `featuregate owners`.

use insta::assert_snapshot;
use serde_json::Value;

use crate::program::{Ended, line};

/// The gates of `owners.yaml`, with limits.
fn owners(arguments: &str) -> Ended {
    line(&format!("owners --manifest owners.yaml --config owners.toml{arguments}"))
}

#[test]
fn gates_that_are_due_are_shown_by_owner() {
    assert_snapshot!(owners("").fine());
}

#[test]
fn an_issue_has_a_box_for_each_gate_and_escapes_what_comes_from_outside() {
    assert_snapshot!(owners(" --format markdown --within 2").fine());
}

/// Each gate with its owner, status, release and reason.
fn listed(arguments: &str) -> Vec<[String; 5]> {
    let report = owners(&format!(" --format json{arguments}")).json();
    assert_eq!(report["version"], 1);
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let of = |owner: &Value| {
        let gates = owner["gates"].as_array().unwrap().iter();
        let name = text(&owner["owner"]);
        let row =
            |gate: &Value| ["gate", "status", "due", "reason"].map(|field| text(&gate[field]));
        gates
            .map(|gate| {
                let [gate, status, due, reason] = row(gate);
                [name.clone(), gate, status, due, reason]
            })
            .collect::<Vec<_>>()
    };
    report["owners"].as_array().unwrap().iter().flat_map(of).collect()
}

#[test]
fn what_is_due_depends_on_the_release_and_on_how_far_ahead_it_looks() {
    let overdue = [
        ["@storage", "Audit", "overdue", "1.35", "expiry"],
        ["team *x* [a](b)", "Backup", "overdue", "1.36", "removal"],
        ["-", "Cache", "overdue", "1.36", "expiry"],
    ];
    assert_eq!(listed(" --within 0"), overdue);
    let next = [
        ["@storage", "Audit", "overdue", "1.35", "expiry"],
        ["@storage", "Export", "soon", "1.37", "expiry"],
        ["team *x* [a](b)", "Backup", "overdue", "1.36", "removal"],
        ["-", "Cache", "overdue", "1.36", "expiry"],
        ["-", "Cache", "soon", "1.37", "removal"],
    ];
    assert_eq!(listed(""), next);
    let disk = ["@storage", "Disk", "soon", "1.38", "removal"];
    assert!(listed(" --within 2").contains(&disk.map(str::to_owned)));
    assert_eq!(
        listed(" --target 1.34 --stage alpha"),
        [["@storage", "Audit", "soon", "1.35", "expiry"]]
    );
    assert_eq!(listed(" --owner @storage --stage beta").len(), 0);
}

#[test]
fn a_component_has_releases_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let gate = |name: &str, more: &str| {
        format!(
            "- {{name: '{name}', versionedSpecs: [{{version: \"3.1\", preRelease: Alpha, default: false}}]{more}}}\n"
        )
    };
    let manifest = path(
        "gates.yaml",
        &[
            "version: \"4.0\"\ncomponents: [{name: store, version: \"3.6\"}]\ngates:\n",
            &gate("store:Compaction", ""),
            &gate("store:Kept", ""),
            &gate("store:Merge", ", removeIn: \"3.7\""),
        ]
        .concat(),
    );
    let config = path(
        "featuregate.toml",
        "[rules]\nold-alpha = { releases = 4, never-expire = [\"store:Kept: a reason\", \"Merge: another\"] }\n",
    );
    let arguments = ["owners", "--manifest", &manifest, "--config", &config];
    let report = crate::program::run(arguments).fine();
    for row in [
        "store:Compaction  overdue  3.6  alpha since 3.1",
        "store:Merge       overdue  3.6  alpha since 3.1",
        "store:Merge       soon     3.7  its removal is planned",
        "2 overdue, 1 soon at 4.0",
    ] {
        assert!(report.contains(row), "{row}:\n{report}");
    }
    assert!(!report.contains("Kept"), "{report}");
}

#[test]
fn without_limits_only_removals_are_due() {
    let report = line("owners --manifest owners.yaml").fine();
    assert!(report.ends_with("1 overdue, 1 soon at 1.36\n"), "{report}");
    let nothing = line("owners --manifest owners.yaml --target 1.20").fine();
    assert_eq!(nothing, "nothing is due at 1.20\n");
}
