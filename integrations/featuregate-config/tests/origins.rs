//! Where `config` says that gates come from.

use std::fs;

use config::{Config, Environment, File, FileFormat};
use featuregate::FeatureGate;

#[derive(Clone, Copy, FeatureGate)]
enum Feature {
    /// Off.
    #[gate(alpha, name = "cache")]
    Cache,
    /// Off.
    #[gate(alpha, name = "prefetch")]
    Prefetch,
}

fn environment(variables: &[(&str, &str)]) -> Environment {
    let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Environment::with_prefix("APP").separator("__").source(Some(variables.collect()))
}

#[test]
fn a_problem_names_the_file_or_the_environment_that_set_the_gate() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("app.toml");
    fs::write(&path, "[server.gates]\ncache = 'yes'\n").unwrap();
    let config = Config::builder()
        .add_source(File::from(path.as_path()))
        .add_source(environment(&[("APP__SERVER__GATES__PREFETCH", "maybe")]))
        .build()
        .unwrap();
    let items = featuregate_config::items(&config, "server.gates").unwrap();
    let problems = Feature::resolver().config(items).resolve().unwrap_err();
    let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
    let [file, variable] = problems.try_into().unwrap();
    assert!(file.contains("app.toml: ") && file.contains("cache"), "{file}");
    assert!(
        variable.starts_with("the environment: ") && variable.contains("prefetch"),
        "{variable}"
    );
}

#[test]
fn a_text_of_the_environment_is_a_boolean_and_overrides_the_file() {
    let config = Config::builder()
        .add_source(File::from_str(
            "[server.gates]\ncache = true\nprefetch = true",
            FileFormat::Toml,
        ))
        .add_source(environment(&[("APP__SERVER__GATES__CACHE", "false")]))
        .build()
        .unwrap();
    let items = featuregate_config::items(&config, "server.gates").unwrap();
    let resolution = Feature::resolver().config(items).resolve().unwrap();
    assert!(!resolution.enabled(Feature::Cache) && resolution.enabled(Feature::Prefetch));
}

#[test]
fn a_variable_has_one_of_the_spellings_of_a_boolean() {
    let resolved = |value: &str| {
        let variable = environment(&[("APP__SERVER__GATES__CACHE", value)]);
        let config = Config::builder().add_source(variable).build().unwrap();
        let items = featuregate_config::items(&config, "server.gates").unwrap();
        let resolution = Feature::resolver().config(items).resolve();
        resolution.map(|it| it.enabled(Feature::Cache)).map_err(|problems| problems.to_string())
    };
    for (value, on) in [("1", true), ("True", true), ("0", false), ("f", false)] {
        assert_eq!(resolved(value), Ok(on), "{value}");
    }
    let wrong = "the environment: the value \"yes\" of gate cache is not a boolean; write true";
    assert_eq!(resolved("yes"), Err(wrong.to_owned()));
}

#[test]
fn a_null_is_not_set_and_a_missing_map_has_no_gates() {
    for text in [r#"{"server": {"gates": {"cache": null}}}"#, "{}"] {
        let config = Config::builder().add_source(File::from_str(text, FileFormat::Json));
        let items = featuregate_config::items(&config.build().unwrap(), "server.gates");
        assert_eq!(items.unwrap().len(), 0, "{text}");
    }
}

#[test]
fn another_type_than_a_map_is_an_error_that_names_it() {
    let text = "[server]\ngates = ['cache']";
    let config =
        Config::builder().add_source(File::from_str(text, FileFormat::Toml)).build().unwrap();
    let error = featuregate_config::items(&config, "server.gates").unwrap_err().to_string();
    assert!(error.contains("expected a map") && error.contains("server.gates"), "{error}");
}
