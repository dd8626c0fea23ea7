//! Gates in the configuration of a program: every problem says where the gate is set, as far as the format knows.

#![cfg(all(feature = "derive", feature = "serde"))]
#![expect(clippy::unwrap_used, reason = "helpers of tests, where a panic is a failure")]

use std::collections::BTreeMap;

use featuregate::data::{GateMap, JsonName, LocatedGates, Position};
use featuregate::{FeatureGate, Item};
use serde::Deserialize;

#[derive(Clone, Copy, FeatureGate)]
enum Feature {
    /// Off.
    #[gate(alpha)]
    Cache,
    /// On.
    #[gate(beta)]
    Quic,
}

/// The problems, a line each; none if there are none.
fn problems(items: impl IntoIterator<Item = Item>) -> Vec<String> {
    let resolved = Feature::resolver().config(items).resolve();
    resolved
        .map_or_else(|problems| problems.iter().map(ToString::to_string).collect(), |_| Vec::new())
}

#[derive(Deserialize)]
struct Toml {
    #[serde(default)]
    gates: LocatedGates<toml::Spanned<String>>,
}

fn of_toml(text: &str) -> Result<Vec<String>, String> {
    let config: Toml = toml::from_str(text).map_err(|error| error.to_string())?;
    Ok(problems(
        config
            .gates
            .items("app.toml", |name| (name.get_ref(), Position::in_text(text, name.span().start))),
    ))
}

#[test]
fn a_problem_in_toml_has_line_and_column() {
    assert_eq!(
        of_toml("name = 'é'\n\n[gates]\n  Cahce = true\nQuic = 'no'\n").unwrap(),
        [
            "app.toml:4:3: unknown gate Cahce; did you mean Cache?",
            "app.toml:5:1: the value of gate Quic is the text \"no\", not a boolean; write false",
        ]
    );
    let twice = of_toml("[gates]\nCache = true\nCache = true\n").unwrap_err();
    assert!(twice.contains("line 3, column 1") && twice.contains("duplicate key"), "{twice}");
}

#[derive(Deserialize)]
struct Yaml {
    #[serde(default)]
    gates: LocatedGates<serde_saphyr::Spanned<String>>,
}

fn of_yaml(text: &str) -> Result<Vec<String>, String> {
    let config: Yaml = serde_saphyr::from_str(text).map_err(|error| error.to_string())?;
    Ok(problems(config.gates.items("app.yaml", |name| {
        let location = name.referenced;
        (&name.value, Position::new(location.line(), location.column()))
    })))
}

#[test]
fn a_problem_in_yaml_has_line_and_column() {
    assert_eq!(
        of_yaml("gates:\n  Cahce: true\n  Quic: \"true\"\n  Cache: null\n").unwrap(),
        [
            "app.yaml:2:3: unknown gate Cahce; did you mean Cache?",
            "app.yaml:3:3: the value of gate Quic is the text \"true\", not a boolean; write true, without quotes",
        ]
    );
    let twice = of_yaml("gates:\n  Cache: true\n  Cache: true\n").unwrap_err();
    assert!(twice.contains("line 3") && twice.contains("duplicate"), "{twice}");
}

#[derive(Deserialize)]
struct Json<'a> {
    #[serde(borrow, default)]
    gates: LocatedGates<JsonName<'a>>,
}

fn of_json(text: &str) -> Vec<String> {
    let config: Json<'_> = serde_json::from_str(text).unwrap();
    problems(config.gates.items("app.json", |name| name.located(text)))
}

#[test]
fn a_problem_in_json_has_line_and_column() {
    assert_eq!(
        of_json("{\"é\": 1,\n \"gates\": {\"Cahce\": true,\n  \"Quic\": 1, \"Cache\": null}}"),
        [
            "app.json:2:12: unknown gate Cahce; did you mean Cache?",
            "app.json:3:3: the value of gate Quic is the number 1, not a boolean; write true or false",
        ]
    );
    assert_eq!(
        of_json("{\"gates\": {\n\"Cache\": true,\n\"Cache\": true\n}}"),
        [
            "app.json:3:1: gate Cache is set twice in one map, first on line 2; remove one of the settings"
        ]
    );
    // A name with an escape is not a part of the text.
    assert_eq!(
        of_json(r#"{"gates": {"C\u0061che": 1}}"#),
        ["app.json: the value of gate Cache is the number 1, not a boolean; write true or false"]
    );
    assert_eq!(of_json(r#"{"gates": null}"#), [""; 0]);
    let elsewhere: Json<'_> = serde_json::from_str(r#"{"gates": {"Cahce": true}}"#).unwrap();
    assert_eq!(
        problems(elsewhere.gates.items("app.json", |name| name.located("{}"))),
        ["app.json: unknown gate Cahce; did you mean Cache?"]
    );
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Plain<G> {
    #[serde(rename = "feature_gates")]
    gates: G,
}

#[test]
fn a_map_without_locations_names_the_file() {
    let text = r#"{"feature_gates": {"Cache": true, "Quic": null, "Quic": false, "Cache": false}}"#;
    let config: Plain<GateMap> = serde_json::from_str(text).unwrap();
    assert_eq!(
        problems(config.gates.items("app.json")),
        ["app.json: gate Cache is set twice in one map; remove one of the settings"]
    );
}

#[test]
fn a_map_of_booleans_reports_a_wrong_type_and_its_location() {
    let good: Plain<BTreeMap<String, bool>> =
        toml::from_str("feature_gates = {Cache = true}").unwrap();
    let resolution =
        Feature::resolver().config(GateMap::from(good.gates).items("app.toml")).resolve().unwrap();
    assert!(resolution.enabled(Feature::Cache));

    let wrong = "[feature_gates]\nCache = 'yes'";
    let error = toml::from_str::<Plain<BTreeMap<String, bool>>>(wrong).err().unwrap().to_string();
    for part in ["line 2, column 9", "invalid type: string \"yes\", expected a boolean"] {
        assert!(error.contains(part), "{error}");
    }
    let error =
        serde_json::from_str::<Plain<BTreeMap<String, bool>>>(r#"{"feature_gates": {"Cache": 1}}"#);
    let error = error.err().unwrap().to_string();
    assert!(error.contains("expected a boolean at line 1"), "{error}");
}

#[test]
fn a_section_that_is_misspelt_is_reported_where_unknown_fields_are_denied() {
    let error = toml::from_str::<Plain<GateMap>>("[feature_gate]\nCache = true").err().unwrap();
    let error = error.to_string();
    assert!(error.contains("unknown field `feature_gate`, expected `feature_gates`"), "{error}");
}
