//! `featuregate list`.

use std::collections::BTreeSet;

use featuregate_core::Version;
use featuregate_core::manifest::Manifest;
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::program::{kubernetes, line, program, run, shop};

#[test]
fn the_gates_of_the_newest_release_are_listed() {
    assert_snapshot!(shop("list").fine());
}

#[test]
fn the_gates_of_an_older_release_are_listed_as_they_were() {
    assert_snapshot!(shop("list --target 2.1").fine());
}

#[test]
fn removed_gates_are_listed_on_demand() {
    assert_snapshot!(shop("list --removed").fine());
}

#[test]
fn gates_are_chosen_by_stage_and_owner() {
    let names = |arguments: &str| -> Vec<String> {
        let rows = shop(&format!("list --format json {arguments}")).json();
        rows.as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap().into()).collect()
    };
    for (arguments, expected) in [
        ("--stage alpha", &["Recommendations"][..]),
        ("--stage alpha,GA", &["Basket", "Recommendations"]),
        ("--stage Alpha --stage stable", &["Basket", "Recommendations"]),
        ("--owner team-price", &["Coupons", "FreeShipping"]),
        ("--owner team-price,team-checkout --stage ga", &["Basket"]),
        ("--owner nobody", &[]),
        ("--stage ga --removed", &["Basket", "FaxOrders"]),
    ] {
        assert_eq!(names(arguments), expected, "{arguments}");
    }
}

#[test]
fn json_has_the_fields_of_a_manifest() {
    let rows = shop("list --format json --removed").json();
    let row = |name: &str| {
        rows.as_array().unwrap().iter().find(|row| row["name"] == name).unwrap().clone()
    };
    assert_eq!(
        row("Recommendations"),
        json!({
            "name": "Recommendations", "stage": "Alpha", "default": false, "locked": false,
            "since": "2.3", "introduced": "2.3", "requires": ["FreeShipping"],
            "components": ["api", "web"], "cfg": "feature = \"ml\"",
        })
    );
    assert_eq!(
        row("FreeShipping"),
        json!({
            "name": "FreeShipping", "stage": "Beta", "default": false, "locked": false,
            "since": "2.1", "introduced": "2.1", "owner": "team-price", "aliases": ["FreeShiping"],
        })
    );
    assert_eq!(
        row("FaxOrders"),
        json!({
            "name": "FaxOrders", "stage": "GA", "default": true, "locked": true,
            "since": "1.0", "introduced": "1.0", "removed": "2.3",
        })
    );
    assert_eq!(row("GiftWrap")["removeIn"], "2.5");
}

#[test]
fn changes_are_grouped_by_their_meaning() {
    assert_snapshot!(shop("diff --from 2.1").fine());
}

#[test]
fn changes_can_be_read_by_programs() {
    let diff = shop("diff --from 2.1 --to 2.3 --format json").json();
    assert_eq!((&diff["from"], &diff["to"]), (&json!("2.1"), &json!("2.3")));
    let change = |name: &str| {
        let all = diff["changes"].as_array().unwrap();
        all.iter().find(|change| change["name"] == name).cloned().unwrap_or_default()
    };
    let of = |name: &str| (change(name)["changes"].clone(), change(name)["breaks"].clone());
    assert_eq!(of("Basket"), (json!(["promoted", "locked"]), json!([false])));
    assert_eq!(of("FaxOrders"), (json!(["removed"]), json!([])), "true is tolerated");
    assert_eq!(of("GiftWrap"), (json!(["deprecated", "default-changed"]), json!([])));
    assert_eq!(change("GiftWrap")["turns"], false);
    assert_eq!(of("Recommendations"), (json!(["introduced"]), json!([])));
    assert_eq!(of("FreeShiping"), (json!(["renamed"]), json!([])));
    assert_eq!(change("FreeShiping")["renamedTo"], "FreeShipping");
    assert_eq!(change("FreeShipping"), Value::Null, "it is listed under its old name");
    assert_eq!(
        change("Coupons")["after"],
        json!({"stage": "Beta", "default": true, "locked": false, "since": "2.2"})
    );
}

#[test]
fn nothing_changes_between_a_release_and_itself() {
    assert_eq!(shop("diff --from 2.3").fine(), "Nothing changes from 2.3 to 2.3.\n");
}

#[test]
fn wrong_input_is_reported_with_help() {
    assert_snapshot!("from_after_to", shop("diff --from 2.3 --to 2.1").failed());
    assert_snapshot!("no_manifest", line("list --manifest featuregates.yaml").failed());
    assert_snapshot!("malformed_manifest", line("list --manifest ../list.rs").failed());
    assert_snapshot!("no_version", shop("list --target latest").failed());
    assert_snapshot!("unknown_stage", shop("list --stage bet").failed());
    assert_snapshot!("to_alone", shop("list --to 2.3").failed());
    let twice = "list --manifest shop-2.1.yaml --manifest 2.1=shop-2.3.yaml";
    assert_snapshot!("one_release_twice", line(twice).failed());
}

#[test]
fn a_release_before_every_gate_gives_a_note_and_one_after_the_newest_list_is_an_error() {
    let below = shop("list --target 0.9");
    assert_eq!((below.code, below.out.as_str()), (0, ""));
    assert_eq!(below.err, "note: no gate exists at 0.9; the first one is introduced in 1.0\n");
    for line in [
        "list --target 3.0",
        "check --target 3.0",
        "explain Coupons --target 3.0",
        "schema --target 3.0",
        "docs --target 3.0",
        "diff --from 2.1 --to 3.0",
    ] {
        let error = "error: 3.0 is later than 2.3, the newest release that is known; name a newer list with --manifest FILE\n";
        assert_eq!(shop(line).failed(), error, "{line}");
    }
}

#[test]
fn without_a_manifest_the_gates_are_those_of_kubernetes() {
    let listed = line("list --target 1.36");
    assert_eq!(
        listed.err,
        "note: there is no featuregates.yaml, so the gates are those of Kubernetes; name another list with --manifest FILE\n"
    );
    assert_eq!(listed.out, line("list --target 1.36 --manifest kubernetes").fine());
    assert!(listed.out.lines().count() > 230, "{}", listed.out);
    assert_snapshot!("kubeadm", line("list --removed --manifest kubeadm --target 1.36").fine());
    assert_snapshot!(
        "story_of_client_go",
        line("explain WatchListClient --manifest kubernetes").fine()
    );
    let required =
        line("explain ProcMountType --manifest kubernetes --target 1.36 --format json").json();
    assert_eq!(required["requires"], json!(["UserNamespacesSupport"]));
    // Components check what gates require since 1.35.
    let before =
        line("explain ProcMountType --manifest kubernetes --target 1.34 --format json").json();
    assert_eq!(before["requires"], Value::Null);
}

#[test]
fn a_doubtful_list_is_read_with_a_note() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("list.yaml");
    let milestone =
        |default| format!("{{version: \"1.37\", preRelease: Beta, default: {default}}}");
    let text =
        format!("- {{name: A, versionedSpecs: [{}, {}]}}\n", milestone(false), milestone(true));
    std::fs::write(&path, text).unwrap();
    let listed = run(["list", "--manifest", path.to_str().unwrap()]);
    assert_eq!(listed.code, 0);
    assert!(listed.err.ends_with("list.yaml is doubtful: gate A has 1.37 twice without a minimum compatibility version, so the last entry counts\n"), "{}", listed.err);
    assert!(listed.out.contains("A     Beta   true"), "{}", listed.out);
}

#[test]
fn cargo_runs_it_as_a_subcommand() {
    let cargo = env!("CARGO_BIN_EXE_cargo-featuregate");
    let arguments = ["featuregate", "list", "--manifest", "shop-2.3.yaml"];
    let expected = line("list --manifest shop-2.3.yaml").fine();
    assert_eq!(program(cargo, arguments).fine(), expected);
    assert_eq!(program(cargo, &arguments[1..]).fine(), expected, "called by hand");
}

#[test]
fn styles_are_for_terminals_or_on_demand() {
    assert!(!shop("list").fine().contains('\u{1b}'));
    assert!(shop("list --color always").fine().contains('\u{1b}'));
}

#[test]
#[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]
fn every_gate_of_kubernetes_is_listed_with_its_state() {
    for (file, count) in [("1.32", 172), ("1.33", 184), ("1.34", 201), ("1.35", 210), ("1.36", 230)]
    {
        let path = kubernetes(&format!("versioned_feature_list.{file}.yaml"));
        let rows = run(["list", "--format", "json", "--manifest", &path]).json();
        let rows = rows.as_array().unwrap();
        assert_eq!(rows.len(), count, "{file}");
        let manifest = Manifest::read(&std::fs::read_to_string(&path).unwrap()).unwrap();
        for (row, gate) in rows.iter().zip(manifest.gates()) {
            let last = gate.spec.milestones.last().unwrap();
            assert_eq!(row["name"], gate.name());
            assert_eq!(row["stage"], last.stage.as_str(), "{}", gate.name());
            assert_eq!(row["default"], last.default, "{}", gate.name());
            assert_eq!(row["locked"], last.locked, "{}", gate.name());
            assert_eq!(row["since"], last.since.as_deref().unwrap(), "{}", gate.name());
        }
    }
}

/// Each gate by itself is set at both releases; the lists have no dependencies.
#[test]
#[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]
fn an_upgrade_of_kubernetes_breaks_what_the_next_release_refuses() {
    let releases = ["1.32", "1.33", "1.34", "1.35", "1.36"];
    for pair in releases.windows(2) {
        let file = |release: &str| kubernetes(&format!("versioned_feature_list.{release}.yaml"));
        let (old, new) = (file(pair[0]), file(pair[1]));
        let arguments =
            ["diff", "--manifest", &old, "--manifest", &new, "--from", pair[0], "--to", pair[1]];
        let diff = run(arguments.into_iter().chain(["--format", "json"])).json();
        let broken: BTreeSet<(String, bool)> = diff["changes"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|change| {
                let name = change["name"].as_str().unwrap();
                let values = change["breaks"].as_array().unwrap().iter();
                values.map(move |value| (name.to_owned(), value.as_bool().unwrap()))
            })
            .collect();

        let read = |path: &str| Manifest::read(&std::fs::read_to_string(path).unwrap()).unwrap();
        let at = |path: &str, release: &str| {
            read(path).lenient_registry(release.parse::<Version>().unwrap()).0
        };
        let (before, after) = (at(&old, pair[0]), at(&new, pair[1]));
        let mut expected = BTreeSet::new();
        let mut lost = BTreeSet::new();
        for gate in read(&old).gates() {
            if !after.gates().knows(gate.name()) {
                lost.insert(gate.name().to_owned());
            }
            for value in [false, true] {
                let set = [(gate.name(), value)];
                if before.clone().set_map(set).is_ok() && after.clone().set_map(set).is_err() {
                    expected.insert((gate.name().to_owned(), value));
                }
            }
        }
        assert_eq!(broken, expected, "{pair:?}");
        let removed: BTreeSet<String> = diff["changes"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|change| change["removed"] == pair[1])
            .map(|change| change["name"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(removed, lost, "{pair:?}");
        assert!(!lost.is_empty());
    }
}

/// The texts of a gate are data, also where it would control the terminal or be stripped.
#[test]
fn json_agrees_with_the_manifest_on_a_terminal_and_in_a_pipe() {
    let folder = tempfile::tempdir().unwrap();
    let manifest = folder.path().join("gates.yaml");
    let text = r#"{version: "1.2", gates: [{name: A, doc: "a\u007f\u009b\u202eb\u001b[31m", versionedSpecs:
        [{version: "1.1", preRelease: Alpha, default: false}]}]}"#;
    std::fs::write(&manifest, text).unwrap();
    let manifest = manifest.to_str().unwrap();
    let doc = "a\u{7f}\u{9b}\u{202e}b\u{1b}[31m";
    for (command, field) in [
        (&["list", "--format", "json"][..], "/0/doc"),
        (&["explain", "A", "--format", "json"], "/doc"),
        (&["schema"], "/properties/A/description"),
    ] {
        let diff = run(command.iter().chain(&["--manifest", manifest])).fine();
        let raw = diff.contains(|c: char| c != '\n' && (c.is_control() || c == '\u{202e}'));
        assert!(!raw, "{diff:?}");
        let diff: Value = serde_json::from_str(&diff).unwrap();
        let read = diff.pointer(field).and_then(Value::as_str).unwrap();
        assert!(read.starts_with(doc), "{read:?}");
    }
}

#[test]
fn list_and_explain_agree_on_each_gate() {
    let rows = shop("list --format json --removed").json();
    for row in rows.as_array().unwrap() {
        let name = row["name"].as_str().unwrap();
        let story = shop(&format!("explain --format json --gate {name}")).json();
        for field in [
            "doc",
            "owner",
            "issue",
            "requires",
            "implies",
            "aliases",
            "components",
            "cfg",
            "defaultIf",
            "tags",
            "meta",
            "switchable",
            "runtime",
            "exceptFromGroups",
            "removeIn",
            "removed",
        ] {
            assert_eq!(row.get(field), story.get(field), "{field} of {name}");
        }
    }
}

#[test]
fn the_old_spelling_of_diff_still_works_and_is_hidden() {
    for arguments in ["--from 2.1", "--from 2.1 --to 2.3 --format json", "--from 2.1 --stage ga"] {
        let old = shop(&format!("list {arguments}")).fine();
        assert_eq!(old, shop(&format!("diff {arguments}")).fine(), "{arguments}");
        assert!(!old.is_empty(), "{arguments}");
    }
    let help = line("list --help").fine();
    assert!(!help.contains("--to <"), "{help}");
    assert!(line("diff --help").fine().contains("--to <VERSION>"));
    assert!(line("diff").failed().contains("--from <VERSION>"), "diff needs --from");
}

/// What only programs of this library declare.
#[test]
fn what_a_gate_implies_its_tags_and_notes_are_shown() {
    let folder = tempfile::tempdir().unwrap();
    let manifest = folder.path().join("gates.yaml");
    let text = r#"version: "1.2"
gates:
- name: sync
  versionedSpecs: [{version: "1.1", preRelease: GA, default: cfg(windows), lockToDefault: false}]
  implies: [net]
  tags: [ui, net]
  meta: {menu: Edit, since: "0.9"}
  switchable: true
  exceptFromGroups: true
  runtime: true
- name: net
  versionedSpecs: [{version: "1.1", preRelease: Alpha, default: false}]
"#;
    std::fs::write(&manifest, text).unwrap();
    let manifest = manifest.to_str().unwrap();
    let on = |command: &[&str]| run(command.iter().chain(&["--manifest", manifest])).fine();
    let rows: Value = serde_json::from_str(&on(&["list", "--format", "json"])).unwrap();
    let expected = serde_json::json!({
        "implies": ["net"],
        "defaultIf": "cfg(windows)",
        "tags": ["ui", "net"],
        "meta": {"menu": "Edit", "since": "0.9"},
        "switchable": true,
        "exceptFromGroups": true,
        "runtime": true,
    });
    for (field, value) in expected.as_object().unwrap() {
        assert_eq!(&rows[1][field], value, "{field}");
        assert_eq!(rows[0].get(field), None, "{field}");
    }
    insta::assert_snapshot!(on(&["list"]));
    insta::assert_snapshot!(on(&["explain", "sync"]));
    let net = on(&["explain", "net"]);
    assert!(net.contains("Implied by: sync"), "{net}");
    let page = on(&["docs"]);
    let facts = "Implies `net` · On by default if `cfg(windows)` · Tags: ui, net · Meta: menu = Edit, since = 0.9";
    assert!(page.contains(facts), "{page}");
}
