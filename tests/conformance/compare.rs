//! Compares what was answered with what is expected; reports the first difference.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use serde_json::Value;

use crate::expected::{Call, Expected, Reported, State, Values};
use crate::replay::{MAIN, Outcome, Refusal, Replay};

/// What a registry's values were when they were last given, by its name.
type Latest<'a> = BTreeMap<&'a str, &'a Values>;

pub(crate) fn compare(expected: &Expected, ours: &Replay) -> Result<(), String> {
    let mut latest = Latest::from([(MAIN, &ours.constructed)]);
    for (call, expected, ours) in [
        ("register", &expected.setup.register, &ours.setup.register),
        ("dependencies", &expected.setup.dependencies, &ours.setup.dependencies),
        ("emulate", &expected.setup.emulate, &ours.setup.emulate),
    ] {
        match (expected, ours) {
            (None, None) => Ok(()),
            (Some(expected), Some(ours)) => compare_call(expected, ours, &mut latest),
            (expected, ours) => same("is called", &expected.is_some(), &ours.is_some()),
        }
        .map_err(|difference| format!("setup, {call}: {difference}"))?;
    }
    let count = expected.after_step.len();
    same("number of steps", &count, &ours.after_step.len())?;
    for (index, (expected, ours)) in expected.after_step.iter().zip(&ours.after_step).enumerate() {
        compare_call(expected, ours, &mut latest)
            .map_err(|difference| format!("step {} ({}): {difference}", index + 1, ours.step))?;
    }
    let last = expected
        .final_copies
        .iter()
        .map(|(name, state)| (name.as_str(), state))
        .chain([(MAIN, &expected.last)]);
    let last: BTreeMap<&str, &State> = last.collect();
    let names: Vec<&str> = ours.last.keys().map(String::as_str).collect();
    same("registries", &last.keys().copied().collect(), &names)?;
    for ((name, expected), ours) in last.into_iter().zip(ours.last.values()) {
        compare_state(expected, ours)
            .map_err(|difference| format!("final, {name}: {difference}"))?;
    }
    Ok(())
}

fn same<T: PartialEq + Debug>(what: &str, expected: &T, ours: &T) -> Result<(), String> {
    if expected == ours {
        Ok(())
    } else {
        Err(format!("{what}: expected {expected:?}, ours {ours:?}"))
    }
}

fn sorted<T: Ord + Clone>(items: &[T]) -> Vec<T> {
    let mut items = items.to_vec();
    items.sort();
    items
}

fn compare_call<'a>(
    expected: &'a Call,
    ours: &'a Outcome,
    latest: &mut Latest<'a>,
) -> Result<(), String> {
    compare_refusal(expected, ours.refused.as_ref())?;
    same("notices", &sorted(&expected.notices), &sorted(&ours.notices))?;
    same("answer", &in_order(expected.answer.as_ref()), &in_order(ours.answer.as_ref()))?;

    let enabled = expected.enabled.as_ref().or_else(|| latest.get(ours.on.as_str()).copied());
    same("enabled", &enabled, &Some(&ours.enabled))?;
    latest.insert(&ours.on, &ours.enabled);

    let copy = ours.copy.as_ref();
    same("copy_enabled", &expected.copy_enabled.as_ref(), &copy.map(|(_, values)| values))?;
    if let Some((name, values)) = copy {
        latest.insert(name, values);
    }
    Ok(())
}

/// A list that answers a question is in no order.
fn in_order(answer: Option<&Value>) -> Option<Value> {
    let mut answer = answer.cloned();
    if let Some(Value::Array(items)) = &mut answer {
        items.sort_by_key(ToString::to_string);
    }
    answer
}

fn compare_refusal(expected: &Call, ours: Option<&Refusal>) -> Result<(), String> {
    let problems = ours.map(|refusal| sorted(&refusal.problems));
    match &expected.gates {
        None => {
            same("problems", &expected.problems.as_deref().map(sorted), &problems)?;
            same("at_least", &expected.at_least, &None)?;
            same("cycles", &expected.cycles, &None)
        }
        Some(gates) => {
            same("problems", &expected.problems, &None)?;
            let Some(ours) = ours else {
                return Err(format!("expected that {gates:?} are at fault, ours accepts"));
            };
            compare_faults(expected, gates, ours)
        }
    }
}

fn compare_faults(expected: &Call, gates: &[String], ours: &Refusal) -> Result<(), String> {
    let at_fault: BTreeSet<&String> =
        ours.problems.iter().filter_map(|problem| problem.get(1)).collect();
    let at_fault: Vec<&String> = at_fault.into_iter().collect();
    same("gates", &sorted(&gates.iter().collect::<Vec<_>>()), &at_fault)?;

    let mut others = ours.problems.clone();
    let reported = |wanted: &Reported| {
        let at = others.iter().position(|problem| *problem == *wanted)?;
        Some(others.swap_remove(at))
    };
    let wanted = expected.at_least.as_deref().unwrap_or_default();
    let found: Vec<Reported> = wanted.iter().filter_map(reported).collect();
    if found != wanted {
        return Err(format!("problems: expected at least {wanted:?}, ours {:?}", ours.problems));
    }

    let by_members = |cycles: &[Vec<String>]| {
        sorted(&cycles.iter().map(|members| sorted(members)).collect::<Vec<_>>())
    };
    let cycles = expected.cycles.as_deref().unwrap_or_default();
    same("cycles", &by_members(cycles), &by_members(&ours.cycles))
}

fn compare_state(expected: &State, ours: &State) -> Result<(), String> {
    same("enabled", &expected.enabled, &ours.enabled)?;
    same("stages", &expected.stages, &ours.stages)?;
    same("explicitly_set", &sorted(&expected.explicitly_set), &sorted(&ours.explicitly_set))?;
    same("known_features", &sorted(&expected.known_features), &sorted(&ours.known_features))?;
    // To require nothing by an empty list is the same as to require nothing.
    let mut dependencies = expected.dependencies.clone();
    dependencies.retain(|_, needed| !needed.is_empty());
    same("dependencies", &dependencies, &ours.dependencies)?;
    same("emulation_version", &expected.emulation_version, &ours.emulation_version)?;
    same("min_compat_version", &expected.min_compat_version, &ours.min_compat_version)
}
