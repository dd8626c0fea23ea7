//! The smallest change that mends a dependency.
//!
//! Two candidates: switch on everything that is missing, directly or not, or give up the gate that
//! requires it. The one with fewer assignments that itself resolves is told; if they are equal, switch
//! on. Giving up is always one assignment, so the missing closure has to be listed only where it has
//! one member or where giving up does not resolve.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use crate::declare::gate_set::GateSet;
use crate::declare::stage::Stage;
use crate::resolve::problem::Mend;
use crate::resolve::resolution::{Cause, Decision};
use crate::resolve::versions::Versions;

pub(crate) struct Mender<'a> {
    gates: &'a GateSet,
    versions: Versions,
    decisions: &'a [Decision],
    /// Gates that a gate which is on requires; filled when first needed.
    required: Option<Vec<bool>>,
    /// What to switch on for a list of missing gates, since many gates may miss the same.
    closures: Vec<(Vec<usize>, Option<Closure>)>,
}

/// Everything to switch on.
#[derive(Clone)]
struct Closure {
    /// Sorted by name.
    gates: Vec<String>,
    /// Whether each of them has an assignment of its own, which then says false.
    assigned: bool,
}

impl Closure {
    fn switch_on(self, or_drop: bool) -> Mend {
        Mend::SwitchOn { gates: self.gates, instead: self.assigned, or_drop }
    }
}

impl<'a> Mender<'a> {
    pub(crate) fn new(gates: &'a GateSet, versions: Versions, decisions: &'a [Decision]) -> Self {
        Self { gates, versions, decisions, required: None, closures: Vec::new() }
    }

    /// `own`: whether an assignment of its own turned the gate on.
    pub(crate) fn mend(&mut self, gate: usize, missing: &[usize], own: bool) -> Option<Mend> {
        let give_up = self.can_give_up(gate).then(|| {
            let falls_back_to_off = own && !self.without_own(gate);
            if falls_back_to_off { Mend::Drop } else { Mend::SwitchOff }
        });
        match give_up {
            Some(give_up) => {
                let single = match missing {
                    [single] if self.only_itself_missing(*single) => self.closure(missing),
                    _ => None,
                };
                Some(match single {
                    Some(closure) => closure.switch_on(give_up == Mend::Drop),
                    None => give_up,
                })
            }
            None => self.closure(missing).map(|closure| closure.switch_on(false)),
        }
    }

    /// The names of gates, sorted.
    pub(crate) fn names(&self, gates: &[usize]) -> Vec<String> {
        let gates = gates.iter().filter_map(|&gate| self.gates.gates().get(gate));
        let mut names: Vec<String> = gates.map(|gate| gate.name().into()).collect();
        names.sort();
        names
    }

    fn on(&self, gate: usize) -> bool {
        self.decisions.get(gate).is_some_and(|decision| decision.value)
    }

    /// The value without an assignment of its own, leaving groups aside: they only come in question
    /// where the gate's own request is the one that turned it on.
    fn without_own(&self, gate: usize) -> bool {
        let Some(decision) = self.decisions.get(gate) else {
            return false;
        };
        let group = GateSet::group_of(decision.stage).filter(|_| !decision.locked);
        decision.default || group.is_some_and(|group| self.on(group))
    }

    /// Turning the gate off resolves if it is not locked on and nothing that is on requires it.
    fn can_give_up(&mut self, gate: usize) -> bool {
        let (gates, decisions) = (self.gates, self.decisions);
        let required = self.required.get_or_insert_with(|| {
            let mut required = vec![false; decisions.len()];
            for (position, decision) in decisions.iter().enumerate() {
                if decision.value && decision.exists {
                    for &needed in gates.requires(position) {
                        if let Some(required) = required.get_mut(needed) {
                            *required = true;
                        }
                    }
                }
            }
            required
        });
        let locked =
            decisions.get(gate).is_some_and(|decision| decision.locked && decision.default);
        !locked && !required.get(gate).copied().unwrap_or(false)
    }

    fn only_itself_missing(&self, gate: usize) -> bool {
        self.gates.requires(gate).iter().all(|&needed| self.on(needed))
    }

    /// Everything that is off of what is reachable from the missing gates, sorted by name; `None` if
    /// one of them can't be switched on.
    fn closure(&mut self, missing: &[usize]) -> Option<Closure> {
        let at = self.closures.partition_point(|(known, _)| known.as_slice() < missing);
        if let Some((known, closure)) = self.closures.get(at) {
            if known == missing {
                return closure.clone();
            }
        }
        let closure = self.find_closure(missing);
        self.closures.insert(at, (missing.to_vec(), closure.clone()));
        closure
    }

    fn find_closure(&self, missing: &[usize]) -> Option<Closure> {
        let mut reached = vec![false; self.decisions.len()];
        let mut open = missing.to_vec();
        let mut closure = Vec::new();
        while let Some(gate) = open.pop() {
            let seen = reached.get_mut(gate).is_none_or(|seen| core::mem::replace(seen, true));
            if seen || self.on(gate) {
                continue;
            }
            if !self.can_switch_on(gate) {
                return None;
            }
            closure.push(gate);
            open.extend(self.gates.requires(gate));
        }
        let assigned = |gate: &usize| {
            let decision = self.decisions.get(*gate);
            decision.is_some_and(|decision| matches!(decision.cause, Cause::Assignment(_)))
        };
        Some(Closure { gates: self.names(&closure), assigned: closure.iter().all(assigned) })
    }

    fn can_switch_on(&self, gate: usize) -> bool {
        let Some(spec) = self.gates.gates().get(gate) else {
            return false;
        };
        let Versions { binary, emulated, min_compat } = self.versions;
        let now = spec.at(emulated, min_compat);
        let removed = spec.removed().is_some_and(|removed| removed <= binary);
        let locked_off = now.locked && !now.default;
        !removed && !locked_off && spec.available() && now.stage != Stage::PreAlpha
    }
}
