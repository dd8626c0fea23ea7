//! What the README says of the flags at the start. Nothing is installed here.

use std::process::Command;

use featuregate::{Registry, Resolution, Version};
use flags::{Config, Flag, resolve};

fn config(flags: &str) -> Config {
    serde_json::from_str(&format!(r#"{{"feature_flags": {flags}, "storage": "/nowhere"}}"#))
        .unwrap()
}

fn flags(flags: &str) -> Resolution<Flag> {
    resolve(&config(flags), "app.json").unwrap()
}

/// The flags that do not have their default.
fn changed(text: &str) -> String {
    flags(text).gates().to_string()
}

fn refused(text: &str) -> String {
    resolve(&config(text), "app.json").unwrap_err().to_string()
}

#[test]
fn without_a_configuration_each_flag_has_its_default() {
    let empty: Config = serde_json::from_str("{}").unwrap();
    assert!(resolve(&empty, "").unwrap().gates().changed().next().is_none());
    assert_eq!(changed("null"), "");
    let on: Vec<Flag> = flags("{}").gates().on().collect();
    assert_eq!(on, [Flag::IndexSkipOldEngine, Flag::MutableIndexSkipOldEngine]);
}

#[test]
fn the_defaults_are_those_of_the_release() {
    let default = |flag: Flag, minor| {
        let release = Version::new(1, minor);
        flag.spec().at(release, release).default()
    };
    assert_eq!(
        [13, 14, 16].map(|minor| default(Flag::IndexSkipOldEngine, minor)),
        [false, true, true]
    );
    assert_eq!(
        [15, 16, 17].map(|minor| default(Flag::MigrateVectorStorage, minor)),
        [false, false, true]
    );
    assert!(!Flag::MigrateVectorStorage.default(), "this is 1.16");
}

#[test]
fn one_flag_is_set_by_its_name() {
    assert_eq!(
        changed(r#"{"index_skip_old_engine": true, "appendable_quantization": true}"#),
        "appendable_quantization=true"
    );
    assert_eq!(
        changed(r#"{"mutable_index_skip_old_engine": false}"#),
        "mutable_index_skip_old_engine=false"
    );
}

#[test]
fn all_turns_on_every_flag_of_the_storage_and_nothing_experimental() {
    assert_eq!(
        changed(r#"{"all": true}"#),
        "migrate_vector_storage=true,appendable_quantization=true"
    );
    assert_eq!(
        changed(r#"{"all": true, "index_skip_old_engine": true}"#),
        "migrate_vector_storage=true,appendable_quantization=true"
    );
    assert_eq!(
        changed(r#"{"all": true, "migrate_vector_storage": false}"#),
        "appendable_quantization=true",
        "what is set by itself keeps its value"
    );
    assert_eq!(changed(r#"{"all": false}"#), "", "what is on by default stays on");
    assert!(refused(r#"{"AllAlpha": true}"#).contains("unknown gate AllAlpha"));
}

#[test]
fn every_mistake_is_reported_with_a_suggestion() {
    let problems = refused(
        r#"{"appendable_quantisation": true, "all": "yes", "index_skip_old_engine": false}"#,
    );
    for part in [
        "app.json: unknown gate appendable_quantisation; did you mean appendable_quantization?",
        "the value of gate all is the text \"yes\"",
        "requires index_skip_old_engine, which is off",
    ] {
        assert!(problems.contains(part), "{problems}");
    }
}

#[test]
fn each_flag_has_a_variable() {
    let database = |value: &str| {
        let mut database = Command::new(env!("CARGO_BIN_EXE_flags"));
        // It ends because it cannot listen there.
        let run = database.args(["--serve", "nowhere"]).env("APP_FEATURE_FLAGS_ALL", value);
        String::from_utf8(run.output().unwrap().stderr).unwrap()
    };
    assert!(database("maybe").contains("APP_FEATURE_FLAGS_ALL"), "{}", database("maybe"));
    assert!(!database("true").contains("APP_FEATURE_FLAGS_ALL"));
}

#[test]
fn the_flags_are_reported_as_data() {
    let gates = flags(r#"{"all": true}"#).gates();
    assert_eq!(
        serde_json::to_string(&gates).unwrap(),
        r#"{"migrate_vector_storage":true,"appendable_quantization":true}"#
    );
    let registry = Registry::try_from(gates).unwrap();
    assert_eq!(registry.enabled("appendable_quantization"), Some(true));
}
