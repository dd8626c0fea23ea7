//! The worked example holds what Kubernetes 1.36 does: every gate of its list, every dependency, and
//! what the lists before it still had.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests, where these are the failure"
)]

mod data;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use featuregate::FeatureGate as _;
use featuregate_core::{GateSpec, Version};
use kubelet::Feature;

use crate::data::{Data, ListedSpec, Removed};

#[test]
#[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]
fn the_example_has_every_gate_of_the_list_as_it_stands_there() {
    let data = Data::find();
    let listed = data.list().into_iter().map(|gate| (gate.name, shown(&gate.specs)));
    let declared = Feature::specs().map(|spec| (spec.name().to_owned(), shown(&history(&spec))));
    assert_same(&listed.collect(), &declared.collect());
}

#[test]
fn the_example_has_no_gate_twice() {
    let names: BTreeSet<String> = Feature::specs().map(|spec| spec.name().to_owned()).collect();
    assert_eq!(names.len(), Feature::specs().len());
}

#[test]
#[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]
fn the_example_requires_what_kubernetes_does() {
    let data = Data::find();
    let declared = Feature::specs()
        .map(|spec| (spec.name().to_owned(), spec.requires().map(str::to_owned).collect()))
        .filter(|(_, requires): &(String, BTreeSet<String>)| !requires.is_empty());
    assert_same(&data.requires(), &declared.collect());
}

#[test]
#[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]
fn every_gate_that_went_since_1_32_is_a_tombstone_with_its_release_and_final_value() {
    let data = Data::find();
    let removed = data.removed();
    assert!(removed.len() > 30, "only {} gates went", removed.len());
    let expected = removed.iter().map(|(name, gone)| (name.clone(), gone.to_string()));
    let declared = tombstones().into_iter().filter(|(name, _)| removed.contains_key(name));
    let declared = declared.map(|(name, spec)| {
        let (since, value) = (spec.removed().unwrap(), spec.final_value().unwrap());
        (name, Removed { since, value, specs: history(&spec) }.to_string())
    });
    assert_same(&expected.collect(), &declared.collect());
}

#[test]
#[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]
fn a_tombstone_of_an_earlier_release_ends_as_the_documented_history_does() {
    let data = Data::find();
    let documented: serde_json::Value =
        serde_json::from_str(&data.read("gate_history.json")).unwrap();
    let documented: BTreeMap<&str, &serde_json::Value> = documented
        .as_array()
        .unwrap()
        .iter()
        .map(|gate| (gate["name"].as_str().unwrap(), gate))
        .collect();
    let removed = data.removed();
    let mut compared = 0;
    for (name, spec) in tombstones() {
        if removed.contains_key(&name) {
            continue;
        }
        let gate = documented[name.as_str()];
        let last = gate["stages"].as_array().unwrap().last().unwrap();
        let expected = (gate["removed_in"].as_str(), last["default"].as_bool());
        let since = spec.removed().map(|version| version.to_string());
        assert_eq!((since.as_deref(), spec.final_value()), expected, "{name}");
        compared += 1;
    }
    assert!(compared > 0, "there is none");
}

#[test]
fn what_an_older_list_named_by_its_go_constant_is_no_gate() {
    for name in ["CPUCFSQuotaPeriod", "RuntimeClassInImageCriAPI"] {
        assert!(Feature::resolver().gates().unwrap().get(name).is_none(), "{name}");
    }
    for name in ["CustomCPUCFSQuotaPeriod", "RuntimeClassInImageCriApi"] {
        assert!(Feature::resolver().gates().unwrap().get(name).is_some(), "{name}");
    }
}

#[test]
fn the_example_is_the_kubelet_of_1_36() {
    assert_eq!(Feature::version(), Version::new(1, 36));
}

fn tombstones() -> BTreeMap<String, GateSpec> {
    let gates = Feature::resolver().gates().unwrap();
    let tombstones = gates.specs().iter().filter(|spec| spec.removed().is_some());
    tombstones.map(|spec| (spec.name().to_owned(), spec.clone())).collect()
}

fn history(spec: &GateSpec) -> Vec<ListedSpec> {
    let listed = |milestone: &featuregate_core::Milestone| ListedSpec {
        since: milestone.since(),
        stage: milestone.stage().as_str().to_owned(),
        default: milestone.default(),
        locked: milestone.is_locked(),
    };
    spec.milestones().iter().map(listed).collect()
}

fn shown(specs: &[ListedSpec]) -> Vec<String> {
    specs.iter().map(ToString::to_string).collect()
}

/// Fails with one line for each name of which the two sides say different things.
fn assert_same<T: PartialEq + Debug>(data: &BTreeMap<String, T>, example: &BTreeMap<String, T>) {
    let names: BTreeSet<&String> = data.keys().chain(example.keys()).collect();
    let differences: Vec<String> = names
        .into_iter()
        .filter(|name| data.get(*name) != example.get(*name))
        .map(|name| match (data.get(name), example.get(name)) {
            (Some(there), None) => format!("{name}: missing in the example; {there:?}"),
            (None, Some(here)) => format!("{name}: only in the example; {here:?}"),
            (there, here) => format!("{name}:\n  data     {there:?}\n  example  {here:?}"),
        })
        .collect();
    let count = differences.len();
    assert!(differences.is_empty(), "{count} differences\n{}", differences.join("\n"));
}
