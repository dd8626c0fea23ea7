//! The smallest change that fixes a dependency.
//!
//! Two candidates: turn on everything that is missing, directly or not, or give up the gate that
//! requires it. The one with fewer assignments that itself resolves is suggested; if they are equal, turning
//! on. Giving up is always one assignment, so the missing closure has to be listed only where it has
//! one member or where giving up does not resolve.
//!
//! Where neither resolves, the group that turned the gate on is removed, or else all gates are given up that require
//! or imply it. What is suggested never leads to another unmet dependency, so following suggestions comes to an end.

use alloc::collections::VecDeque;
use alloc::string::String;
use alloc::vec::Vec;

use crate::declare::group::Group;
use crate::declare::stage::Stage;
use crate::gates::component::GateId;
use crate::gates::set::GateSet;
use crate::id::IdVec;
use crate::order::sorted;
use crate::problem::cause::Cause;
use crate::problem::fix::Fix;
use crate::quote::LISTED;
use crate::request::assignment::Assignment;
use crate::resolve::input::Input;
use crate::resolve::resolution::{AssignmentId, Decision};
use crate::resolve::values::{Asked, Rules};

/// How often it is tried what would follow from a change, which costs a walk over all gates.
const TRIES: usize = 100;

pub(crate) struct Suggester<'a> {
    input: &'a Input<'a>,
    gates: &'a GateSet,
    decisions: &'a IdVec<GateId, Decision>,
    /// Computed when first needed.
    facts: Option<Facts>,
    tries: usize,
}

/// What has to be known of all gates.
struct Facts {
    /// The gates that a gate which is on requires or implies.
    required: IdVec<GateId, bool>,
    /// The gates that are off and cannot be turned on, or need one that cannot.
    blocked: IdVec<GateId, bool>,
    /// The gates that are off without an assignment of their own, or require such a gate.
    unasked: IdVec<GateId, bool>,
    /// The values without the assignment of a group; nothing where they lead to an unmet dependency. For the groups
    /// that were looked at.
    without: Vec<(GateId, Option<IdVec<GateId, Decision>>)>,
}

impl<'a> Suggester<'a> {
    pub(crate) fn new(input: &'a Input<'a>, decisions: &'a IdVec<GateId, Decision>) -> Self {
        Self { input, gates: input.gates, decisions, facts: None, tries: TRIES }
    }

    /// What would make a gate that is on and what it misses fit together.
    pub(crate) fn fix(&mut self, gate: GateId, missing: &[GateId]) -> Option<Fix> {
        let mut facts = self.facts.take().unwrap_or_else(|| self.find_facts());
        let give_up = self.give_up(gate, &facts).or_else(|| self.give_up_root(gate, &facts));
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
            (None, None) => self.remove_group(gate, &mut facts).or_else(|| self.give_up_all(gate)),
        };
        self.facts = Some(facts);
        fix
    }

    fn rules(&self) -> Rules<'a> {
        self.input.rules()
    }

    fn assignment(&self, id: AssignmentId) -> &'a Assignment {
        &self.input.assignments[id].assignment
    }

    /// The names of gates, sorted.
    fn names(&self, gates: &[GateId]) -> Vec<String> {
        sorted(gates.iter().map(|&gate| self.gates.written(gate).into()).collect(), &Ord::cmp)
    }

    fn is_on(&self, gate: GateId) -> bool {
        self.decisions[gate].value
    }

    /// The values after changes; nothing if that was tried too often.
    fn try_out(&mut self, changes: &[(GateId, Asked)]) -> Option<IdVec<GateId, Decision>> {
        self.tries = self.tries.checked_sub(1)?;
        let asked_then = |gate| changes.iter().find(|(of, _)| *of == gate).map(|(_, asked)| *asked);
        let asked = |gate| asked_then(gate).unwrap_or_else(|| self.input.asked(gate));
        Some(self.rules().decide(&asked))
    }

    /// The gates that miss something after changes that they do not miss now.
    fn failing(&self, after: &IdVec<GateId, Decision>) -> Vec<GateId> {
        let is_new = |gate: GateId, needed: &GateId| !self.is_on(gate) || self.is_on(*needed);
        let fails = |gate: &GateId| {
            let missing = self.rules().missing(*gate, |needed| after[needed].value);
            missing.iter().any(|needed| is_new(*gate, needed))
        };
        self.gates.ids().filter(fails).collect()
    }

    /// The values after changes; nothing if another dependency is not met then.
    fn try_alone(&mut self, changes: &[(GateId, Asked)]) -> Option<IdVec<GateId, Decision>> {
        let after = self.try_out(changes)?;
        self.failing(&after).is_empty().then_some(after)
    }

    /// How to give a gate up: turning it off resolves if it is not locked on and nothing that is on
    /// requires or implies it.
    fn give_up(&mut self, gate: GateId, facts: &Facts) -> Option<Fix> {
        if !self.can_be_turned_off(gate) || facts.required[gate] {
            return None;
        }
        let (asked, fix) = self.without(gate);
        // Only a group, and what implies others, takes others with it.
        let is_sole = !self.gates.is_group(gate) && self.gates.implies(gate).is_empty();
        if !is_sole {
            self.try_alone(&[(gate, asked)])?;
        }
        Some(fix)
    }

    /// How to give up the gate that has turned this one on by implying it, directly or not.
    fn give_up_root(&mut self, gate: GateId, facts: &Facts) -> Option<Fix> {
        let root = self.root(gate).filter(|root| *root != gate)?;
        if !self.can_be_turned_off(root) || facts.required[root] {
            return None;
        }
        let (asked, fix) = self.without(root);
        let after = self.try_alone(&[(root, asked)])?;
        (!after[gate].value).then_some(fix)
    }

    /// The first of the gates that imply one another up to this one.
    fn root(&self, gate: GateId) -> Option<GateId> {
        let by = |gate: &GateId| self.decisions[*gate].implied_by;
        core::iter::successors(Some(gate), by).last()
    }

    /// What is asked of a gate that is given up, and how. To remove its assignment is enough where nothing else turns
    /// it on.
    fn without(&self, gate: GateId) -> (Asked, Fix) {
        match self.decisions[gate].cause {
            Cause::Own(id) if !self.without_own(gate) => {
                (self.input.asked_before(gate), self.remove(id))
            }
            _ => {
                let fix = Fix::TurnOff { gate: self.gates.written(gate).into() };
                (Asked::Value(false, None), fix)
            }
        }
    }

    fn remove(&self, id: AssignmentId) -> Fix {
        let Assignment { name, value, .. } = self.assignment(id);
        Fix::Remove { name: name.clone(), value: *value }
    }

    /// The value that a gate has without the assignment that decides.
    fn without_own(&self, gate: GateId) -> bool {
        let status = &self.input.statuses[gate];
        let group = || {
            self.rules().by_group(gate, &self.rules().set_groups(&|group| self.input.asked(group)))
        };
        let by_group = || group().map(|(value, _)| value);
        self.input.before(gate).or_else(by_group).unwrap_or(status.default())
    }

    /// What is left where neither end can be changed by itself: to remove the group that turned it on, or the gate
    /// that implies it.
    fn remove_group(&mut self, gate: GateId, facts: &mut Facts) -> Option<Fix> {
        let root = self.root(gate)?;
        let decision = &self.decisions[root];
        let Cause::Group(id) = decision.cause else { return None };
        let group = self.input.assignments[id].lookup?.gate;
        // Without the master switch, what it overrides would count again.
        if self.input.is_pinned(id) || self.gates.group(group).is_some_and(Group::is_master) {
            return None;
        }
        // An assignment of a weaker layer would set the group again.
        if self.input.before(group) == Some(true) {
            return None;
        }
        if !facts.without.iter().any(|(known, _)| *known == group) {
            let after = self.try_alone(&[(group, self.input.asked_before(group))]);
            facts.without.push((group, after));
        }
        let (_, after) = facts.without.iter().find(|(known, _)| *known == group)?;
        let is_off = !after.as_ref()?[gate].value;
        is_off.then(|| self.remove(id))
    }

    /// How to give up a gate together with all that miss something then, and all that imply one of them.
    fn give_up_all(&mut self, gate: GateId) -> Option<Fix> {
        let mut all = Vec::from([gate]);
        loop {
            if all.len() > LISTED || !all.iter().all(|&gate| self.can_be_turned_off(gate)) {
                return None;
            }
            let (mut changes, mut remove, mut turn_off) = (Vec::new(), Vec::new(), Vec::new());
            for &gate in &all {
                // What was only implied goes off with what implies it.
                if self.decisions[gate].implied_by.is_some() && !self.without_own(gate) {
                    continue;
                }
                let (asked, fix) = self.without(gate);
                changes.push((gate, asked));
                match fix {
                    Fix::Remove { name, .. } => remove.push(name),
                    _ => turn_off.push(gate),
                }
            }
            let after = self.try_out(&changes)?;
            let still_on = all.iter().filter(|gate| after[**gate].value);
            let implying: Vec<GateId> =
                still_on.clone().filter_map(|&it| after[it].implied_by).collect();
            let is_done = still_on.count() == 0;
            let known = all.len();
            for more in self.failing(&after).into_iter().chain(implying) {
                if !all.contains(&more) {
                    all.push(more);
                }
            }
            if all.len() == known {
                let (remove, turn_off) = (sorted(remove, &Ord::cmp), self.names(&turn_off));
                return is_done.then_some(Fix::GiveUp { remove, turn_off });
            }
        }
    }

    /// What is off of what is reachable from the missing gates, in breadth, without what is implied by others of
    /// them; only as much as shows that it is too long.
    fn closure(&self, missing: &[GateId]) -> Vec<GateId> {
        let mut open: VecDeque<(GateId, bool)> =
            missing.iter().map(|&gate| (gate, false)).collect();
        let mut closure: Vec<GateId> = Vec::new();
        let mut implied: Vec<GateId> = Vec::new();
        while let Some((gate, is_implied)) = open.pop_front() {
            if self.is_on(gate) || closure.contains(&gate) || implied.contains(&gate) {
                continue;
            }
            if is_implied && !matches!(self.input.asked(gate), Asked::Value(..)) {
                implied.push(gate);
            } else {
                closure.push(gate);
            }
            if closure.len().max(implied.len()) > LISTED {
                break;
            }
            open.extend(self.gates.requires(gate).iter().map(|&needed| (needed, false)));
            open.extend(self.gates.implies(gate).iter().map(|&implied| (implied, true)));
        }
        closure
    }

    fn find_facts(&self) -> Facts {
        let mut required = self.gates.fill(false);
        for (gate, decision) in self.decisions.iter() {
            if decision.value && self.input.statuses[gate].exists() {
                for &needed in self.gates.needs(gate) {
                    required[needed] = true;
                }
            }
        }
        let is_off = |gate: GateId| !self.is_on(gate);
        let blocked = |gate| !self.can_be_turned_on(gate);
        let unasked = |gate| !matches!(self.input.asked(gate), Asked::Value(..));
        Facts {
            required,
            blocked: self.spread(&blocked, &self.gates.dependents(&is_off, GateSet::needs)),
            unasked: self.spread(&unasked, &self.gates.dependents(&is_off, GateSet::requires)),
            without: Vec::new(),
        }
    }

    /// The gates that are off and have a property, and their dependents.
    fn spread(
        &self,
        seed: &dyn Fn(GateId) -> bool,
        dependents: &IdVec<GateId, Vec<GateId>>,
    ) -> IdVec<GateId, bool> {
        let mut reached = self.gates.fill(false);
        let mut open: Vec<GateId> =
            self.gates.ids().filter(|&gate| !self.is_on(gate) && seed(gate)).collect();
        while let Some(gate) = open.pop() {
            if !core::mem::replace(&mut reached[gate], true) {
                open.extend(&dependents[gate]);
            }
        }
        reached
    }

    /// A group cannot: what else it sets may not resolve.
    fn can_be_turned_on(&self, gate: GateId) -> bool {
        let status = &self.input.statuses[gate];
        status.exists()
            && !status.is_locked()
            && status.stage() != Stage::PreAlpha
            && !self.gates.is_group(gate)
            && !self.is_pinned(gate)
    }

    fn can_be_turned_off(&self, gate: GateId) -> bool {
        !self.input.statuses[gate].is_locked() && !self.is_pinned(gate)
    }

    /// Whether a pin of the gate, or of the master switch, keeps every other setting from having an effect.
    fn is_pinned(&self, gate: GateId) -> bool {
        let is_pinned =
            |of: GateId| self.input.deciding[of].is_some_and(|id| self.input.is_pinned(id));
        let is_master = |group: &GateId| self.gates.group(*group).is_some_and(Group::is_master);
        let stage = self.input.statuses[gate].stage();
        is_pinned(gate) || self.gates.groups_of(gate, stage).filter(is_master).any(is_pinned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::declare::group::{Groups, Selection};
    use crate::declare::milestone::RawMilestone as M;
    use crate::declare::spec::RawSpec;
    use crate::declare::version::Version;
    use crate::gates::status::Status;
    use crate::problem::problems::{Missing, Problem, ProblemKind};
    use crate::registry::Registry;
    use crate::request::layer::Layer;
    use crate::request::origin::Source;
    use crate::request::parse::parse;
    use crate::resolve::resolve_layers;
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

    fn give_up(remove: &[&str], turn_off: &[&str]) -> Fix {
        let names = |names: &[&str]| names.iter().map(|name| (*name).into()).collect();
        Fix::GiveUp { remove: names(remove), turn_off: names(turn_off) }
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
        let both = give_up(&["A", "Top"], &[]);
        assert_eq!(found, [("A".into(), Some(both))], "neither end can change by itself");
    }

    /// What a missing gate itself requires counts, however far.
    #[test]
    fn what_lies_behind_a_missing_gate_counts() {
        let shut = gate("Shut", M::ga("1.30").with_default(false), &[]);
        let specs = [alpha("A", &["B"]), alpha("B", &[]), shut, alpha("Top", &["A"])];
        let found = fixes(specs, &[("B", "Shut")], "A=true,Top=true");
        let both = give_up(&["A", "Top"], &[]);
        assert_eq!(found, [("A".into(), Some(both))], "B cannot be turned on");
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
        let all = give_up(&["Free"], &["A", "B"]);
        assert_eq!(found, [("A".into(), Some(all))], "Free needs B");
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
    fn what_was_implied_is_given_up_with_what_implies_it() {
        let shut = || gate("Shut", M::ga("1.30").with_default(false), &[]);
        let specs =
            || [alpha("Top", &[]).implies("A"), alpha("A", &["B"]), alpha("B", &[]), shut()];
        let found = fixes(specs(), &[("B", "Shut")], "Top=true");
        assert_eq!(found, [("A".into(), Some(remove("Top")))], "B cannot be turned on");
        let found = fixes(specs(), &[], "Top=true");
        let also = turn_on(&["B"], false, false, Some("Top"));
        assert_eq!(found, [("A".into(), Some(also))]);
        let second = alpha("Second", &[]).implies("A");
        let found =
            fixes(specs().into_iter().chain([second]), &[("B", "Shut")], "Top=true,Second=true");
        assert_eq!(found, [("A".into(), Some(give_up(&["Second", "Top"], &[])))]);
        let found = fixes(specs(), &[("B", "Shut")], "AllAlpha=true,B=false");
        assert_eq!(found, [("A".into(), Some(remove("AllAlpha")))], "Top implies A");
    }

    #[test]
    fn an_implied_gate_that_is_set_to_off_is_turned_on_or_what_implies_it_is_removed() {
        let specs =
            || [alpha("A", &[]).implies("B"), alpha("B", &[]).implies("C"), alpha("C", &[])];
        let found = fixes(specs(), &[], "A=true,B=false");
        let instead = turn_on(&["B"], false, true, Some("A"));
        assert_eq!(found, [("A".into(), Some(instead))], "C goes on with B");
        let found = fixes(specs(), &[], "A=true,C=false");
        let instead = turn_on(&["C"], false, true, Some("A"));
        assert_eq!(found, [("B".into(), Some(instead))], "B is on by A");
    }

    #[test]
    fn what_is_pinned_is_not_advised_to_be_changed() {
        let mut registry = Registry::new(Version::new(1, 36));
        registry.register([alpha("A", &["B"]), alpha("B", &[])]).unwrap();
        let layer = |text: &str| Layer::new(parse(text, &Source::call()));
        let fix = |weak: &str, pins: &str| {
            let layers = [layer(weak), layer(pins).pinned()];
            let problems = resolve_layers(registry.gates().clone(), layers).unwrap_err();
            problems.iter().next().unwrap().fix().cloned()
        };
        assert_eq!(fix("A=true", "B=false"), Some(remove("A")));
        assert_eq!(fix("B=false", "A=true"), Some(turn_on(&["B"], false, true, None)));
        assert_eq!(fix("", "A=true,B=false"), None);
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

    #[test]
    fn a_closure_names_each_gate_once() {
        let specs = [
            alpha("Top", &["A"]),
            alpha("A", &["B", "C"]),
            alpha("B", &["D"]),
            alpha("C", &["D"]),
            alpha("D", &[]),
        ];
        let found = fixes(specs, &[], "Top=true,A=true");
        assert_eq!(found, [("A".into(), Some(turn_on(&["B", "C", "D"], false, false, None)))]);
    }

    #[test]
    fn as_many_gates_are_given_up_as_can_be_listed() {
        let shut = || gate("Shut", M::ga("1.30").with_default(false), &[]);
        for (length, is_advised) in [(LISTED - 1, true), (LISTED, true), (LISTED + 1, false)] {
            let names: Vec<String> = (0..length).map(|number| format!("G{number:02}")).collect();
            let link = |(number, name): (usize, &String)| {
                let before = number.checked_sub(1).and_then(|before| names.get(before));
                alpha(name, &before.map(String::as_str).into_iter().collect::<Vec<_>>())
            };
            let specs = names.iter().enumerate().map(link).chain([shut()]).collect::<Vec<_>>();
            let all: Vec<String> = names.iter().map(|name| format!("{name}=true")).collect();
            let found = fixes(specs, &[("G00", "Shut")], &all.join(","));
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let fix = is_advised.then(|| give_up(&names, &[]));
            assert_eq!(found, [("G00".into(), fix)], "{length}");
        }
    }

    #[test]
    fn each_of_two_groups_is_removed_for_its_own_gates() {
        let shut = gate("Shut", M::ga("1.30").with_default(false), &[]);
        let specs =
            [alpha("A", &[]), alpha("TopA", &["A"]), off("B", &[]), off("TopB", &["B"]), shut];
        let dependencies = [("A", "Shut"), ("B", "Shut")];
        let found = fixes(specs, &dependencies, "AllAlpha=true,AllBeta=true");
        let groups = [("A", "AllAlpha"), ("B", "AllBeta")];
        assert_eq!(found, groups.map(|(gate, group)| (gate.into(), Some(remove(group)))));
    }

    #[test]
    fn a_group_that_is_pinned_is_not_advised_to_be_removed() {
        let mut registry = Registry::new(Version::new(1, 36));
        let shut = gate("Shut", M::ga("1.30").with_default(false), &[]);
        registry.register([alpha("A", &[]), alpha("Top", &["A"]), shut]).unwrap();
        registry.add_dependencies([("A", ["Shut"])]).unwrap();
        let pins = Layer::new(parse("AllAlpha=true", &Source::call())).pinned();
        let problems = resolve_layers(registry.gates().clone(), [pins]).unwrap_err();
        let fixes: Vec<_> = problems.iter().map(|problem| problem.fix().cloned()).collect();
        assert_eq!(fixes, [Some(give_up(&[], &["A", "Top"]))]);
    }

    /// A group that is turned off does not count more than one of the same layer that is declared after it.
    #[test]
    fn giving_up_a_group_does_not_turn_off_what_another_group_turns_on() {
        let all = Group::new("all", Selection::new().stage(Stage::Alpha));
        let groups = Groups::default().group(all);
        let set = GateSet::with_groups(groups, [alpha("A", &[]), alpha("C", &[])]);
        let mut registry = Registry::of_gates(set);
        let edges = [("A", ["AllAlpha"]), ("AllAlpha", ["C"]), ("C", ["AllBeta"])];
        registry.add_dependencies(edges).unwrap();
        let resolve = |texts: [&str; 2]| {
            let layers = texts.map(|text| Layer::new(parse(text, &Source::call())));
            resolve_layers(registry.gates().clone(), layers)
        };
        // Without its last setting, the group would still be on.
        let problems = resolve(["AllAlpha=true", "all=true,AllAlpha=true"]).unwrap_err();
        let fixes: Vec<_> =
            problems.iter().map(|problem| (problem.gate(), problem.fix().cloned())).collect();
        assert_eq!(fixes, [("C", Some(give_up(&[], &["A", "AllAlpha", "C"])))]);
        assert!(resolve(["", "all=true,A=false,AllAlpha=false,C=false"]).is_ok());
    }
}
