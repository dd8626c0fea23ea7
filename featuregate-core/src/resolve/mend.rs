//! The smallest change that mends a dependency.
//!
//! Two candidates: switch on everything that is missing, directly or not, or give up the gate that
//! requires it. The one with fewer assignments that itself resolves is told; if they are equal, switch
//! on. Giving up is always one assignment, so the missing closure has to be listed only where it has
//! one member or where giving up does not resolve.

use alloc::collections::VecDeque;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use crate::declare::gate_set::GateSet;
use crate::declare::stage::Stage;
use crate::order::{sort_numbers, sorted};
use crate::request::assignment::Assignment;
use crate::resolve::problem::{Mend, Missing, Off};
use crate::resolve::resolution::{Cause, Decision};

/// The most gates that a mend lists.
const LISTED: usize = 20;

pub(crate) struct Mender<'a> {
    gates: &'a GateSet,
    decisions: &'a [Decision],
    assignments: &'a [(usize, Assignment)],
    /// Whether assignments before the deciding one turn a gate on; nothing if there are none.
    before: &'a [Option<bool>],
    /// Gates whose requests are refused.
    refused: &'a [bool],
    /// Found when first needed.
    known: Option<Known>,
}

/// What has to be known of all gates.
struct Known {
    /// Gates that a gate which is on requires.
    required: Vec<bool>,
    /// Gates that are off and can't be switched on, or need one that can't.
    blocked: Vec<bool>,
    /// Gates that are off without an assignment of their own, or need such a gate.
    unasked: Vec<bool>,
    /// Whether what a group has turned on can go, by its default or all of it; for groups that were
    /// looked at.
    members: Vec<((usize, bool), bool)>,
}

impl<'a> Mender<'a> {
    pub(crate) fn new(
        gates: &'a GateSet,
        decisions: &'a [Decision],
        assignments: &'a [(usize, Assignment)],
        before: &'a [Option<bool>],
        refused: &'a [bool],
    ) -> Self {
        Self { gates, decisions, assignments, before, refused, known: None }
    }

    /// What would make a gate that is on and what it misses fit.
    pub(crate) fn mend(&mut self, gate: usize, missing: &[usize]) -> Option<Mend> {
        let mut known = self.known.take().unwrap_or_else(|| self.find_known());
        let give_up = self.give_up(gate, &mut known);
        let blocked = missing.iter().any(|&needed| set(&known.blocked, needed));
        let or_drop = match &give_up {
            Some(Mend::Drop(name)) => Some(name.clone()),
            _ => None,
        };
        let switch_on = (!blocked).then(|| self.closure(missing));
        let mend = match (give_up, switch_on) {
            (Some(give_up), Some(closure)) if closure.len() > 1 => Some(give_up),
            (Some(give_up), None) => Some(give_up),
            (_, Some(mut closure)) => {
                let more = closure.len() > LISTED;
                closure.truncate(LISTED);
                let instead = !missing.iter().any(|&needed| set(&known.unasked, needed));
                Some(Mend::SwitchOn { gates: self.names(closure), more, instead, or_drop })
            }
            (None, None) => self.drop_group(gate, &mut known),
        };
        self.known = Some(known);
        mend
    }

    /// What is missing, sorted by name, and why each of it is off.
    pub(crate) fn missing(&self, gates: &[usize]) -> Vec<Missing> {
        let of =
            |&gate: &usize| Missing { gate: self.gates.written(gate).into(), off: self.off(gate) };
        sorted(gates.iter().map(of).collect(), &|a, b| a.gate.cmp(&b.gate))
    }

    fn off(&self, gate: usize) -> Off {
        let (Some(spec), Some(decision)) = (self.gates.gates().get(gate), self.decisions.get(gate))
        else {
            return Off::Default;
        };
        if let Some(since) = spec.removed().filter(|_| !decision.exists && decision.locked) {
            return Off::Removed { since };
        }
        if !decision.exists {
            return Off::NotYet { introduced: spec.introduced() };
        }
        if !self.gates.available(gate) {
            return Off::Unavailable;
        }
        match decision.cause.assignment().and_then(|index| self.assignments.get(index)) {
            Some((_, by)) => Off::Set { name: by.name.clone(), origin: by.origin.clone() },
            None if decision.locked => Off::Locked,
            None => Off::Default,
        }
    }

    /// The names of gates, sorted.
    fn names(&self, mut gates: Vec<usize>) -> Vec<String> {
        sort_numbers(&mut gates, &|a, b| self.gates.written(a).cmp(self.gates.written(b)));
        gates.iter().map(|&gate| self.gates.written(gate).into()).collect()
    }

    fn on(&self, gate: usize) -> bool {
        self.decisions.get(gate).is_some_and(|decision| decision.value)
    }

    /// How to give a gate up: turning it off resolves if it is not locked on and nothing that is on
    /// requires it.
    fn give_up(&self, gate: usize, known: &mut Known) -> Option<Mend> {
        let decision = self.decisions.get(gate)?;
        if decision.locked || set(&known.required, gate) {
            return None;
        }
        let own = match decision.cause {
            Cause::Assignment(index) => self.assignments.get(index),
            _ => None,
        };
        // To drop the request is enough where nothing else turns the gate on.
        let own = own.filter(|_| !self.without_own(gate, decision));
        let by_default = own.is_some() && self.said_before(gate).is_none();
        if self.gates.is_group(gate) && !self.members_can_go(gate, by_default, known) {
            return None;
        }
        Some(match own {
            Some((_, own)) => Mend::Drop(own.name.clone()),
            None => Mend::SwitchOff(self.gates.written(gate).into()),
        })
    }

    fn said_before(&self, gate: usize) -> Option<bool> {
        self.before.get(gate).copied().flatten()
    }

    /// The value that a gate has without the assignment that decides.
    fn without_own(&self, gate: usize, decision: &Decision) -> bool {
        if let Some(before) = self.said_before(gate) {
            return before;
        }
        let group = self.gates.group_of(gate, decision.stage);
        let group = group.filter(|&group| !set(self.refused, group)).and_then(|group| {
            let decision = self.decisions.get(group)?;
            decision.cause.assignment().map(|_| decision.value)
        });
        group.unwrap_or(decision.default)
    }

    /// What is left where neither end can be changed by itself: to drop the group that turned it on.
    fn drop_group(&self, gate: usize, known: &mut Known) -> Option<Mend> {
        let decision = self.decisions.get(gate)?;
        let Cause::Group { group, index } = decision.cause else {
            return None;
        };
        let (_, given) = self.assignments.get(index)?;
        let before = self.said_before(group);
        let by_default = before.is_none();
        let falls_back_to_off = if by_default { !decision.default } else { before == Some(false) };
        (falls_back_to_off && self.members_can_go(group, by_default, known))
            .then(|| Mend::Drop(given.name.clone()))
    }

    /// Whether what a group has turned on can be off without it, each member by its default or all of
    /// them: nothing that stays on requires one that goes.
    fn members_can_go(&self, group: usize, by_default: bool, known: &mut Known) -> bool {
        let asked = (group, by_default);
        if let Some((_, answer)) = known.members.iter().find(|(before, _)| *before == asked) {
            return *answer;
        }
        let goes = |gate: usize| {
            self.decisions.get(gate).is_some_and(|decision| {
                let member =
                    matches!(decision.cause, Cause::Group { group: of, .. } if of == group);
                gate == group || (member && !(by_default && decision.default))
            })
        };
        let stays = |gate: &usize| {
            let on = |decision: &Decision| decision.value && decision.exists;
            self.decisions.get(*gate).is_some_and(on) && !goes(*gate)
        };
        let mut staying = self.gates.positions().filter(stays);
        let answer = !staying.any(|gate| self.gates.requires(gate).iter().any(|&it| goes(it)));
        known.members.push((asked, answer));
        answer
    }

    /// What is off of what is reachable from the missing gates, in breadth; no more than what shows that
    /// it is too long.
    fn closure(&self, missing: &[usize]) -> Vec<usize> {
        let mut open: VecDeque<usize> = missing.iter().copied().collect();
        let mut closure: Vec<usize> = Vec::new();
        while let Some(gate) = open.pop_front() {
            if self.on(gate) || closure.contains(&gate) {
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

    fn find_known(&self) -> Known {
        let positions = || self.gates.positions();
        let mut required = vec![false; self.decisions.len()];
        for (position, decision) in self.decisions.iter().enumerate() {
            if decision.value && decision.exists {
                for &needed in self.gates.requires(position) {
                    if let Some(required) = required.get_mut(needed) {
                        *required = true;
                    }
                }
            }
        }
        let dependents = self.gates.dependents(|dependent| !self.on(dependent));
        let spread = |seed: &dyn Fn(usize) -> bool| {
            let mut reached = vec![false; self.decisions.len()];
            let mut open: Vec<usize> =
                positions().filter(|&gate| !self.on(gate) && seed(gate)).collect();
            while let Some(gate) = open.pop() {
                let seen = reached.get_mut(gate).is_none_or(|seen| core::mem::replace(seen, true));
                if !seen {
                    open.extend(dependents.get(gate).into_iter().flatten());
                }
            }
            reached
        };
        let unasked = |gate: usize| {
            let cause = self.decisions.get(gate).map(|decision| decision.cause);
            !matches!(cause, Some(Cause::Assignment(_)))
        };
        Known {
            required,
            blocked: spread(&|gate| !self.can_switch_on(gate)),
            unasked: spread(&unasked),
            members: Vec::new(),
        }
    }

    /// A group can't: what it sets besides may not resolve.
    fn can_switch_on(&self, gate: usize) -> bool {
        self.decisions.get(gate).is_some_and(|decision| {
            decision.exists && !decision.locked && decision.stage != Stage::PreAlpha
        }) && !self.gates.is_group(gate)
    }
}

fn set(flags: &[bool], gate: usize) -> bool {
    flags.get(gate).copied().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::declare::milestone::RawMilestone as M;
    use crate::declare::spec::RawSpec;
    use crate::declare::version::Version;
    use crate::registry::Registry;
    use crate::resolve::problem::ProblemKind;
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

    /// The mends of a text, each with its gate.
    fn mends(
        specs: impl IntoIterator<Item = RawSpec>,
        dependencies: &[(&str, &str)],
        text: &str,
    ) -> Vec<(String, Option<Mend>)> {
        let mut registry = Registry::new(Version::new(1, 36));
        registry.register(specs).unwrap();
        registry.add_dependencies(dependencies.iter().map(|(gate, it)| (*gate, [*it]))).unwrap();
        let problems = registry.set(text).unwrap_err();
        let mend = |problem: crate::Problem| match problem.kind() {
            ProblemKind::Dependency { mend, .. } => (problem.gate().into(), mend.clone()),
            other => panic!("{other:?}"),
        };
        problems.into_iter().map(mend).collect()
    }

    fn switch_on(gates: &[&str], more: bool, instead: bool, or_drop: Option<&str>) -> Mend {
        let gates = gates.iter().map(|gate| (*gate).into()).collect();
        Mend::SwitchOn { gates, more, instead, or_drop: or_drop.map(Into::into) }
    }

    #[test]
    fn what_is_on_already_is_not_switched_on() {
        let specs = || [alpha("A", &["B"]), alpha("B", &["C"]), alpha("C", &[])];
        let found = mends(specs(), &[], "A=true,C=true");
        assert_eq!(found, [("A".into(), Some(switch_on(&["B"], false, false, Some("A"))))]);
        let found = mends(specs(), &[], "A=true,B=false,C=true");
        assert_eq!(found, [("A".into(), Some(switch_on(&["B"], false, true, Some("A"))))]);
        assert_eq!(mends(specs(), &[], "A=true"), [("A".into(), Some(Mend::Drop("A".into())))]);
    }

    /// A gate that something else requires can't be given up, so the whole closure is listed.
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
            let found = mends(chain(length), &[], "Top=true,User=true");
            match found.as_slice() {
                [(gate, Some(Mend::SwitchOn { gates, more, instead: false, or_drop: None }))] => {
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
        let found = mends([alpha("A", &[]), locked()], &dependencies, "A=true");
        assert_eq!(found, [("A".into(), Some(Mend::Drop("A".into())))]);
        let specs = [alpha("A", &[]), locked(), alpha("Top", &["A"])];
        let found = mends(specs, &dependencies, "A=true,Top=true");
        assert_eq!(found, [("A".into(), None)], "neither end can change");
    }

    /// What a missing gate itself requires counts, however far.
    #[test]
    fn what_lies_behind_a_missing_gate_counts() {
        let shut = gate("Shut", M::ga("1.30").with_default(false), &[]);
        let specs = [alpha("A", &["B"]), alpha("B", &[]), shut, alpha("Top", &["A"])];
        let found = mends(specs, &[("B", "Shut")], "A=true,Top=true");
        assert_eq!(found, [("A".into(), None)], "B can't be switched on");
        let specs = [alpha("A", &["B"]), alpha("B", &["C"]), alpha("C", &[]), alpha("Top", &["A"])];
        let found = mends(specs, &[], "A=true,Top=true,B=false");
        let also = switch_on(&["B", "C"], false, false, None);
        assert_eq!(found, [("A".into(), Some(also))], "nobody has asked for C to be off");
    }

    /// To drop a group turns its members off, which something else may need.
    #[test]
    fn a_group_is_given_up_only_where_its_members_can_go() {
        let locked = || gate("Shut", M::ga("1.30").with_default(false), &[]);
        let specs = || [off("A", &[]), off("B", &["A"]), locked(), alpha("Free", &["B"])];
        let dependencies = [("A", "Shut")];
        let found = mends(specs(), &dependencies, "AllBeta=true");
        assert_eq!(found, [("A".into(), Some(Mend::Drop("AllBeta".into())))]);
        let found = mends(specs(), &dependencies, "AllBeta=true,Free=true");
        assert_eq!(found, [("A".into(), None)], "Free needs B");
        // The group itself as a gate.
        let found = mends(specs(), &[("AllAlpha", "B")], "AllAlpha=true,Free=false");
        assert_eq!(found, [("AllAlpha".into(), Some(Mend::Drop("AllAlpha".into())))]);
        let found = mends(
            [off("A", &[]), off("B", &[]), alpha("M", &[]), alpha("User", &["M"])],
            &[("AllAlpha", "A"), ("AllAlpha", "B")],
            "AllAlpha=true,User=true",
        );
        assert_eq!(
            found,
            [("AllAlpha".into(), Some(switch_on(&["A", "B"], false, false, None)))],
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
        let mend = problems.iter().find_map(|problem| match problem.kind() {
            ProblemKind::Dependency { mend, .. } => Some((problem.gate(), mend.clone())),
            _ => None,
        });
        assert_eq!(mend, Some(("On", Some(switch_on(&["B"], false, true, None)))));
    }

    #[test]
    fn a_removed_gate_and_one_that_is_not_there_yet_say_so() {
        let gone = RawSpec::new("Gone").removed("1.30").final_value(false);
        let young = alpha("Young", &[]).milestone(M::beta("1.35"));
        let mut registry = Registry::new(Version::new(1, 36));
        registry.register([gone, young, alpha("A", &[])]).unwrap();
        registry.add_dependencies([("A", ["Gone", "Young"])]).unwrap();
        let problems = registry.set("A=true,Young=false").unwrap_err();
        let off: Vec<Off> = problems
            .into_iter()
            .filter_map(|problem| match problem.kind() {
                ProblemKind::Dependency { missing, .. } => Some(missing.clone()),
                _ => None,
            })
            .flatten()
            .map(|missing| missing.off)
            .collect();
        assert!(
            matches!(&*off, [Off::Removed { since }, Off::Set { name, .. }]
                if *since == Version::new(1, 30) && name == "Young"),
            "{off:?}"
        );
    }
}
