//! Why a gate has its value.

use clap::Parser;
use featuregate::args::{ExplainArgs, FeatureGateArgs};
use featuregate::data::Explained;
use featuregate::{Assignment, FeatureGate, Origin, Source, Status, Version};
use serde_json::json;

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36", env = "EXPLAINING_FEATURE_GATES", emulation)]
#[tombstone(Gone, alpha = "1.20", beta = "1.22", removed = "1.30")]
enum Feature {
    /// Off, unless it is set.
    #[gate(alpha = "1.30", alias = "Fast")]
    Quick,
    /// Locked.
    #[gate(beta = "1.30", ga = "1.36", requires(Base))]
    Good,
    /// Locked too.
    #[gate(beta = "1.30", ga = "1.34")]
    Base,
}

#[derive(Debug, Parser)]
struct Cli {
    #[command(flatten)]
    gates: FeatureGateArgs<Feature>,
    #[command(flatten)]
    explain: ExplainArgs<Feature>,
}

fn explained(arguments: &[&str]) -> String {
    let cli = Cli::try_parse_from(["app"].iter().chain(arguments)).unwrap();
    let line = Origin::new(Source::config("app.yaml")).at(4, 3);
    let config = [Ok(Assignment::new("Quick", true, line))];
    let resolver = cli.gates.resolver().env_text("Quick=0,AllAlpha=1").config(config);
    cli.explain.of(&resolver.resolve().unwrap()).unwrap_or_default()
}

#[test]
fn the_chain_goes_from_the_default_to_what_decides() {
    assert_eq!(
        explained(&["--explain-feature-gates=Quick", "--feature-gates=Fast=1"]),
        "\
NAME   STAGE       LOCKED  ENABLED  SET BY                                                      VALUE  EFFECT
Quick  Alpha       no      true     default                                                     false  overridden by AllAlpha, EXPLAINING_FEATURE_GATES, column 9, \"AllAlpha=1\"
                                    AllAlpha, EXPLAINING_FEATURE_GATES, column 9, \"AllAlpha=1\"  true   overridden by app.yaml:4:3
                                    app.yaml:4:3                                                true   overridden by EXPLAINING_FEATURE_GATES, column 1, \"Quick=0\"
                                    EXPLAINING_FEATURE_GATES, column 1, \"Quick=0\"               false  overridden by --feature-gates, column 1, \"Fast=1\"
                                    --feature-gates, column 1, \"Fast=1\"                         true   decides
"
    );
}

#[test]
fn the_same_as_data() {
    let text = explained(&["--explain-feature-gates=Fast", "--explain-format=json"]);
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        value,
        json!([{
            "name": "Quick", "stage": "Alpha", "default": false, "locked": false, "enabled": false,
            "presence": "there", "requires": [],
            "chain": [
                {"source": "default", "value": false, "effect": "overridden", "by": 1},
                {"source": "group", "group": "AllAlpha", "column": 9, "item": "AllAlpha=1", "value": true, "effect": "overridden", "by": 2},
                {"source": "config", "path": "app.yaml", "line": 4, "column": 3, "value": true, "effect": "overridden", "by": 3},
                {"source": "env", "column": 1, "item": "Quick=0", "value": false, "effect": "decides"},
            ],
        }])
    );
}

#[test]
fn all_gates_in_effect_are_explained_sorted_by_name() {
    let text = explained(&["--explain-feature-gates"]);
    let names: Vec<&str> = text
        .lines()
        .filter(|line| !line.starts_with(' '))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert_eq!(names, ["NAME", "Base", "Good", "Quick"]);
    assert_eq!(explained(&[]), "", "nobody asked");
}

#[test]
fn versions_in_effect_count_and_what_does_not_exist_is_reported() {
    let resolver = || Feature::resolver().without_env();
    let old = resolver().emulate("1.33".parse().unwrap()).flag("Good=0").resolve().unwrap();
    let good = old.explain("Good").unwrap();
    assert!(!good.state().is_locked() && !good.state().enabled());
    assert_eq!(good.links().len(), 2);
    let older = resolver().emulate("1.29".parse().unwrap()).resolve().unwrap();
    let status = |name: &str| older.explain(name).unwrap().state().status();
    let at = Version::new(1, 30);
    assert!(matches!(
        status("Quick"),
        Status::NotIntroduced { introduced: Some(since), .. } if since == at
    ));
    assert!(matches!(status("Gone"), Status::Removed { since, .. } if since == at));
    let json =
        serde_json::to_value(Explained::new(&older.explain("Gone").unwrap().into())).unwrap();
    assert_eq!(json[0]["presence"], "removed");
    assert_eq!(json[0]["enabled"], true);
}

#[test]
fn an_unknown_gate_cannot_be_explained_and_the_nearest_is_named() {
    let error = Cli::try_parse_from(["app", "--explain-feature-gates=Quik"]).unwrap_err();
    assert_eq!(error.exit_code(), 2);
    let text = error.to_string();
    assert!(text.contains("unknown gate \"Quik\"; did you mean Quick?"), "{text}");
    let resolution = Feature::resolver().without_env().resolve().unwrap();
    let unknown = resolution.explain("quick").unwrap_err();
    assert_eq!(unknown.nearest(), Some("Quick"));
}
