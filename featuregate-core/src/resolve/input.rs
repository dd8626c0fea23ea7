//! The settings of all layers: which gate each names, and which decides.

use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::declare::group::Group;
use crate::gates::component::GateId;
use crate::gates::set::GateSet;
use crate::gates::status::Status;
use crate::id::IdVec;
use crate::problem::notice::Notice;
use crate::problem::problems::Problem;
use crate::request::assignment::{Assignment, ItemError, ItemId};
use crate::request::layer::{Layer, LayerId, Policy, Rank};
use crate::resolve::resolution::{AssignmentId, Decision, Given, Resolution};
use crate::resolve::values::{Asked, Rules};

pub(crate) struct Input<'a> {
    pub(crate) gates: &'a Arc<GateSet>,
    pub(crate) statuses: &'a Arc<IdVec<GateId, Status>>,
    pub(crate) ranks: IdVec<LayerId, Rank>,
    pub(crate) items: IdVec<ItemId, ()>,
    pub(crate) assignments: IdVec<AssignmentId, Given>,
    /// For each gate the assignment that decides it.
    pub(crate) deciding: IdVec<GateId, Option<AssignmentId>>,
    /// What would count without the deciding assignment of a gate.
    before: IdVec<GateId, Option<Before>>,
    /// The gates whose own assignments are a problem.
    pub(crate) refused: IdVec<GateId, bool>,
}

/// The assignments of a gate before the deciding one.
#[derive(Clone, Copy)]
struct Before {
    /// Whether one of them turns the gate on.
    on: bool,
    last: AssignmentId,
}

impl<'a> Input<'a> {
    pub(crate) fn new(gates: &'a Arc<GateSet>, statuses: &'a Arc<IdVec<GateId, Status>>) -> Self {
        Self {
            gates,
            statuses,
            ranks: IdVec::new(),
            items: IdVec::new(),
            assignments: IdVec::new(),
            deciding: gates.fill(None),
            before: gates.fill(None),
            refused: gates.fill(false),
        }
    }

    /// Takes the settings of a layer above those of the others; hands over what cannot be read.
    pub(crate) fn take(
        &mut self,
        Layer { items, rank }: Layer,
        invalid: &mut dyn FnMut(ItemId, Policy, ItemError),
    ) {
        let layer = self.ranks.push(rank);
        for content in items {
            let item = self.items.push(());
            match content {
                Ok(assignment) => self.take_assignment(item, layer, assignment),
                Err(error) => invalid(item, rank.policy, error),
            }
        }
    }

    /// The last assignment of a gate decides.
    fn take_assignment(&mut self, item: ItemId, layer: LayerId, assignment: Assignment) {
        let lookup = self.gates.lookup(&assignment.name);
        let id = self.assignments.push(Given { item, layer, assignment, lookup });
        if let Some(lookup) = lookup
            && let Some(replaced) = self.deciding[lookup.gate].replace(id)
        {
            let is_on = self.assignments[replaced].assignment.value;
            let before = &mut self.before[lookup.gate];
            *before = Some(Before { on: before.is_some_and(|it| it.on) || is_on, last: replaced });
        }
    }

    /// Where a master switch of a later layer sets a gate, the gate's own assignments no longer count.
    pub(crate) fn override_by_master(&mut self, gate: GateId) {
        let status = &self.statuses[gate];
        let Some(own) = self.deciding[gate].filter(|_| matches!(status, Status::Free { .. }))
        else {
            return;
        };
        let is_master = |group: &GateId| self.gates.group(*group).is_some_and(Group::is_master);
        let masters = self.gates.groups_of(gate, status.stage()).filter(is_master);
        let layer = |id: AssignmentId| self.assignments[id].layer;
        let Some(master) = masters.filter_map(|it| self.deciding[it]).map(layer).max() else {
            return;
        };
        if master > layer(own) {
            self.deciding[gate] = None;
        }
        if self.before[gate].is_some_and(|before| master > layer(before.last)) {
            self.before[gate] = None;
        }
    }

    /// What is asked of a gate without the assignment that decides.
    pub(crate) fn asked_before(&self, gate: GateId) -> Asked {
        let asked = |Before { on, last }| Asked::Value(on, Some(last));
        self.before[gate].map_or(Asked::Nothing, asked)
    }

    /// Whether assignments before the deciding one turn a gate on; nothing if there are none.
    pub(crate) fn before(&self, gate: GateId) -> Option<bool> {
        self.before[gate].map(|before| before.on)
    }

    pub(crate) fn rules(&self) -> Rules<'_> {
        let Self { gates, statuses, ranks, assignments, refused, .. } = self;
        Rules { gates, statuses, ranks, assignments, refused }
    }

    /// What is asked of a gate by its own assignment.
    pub(crate) fn asked(&self, gate: GateId) -> Asked {
        match self.deciding[gate] {
            Some(id) => Asked::Value(self.assignments[id].assignment.value, Some(id)),
            None => Asked::Nothing,
        }
    }

    pub(crate) fn is_pinned(&self, id: AssignmentId) -> bool {
        self.ranks[self.assignments[id].layer].pinned
    }

    pub(crate) fn policy(&self, id: AssignmentId) -> Policy {
        self.ranks[self.assignments[id].layer].policy
    }

    /// What it comes to.
    pub(crate) fn resolution(
        self,
        decisions: IdVec<GateId, Decision>,
        notices: Vec<Notice>,
        problems: Vec<Problem>,
    ) -> Resolution {
        Resolution {
            gates: Arc::clone(self.gates),
            statuses: Arc::clone(self.statuses),
            assignments: self.assignments,
            decisions,
            notices,
            problems,
        }
    }
}
