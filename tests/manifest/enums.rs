//! The manifest of an enum as compiled.

use featuregate::FeatureGate as _;
use featuregate_core::manifest::{Manifest, golden};
use featuregate_core::{RawMilestone, RawSpec, RemovedPolicy, Strictness, Version, lifecycle};
use featuregate_tests::data;
use kubelet::Feature;

#[test]
fn the_manifest_of_an_enum_gives_its_gates_back() {
    let manifest = featuregate::manifest::<Feature>();
    let read = Manifest::read(&manifest.to_yaml().unwrap()).unwrap();
    assert_eq!(read, manifest);
    assert_eq!(golden(Some(&read.to_yaml().unwrap()), &manifest), Ok(()));

    let registry = read.registry(Feature::version()).unwrap();
    let gates = Feature::resolver().gates().unwrap();
    assert!(gates.specs().len() > 270, "{}", gates.specs().len());
    for spec in gates.specs() {
        assert_eq!(registry.gates().get(spec.name()), Some(spec));
    }
}

#[test]
#[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]
fn the_manifest_of_the_example_has_the_gates_of_kubernetes_list() {
    let folder = data::folder();
    let list = Manifest::read(&data::read(&folder.join("versioned_feature_list.yaml"))).unwrap();
    let manifest = featuregate::manifest::<Feature>();
    let there = manifest.gates().iter().filter(|gate| gate.spec.removed.is_none());
    let histories: Vec<_> = there.map(|gate| (gate.name(), &gate.spec.milestones)).collect();
    let listed = list.gates().iter().map(|gate| (gate.name(), &gate.spec.milestones));
    assert_eq!(histories, listed.collect::<Vec<_>>());
}

/// In a spec it is passed on to later milestones, where it could not be written.
#[test]
fn a_minimum_compatibility_version_is_written_where_it_was_given() {
    let off = RawMilestone::beta("1.30").with_default(false);
    let raw = RawSpec::new("A")
        .milestone(off.clone())
        .milestone(RawMilestone::beta("1.30").with_min_compat("1.29"))
        .milestone(off.with_min_compat("1.30"))
        .milestone(RawMilestone::ga("1.31"));
    let spec = lifecycle::validate(raw.clone(), Strictness::Data).unwrap();
    let manifest = Manifest::of_specs(Version::new(1, 31), RemovedPolicy::Tolerate, [&spec]);
    assert_eq!(manifest.get("A").unwrap().spec, raw);
    let read = Manifest::read(&manifest.to_yaml().unwrap()).unwrap();
    assert_eq!(read, manifest);
    let registry = read.registry(Version::new(1, 31)).unwrap();
    assert_eq!(registry.gates().get("A"), Some(&spec));
}

/// What is compiled in differs between builds, and the manifest must not.
#[test]
fn a_gate_that_is_not_compiled_in_is_in_the_manifest_as_if_it_were() {
    let spec = |available| {
        let raw = RawSpec::new("A").milestone(RawMilestone::alpha("1.30")).available(available);
        lifecycle::validate(raw, Strictness::Data).unwrap()
    };
    let of = |spec| Manifest::of_specs(Version::new(1, 31), RemovedPolicy::Tolerate, [&spec]);
    assert_eq!(of(spec(false)), of(spec(true)));
}

#[test]
fn the_manifest_names_the_variables_of_its_enums() {
    let variables = featuregate::manifest::<Feature>().variables().to_vec();
    assert_eq!(variables, ["KUBELET_FEATURE_GATES"]);

    let text = "{version: '1.1', variables: [APP_GATE_*, APP, APP], gates: []}";
    let manifest = Manifest::read(text).unwrap();
    assert_eq!(manifest.variables(), ["APP", "APP_GATE_*"]);
    let written = manifest.to_yaml().unwrap();
    assert_eq!(Manifest::read(&written).unwrap(), manifest, "{written}");
    let error = Manifest::read("{version: '1.1', variables: [1], gates: []}").unwrap_err();
    assert!(error.to_string().contains("variables"), "{error}");
    // Each of several enums adds its own.
    let store = Manifest::read("{version: '3.6', variables: [STORE_*], gates: []}").unwrap();
    let all = Manifest::of_components([(None, manifest), (Some("store".into()), store)]);
    assert_eq!(all.variables(), ["APP", "APP_GATE_*", "STORE_*"]);
    assert_eq!(all.with_gates([]).variables(), all.variables());
}
