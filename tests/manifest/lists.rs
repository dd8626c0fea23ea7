//! The lists that Kubernetes and Kueue keep, and the documented history.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use featuregate_core::lifecycle::Rule;
use featuregate_core::manifest::Manifest;
use featuregate_core::{ProblemKind, RemovedPolicy, Version};
use featuregate_tests::data;

const HISTORY: &str = "history.featuregates.yaml";

/// The plain lists with their release, which is the highest version in them, and their number of gates.
const LISTS: [(&str, Version, usize); 11] = [
    ("versioned_feature_list.1.32.yaml", Version::new(1, 32), 172),
    ("versioned_feature_list.1.33.yaml", Version::new(1, 33), 184),
    ("versioned_feature_list.1.34.yaml", Version::new(1, 34), 201),
    ("versioned_feature_list.1.35.yaml", Version::new(1, 35), 210),
    ("versioned_feature_list.1.36.yaml", Version::new(1, 36), 230),
    ("versioned_feature_list.1.33-dev.yaml", Version::new(1, 33), 174),
    ("versioned_feature_list.1.34-dev.yaml", Version::new(1, 34), 193),
    // The plans of these for 0.17 make that the highest.
    ("kueue/versioned_feature_list.0.15.yaml", Version::new(0, 17), 42),
    ("kueue/versioned_feature_list.0.16.yaml", Version::new(0, 17), 46),
    ("kueue/versioned_feature_list.0.18.yaml", Version::new(0, 18), 88),
    ("kueue/versioned_feature_list.0.19.yaml", Version::new(0, 19), 89),
];

fn manifest(folder: &Path, file: &str) -> Manifest {
    Manifest::read(&data::read(&folder.join(file)))
        .unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The text of each gate of a list.
fn by_gate(yaml: &str) -> BTreeSet<&str> {
    let starts = yaml.match_indices("- name:").map(|(start, _)| start);
    let ends = starts.clone().skip(1).chain([yaml.len()]);
    starts.zip(ends).map(|(start, end)| &yaml[start..end]).collect()
}

#[test]
#[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]
fn a_list_of_kubernetes_is_a_manifest_without_changes() {
    let folder = data::folder();
    for (file, release, gates) in LISTS {
        let manifest = manifest(&folder, file);
        assert_eq!(manifest.version(), release, "{file}");
        assert_eq!(manifest.removed(), RemovedPolicy::Refuse, "{file}");
        assert_eq!(manifest.gates().len(), gates, "{file}");
    }
}

#[test]
#[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]
fn what_is_written_has_the_layout_of_kubernetes_list_and_is_read_back() {
    let folder = data::folder();
    for (file, ..) in LISTS {
        let manifest = manifest(&folder, file);
        let written = manifest.to_yaml().unwrap();
        // One gate of the list of 1.32 is indented by hand.
        let list = data::read(&folder.join(file));
        let differ: Vec<_> = by_gate(&list).difference(&by_gate(&written)).copied().collect();
        let by_hand = |gate: &&str| gate.contains("\n    - default");
        assert!(differ.iter().all(by_hand) && differ.len() <= 1, "{file}: {differ:?}");
        assert_eq!(Manifest::read(&written), Ok(manifest), "{file}");
    }
    let history = manifest(&folder, HISTORY);
    assert_eq!(Manifest::read(&history.to_yaml().unwrap()), Ok(history));
}

#[test]
#[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]
fn the_lists_since_1_33_obey_every_rule() {
    let folder = data::folder();
    let later = |version: &Version| version.major() == 1 && version.minor() >= 33;
    for (file, version, gates) in LISTS.into_iter().filter(|(_, version, _)| later(version)) {
        let registry = manifest(&folder, file).registry(version);
        let registry = registry.unwrap_or_else(|problems| panic!("{file}: {problems}"));
        // The two groups are there besides.
        assert_eq!(registry.gates().specs().len(), gates + 2, "{file}");
    }
}

#[test]
#[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]
fn ten_gates_of_the_documented_history_break_rules_and_every_gate_is_there() {
    let folder = data::folder();
    let manifest = manifest(&folder, HISTORY);
    assert_eq!((manifest.version(), manifest.gates().len()), (Version::new(1, 36), 465));
    assert_eq!(manifest.removed(), RemovedPolicy::Refuse);
    let removed = manifest.gates().iter().filter(|gate| gate.spec.removed.is_some());
    assert_eq!(removed.count(), 228);

    let (registry, breaches) = manifest.lenient_registry(manifest.version());
    assert_eq!(registry.gates().specs().len(), 465 + 2);
    let mut rules: BTreeMap<Rule, usize> = BTreeMap::new();
    for breach in &breaches {
        let ProblemKind::History(fault) = breach.kind() else { panic!("{breach}") };
        assert_eq!(fault.gate(), breach.gate());
        *rules.entry(fault.rule()).or_default() += 1;
    }
    let expected = BTreeMap::from([(Rule::NoChange, 2), (Rule::DeprecatedFirst, 8)]);
    assert_eq!(rules, expected);

    let strict = manifest.registry(manifest.version()).unwrap_err();
    assert!(strict.iter().eq(&breaches), "{strict}");
}
