//! `featuregate explain`.

use featuregate_core::manifest::Manifest;
use insta::assert_snapshot;
use serde_json::json;

use crate::program::{kubernetes, line, run, shop};

#[test]
fn the_story_of_a_gate_is_shown() {
    assert_snapshot!("basket", shop("explain Basket").fine());
    assert_snapshot!("coupons", shop("explain Coupons").fine());
    assert_snapshot!("removed", shop("explain FaxOrders").fine());
    assert_snapshot!("removed_without_history", shop("explain Newsletter").fine());
    assert_snapshot!("not_yet", shop("explain Recommendations --target 2.2").fine());
    assert_snapshot!("deprecated", shop("explain GiftWrap").fine());
}

#[test]
fn a_former_name_leads_to_the_gate() {
    let former = shop("explain FreeShiping");
    assert_eq!(former.err, "note: FreeShiping is a former name of FreeShipping; write that\n");
    assert_eq!((former.code, former.out), (0, shop("explain FreeShipping").fine()));
}

#[test]
fn the_story_of_a_gate_can_be_read_by_programs() {
    assert_eq!(
        shop("explain FreeShipping --format json").json(),
        json!({
            "gate": "FreeShipping",
            "target": "2.3",
            "standing": "there",
            "meaning": [
                "It is Beta since 2.1: it is well tested and will stay, but details may change.",
                "It is off unless it is set to true, also by AllBeta.",
            ],
            "accepts": [true, false],
            "stage": "Beta",
            "default": false,
            "locked": false,
            "milestones": [{
                "version": "2.1", "preRelease": "Beta", "default": false, "lockToDefault": false,
            }],
            "owner": "team-price",
            "requiredBy": ["Recommendations"],
            "aliases": ["FreeShiping"],
        })
    );
}

#[test]
fn a_rule_is_explained_without_a_manifest() {
    let rules = line("rule").fine();
    assert!(rules.lines().all(|row| row.chars().count() <= 80), "{rules}");
    // A summary that is too long goes on in the next line.
    let words = rules.split_whitespace().collect::<Vec<_>>().join(" ");
    let listed = line("rule --format json").json();
    let listed = listed.as_array().unwrap();
    assert!(listed.len() >= 9, "{listed:?}");
    for rule in listed {
        let name = rule["rule"].as_str().unwrap();
        let row = rules.lines().find(|row| row.split(' ').next() == Some(name)).unwrap();
        let level = rule["level"].as_str().unwrap();
        assert!(row.contains(level), "{row}");
        assert!(words.contains(&format!("{level} {}", rule["summary"].as_str().unwrap())), "{row}");
        let page = line(&format!("rule {name}")).fine();
        assert!(page.starts_with(name), "{page}");
        let whole = line(&format!("rule {name} --format json")).json();
        assert!(whole["page"].as_str().unwrap().starts_with(&format!("# {name}\n")), "{whole}");
    }
}

#[test]
fn an_unknown_name_is_reported_with_the_nearest() {
    assert_snapshot!("nearest_gate", shop("explain basket").failed());
    assert_snapshot!("nearest_rule", shop("explain removed-gates").failed());
    assert_snapshot!("nothing_near", shop("explain Something").failed());
    assert_snapshot!("nearest_rule_without_manifest", line("explain removed-gates").failed());
    assert_snapshot!("a_group", shop("explain AllBeta").failed());
    assert_snapshot!("a_rule_as_a_gate", shop("explain removed-gate --gate").failed());
}

#[test]
#[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]
fn every_gate_of_kubernetes_has_a_story() {
    let path = kubernetes("history.featuregates.yaml");
    let manifest = Manifest::read(&std::fs::read_to_string(&path).unwrap()).unwrap();
    for gate in manifest.gates().iter().step_by(9) {
        let story = run(["explain", gate.name(), "--manifest", &path]).fine();
        for milestone in &gate.spec.milestones {
            let since = milestone.since.as_deref().unwrap();
            let line = story.lines().find(|line| line.trim_start().starts_with(since));
            assert!(line.unwrap().contains(milestone.stage.as_str()), "{story}");
        }
        let removed = gate.spec.removed.as_ref();
        assert!(
            removed.is_none_or(|at| story.contains(&format!("It was removed in {at}"))),
            "{story}"
        );
    }
}

#[test]
fn the_old_spelling_of_rule_still_works_and_is_hidden() {
    for (old, new) in [
        ("explain", "rule"),
        ("explain --format json", "rule --format json"),
        ("explain removed-gate", "rule removed-gate"),
        ("explain removed-gate --format json", "rule removed-gate --format json"),
    ] {
        assert_eq!(line(old).fine(), line(new).fine(), "{old}");
    }
    let help = line("explain --help").fine();
    assert!(!help.contains("RULE") && !help.contains("--gate "), "{help}");
}

#[test]
fn an_unknown_rule_is_reported_with_the_nearest() {
    let near = line("rule removed-gates").failed();
    assert_eq!(near, "error: unknown rule removed-gates; did you mean removed-gate?\n");
    let far = line("rule Something").failed();
    assert_eq!(far, "error: unknown rule Something; `featuregate rule` lists the rules\n");
}
