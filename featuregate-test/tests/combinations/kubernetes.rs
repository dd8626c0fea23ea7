//! All pairs for the gates of Kubernetes.

use featuregate::{FeatureGate, Resolver, Stage, Version};
use featuregate_test::combinations::{Model, Row, bound, of_strength, resolved_by};
use kubelet::Feature;

use crate::checker::Gates;

/// The enum's gates at a release, from their declarations.
fn gates(at: Version) -> Gates {
    let specs: Vec<_> = Feature::specs().collect();
    let number = |name: &str| specs.iter().position(|spec| spec.name() == name).unwrap();
    let fixed = specs.iter().map(|spec| {
        let now = spec.at(at, at);
        let exists = now.stage() != Stage::PreAlpha && spec.is_available();
        (!exists || now.is_locked()).then_some(exists && now.default())
    });
    let requires = specs
        .iter()
        .enumerate()
        .flat_map(|(gate, spec)| spec.requires().map(move |needed| (gate, number(needed))));
    Gates { fixed: fixed.collect(), requires: requires.collect() }
}

fn values(row: &Row<Feature>) -> Vec<bool> {
    Feature::all().map(|gate| row.enabled(gate)).collect()
}

#[test]
fn all_pairs_of_the_kubelet_are_covered_by_as_few_rows_as_if_no_gate_required_another() {
    let rows = featuregate_test::combinations::<Feature>().unwrap();
    let array: Vec<_> = rows.iter().map(values).collect();
    let gates = gates(Feature::version());
    assert_eq!(gates.fault(&array, 2), None);
    assert_eq!((gates.fixed.len(), gates.requires.len()), (230, 53));
    let resolution = Feature::resolver().without_env().resolve().unwrap();
    let free = Model::of(resolution.untyped()).free();
    assert_eq!((free, rows.len(), bound(free)), (155, 11, 11));
}

#[test]
fn the_kubelet_as_an_earlier_release_keeps_what_was_locked_or_missing_then() {
    for minor in [30, 33] {
        let at = Version::new(1, minor);
        let resolver = || Feature::resolver().without_env().emulate(at);
        let rows = resolved_by(resolver, 2).unwrap();
        let array: Vec<_> = rows.iter().map(values).collect();
        assert_eq!(gates(at).fault(&array, 2), None);
        let free = Model::of(resolver().resolve().unwrap().untyped()).free();
        assert!(rows.len() <= bound(free) + 2, "{} rows for {free} gates", rows.len());
    }
}

#[test]
fn the_text_of_a_row_repeats_it() {
    for row in featuregate_test::combinations::<Feature>().unwrap() {
        let again = Resolver::<Feature>::new().without_env().flag(row.text()).resolve().unwrap();
        assert!(again.gates() == row.gates(), "{row}");
    }
}

#[test]
#[ignore = "a minute without optimisation"]
fn all_three_of_the_kubelet_are_covered() {
    let rows = of_strength::<Feature>(3).unwrap();
    let array: Vec<_> = rows.iter().map(values).collect();
    assert_eq!(gates(Feature::version()).fault(&array, 3), None);
}
