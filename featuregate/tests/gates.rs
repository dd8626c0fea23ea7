//! Gates as values: sets, rules, registries, data.
#![cfg(feature = "derive")]

use featuregate::{FeatureGate, Gates, Registry};

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36")]
enum Feature {
    /// Off.
    #[gate(alpha = "1.30", alias = "Former")]
    Cache,
    /// Off, and needs it.
    #[gate(alpha = "1.31", requires(Cache))]
    Warming,
    /// On.
    #[gate(beta = "1.30")]
    Quic,
    /// On and locked.
    #[gate(ga = "1.30")]
    Proven,
    /// Fills a byte.
    #[gate(alpha = "1.30")]
    E,
    /// Fills a byte.
    #[gate(alpha = "1.30")]
    F,
    /// Fills a byte.
    #[gate(alpha = "1.30")]
    G,
    /// Fills a byte.
    #[gate(alpha = "1.30")]
    H,
    /// In the second byte.
    #[gate(alpha = "1.30")]
    Ninth,
}

use Feature::{Cache, Ninth, Proven, Quic, Warming};

fn set(gates: &[Feature]) -> Gates<Feature> {
    gates.iter().copied().collect()
}

fn on(gates: Gates<Feature>) -> Vec<Feature> {
    gates.on().collect()
}

#[test]
fn values_of_gates_are_a_set_of_those_that_are_on() {
    assert_eq!(on(Gates::default()), [Quic, Proven]);
    assert_eq!(on(Gates::none()), [Proven], "what is locked keeps its value");
    let (one, other) = (set(&[Cache, Ninth]), set(&[Ninth, Quic]));
    assert_eq!(on(one), [Cache, Proven, Ninth]);
    assert_eq!(on(one | other), [Cache, Quic, Proven, Ninth]);
    assert_eq!(on(one & other), [Proven, Ninth]);
    assert_eq!(on(one - other), [Cache, Proven]);
    assert_eq!(on(one ^ other), [Cache, Quic, Proven]);
    let mut assigned = one;
    assigned |= other;
    assigned &= set(&[Cache, Quic]);
    assigned -= set(&[Quic]);
    assigned ^= set(&[Warming]);
    assert_eq!(on(assigned), [Cache, Warming, Proven]);
    assert!(assigned.on().rev().eq([Proven, Warming, Cache]));
}

#[test]
fn pairs_change_the_defaults_and_the_last_one_counts() {
    let pairs = [(Cache, true), (Quic, false), (Proven, false), (Cache, false), (Ninth, true)];
    let gates: Gates<Feature> = pairs.into_iter().collect();
    assert_eq!(on(gates), [Proven, Ninth]);
    assert_eq!(gates.iter().collect::<Gates<Feature>>(), gates);
}

#[test]
fn the_difference_from_the_defaults_is_shown_as_text_that_sets_them() {
    let gates = set(&[Cache, Ninth]);
    assert!(gates.changed().eq([(Cache, true), (Quic, false), (Ninth, true)]));
    assert!(gates.changed().rev().eq([(Ninth, true), (Quic, false), (Cache, true)]));
    assert!(gates.diff(&set(&[Cache])).eq([(Ninth, true)]));
    assert!(set(&[Cache]).diff(&gates).eq([(Ninth, false)]));
    assert_eq!(gates.to_string(), "Cache=true,Quic=false,Ninth=true");
    assert_eq!(Gates::<Feature>::default().to_string(), "");
    let resolved = Feature::resolver().flag(&gates.to_string()).resolve().unwrap();
    assert_eq!(resolved.gates(), gates);
}

#[test]
fn one_more_gate_follows_all_rules() {
    let gates = Gates::<Feature>::default();
    let refused = |gate, value| gates.with(gate, value).unwrap_err().to_string();
    assert!(refused(Warming, true).contains("Warming is on but requires Cache"));
    assert!(refused(Proven, false).contains("locked to true"));
    let both = gates.with(Cache, true).unwrap().with(Warming, true).unwrap();
    assert_eq!(on(both), [Cache, Warming, Quic, Proven]);
    assert!(both.with(Cache, false).unwrap_err().to_string().contains("requires Cache"));
    assert_eq!(both.with(Warming, false).unwrap(), set(&[Cache, Quic]));
    assert_eq!(gates.with(Quic, true).unwrap(), gates);
}

#[test]
fn a_set_is_resolved_under_all_rules_before_it_is_installed() {
    assert!(set(&[Warming]).resolve().is_err());
    let resolution = set(&[Cache, Warming]).resolve().unwrap();
    assert!(resolution.enabled(Warming) && !resolution.enabled(Quic));
    let _ = resolution.install().unwrap();
    assert!(Warming.enabled() && !Quic.enabled());
}

#[test]
fn a_registry_has_the_same_values_and_gives_them_back() {
    let gates = set(&[Cache, Quic, Ninth]);
    let mut registry = Registry::try_from(gates).unwrap();
    assert_eq!(registry.enabled("Ninth"), Some(true));
    assert_eq!(Gates::try_from(&registry), Ok(gates));
    registry.set("Former=false").unwrap();
    assert_eq!(Gates::try_from(&registry), Ok(set(&[Quic, Ninth])));
    assert!(Registry::try_from(set(&[Warming])).is_err());
    let other = Registry::new(Feature::version());
    let unknown = Gates::<Feature>::try_from(&other).unwrap_err();
    assert_eq!(unknown.name(), "Cache");
}

#[test]
fn a_gate_that_needs_one_of_another_enum_has_rules_by_itself() {
    mod store {
        #[derive(Clone, Copy, featuregate::FeatureGate)]
        #[feature_gate(version = "3.6", component = "store")]
        pub(super) enum Feature {
            /// On.
            #[gate(beta = "3.5")]
            Compaction,
        }
        pub(super) const ANY: Feature = Feature::Compaction;
    }
    #[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
    enum Needs {
        /// Off, and needs the other one.
        #[gate(alpha, requires(store::Feature::Compaction))]
        Fast,
    }
    assert!(store::ANY.enabled());
    let gates = Gates::<Needs>::default().with(Needs::Fast, true).unwrap();
    assert_eq!(gates.to_string(), "Fast=true");
}

#[test]
fn a_set_is_as_small_as_its_bits() {
    fn copies<T: Copy>() {}
    assert_eq!(size_of::<Gates<Feature>>(), 2);
    copies::<Gates<Feature>>();
}

#[cfg(feature = "serde")]
mod data {
    use std::collections::BTreeMap;

    use featuregate::data::{GateMap, GateValue};

    use super::*;

    fn read(text: &str) -> Result<Gates<Feature>, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    #[test]
    fn gates_are_written_as_the_difference_from_the_defaults_and_read_under_all_rules() {
        let gates = set(&[Cache, Ninth]);
        let text = serde_json::to_string(&gates).unwrap();
        assert_eq!(text, r#"{"Cache":true,"Quic":false,"Ninth":true}"#);
        assert_eq!(read(&text), Ok(gates));
        assert_eq!(read("{}"), Ok(Gates::default()));
        assert_eq!(read("null"), Ok(Gates::default()));
        assert_eq!(read(r#"{"Former": true, "Proven": true}"#), Ok(set(&[Cache, Quic])));
        let error = read(r#"{"Warming": true, "Cahe": true, "Quic": "no"}"#).unwrap_err();
        for part in ["requires Cache", "unknown gate Cahe; did you mean Cache?", "not a boolean"] {
            assert!(error.contains(part) && !error.contains('\n'), "{error}");
        }
    }

    #[test]
    fn a_map_of_gates_comes_from_a_map_and_is_written_again() {
        let map: GateMap = BTreeMap::from([("Cache".to_owned(), true), ("A".into(), false)]).into();
        assert_eq!(serde_json::to_string(&map).unwrap(), r#"{"A":false,"Cache":true}"#);
        let text = r#"{"b":true,"a":{"enabled":false},"c":{},"d":"yes"}"#;
        let map: GateMap = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&map).unwrap(), text);
        let map: GateMap =
            [("a", GateValue::Null), ("b", GateValue::Bool(true))].into_iter().collect();
        assert_eq!(serde_json::to_string(&map).unwrap(), r#"{"b":true}"#);
        let number: GateMap = serde_json::from_str(r#"{"a": 3}"#).unwrap();
        let error = serde_json::to_string(&number).unwrap_err().to_string();
        assert_eq!(error, "the number 3 is not the value of a gate");
    }

    #[cfg(feature = "schemars")]
    #[test]
    fn the_schema_has_what_each_gate_may_be_set_to() {
        let schema = schemars::schema_for!(Gates<Feature>);
        let property = |name: &str| schema.pointer(&format!("/properties/{name}")).cloned();
        let boolean = serde_json::json!(["boolean", "null"]);
        assert_eq!(property("Cache").unwrap()["type"], boolean);
        assert_eq!(
            property("Cache").unwrap()["description"],
            "Off.\n\nAlpha since 1.30, off by default."
        );
        assert_eq!(property("Former").unwrap()["deprecated"], true);
        assert_eq!(property("Quic").unwrap()["default"], true);
        assert_eq!(property("Proven").unwrap()["enum"], serde_json::json!([true, null]));
        assert_eq!(property("AllAlpha").unwrap()["type"], boolean);
        assert_eq!(property("Nothing"), None);
        assert_eq!(schema.pointer("/additionalProperties/type"), Some(&"null".into()));
        let map = schemars::schema_for!(GateMap);
        assert_eq!(map.pointer("/additionalProperties/type"), Some(&boolean));
    }
}

#[cfg(feature = "std")]
#[test]
fn names_in_any_script_are_suggested_without_case() {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
    enum Scripts {
        /// Off.
        #[gate(alpha, name = "Память")]
        Memory,
        /// Off.
        #[gate(alpha, alias = "Größe")]
        Size,
    }
    for (wrong, right) in [("ПАМЯТЬ", "Память"), ("GRÖßE", "Size"), ("size", "Size")]
    {
        let help = format!("did you mean {right}?");
        let unknown = wrong.parse::<Scripts>().unwrap_err().to_string();
        assert!(unknown.ends_with(&help), "{unknown}");
        let problems = Scripts::resolver().flag(&format!("{wrong}=true")).resolve().unwrap_err();
        assert!(problems.to_string().ends_with(&help), "{problems}");
    }
}
