//! Where `figment` says that gates come from.

#![expect(clippy::unwrap_used, reason = "helpers of tests, where a panic is a failure")]
#![expect(clippy::result_large_err, reason = "it is the error of figment")]

use featuregate::FeatureGate;
use figment::providers::{Env, Format, Serialized, Toml};
use figment::{Figment, Jail};

#[derive(Clone, Copy, FeatureGate)]
enum Feature {
    /// Off.
    #[gate(alpha)]
    Cache,
    /// Off.
    #[gate(alpha)]
    Prefetch,
}

/// The problems of the gates at `server.gates`, a line each.
fn problems(figment: &Figment) -> Vec<String> {
    let items = featuregate_figment::items(figment, "server.gates").unwrap();
    let resolved = Feature::resolver().config(items).resolve();
    resolved.unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn a_problem_names_the_file_or_the_variable_that_set_the_gate() {
    Jail::expect_with(|jail| {
        jail.create_file("app.toml", "[server.gates]\nCache = 'yes'\n")?;
        jail.set_env("APP_SERVER", "{gates={Prefetch=3}}");
        let figment = Figment::new().merge(Toml::file("app.toml")).merge(Env::prefixed("APP_"));
        let [file, variable] = problems(&figment).try_into().unwrap();
        assert!(file.contains("app.toml: ") && file.contains("Cache"), "{file}");
        assert!(variable.starts_with("APP_SERVER: "), "{variable}");
        Ok(())
    });
}

#[test]
fn a_variable_is_named_whatever_separates_its_keys() {
    Jail::expect_with(|jail| {
        jail.set_env("APP_SERVER__GATES__CACHE", "perhaps");
        let figment = Figment::new().merge(Env::prefixed("APP_").split("__"));
        let items = featuregate_figment::items(&figment, "server.gates").unwrap();
        let problems = Feature::resolver().config(items).resolve().unwrap_err();
        let problem = problems.to_string();
        assert!(problem.starts_with("APP_SERVER__GATES__CACHE: "), "{problem}");
        jail.set_env("LONG", "3");
        // A variable of another name is as figment describes it.
        let figment =
            Figment::new().merge(Env::raw().only(&["LONG"]).map(|_| "gates.cache".into()));
        let items = featuregate_figment::items(&figment, "gates").unwrap();
        let problems = Feature::resolver().config(items).resolve().unwrap_err().to_string();
        assert!(problems.starts_with("GATES.CACHE: "), "{problems}");
        Ok(())
    });
}

#[test]
fn a_later_provider_wins_gate_by_gate() {
    let figment = Figment::new()
        .merge(Toml::string("[server.gates]\nCache = true\nPrefetch = true"))
        .merge(Toml::string("[server.gates]\nCache = false"));
    let items = featuregate_figment::items(&figment, "server.gates").unwrap();
    let resolution = Feature::resolver().config(items).resolve().unwrap();
    assert!(!resolution.enabled(Feature::Cache) && resolution.enabled(Feature::Prefetch));
}

#[test]
fn a_null_is_not_set_and_a_missing_map_has_no_gates() {
    let unset = Serialized::default("server.gates.Cache", Option::<bool>::None);
    for figment in [Figment::new(), Figment::from(unset)] {
        assert_eq!(featuregate_figment::items(&figment, "server.gates").unwrap().len(), 0);
    }
}

#[test]
fn another_type_than_a_map_is_an_error_that_names_it() {
    let figment = Figment::from(Toml::string("[server]\ngates = ['Cache']"));
    let error = featuregate_figment::items(&figment, "server.gates").unwrap_err().to_string();
    assert!(
        error.contains("expected a map of gates with booleans at `server.gates`, found sequence"),
        "{error}"
    );
}
