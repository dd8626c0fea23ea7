//! The smallest change that fixes a dependency.
//!
//! Two candidates: turn on everything that is missing, directly or not, or give up the gate that
//! requires it. The one with fewer assignments that itself resolves is suggested; if they are equal, turning
//! on. Giving up is always one assignment, so the missing closure has to be listed only where it has
//! one member or where giving up does not resolve.

use alloc::collections::VecDeque;
use alloc::string::String;
use alloc::vec::Vec;

use crate::declare::stage::Stage;
use crate::gates::component::GateId;
use crate::gates::set::GateSet;
use crate::id::IdVec;
use crate::order::sorted;
use crate::problem::cause::Cause;
use crate::problem::fix::Fix;
use crate::problem::problems::Missing;
use crate::quote::LISTED;
use crate::request::assignment::Assignment;
use crate::resolve::resolution::{AssignmentId, Decision, Given};

pub(crate) struct Suggester<'a> {
    gates: &'a GateSet,
    decisions: &'a IdVec<GateId, Decision>,
    assignments: &'a IdVec<AssignmentId, Given>,
    /// Whether assignments before the deciding one turn a gate on; nothing if there are none.
    before: &'a IdVec<GateId, Option<bool>>,
    /// The gates whose requests are refused.
    refused: &'a IdVec<GateId, bool>,
    /// Computed when first needed.
    facts: Option<Facts>,
}

/// What has to be known of all gates.
struct Facts {
    /// The gates that a gate which is on requires.
    required: IdVec<GateId, bool>,
    /// The gates that are off and cannot be turned on, or need one that cannot.
    blocked: IdVec<GateId, bool>,
    /// The gates that are off without an assignment of their own, or need such a gate.
    unasked: IdVec<GateId, bool>,
    /// Whether the members of a group can be off without it, each by its default or all of them; for the groups
    /// that were looked at.
    members: Vec<(Members, bool)>,
}

/// What a group has turned on.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Members {
    group: GateId,
    /// Whether they would have their defaults without the group; else they would all be off.
    by_default: bool,
}

impl<'a> Suggester<'a> {
    pub(crate) fn new(
        gates: &'a GateSet,
        decisions: &'a IdVec<GateId, Decision>,
        assignments: &'a IdVec<AssignmentId, Given>,
        before: &'a IdVec<GateId, Option<bool>>,
        refused: &'a IdVec<GateId, bool>,
    ) -> Self {
        Self { gates, decisions, assignments, before, refused, facts: None }
    }

    /// What would make a gate that is on and what it misses fit together.
    pub(crate) fn fix(&mut self, gate: GateId, missing: &[GateId]) -> Option<Fix> {
        let mut facts = self.facts.take().unwrap_or_else(|| self.find_facts());
        let give_up = self.give_up(gate, &mut facts);
        let is_blocked = missing.iter().any(|&needed| facts.blocked[needed]);
        let or_remove = match &give_up {
            Some(Fix::Remove { name, .. }) => Some(name.clone()),
            _ => None,
        };
        let turn_on = (!is_blocked).then(|| self.closure(missing));
        let fix = match (give_up, turn_on) {
            (Some(give_up), Some(closure)) if closure.len() > 1 => Some(give_up),
            (Some(give_up), None) => Some(give_up),
            (_, Some(mut closure)) => {
                let more = closure.len() > LISTED;
                closure.truncate(LISTED);
                let instead = !missing.iter().any(|&needed| facts.unasked[needed]);
                Some(Fix::TurnOn { gates: self.names(&closure), more, instead, or_remove })
            }
            (None, None) => self.remove_group(gate, &mut facts),
        };
        self.facts = Some(facts);
        fix
    }

    /// What is missing, sorted by name, and why each of it is off.
    pub(crate) fn missing(&self, gates: &[GateId]) -> Vec<Missing> {
        let missing = |&gate: &GateId| Missing {
            gate: self.gates.written(gate).into(),
            status: self.decisions[gate].status,
            cause: self.decisions[gate].cause.map(|id| self.assignment(id).clone()),
        };
        sorted(gates.iter().map(missing).collect(), &|a, b| a.gate.cmp(&b.gate))
    }

    fn assignment(&self, id: AssignmentId) -> &Assignment {
        &self.assignments[id].assignment
    }

    /// The names of gates, sorted.
    fn names(&self, gates: &[GateId]) -> Vec<String> {
        sorted(gates.iter().map(|&gate| self.gates.written(gate).into()).collect(), &Ord::cmp)
    }

    fn is_on(&self, gate: GateId) -> bool {
        self.decisions[gate].value
    }

    /// Whether a gate is on because of a group.
    fn is_member(&self, gate: GateId, group: GateId) -> bool {
        let decision = &self.decisions[gate];
        matches!(decision.cause, Cause::Group(_))
            && self.gates.group_of(gate, decision.status.stage()) == Some(group)
    }

    /// How to give a gate up: turning it off resolves if it is not locked on and nothing that is on
    /// requires it.
    fn give_up(&self, gate: GateId, facts: &mut Facts) -> Option<Fix> {
        let decision = &self.decisions[gate];
        if decision.status.is_locked() || facts.required[gate] {
            return None;
        }
        // To remove the assignment is enough where nothing else turns the gate on.
        let own = match decision.cause {
            Cause::Own(id) if !self.without_own(gate) => Some(self.assignment(id)),
            _ => None,
        };
        let by_default = own.is_some() && self.before[gate].is_none();
        let members = Members { group: gate, by_default };
        if self.gates.is_group(gate) && !self.members_can_be_off(members, facts) {
            return None;
        }
        Some(match own {
            Some(own) => Fix::Remove { name: own.name.clone(), value: own.value },
            None => Fix::TurnOff { gate: self.gates.written(gate).into() },
        })
    }

    /// The value that a gate has without the assignment that decides.
    fn without_own(&self, gate: GateId) -> bool {
        let status = &self.decisions[gate].status;
        let group = || {
            let group = self.gates.group_of(gate, status.stage())?;
            let decision = &self.decisions[group];
            decision.cause.assignment().filter(|_| !self.refused[group])?;
            Some(decision.value)
        };
        self.before[gate].or_else(group).unwrap_or(status.default())
    }

    /// What is left where neither end can be changed by itself: to remove the group that turned it on.
    fn remove_group(&self, gate: GateId, facts: &mut Facts) -> Option<Fix> {
        let decision = &self.decisions[gate];
        let Cause::Group(id) = decision.cause else { return None };
        let group = self.gates.group_of(gate, decision.status.stage())?;
        let before = self.before[group];
        let is_off_without =
            before.map_or(!decision.status.default(), |before_is_on| !before_is_on);
        let members = Members { group, by_default: before.is_none() };
        let given = self.assignment(id);
        (is_off_without && self.members_can_be_off(members, facts))
            .then(|| Fix::Remove { name: given.name.clone(), value: given.value })
    }

    /// Whether nothing that stays on requires what is off without the group.
    fn members_can_be_off(&self, members: Members, facts: &mut Facts) -> bool {
        if let Some((_, answer)) = facts.members.iter().find(|(known, _)| *known == members) {
            return *answer;
        }
        let Members { group, by_default } = members;
        let goes_off = |gate: GateId| {
            let keeps = by_default && self.decisions[gate].status.default();
            gate == group || (self.is_member(gate, group) && !keeps)
        };
        let stays_on = |gate: &GateId| {
            let decision = &self.decisions[*gate];
            decision.value && decision.status.exists() && !goes_off(*gate)
        };
        let mut staying = self.gates.ids().filter(stays_on);
        let answer = !staying.any(|gate| self.gates.requires(gate).iter().any(|&it| goes_off(it)));
        facts.members.push((members, answer));
        answer
    }

    /// What is off of what is reachable from the missing gates, in breadth; only as much as shows that
    /// it is too long.
    fn closure(&self, missing: &[GateId]) -> Vec<GateId> {
        let mut open: VecDeque<GateId> = missing.iter().copied().collect();
        let mut closure: Vec<GateId> = Vec::new();
        while let Some(gate) = open.pop_front() {
            if self.is_on(gate) || closure.contains(&gate) {
                continue;
            }
            closure.push(gate);
            if closure.len() > LISTED {
                break;
            }
            open.extend(self.gates.requires(gate));
        }
        closure
    }

    fn find_facts(&self) -> Facts {
        let mut required = self.gates.map(|_| false);
        for (gate, decision) in self.decisions.iter() {
            if decision.value && decision.status.exists() {
                for &needed in self.gates.requires(gate) {
                    required[needed] = true;
                }
            }
        }
        let dependents = self.gates.dependents(|dependent| !self.is_on(dependent));
        let spread = |seed: &dyn Fn(GateId) -> bool| {
            let mut reached = self.gates.map(|_| false);
            let mut open: Vec<GateId> =
                self.gates.ids().filter(|&gate| !self.is_on(gate) && seed(gate)).collect();
            while let Some(gate) = open.pop() {
                if !core::mem::replace(&mut reached[gate], true) {
                    open.extend(&dependents[gate]);
                }
            }
            reached
        };
        Facts {
            required,
            blocked: spread(&|gate| !self.can_be_turned_on(gate)),
            unasked: spread(&|gate| !matches!(self.decisions[gate].cause, Cause::Own(_))),
            members: Vec::new(),
        }
    }

    /// A group cannot: what else it sets may not resolve.
    fn can_be_turned_on(&self, gate: GateId) -> bool {
        let status = &self.decisions[gate].status;
        status.exists()
            && !status.is_locked()
            && status.stage() != Stage::PreAlpha
            && !self.gates.is_group(gate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::declare::milestone::RawMilestone as M;
    use crate::declare::spec::RawSpec;
    use crate::declare::version::Version;
    use crate::gates::status::Status;
    use crate::problem::problems::{Problem, ProblemKind};
    use crate::registry::Registry;
    use alloc::format;

    fn gate(name: &str, milestone: M, requires: &[&str]) -> RawSpec {
        let gate = RawSpec::new(name).milestone(milestone);
        requires.iter().fold(gate, |gate, needed| gate.requires(*needed))
    }

    fn alpha(name: &str, requires: &[&str]) -> RawSpec {
        gate(name, M::alpha("1.30"), requires)
    }

    fn off(name: &str, requires: &[&str]) -> RawSpec {
        gate(name, M::beta("1.30").with_default(false), requires)
    }

    /// The fixes of a text, each with its gate.
    fn fixes(
        specs: impl IntoIterator<Item = RawSpec>,
        dependencies: &[(&str, &str)],
        text: &str,
    ) -> Vec<(String, Option<Fix>)> {
        let mut registry = Registry::new(Version::new(1, 36));
        registry.register(specs).unwrap();
        registry.add_dependencies(dependencies.iter().map(|(gate, it)| (*gate, [*it]))).unwrap();
        let problems = registry.set(text).unwrap_err();
        let fix = |problem: Problem| match problem.kind() {
            ProblemKind::UnmetDependency { .. } => (problem.gate().into(), problem.fix().cloned()),
            other => panic!("{other:?}"),
        };
        problems.into_iter().map(fix).collect()
    }

    fn remove(name: &str) -> Fix {
        Fix::Remove { name: name.into(), value: true }
    }

    fn turn_on(gates: &[&str], more: bool, instead: bool, or_remove: Option<&str>) -> Fix {
        let gates = gates.iter().map(|gate| (*gate).into()).collect();
        Fix::TurnOn { gates, more, instead, or_remove: or_remove.map(Into::into) }
    }

    #[test]
    fn what_is_on_already_is_not_switched_on() {
        let specs = || [alpha("A", &["B"]), alpha("B", &["C"]), alpha("C", &[])];
        let found = fixes(specs(), &[], "A=true,C=true");
        assert_eq!(found, [("A".into(), Some(turn_on(&["B"], false, false, Some("A"))))]);
        let found = fixes(specs(), &[], "A=true,B=false,C=true");
        assert_eq!(found, [("A".into(), Some(turn_on(&["B"], false, true, Some("A"))))]);
        assert_eq!(fixes(specs(), &[], "A=true"), [("A".into(), Some(remove("A")))]);
    }

    /// A gate that something else requires cannot be given up, so the whole closure is listed.
    #[test]
    fn a_closure_is_listed_up_to_twenty_gates() {
        let chain = |length: usize| {
            let link = move |number: usize| {
                let next = format!("G{:02}", number + 1);
                let requires: &[&str] = if number + 1 < length { &[&next] } else { &[] };
                alpha(&format!("G{number:02}"), requires)
            };
            let ends = [alpha("Top", &["User"]), alpha("User", &["G00"])];
            (0..length).map(link).chain(ends).collect::<Vec<_>>()
        };
        for (length, listed, goes_on) in [(2, 2, false), (20, 20, false), (21, 20, true)] {
            let found = fixes(chain(length), &[], "Top=true,User=true");
            match found.as_slice() {
                [(gate, Some(Fix::TurnOn { gates, more, instead: false, or_remove: None }))] => {
                    assert_eq!((gate.as_str(), gates.len(), *more), ("User", listed, goes_on));
                }
                other => panic!("{length}: {other:?}"),
            }
        }
    }

    #[test]
    fn what_is_locked_or_not_there_is_not_advised() {
        let locked = || gate("Shut", M::ga("1.30").with_default(false), &[]);
        let dependencies = [("A", "Shut")];
        let found = fixes([alpha("A", &[]), locked()], &dependencies, "A=true");
        assert_eq!(found, [("A".into(), Some(remove("A")))]);
        let specs = [alpha("A", &[]), locked(), alpha("Top", &["A"])];
        let found = fixes(specs, &dependencies, "A=true,Top=true");
        assert_eq!(found, [("A".into(), None)], "neither end can change");
    }

    /// What a missing gate itself requires counts, however far.
    #[test]
    fn what_lies_behind_a_missing_gate_counts() {
        let shut = gate("Shut", M::ga("1.30").with_default(false), &[]);
        let specs = [alpha("A", &["B"]), alpha("B", &[]), shut, alpha("Top", &["A"])];
        let found = fixes(specs, &[("B", "Shut")], "A=true,Top=true");
        assert_eq!(found, [("A".into(), None)], "B cannot be turned on");
        let specs = [alpha("A", &["B"]), alpha("B", &["C"]), alpha("C", &[]), alpha("Top", &["A"])];
        let found = fixes(specs, &[], "A=true,Top=true,B=false");
        let also = turn_on(&["B", "C"], false, false, None);
        assert_eq!(found, [("A".into(), Some(also))], "nobody has asked for C to be off");
    }

    /// Removing a group turns its members off, which something else may need.
    #[test]
    fn a_group_is_given_up_only_where_its_members_can_go() {
        let locked = || gate("Shut", M::ga("1.30").with_default(false), &[]);
        let specs = || [off("A", &[]), off("B", &["A"]), locked(), alpha("Free", &["B"])];
        let dependencies = [("A", "Shut")];
        let found = fixes(specs(), &dependencies, "AllBeta=true");
        assert_eq!(found, [("A".into(), Some(remove("AllBeta")))]);
        let found = fixes(specs(), &dependencies, "AllBeta=true,Free=true");
        assert_eq!(found, [("A".into(), None)], "Free needs B");
        // The group itself as a gate.
        let found = fixes(specs(), &[("AllAlpha", "B")], "AllAlpha=true,Free=false");
        assert_eq!(found, [("AllAlpha".into(), Some(remove("AllAlpha")))]);
        let found = fixes(
            [off("A", &[]), off("B", &[]), alpha("M", &[]), alpha("User", &["M"])],
            &[("AllAlpha", "A"), ("AllAlpha", "B")],
            "AllAlpha=true,User=true",
        );
        assert_eq!(
            found,
            [("AllAlpha".into(), Some(turn_on(&["A", "B"], false, false, None)))],
            "User needs M, which the group turned on"
        );
    }

    /// A group that is refused sets nothing, so without its own request a gate has its default.
    #[test]
    fn a_refused_group_does_not_turn_a_gate_off() {
        let mut registry = Registry::new(Version::new(1, 36));
        let absent = gate("Absent", M::beta("1.30"), &[]).available(false);
        let on = gate("On", M::alpha("1.30").with_default(true), &["B"]);
        registry.register([absent, on, gate("B", M::beta("1.30"), &[])]).unwrap();
        registry.add_dependencies([("AllAlpha", ["Absent"])]).unwrap();
        let problems = registry.set("AllAlpha=true,On=true,B=false").unwrap_err();
        let fix = problems.iter().find_map(|problem| match problem.kind() {
            ProblemKind::UnmetDependency { .. } => Some((problem.gate(), problem.fix().cloned())),
            _ => None,
        });
        assert_eq!(fix, Some(("On", Some(turn_on(&["B"], false, true, None)))));
    }

    #[test]
    fn a_removed_gate_and_one_that_is_not_there_yet_say_so() {
        let removed = RawSpec::new("Gone").removed("1.30").final_value(false);
        let young = alpha("Young", &[]).milestone(M::beta("1.35"));
        let mut registry = Registry::new(Version::new(1, 36));
        registry.register([removed, young, alpha("A", &[])]).unwrap();
        registry.add_dependencies([("A", ["Gone", "Young"])]).unwrap();
        let problems = registry.set("A=true,Young=false").unwrap_err();
        let missing: Vec<Missing> = problems
            .into_iter()
            .filter_map(|problem| match problem.kind() {
                ProblemKind::UnmetDependency { missing, .. } => Some(missing.clone()),
                _ => None,
            })
            .flatten()
            .collect();
        assert!(
            matches!(&*missing, [
                Missing { status: Status::Removed { since, .. }, .. },
                Missing { cause: Cause::Own(by), .. },
            ] if *since == Version::new(1, 30) && by.name == "Young"),
            "{missing:?}"
        );
    }
}
