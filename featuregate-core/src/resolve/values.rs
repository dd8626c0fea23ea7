//! The value of every gate from what is asked of each, and which gates that are on miss others.

use alloc::collections::VecDeque;
use alloc::vec::Vec;

use crate::declare::group::Group;
use crate::gates::component::{Component, ComponentId, GateId};
use crate::gates::set::GateSet;
use crate::gates::status::Status;
use crate::id::IdVec;
use crate::order::sorted;
use crate::problem::cause::Cause;
use crate::request::layer::{LayerId, Rank};
use crate::resolve::resolution::{AssignmentId, Decision, Given};

/// What values depend on besides what is asked.
#[derive(Clone, Copy)]
pub(crate) struct Rules<'a> {
    pub(crate) gates: &'a GateSet,
    pub(crate) statuses: &'a IdVec<GateId, Status>,
    pub(crate) ranks: &'a IdVec<LayerId, Rank>,
    pub(crate) assignments: &'a IdVec<AssignmentId, Given>,
    /// The gates whose own assignments are a problem. They have their defaults, so that what depends on them is
    /// judged by that, and they are not reported a second time.
    pub(crate) refused: &'a IdVec<GateId, bool>,
}

/// What is asked of a gate.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Asked {
    /// Nothing of its own, so what implies it, its group or its default decides.
    Nothing,
    /// The same without its group.
    NotEvenByGroup,
    /// That it is off, which is not a setting: a group sets nothing then.
    Off,
    /// This value, by an assignment, or, to see what would follow, by a new one in the strongest layer below the pins.
    Value(bool, Option<AssignmentId>),
}

/// A group that is asked for.
pub(crate) struct SetGroup<'a> {
    component: ComponentId,
    of: &'a Group,
    /// Its layer; `None` for a new one where all are pinned.
    layer: Option<LayerId>,
    value: bool,
    by: Option<AssignmentId>,
}

impl Rules<'_> {
    /// The value of every gate, and what decided it.
    ///
    /// A gate has the value of its own assignment. Otherwise it is on if a gate that is on implies it, unless
    /// it cannot be set; otherwise it has the value of its group, unless it is locked; otherwise its default.
    pub(crate) fn decide(&self, asked: &dyn Fn(GateId) -> Asked) -> IdVec<GateId, Decision> {
        let mut decisions = self.decide_each(asked);
        self.spread(&mut decisions, asked);
        decisions
    }

    /// The same where no gate implies another one.
    pub(crate) fn decide_each(&self, asked: &dyn Fn(GateId) -> Asked) -> IdVec<GateId, Decision> {
        let groups = self.set_groups(asked);
        self.gates.map(|gate| self.decide_alone(gate, &groups, asked))
    }

    fn decide_alone(
        &self,
        gate: GateId,
        groups: &[SetGroup<'_>],
        asked: &dyn Fn(GateId) -> Asked,
    ) -> Decision {
        let status = &self.statuses[gate];
        let (value, cause) = match asked(gate) {
            Asked::Value(value, by) => {
                // What is asked of a locked gate can only agree.
                let is_fixed = self.refused[gate] || status.is_locked();
                let value = if is_fixed { status.default() } else { value };
                (value, by.map_or(Cause::Default, Cause::Own))
            }
            // A master switch can override settings that contradict each other.
            Asked::Nothing if !groups.is_empty() && !self.refused[gate] => {
                self.by_group(gate, groups).unwrap_or((status.default(), Cause::Default))
            }
            Asked::Nothing | Asked::NotEvenByGroup => (status.default(), Cause::Default),
            Asked::Off => (false, Cause::Unmet),
        };
        Decision { value, cause, implied_by: None }
    }

    /// The value by the strongest group that is set: the one of the latest layer, and within it the one that is
    /// declared last.
    pub(crate) fn by_group(
        &self,
        gate: GateId,
        groups: &[SetGroup<'_>],
    ) -> Option<(bool, Cause<AssignmentId>)> {
        let status = &self.statuses[gate];
        if status.is_locked() {
            return None;
        }
        let mut strongest: Option<&SetGroup<'_>> = None;
        for group in groups {
            if group.component == self.gates.component_id(gate)
                && group.of.selection().includes(self.gates.spec(gate), status.stage())
                && strongest.is_none_or(|other| other.layer <= group.layer)
            {
                strongest = Some(group);
            }
        }
        let strongest = strongest.filter(|_| !self.gates.is_group(gate))?;
        Some((strongest.value, strongest.by.map_or(Cause::Default, Cause::Group)))
    }

    /// The layer that a new assignment is added to.
    fn layer_of_new(&self) -> Option<LayerId> {
        self.ranks.iter().filter(|(_, rank)| !rank.pinned).map(|(layer, _)| layer).next_back()
    }

    /// The groups that are set.
    pub(crate) fn set_groups(&self, asked: &dyn Fn(GateId) -> Asked) -> Vec<SetGroup<'_>> {
        let mut groups = Vec::new();
        for (gate, of) in self.gates.components().iter().flat_map(Component::groups) {
            if let Asked::Value(value, by) = asked(*gate)
                && !self.refused[*gate]
            {
                let component = self.gates.component_id(*gate);
                let layer = match by {
                    Some(id) => Some(self.assignments[id].layer),
                    None => self.layer_of_new(),
                };
                groups.push(SetGroup { component, of, layer, value, by });
            }
        }
        groups
    }

    /// Turns on what gates that are on imply. Where several imply one gate, what was asked for comes before what
    /// is on by default.
    fn spread(&self, decisions: &mut IdVec<GateId, Decision>, asked: &dyn Fn(GateId) -> Asked) {
        let implying = self.gates.ids().filter(|&gate| !self.gates.implies(gate).is_empty());
        let implying: Vec<GateId> = implying.collect();
        if implying.is_empty() {
            return;
        }
        let rank = |gate: &GateId| match decisions[*gate].cause {
            Cause::Own(_) => 0,
            Cause::Group(_) => 1,
            _ => 2,
        };
        let implying = sorted(implying, &|a, b| rank(a).cmp(&rank(b)));
        let mut open = VecDeque::from(implying);
        while let Some(gate) = open.pop_front() {
            let Decision { value, cause, .. } = decisions[gate];
            if !value || !self.statuses[gate].exists() {
                continue;
            }
            for &implied in self.gates.implies(gate) {
                let decision = &mut decisions[implied];
                let is_open = matches!(self.statuses[implied], Status::Free { .. })
                    && !matches!(asked(implied), Asked::Value(..) | Asked::Off);
                if is_open && !decision.value {
                    decision.value = true;
                    decision.cause = Cause::Implied(cause.assignment());
                    decision.implied_by = Some(gate);
                    open.push_back(implied);
                }
            }
        }
    }

    /// What a gate requires or implies and is off, although the gate is on; in their order, once each.
    pub(crate) fn missing(&self, gate: GateId, is_on: impl Fn(GateId) -> bool) -> Vec<GateId> {
        let (needs, mut missing) = (self.gates.needs(gate), Vec::new());
        if needs.is_empty() || !is_on(gate) || !self.statuses[gate].exists() || self.refused[gate] {
            return missing;
        }
        for &needed in needs {
            if !is_on(needed) && !self.refused[needed] {
                missing.push(needed);
            }
        }
        let mut missing = sorted(missing, &Ord::cmp);
        missing.dedup();
        missing
    }
}
