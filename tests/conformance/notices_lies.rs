//! Tests of the conformance test: a falsified expectation never goes unnoticed.

mod compare;
mod expected;
mod lies;
mod replay;
mod scenario;
mod vectors;
mod verdict;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::vectors::Vectors;
use crate::verdict::{Tally, check, replayed};

/// How many scenarios of each group are falsified, at least.
const OF_EACH_GROUP: usize = 20;

fn vectors() -> Vectors {
    Vectors::load(&vectors::own_folder()).unwrap_or_default()
}

/// Scenarios from all over each group, and all those with what few have.
fn spread(vectors: &Vectors) -> Vec<(&Value, &Value)> {
    let mut groups: BTreeMap<&str, Vec<(&Value, &Value)>> = BTreeMap::new();
    for recorded in &vectors.recorded {
        let text = |key| recorded.get(key).and_then(Value::as_str).unwrap_or("");
        if let Some(expected) = vectors.expected.get(text("id")) {
            groups.entry(text("group")).or_default().push((recorded, expected));
        }
    }
    let rare = |expected: &Value| {
        let calls = expected.get("after_step").and_then(Value::as_array);
        calls.is_some_and(|calls| calls.iter().any(|call| call.get("cycles").is_some()))
    };
    groups
        .into_values()
        .flat_map(|group| {
            let every = (group.len() / OF_EACH_GROUP).max(1);
            let chosen = move |(index, pair): (usize, (_, _))| {
                (index % every == 0 || rare(pair.1)).then_some(pair)
            };
            group.into_iter().enumerate().filter_map(chosen)
        })
        .collect()
}

#[test]
fn every_lie_about_an_answer_is_noticed() {
    let vectors = vectors();
    let spread = spread(&vectors);
    assert!(spread.len() >= 150, "{} scenarios", spread.len());

    let mut count = 0;
    let mut unnoticed = Vec::new();
    for (recorded, expected) in spread {
        let ours = replayed(recorded).unwrap();
        assert!(check(expected, &ours).is_ok(), "{}", recorded["id"]);
        for lie in lies::lies(expected) {
            count += 1;
            if check(&lie.expected, &ours).is_ok() {
                unnoticed.push(format!("{} {}", recorded["id"], lie.change));
            }
        }
    }
    assert!(count > 20_000, "{count} lies");
    assert!(unnoticed.is_empty(), "{}", unnoticed.join("\n"));
}

#[test]
fn every_field_is_lied_about() {
    let vectors = vectors();
    let changes: Vec<String> = spread(&vectors)
        .into_iter()
        .flat_map(|(_, expected)| lies::lies(expected).map(|lie| lie.change))
        .collect();
    for field in [
        "/problems/",
        "/gates/",
        "/at_least/",
        "/cycles/",
        "/answer",
        "/notices/",
        "/enabled/",
        "/copy_enabled/",
        "/stages/",
        "/explicitly_set/",
        "/known_features/",
        "/dependencies/",
        "/emulation_version",
        "/min_compat_version",
        "/final_copies/",
        "/setup/emulate",
    ] {
        assert!(changes.iter().any(|change| change.contains(field)), "{field}");
    }
}

/// One scenario with its expected answers.
fn single() -> Vectors {
    let mut vectors = vectors();
    vectors.recorded.truncate(1);
    vectors
}

#[test]
fn a_scenario_without_expected_answers_differs() {
    let mut vectors = single();
    assert!(Tally::of(&vectors).passes());
    vectors.expected.clear();
    let tally = Tally::of(&vectors);
    assert_eq!(tally.to_string(), "1 scenarios, 0 agree, 0 wanted differences, 1 differ");
    assert!(!tally.passes());
    assert_eq!(tally.differences[0].1, "no expected answers");
}

#[test]
fn what_a_record_says_beyond_what_is_known_differs() {
    let whole = single();
    for (location, key) in [
        ("", "unheard_of"),
        ("/gates/0", "owner"),
        ("/gates/0/history/0", "doc"),
        ("/steps/0", "by"),
    ] {
        let mut vectors =
            Vectors { recorded: whole.recorded.clone(), expected: whole.expected.clone() };
        let node = vectors.recorded[0].pointer_mut(location).and_then(Value::as_object_mut);
        node.unwrap().insert(key.into(), json!(true));
        let tally = Tally::of(&vectors);
        assert_eq!((tally.agree + tally.wanted, tally.differences.len()), (0, 1), "{location}");
        assert!(
            tally.differences[0].1.contains("unknown field"),
            "{location}: {}",
            tally.differences[0].1
        );
    }
}

#[test]
fn no_scenarios_do_not_pass() {
    let tally = Tally::of(&Vectors::default());
    assert_eq!(tally.to_string(), "0 scenarios, 0 agree, 0 wanted differences, 0 differ");
    assert!(!tally.passes());
}
