//! `featuregate docs`.

use std::collections::BTreeMap;
use std::fs;

use featuregate_core::manifest::Manifest;
use insta::assert_snapshot;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::program::{Ended, kubernetes, line, run, shop};

#[test]
fn the_page_has_tables_and_descriptions() {
    assert_snapshot!(shop("docs").fine());
}

#[test]
fn the_page_of_an_older_release_ends_there() {
    assert_snapshot!(shop("docs --target 2.1").fine());
}

#[test]
fn the_html_page_has_every_gate_and_its_timeline() {
    let page = shop("docs --html --title Shop").fine();
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("<h1>Shop</h1>"));
    let table = shop("list --format json").fine();
    let gates: serde_json::Value = serde_json::from_str(&table).unwrap();
    let gates = gates.as_array().unwrap();
    assert!(!gates.is_empty());
    for gate in gates {
        let name = gate["name"].as_str().unwrap();
        assert!(page.contains(&format!("<summary><code>{name}</code>")), "{name}");
    }
    assert_eq!(page, shop("docs --html --title Shop").fine(), "the same bytes each time");
    let refused = shop("docs --title Shop").err;
    assert!(refused.contains("--html"), "{refused}");
}

/// What the published schema of `OpenFeature` says of a boolean flag.
#[test]
fn the_flag_manifest_has_each_gate_of_the_release_with_its_default() {
    let manifest: serde_json::Value =
        serde_json::from_str(&shop("docs --openfeature").fine()).unwrap();
    let flag = serde_json::json!({
        "type": "object",
        "required": ["flagType", "defaultValue"],
        "properties": {
            "flagType": {"const": "boolean"},
            "defaultValue": {"type": "boolean"},
            "description": {"type": "string"},
        },
    });
    let schema = serde_json::json!({
        "type": "object",
        "required": ["flags"],
        "properties": {"flags": {"type": "object", "minProperties": 1, "additionalProperties": flag}},
    });
    jsonschema::draft7::new(&schema).unwrap().validate(&manifest).unwrap();
    assert!(manifest["$schema"].as_str().unwrap().ends_with("flag-manifest.json"));
    let listed: serde_json::Value =
        serde_json::from_str(&shop("list --format json").fine()).unwrap();
    let present = listed.as_array().unwrap().iter().filter(|gate| !gate["default"].is_null());
    for gate in present {
        let name = gate["name"].as_str().unwrap();
        assert_eq!(manifest["flags"][name]["defaultValue"], gate["default"], "{name}");
    }
}

fn put(arguments: &[&str]) -> Ended {
    run(["docs", "--manifest", "shop-2.3.yaml"].iter().chain(arguments))
}

#[test]
fn a_committed_page_that_has_drifted_fails_with_the_difference() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gates.md");
    let file = path.to_str().unwrap();
    let ended_as = |ended: Ended| {
        assert_eq!((ended.code, ended.err.as_str()), (1, ""));
        ended.out.replace(file, "gates.md")
    };
    assert_snapshot!("not_introduced_yet", ended_as(put(&["--output", file, "--check"])));
    assert!(!path.exists(), "a check writes nothing");

    assert_eq!(put(&["--output", file]).fine(), "");
    assert_eq!(put(&["--output", file, "--check"]).fine(), "");
    let page = fs::read_to_string(&path).unwrap();
    assert_eq!(page, put(&[]).fine());

    fs::write(&path, page.replace('\n', "\r\n")).unwrap();
    assert_eq!(put(&["--output", file, "--check"]).fine(), "", "the ends of lines do not count");

    fs::write(&path, page.replace("team-price", "team\u{1b}[31m")).unwrap();
    assert_snapshot!("drifted", ended_as(put(&["--output", file, "--check"])));
    assert!(fs::read_to_string(&path).unwrap().contains("team\u{1b}[31m"));
}

#[test]
fn a_page_that_cannot_be_written_or_read_is_a_failure() {
    let nowhere = put(&["--output", "nowhere/gates.md"]).failed();
    assert!(nowhere.starts_with("error: cannot write nowhere/gates.md: "), "{nowhere}");
    let folder = put(&["--output", ".", "--check"]).failed();
    assert!(folder.starts_with("error: cannot read .: "), "{folder}");
    let alone = line("docs --manifest shop-2.3.yaml --check").failed();
    assert!(alone.contains("--output <FILE>"), "{alone}");
}

/// The rows of the tables, by the heading above them.
fn tables(page: &str) -> BTreeMap<String, Vec<Vec<String>>> {
    let mut tables: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
    let (mut heading, mut text) = (String::new(), String::new());
    for event in Parser::new_ext(page, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Heading { .. } | Tag::TableCell) => text.clear(),
            Event::Text(part) | Event::Code(part) => text.push_str(&part),
            Event::End(TagEnd::Heading(_)) => heading.clone_from(&text),
            Event::Start(Tag::TableRow) => {
                tables.entry(heading.clone()).or_default().push(Vec::new());
            }
            Event::End(TagEnd::TableCell) => {
                if let Some(row) = tables.get_mut(&heading).and_then(|rows| rows.last_mut()) {
                    row.push(text.clone());
                }
            }
            _ => {}
        }
    }
    tables
}

#[test]
#[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]
fn the_page_of_kubernetes_has_a_row_for_each_milestone() {
    let path = kubernetes("history.featuregates.yaml");
    let manifest = Manifest::read(&fs::read_to_string(&path).unwrap()).unwrap();
    let page = run(["docs", "--manifest", &path]).fine();
    assert_eq!(page, run(["docs", "--manifest", &path]).fine(), "the same bytes each time");
    assert!(page.lines().all(|line| line == line.trim_end()));
    let tables = tables(&page);
    let titles: Vec<&str> = tables.keys().map(String::as_str).collect();
    assert_eq!(
        titles,
        [
            "Feature gates for Alpha or Beta features",
            "Feature gates for graduated or deprecated features",
            "Feature gates that are removed",
        ]
    );
    let rows = || tables.values().flatten();
    let milestones: usize = manifest.gates().iter().map(|it| it.spec.milestones.len()).sum();
    assert_eq!(rows().count(), milestones);
    for gate in manifest.gates() {
        let own: Vec<&Vec<String>> = rows().filter(|row| row[0] == gate.name()).collect();
        assert_eq!(own.len(), gate.spec.milestones.len(), "{}", gate.name());
        for (row, milestone) in own.iter().zip(&gate.spec.milestones) {
            assert_eq!(row[2], milestone.stage.as_str(), "{}", gate.name());
            assert_eq!(Some(row[3].as_str()), milestone.since.as_deref(), "{}", gate.name());
            assert_eq!(row[1].starts_with("true"), milestone.default, "{}", gate.name());
        }
        let last = own.last().unwrap();
        assert_eq!(last[4] != "–", gate.spec.removed.is_some(), "{}", gate.name());
    }
}
