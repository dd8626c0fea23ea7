//! `featuregate schema`.

use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;

use featuregate_cli::check::Checker;
use featuregate_cli::extract::Syntax;
use featuregate_cli::finding::Level;
use featuregate_cli::releases::{Release, Releases};
use featuregate_core::manifest::{Gate, Manifest};
use featuregate_core::{Registry, Version, parse_bool};
use insta::assert_snapshot;
use jsonschema::Validator;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::program::{Ended, kubernetes, line, run, shop};

fn validator(schema: Ended) -> Validator {
    let schema = schema.json();
    assert!(jsonschema::draft7::meta::is_valid(&schema));
    jsonschema::draft7::new(&schema).unwrap()
}

/// The value of a map's entry as `check` reads it.
fn read(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(value) => Some(*value),
        Value::String(text) => parse_bool(text),
        Value::Number(number) => parse_bool(&number.to_string()),
        _ => None,
    }
}

/// What the process reports about a map, as `check` does.
struct Process {
    registry: Registry,
    /// The gates that are on without what they require where nothing is set.
    broken: BTreeSet<String>,
}

impl Process {
    fn of(release: Release) -> Self {
        let registry = release.registry;
        let problems = registry.validate().err();
        let broken = problems.iter().flatten().map(|problem| problem.gate().to_owned()).collect();
        Self { registry, broken }
    }

    fn takes(&self, map: &Map<String, Value>) -> bool {
        let given = map.iter().filter(|(_, value)| !value.is_null());
        let read: Option<Vec<(&String, bool)>> =
            given.map(|(name, value)| Some((name, read(value)?))).collect();
        let Some(read) = read else { return false };
        match self.registry.clone().set_map(read) {
            Ok(_) => true,
            // What is wrong without any setting is not an error of a configuration.
            Err(problems) => problems.iter().all(|problem| self.broken.contains(problem.gate())),
        }
    }
}

/// Every value that may follow a gate's name.
fn values() -> Vec<Value> {
    let texts = ["true", "True", "TRUE", "t", "T", "1", "false", "False", "FALSE", "f", "F", "0"];
    let wrong = ["", "yes", "no", "on", "tRUE", "true ", " true", "true,false", "null", "2", "-1"];
    let mut values = vec![json!(true), json!(false), json!(null)];
    values.extend(texts.into_iter().chain(wrong).map(|text| json!(text)));
    values.extend([json!(0), json!(1), json!(2), json!(-1), json!(0.5), json!([]), json!({})]);
    values.push(json!([true]));
    values
}

fn agree(validator: &Validator, process: &Process, names: &[&str], at: Version) -> usize {
    let mut settings = 0;
    for name in names {
        let taken = |value| process.takes(&Map::from_iter([((*name).to_owned(), value)]));
        let [off, on, unset] = [json!(false), json!(true), json!(null)].map(taken);
        for value in values() {
            let expected = match read(&value) {
                Some(true) => on,
                Some(false) => off,
                None => value.is_null() && unset,
            };
            let map = Map::from_iter([((*name).to_owned(), value)]);
            let map = Value::Object(map);
            assert_eq!(validator.is_valid(&map), expected, "{map} at {at}");
            settings += 1;
        }
    }
    settings
}

const OTHERS: [&str; 4] = ["AllAlpha", "AllBeta", "NoSuchGate", ""];

#[test]
fn the_schema_describes_what_the_process_accepts() {
    assert_snapshot!(shop("schema").fine());
}

#[test]
fn the_schema_of_a_configuration_leaves_other_keys_open() {
    let validator = validator(shop("schema --key kubelet.featureGates"));
    for (config, expected) in [
        (json!({}), true),
        (json!({"port": 1, "kubelet": {"featureGates": {"Basket": true}, "other": []}}), true),
        (json!({"kubelet": null}), true),
        (json!({"kubelet": {"featureGates": null}}), true),
        (json!({"kubelet": {"featureGates": {"Basket": false}}}), false),
        (json!({"kubelet": {"featureGates": {"Baskets": true}}}), false),
        (json!({"kubelet": {"featureGates": []}}), false),
        (json!({"kubelet": 1}), false),
        (json!([]), false),
    ] {
        assert_eq!(validator.is_valid(&config), expected, "{config}");
    }
    let empty = shop("schema --key a..b").failed();
    assert!(empty.contains("write the names of keys with dots between them"), "{empty}");
}

#[test]
fn a_committed_schema_that_has_drifted_fails() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("gates.schema.json");
    let file = file.to_str().unwrap();
    assert_eq!(shop(&format!("schema --output {file}")).fine(), "");
    assert_eq!(shop(&format!("schema --output {file} --check")).fine(), "");
    let drifted = line(&format!("schema --manifest shop-2.1.yaml --output {file} --check"));
    assert_eq!(drifted.code, 1);
    assert!(drifted.out.contains("-  \"title\": \"Feature gates at 2.3\""), "{}", drifted.out);
}

#[test]
fn a_map_is_valid_exactly_if_the_process_takes_it() {
    let manifests = ["shop-2.1.yaml", "shop-2.3.yaml"].map(|file| {
        let path = format!("{}/tests/views/fixtures/{file}", env!("CARGO_MANIFEST_DIR"));
        Manifest::read(&fs::read_to_string(path).unwrap()).unwrap()
    });
    let releases = Releases::of(manifests);
    for target in ["1.6", "1.7", "1.8", "2.0", "2.1", "2.2", "2.3"] {
        let schema = shop(&format!("schema --target {target}"));
        let schema = Ended { err: String::new(), ..schema };
        let target: Version = target.parse().unwrap();
        let release = releases.at(target).unwrap();
        let names: Vec<String> = release
            .manifest
            .gates()
            .iter()
            .flat_map(|gate| gate.spec.aliases.iter().chain([&gate.spec.name]))
            .cloned()
            .collect();
        let names: Vec<&str> = names.iter().map(String::as_str).chain(OTHERS).collect();
        let (validator, process) = (validator(schema), Process::of(release));
        agree(&validator, &process, &names, target);
        // Two settings together: dependencies, groups, and a gate under two names.
        for first in &names {
            for second in &names {
                for (one, two) in [(true, true), (true, false), (false, true), (false, false)] {
                    let set = [(first, json!(one)), (second, json!(two))];
                    let map = Map::from_iter(set.map(|(name, value)| (name.to_string(), value)));
                    let expected = process.takes(&map);
                    let map = Value::Object(map);
                    assert_eq!(validator.is_valid(&map), expected, "{map} at {target}");
                }
            }
        }
    }
}

#[test]
#[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]
fn a_setting_of_kubernetes_is_valid_exactly_if_the_process_takes_it() {
    let path = kubernetes("history.featuregates.yaml");
    let manifest = Manifest::read(&fs::read_to_string(&path).unwrap()).unwrap();
    let releases = Releases::of([manifest]);
    let mut settings = 0;
    for target in ["1.25", "1.28", "1.30", "1.32", "1.34", "1.35", "1.36"] {
        let schema = run(["schema", "--manifest", &path, "--target", target]);
        let target: Version = target.parse().unwrap();
        let release = releases.at(target).unwrap();
        let names: Vec<String> =
            release.manifest.gates().iter().map(|gate| gate.name().to_owned()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).chain(OTHERS).collect();
        settings += agree(&validator(schema), &Process::of(release), &names, target);
    }
    assert_eq!(settings, 7 * (465 + OTHERS.len()) * values().len());
}

/// The verdicts that were recorded from the documented history, beside this program.
#[test]
#[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]
fn a_setting_that_people_wrote_is_valid_exactly_if_an_upgrade_takes_it() {
    let path = kubernetes("history.featuregates.yaml");
    let expected = kubernetes("expected_upgrade.json");
    let expected: Value = serde_json::from_str(&fs::read_to_string(expected).unwrap()).unwrap();
    let files = expected.as_array().unwrap();
    let mut settings = 0;
    for target in ["1.25", "1.28", "1.30", "1.32", "1.34", "1.35", "1.36"] {
        let validator = validator(run(["schema", "--manifest", &path, "--target", target]));
        for gate in
            files.iter().flat_map(|file| file["targets"][target]["gates"].as_array().unwrap())
        {
            let map = json!({ gate["name"].as_str().unwrap(): gate["value"] });
            let taken = gate["severity"] != "error";
            assert_eq!(validator.is_valid(&map), taken, "{map} at {target}: {gate}");
            settings += 1;
        }
    }
    assert!(settings > 1000, "{settings}");
}

/// The command itself reads the same map in a file.
#[test]
fn a_file_is_valid_exactly_if_check_finds_no_error_in_it() {
    let kubelet = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/kubelet/featuregates.yaml");
    assert_valid_exactly_if_check_finds_no_error(kubelet, &["--booleans"]);
}

#[test]
#[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]
fn a_file_of_kubernetes_is_valid_exactly_if_check_finds_no_error_in_it() {
    assert_valid_exactly_if_check_finds_no_error(&kubernetes("history.featuregates.yaml"), &[]);
}

fn assert_valid_exactly_if_check_finds_no_error(path: &str, options: &[&str]) {
    let releases = Releases::of([Manifest::read(&fs::read_to_string(path).unwrap()).unwrap()]);
    for target in [Version::new(1, 30), Version::new(1, 36)] {
        let at = target.to_string();
        let keyed = ["--target", &at, "--key", "featureGates"];
        let arguments = ["schema", "--manifest", path].into_iter().chain(keyed);
        let schema = run(arguments.chain(options.iter().copied()));
        let validator = validator(schema);
        let checker = Checker::new(&releases, &[target], &[]);
        let names = releases.at(target).unwrap().manifest;
        let names = names.gates().iter().map(Gate::name).chain(OTHERS).step_by(9);
        for name in names.filter(|name| !name.is_empty()) {
            for value in values() {
                let config = json!({ "featureGates": { name: value } });
                let text = config.to_string();
                let found = checker.check(&Arc::from("config.json"), Syntax::Json, &text);
                assert!(found.skipped.is_empty(), "{text}: {:?}", found.skipped);
                let refused = found.findings.iter().any(|found| found.level == Level::Error);
                assert_eq!(validator.is_valid(&config), !refused, "{text} at {target}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// The real gates with their dependencies.
    #[test]
    fn maps_with_dependencies_are_valid_exactly_if_the_process_takes_them(
        choice in prop::collection::vec((any::<prop::sample::Index>(), 0..5_usize), 0..12),
        target in prop::sample::select(vec![Version::new(1, 34), Version::new(1, 36)]),
    ) {
        use std::sync::LazyLock;
        const PATH: &str =
            concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/kubelet/featuregates.yaml");
        static RELEASES: LazyLock<Releases> = LazyLock::new(|| {
            Releases::of([Manifest::read(&fs::read_to_string(PATH).unwrap()).unwrap()])
        });
        static AT: LazyLock<[(Validator, Process); 2]> = LazyLock::new(|| {
            [Version::new(1, 34), Version::new(1, 36)].map(|target| {
                let at = target.to_string();
                let schema = run(["schema", "--manifest", PATH, "--target", &at]);
                (validator(schema), Process::of(RELEASES.at(target).unwrap()))
            })
        });
        static LINKED: LazyLock<Vec<String>> = LazyLock::new(|| {
            let gates = RELEASES.at(Version::new(1, 36)).unwrap().manifest;
            let ends = gates.gates().iter().filter(|gate| !gate.spec.requires.is_empty());
            let ends = ends.flat_map(|gate| gate.spec.requires.iter().chain([&gate.spec.name]));
            let names: BTreeSet<String> = ends.cloned().chain(["AllAlpha", "AllBeta"].map(Into::into)).collect();
            names.into_iter().collect()
        });
        let values = [json!(true), json!(false), json!(null), json!("True"), json!("0")];
        let map: Map<String, Value> = choice
            .iter()
            .map(|(name, value)| (name.get(&LINKED).clone(), values[*value].clone()))
            .collect();
        let (validator, process) = &AT[usize::from(target == Version::new(1, 36))];
        let expected = process.takes(&map);
        prop_assert_eq!(validator.is_valid(&Value::Object(map)), expected);
    }
}

#[derive(Clone, Copy, featuregate::FeatureGate)]
#[feature_gate(version = "1.36", group(preview = [alpha, beta]), removed_gates = "tolerate")]
#[tombstone(Undo, alpha = "1.20", removed = "1.30")]
enum Feature {
    /// Keeps pages in `memory`.
    #[gate(alpha = "1.30", alias = "PageCache", owner = "storage", issue = "https://example.org/1")]
    Cache,
    /// Fills it at the start.
    #[gate(alpha = "1.31", requires(Cache, Quic))]
    Warming,
    /// Answers by QUIC.
    #[gate(alpha = "1.28", beta = "1.32")]
    Quic,
    /// Compresses.
    #[gate(beta = "1.28", ga = "1.33")]
    Compression,
    /// Not yet.
    #[gate(alpha = "1.40")]
    Later,
    /// Is given up.
    #[gate(beta = "1.20", deprecated(since = "1.35", default = false))]
    Old,
}

#[test]
fn the_schema_of_an_enum_is_that_of_its_manifest() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("featuregates.yaml");
    fs::write(&file, featuregate::manifest::manifest::<Feature>().to_yaml().unwrap()).unwrap();
    let manifest = file.to_str().unwrap();
    let of_command = run(["schema", "--booleans", "--manifest", manifest]).json();
    let draft = schemars::generate::SchemaSettings::draft07();
    let of_enum = draft.into_generator().into_root_schema_for::<featuregate::Gates<Feature>>();
    assert_eq!(of_enum.to_value(), of_command);

    let validator = jsonschema::draft7::new(&of_command).unwrap();
    for (map, expected) in [
        (json!({"Cache": true, "Warming": true, "Undo": false, "Compression": true}), true),
        (json!({"preview": true, "Cache": null}), true),
        (json!({"Warming": true}), false),
        (json!({"Cache": "true"}), false),
        (json!({"Cache": 1}), false),
        (json!({"Undo": true}), false),
        (json!({"Compression": false}), false),
        (json!({"Later": true}), false),
        (json!({"Cahce": true}), false),
        (json!({"Cache": true, "PageCache": false}), false),
    ] {
        assert_eq!(validator.is_valid(&map), expected, "{map}");
        let gates = serde_json::from_value::<featuregate::Gates<Feature>>(map.clone());
        assert_eq!(gates.is_ok(), expected, "{map}");
    }
}
