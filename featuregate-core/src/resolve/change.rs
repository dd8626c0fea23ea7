//! What a change while the program runs comes to.

use alloc::vec::Vec;

use crate::gates::component::GateId;
use crate::problem::problems::{Problem, ProblemKind, Problems};
use crate::request::origin::SourceKind;
use crate::resolve::resolution::{Given, Resolution};

/// The gates whose values differ after a change, in the order of declaration. `asked` are the names that it sets or
/// resets.
///
/// # Errors
/// Every problem that was not one before, where resolving is lenient; every gate that is asked for, or would have
/// another value, and may not change while the program runs; every one that does not get the value it is given; and
/// every unknown name that is set.
pub fn changed<'n>(
    before: &Resolution,
    after: &Resolution,
    asked: impl Iterator<Item = &'n str>,
) -> Result<Vec<GateId>, Problems> {
    let gates = after.gates();
    let mut is_asked = gates.fill(false);
    let mut unknown: Vec<Problem> = Vec::new();
    for name in asked {
        match gates.lookup(name) {
            Some(lookup) => is_asked[lookup.gate] = true,
            // A policy that accepts unknown names is for those of an earlier start.
            None => unknown.extend(unknown_name(after, name)),
        }
    }
    let differs = |gate: &GateId| after.decisions[*gate].value != before.decisions[*gate].value;
    // The value of a group says nothing: its members have values of their own.
    let differing: Vec<GateId> =
        gates.ids().filter(|gate| differs(gate) && !gates.is_group(*gate)).collect();
    let is_fixed = |gate: &GateId| {
        (is_asked[*gate] || differing.contains(gate)) && !gates.spec(*gate).is_runtime()
    };
    let is_new =
        |problem: &&Problem| !before.problems().iter().any(|known| is_same(known, problem));
    let mut problems: Vec<Problem> = after.problems().iter().filter(is_new).cloned().collect();
    problems.extend(unknown);
    for gate in gates.ids() {
        if is_fixed(&gate) {
            problems.push(not_runtime(after, gate));
        } else if is_asked[gate] {
            problems.extend(pinned(after, gate));
        }
    }
    Problems::none(problems)?;
    Ok(differing)
}

/// Whether two problems say the same of one location, which has another number where items were added before it.
fn is_same(one: &Problem, other: &Problem) -> bool {
    (one.kind(), one.gate(), one.origin()) == (other.kind(), other.gate(), other.origin())
}

/// A name that no gate has, if it is set and not only taken back.
fn unknown_name(after: &Resolution, name: &str) -> Option<Problem> {
    let given = after.assignments.values().find(|given| given.assignment.name == name)?;
    let kind = ProblemKind::Unknown { nearest: after.gates.nearest(name) };
    Some(Problem::of_item(kind, name, given.item, given.assignment.origin.clone()))
}

/// That a pin keeps the gate from the value that the change gives it.
fn pinned(after: &Resolution, gate: GateId) -> Option<Problem> {
    let is_change =
        |given: &&Given| given.assignment.origin.source().source_kind() == SourceKind::Runtime;
    let given = of_gate(after, gate).find(is_change)?;
    let decision = &after.decisions[gate];
    if decision.value == given.assignment.value || !after.statuses[gate].exists() {
        return None;
    }
    // Only pins are above a change: of the gate, or of a master switch.
    let groups: Vec<GateId> = after.gates.groups_of(gate, after.statuses[gate].stage()).collect();
    let is_pin = |by: &&Given| {
        by.layer > given.layer
            && by.lookup.is_some_and(|it| it.gate == gate || groups.contains(&it.gate))
    };
    let by = after.assignments.values().rfind(is_pin)?;
    let kind = ProblemKind::Pinned { to: decision.value, by: by.assignment.origin.clone() };
    Some(problem(after, kind, gate, Some(given)))
}

fn not_runtime(after: &Resolution, gate: GateId) -> Problem {
    let kind = ProblemKind::NotRuntime { value: after.decisions[gate].value };
    problem(after, kind, gate, of_gate(after, gate).next_back())
}

/// The assignments of a gate, in the order of precedence.
fn of_gate(after: &Resolution, gate: GateId) -> impl DoubleEndedIterator<Item = &Given> {
    let is_of_gate = move |given: &&Given| given.lookup.is_some_and(|lookup| lookup.gate == gate);
    after.assignments.values().filter(is_of_gate)
}

fn problem(after: &Resolution, kind: ProblemKind, gate: GateId, given: Option<&Given>) -> Problem {
    let name = after.gates.written(gate);
    match given {
        Some(given) => Problem::of_item(kind, name, given.item, given.assignment.origin.clone()),
        None => Problem::of_gate(kind, name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::declare::milestone::RawMilestone;
    use crate::declare::spec::RawSpec;
    use crate::declare::version::Version;
    use crate::registry::Registry;
    use alloc::string::ToString;

    fn registry() -> Registry {
        let mut registry = Registry::new(Version::new(1, 36));
        let gate = |name: &str| RawSpec::new(name).milestone(RawMilestone::alpha("1.30"));
        registry
            .register([gate("A").runtime(true), gate("B").runtime(true), gate("Fixed")])
            .unwrap();
        registry
    }

    /// What a change from one text to another comes to.
    fn change(
        before: &str,
        after: &str,
        asked: &[&str],
    ) -> Result<Vec<alloc::string::String>, Problems> {
        let resolved = |text: &str| {
            let mut registry = registry();
            registry.set(text).unwrap();
            registry.into_resolution()
        };
        let after = resolved(after);
        let gates = changed(&resolved(before), &after, asked.iter().copied())?;
        Ok(gates.into_iter().map(|gate| after.gates().written(gate).into()).collect())
    }

    #[test]
    fn the_gates_that_differ_are_known_in_the_order_of_declaration() {
        assert_eq!(change("A=1", "A=0,B=1", &["A", "B"]).unwrap(), ["A", "B"]);
        assert!(change("A=1", "A=1", &["A"]).unwrap().is_empty());
    }

    #[test]
    fn a_gate_that_may_not_change_is_a_problem_even_where_its_value_stays() {
        let shown = |result: Result<_, Problems>| result.unwrap_err().to_string();
        assert_eq!(
            shown(change("", "Fixed=1", &["Fixed"])),
            "the program, column 1, \"Fixed=1\": gate Fixed cannot be turned on while the program runs; set it in the configuration, and start the program again"
        );
        assert!(change("Fixed=1", "Fixed=1", &["Fixed"]).is_err(), "it is asked for");
        assert!(change("", "AllAlpha=1", &["AllAlpha"]).is_err(), "a group sets it");
        assert_eq!(
            shown(change("Fixed=1", "A=1", &["A"])),
            "gate Fixed cannot be turned off while the program runs; set it in the configuration, and start the program again"
        );
        assert!(change("Fixed=1", "Fixed=1,A=1", &["A"]).is_ok(), "what was set before stays");
    }
}
