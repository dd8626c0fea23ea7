//! What programs rely on besides values: names, bounds, errors, and short `Debug` output.
#![cfg(feature = "derive")]
#![expect(clippy::unwrap_used, reason = "helpers of tests, where this is the failure")]

use std::collections::HashSet;
use std::error::Error;
use std::fmt::Debug;
use std::hash::Hash;

use featuregate::{
    AlreadyInstalled, Component, Explanation, Explanations, FeatureGate, GateSet, GateSpec,
    GateState, Gates, Group, Installed, Notice, Origin, Problems, Registry, Resolution, Resolver,
    UnknownGate, UntypedResolution, Values, Version, VersionError, Versions,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, FeatureGate)]
#[feature_gate(version = "1.36", emulation)]
enum Feature {
    /// Off.
    #[gate(alpha = "1.30")]
    Cache,
    /// On.
    #[gate(beta = "1.30")]
    Quic,
}

/// Has no gates of its own, in a component of its own.
#[derive(Clone, Copy, Debug, FeatureGate)]
#[feature_gate(version = "3.6", component = "store", emulation)]
enum Store {}

fn resolve(text: &str) -> Resolution<Feature> {
    Feature::resolver().flag(text).resolve().unwrap()
}

#[test]
fn states_and_errors_cross_threads() {
    fn crosses<T: Send + Sync>() {}
    crosses::<Resolver<Feature>>();
    crosses::<Resolution<Feature>>();
    crosses::<UntypedResolution>();
    crosses::<Gates<Feature>>();
    crosses::<Values<Feature>>();
    crosses::<Registry>();
    crosses::<GateSet>();
    crosses::<GateSpec>();
    crosses::<GateState<'_>>();
    crosses::<Explanation<'_>>();
    crosses::<Explanations<'_>>();
    crosses::<Notice>();
    crosses::<Origin>();
    crosses::<Installed<Feature>>();
    crosses::<Problems>();
    crosses::<AlreadyInstalled>();
    crosses::<UnknownGate>();
}

#[test]
fn every_error_implements_error() {
    fn error<T: Error + Send + Sync + 'static>() {}
    error::<Problems>();
    error::<AlreadyInstalled>();
    error::<UnknownGate>();
    error::<VersionError>();
    #[cfg(feature = "manifest")]
    error::<featuregate::manifest::CompareError>();
}

#[test]
fn what_the_registry_and_a_resolution_return_can_be_named() {
    let resolution = resolve("Cache=true");
    let untyped: &UntypedResolution = resolution.untyped();
    let gates: &GateSet = untyped.gates();
    let components: &[Component] = gates.components();
    let versions: Vec<Versions> = components.iter().map(Component::versions).collect();
    assert_eq!(versions, [Versions::of_binary(Version::new(1, 36))]);
    assert_eq!(Group::KUBERNETES.len(), 2);
}

#[test]
fn code_that_is_generic_over_the_enum_needs_no_other_trait() {
    fn enabled<F: FeatureGate + Debug + PartialEq>(text: &str) -> (Vec<&'static str>, bool) {
        let resolution = F::resolver().flag(text).resolve().unwrap();
        let on = F::all().filter(|gate| resolution.enabled(*gate)).map(F::name).collect();
        assert_eq!(F::from_name("Quic").map(FeatureGate::name), Ok("Quic"));
        assert!(F::installed().is_none());
        (on, F::snapshot() == F::resolver().resolve().unwrap().gates())
    }
    assert_eq!(enabled::<Feature>("Cache=true"), (vec!["Cache", "Quic"], true));
}

fn distinct<T: Hash + Eq>(values: impl IntoIterator<Item = T>) -> usize {
    values.into_iter().collect::<HashSet<T>>().len()
}

#[test]
fn the_values_of_gates_are_iterated_compared_and_hashed() {
    let gates = resolve("Cache=true").gates();
    let pairs = [(Feature::Cache, true), (Feature::Quic, true)];
    assert_eq!(gates.into_iter().collect::<Vec<_>>(), pairs);
    assert_eq!((&gates).into_iter().rev().map(|(gate, _)| gate).next(), Some(Feature::Quic));
    assert_eq!(gates.iter().len(), 2);
    assert_eq!(distinct([gates, Gates::default(), resolve("Cache=1").gates()]), 2);
}

#[cfg(feature = "serde")]
#[test]
fn a_map_of_gates_is_collected_and_iterated() {
    use featuregate::data::{GateMap, GateValue};

    let map: GateMap = [("Cache", true), ("Quic", false)].into_iter().collect();
    let resolution = Feature::resolver().config(map.items("app.toml")).resolve().unwrap();
    assert!(resolution.enabled(Feature::Cache) && !resolution.enabled(Feature::Quic));
    assert_eq!(map.iter().len(), 2);
    assert_eq!(map.into_iter().next(), Some(("Cache".to_owned(), GateValue::Bool(true))));
}

#[test]
fn the_debug_output_of_a_state_is_short() {
    let resolution = resolve("Cache=true");
    assert_eq!(
        format!("{resolution:?}"),
        r#"Resolution { gates: 2, changed: {"Cache": true}, notices: 0 }"#
    );
    assert_eq!(
        format!("{:?}", resolution.gates()),
        r#"Gates { enabled: 2, of: 2, changed: {"Cache": true} }"#
    );
    assert_eq!(
        format!("{:?}", Feature::resolver().flag("Cache=true,Quic=false")),
        "Resolver { config: 0, env: Process, flags: 2, pins: 0, emulations: 0, .. }"
    );
}

#[test]
fn an_enum_without_gates_has_the_emulated_version_of_its_own_component() {
    let emulated = |resolver: Resolver<(Feature, Store)>| {
        let resolution = resolver.resolve().unwrap();
        let store = resolution.of::<Store>().unwrap().emulated_version();
        (resolution.of::<Feature>().unwrap().emulated_version(), store)
    };
    let version = Version::new;
    assert_eq!(emulated(Resolver::new()), (version(1, 36), version(3, 6)));
    let older =
        Resolver::new().emulate(version(1, 34)).emulate_component(Some("store"), version(3, 4));
    assert_eq!(emulated(older), (version(1, 34), version(3, 4)));
}
