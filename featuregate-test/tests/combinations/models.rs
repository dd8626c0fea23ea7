//! The rows of models, compared with the checker.

use featuregate_test::combinations::{Model, ModelGate, bound};
use proptest::prelude::*;

use crate::checker::Gates;

/// The rows of a model. No row is missing, and every row is valid.
fn checked(gates: &Gates, strength: usize) -> Vec<Vec<bool>> {
    let mut model = Model::new();
    let ids: Vec<ModelGate> = gates.fixed.iter().map(|fixed| model.add(*fixed)).collect();
    for &(gate, required) in &gates.requires {
        model.require(ids[gate], ids[required]);
    }
    let rows = model.rows(strength).into_iter().map(|row| row.values().collect());
    let rows: Vec<Vec<bool>> = rows.collect();
    assert_eq!(gates.fault(&rows, strength), None);
    rows
}

fn free(count: usize, requires: impl IntoIterator<Item = (usize, usize)>) -> Gates {
    Gates { fixed: vec![None; count], requires: requires.into_iter().collect() }
}

#[test]
fn pairs_of_independent_gates_have_the_least_number_of_rows() {
    for (count, rows) in [(10, 6), (100, 10), (200, 11), (1_000, 14)] {
        assert_eq!(checked(&free(count, []), 2).len(), rows, "{count} gates");
    }
    for count in 0..130 {
        assert_eq!(checked(&free(count, []), 2).len(), bound(count), "{count} gates");
    }
}

#[test]
fn where_nothing_is_free_there_is_one_row() {
    for strength in 0..4 {
        assert_eq!(checked(&free(0, []), strength), [[false; 0]]);
        let fixed = Gates { fixed: vec![Some(true), None], requires: vec![(0, 1)] };
        assert_eq!(checked(&fixed, strength), [[true, true]]);
    }
    assert_eq!(checked(&free(5, []), 0).len(), 1);
    assert_eq!(checked(&free(5, [(1, 0), (2, 1)]), 1).len(), 2);
    assert_eq!(checked(&free(1, []), 2).len(), 2);
}

#[test]
fn what_is_fixed_to_a_contradiction_has_no_row() {
    let gates =
        Gates { fixed: vec![Some(true), None, Some(false)], requires: vec![(0, 1), (1, 2)] };
    for strength in 0..4 {
        assert!(checked(&gates, strength).is_empty());
    }
}

#[test]
fn as_many_gates_as_the_strength_are_all_that_is_allowed() {
    assert_eq!(checked(&free(4, []), 4).len(), 16);
    assert_eq!(checked(&free(4, []), 9).len(), 16);
    assert_eq!(checked(&free(4, [(1, 0), (2, 1), (3, 2)]), 4).len(), 5);
}

#[test]
fn a_chain_has_one_row_more_than_gates() {
    for count in 2..40 {
        let chain = free(count, (1..count).map(|gate| (gate, gate - 1)));
        assert_eq!(checked(&chain, 2).len(), count + 1);
    }
}

#[test]
fn gates_that_require_each_other_in_a_cycle_count_as_one() {
    let cycle = (0..20).map(|gate| (gate, (gate + 1) % 20));
    assert_eq!(checked(&free(30, cycle), 2).len(), bound(11));
}

#[test]
fn with_dependencies_there_are_few_rows_more() {
    type Shape = fn(usize) -> Vec<(usize, usize)>;
    let shapes: [(&str, usize, Shape); 5] = [
        ("all require the first", 0, |count| (1..count).map(|gate| (gate, 0)).collect()),
        ("the first requires all", 0, |count| (1..count).map(|gate| (0, gate)).collect()),
        ("couples", 2, |count| (0..count / 2).map(|gate| (2 * gate + 1, 2 * gate)).collect()),
        ("families of five", 2, |count| (0..count).map(|gate| (gate, gate / 5 * 5)).collect()),
        ("two layers", 4, |count| {
            let half = count / 2;
            (half..count)
                .flat_map(|gate| [(gate, gate - half), (gate, (gate + 1) % half)])
                .collect()
        }),
    ];
    for (name, more, shape) in shapes {
        for count in [10, 25, 60] {
            let rows = checked(&free(count, shape(count)), 2).len();
            assert!(rows <= bound(count) + more, "{name}, {count} gates: {rows} rows");
        }
    }
}

#[test]
#[ignore = "minutes without optimisation"]
fn many_gates_with_dependencies_have_few_rows_more() {
    for count in [200, 1_000] {
        let (half, tens) = (count / 2, (0..count).map(|gate| (gate, gate / 10 * 10)));
        let tens = free(count, tens.filter(|(gate, needed)| gate != needed));
        let layers = |gate| [(half + gate, gate), (half + gate, (gate + 1) % half)];
        let layers = free(count, (0..half).flat_map(layers));
        for (name, more, gates) in [("families of ten", 3, tens), ("two layers", 5, layers)] {
            let rows = checked(&gates, 2).len();
            assert!(rows <= bound(count) + more, "{name}, {count} gates: {rows} rows");
        }
    }
}

#[test]
fn the_same_model_has_the_same_rows() {
    let gates = || free(40, (1..20).map(|gate| (gate, gate / 3)));
    for strength in 1..4 {
        assert_eq!(checked(&gates(), strength), checked(&gates(), strength));
    }
}

#[test]
fn a_long_chain_among_independent_gates_is_covered() {
    let chain = free(60, (1..30).map(|gate| (gate, gate - 1)));
    let rows = checked(&chain, 2).len();
    assert!(rows <= 31 + bound(31), "{rows}");
}

#[test]
fn three_together_are_covered_for_fifty_gates() {
    let gates = free(50, (1..50).filter(|gate| gate % 3 == 0).map(|gate| (gate, gate / 2)));
    checked(&gates, 3);
}

/// Gates that require earlier gates. Some are fixed, maybe to values that contradict each other.
fn models(most: usize) -> impl Strategy<Value = Gates> {
    let fixed = prop_oneof![6 => Just(None), 1 => Just(Some(false)), 1 => Just(Some(true))];
    let free = Just(None).boxed();
    let fixed = prop_oneof![Just(free), Just(fixed.boxed())];
    let gates = fixed.prop_flat_map(move |fixed| proptest::collection::vec(fixed, 0..=most));
    gates.prop_flat_map(|fixed| {
        let count = fixed.len();
        let edge = (0..count.max(1), 0..count.max(1));
        proptest::collection::vec(edge, 0..=count).prop_map(move |edges| {
            let down = edges.into_iter().filter(|(one, other)| one != other && count > 0);
            let requires = down.map(|(one, other)| (one.max(other), one.min(other))).collect();
            Gates { fixed: fixed.clone(), requires }
        })
    })
}

impl std::fmt::Debug for Gates {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} {:?}", self.fixed, self.requires)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Compares the checker itself with all possible rows.
    #[test]
    fn what_models_can_have_is_what_some_allowed_row_has(gates in models(8)) {
        let count = gates.fixed.len();
        let all = (0..1_u32 << count).map(|code| (0..count).map(|gate| code >> gate & 1 == 1).collect());
        let allowed: Vec<Vec<bool>> = all.filter(|row: &Vec<bool>| gates.allow(row)).collect();
        prop_assert_eq!(gates.can_have(&[]), !allowed.is_empty());
        for (one, other, values) in (0..count).flat_map(|one| {
            (0..count).flat_map(move |other| (0..4).map(move |values| (one, other, values)))
        }) {
            let tuple = [(one, values & 1 == 1), (other, values & 2 == 2)];
            let some = allowed.iter().any(|row| tuple.iter().all(|&(gate, value)| row[gate] == value));
            prop_assert!(allowed.is_empty() || gates.can_have(&tuple) == some, "{:?}", tuple);
        }
    }

    #[test]
    fn every_possible_pair_is_covered(gates in models(25)) {
        checked(&gates, 2);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    #[ignore = "minutes without optimisation"]
    fn every_possible_pair_of_many_gates_is_covered(gates in models(150)) {
        checked(&gates, 2);
    }

    #[test]
    fn every_possible_triple_is_covered(gates in models(25)) {
        checked(&gates, 3);
    }

    #[test]
    fn every_possible_quadruple_is_covered(gates in models(10)) {
        checked(&gates, 4);
    }
}
