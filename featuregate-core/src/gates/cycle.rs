//! Gates that require or imply each other in a cycle.

use alloc::vec;
use alloc::vec::Vec;
use core::slice::Iter;

use crate::gates::component::GateId;
use crate::gates::set::GateSet;
use crate::order::sorted;

/// What the search knows of a gate.
#[derive(Clone, Copy)]
enum State {
    Unseen,
    /// The gate is among the members that are not assigned to a component yet; with its number.
    Open(u32),
    Closed,
}

/// A gate on the path of the search.
struct Frame<'a> {
    gate: GateId,
    order: u32,
    /// The lowest number that the gate leads back to.
    low: u32,
    /// The required and implied gates that are left to look at.
    rest: Iter<'a, GateId>,
}

/// The strongly connected components that contain a cycle, in the order of their gates: Tarjan's algorithm
/// with an explicit stack, since a chain of gates may be longer than the thread's.
pub(crate) fn cycles(set: &GateSet) -> Vec<Vec<GateId>> {
    let mut states = set.map(|_| State::Unseen);
    let mut count = 0;
    let mut members: Vec<GateId> = Vec::new();
    let mut found: Vec<Vec<GateId>> = Vec::new();
    for root in set.ids() {
        let mut next = matches!(states[root], State::Unseen).then_some(root);
        let mut path: Vec<Frame<'_>> = vec![];
        loop {
            if let Some(gate) = next.take() {
                count += 1;
                states[gate] = State::Open(count);
                members.push(gate);
                path.push(Frame { gate, order: count, low: count, rest: set.needs(gate).iter() });
            }
            let Some(frame) = path.last_mut() else { break };
            if let Some(&needed) = frame.rest.next() {
                match states[needed] {
                    State::Unseen => next = Some(needed),
                    State::Open(order) => frame.low = frame.low.min(order),
                    State::Closed => {}
                }
                continue;
            }
            let (gate, order, low) = (frame.gate, frame.order, frame.low);
            path.pop();
            if let Some(before) = path.last_mut() {
                before.low = before.low.min(low);
            }
            if low == order {
                let is_before = |member: &GateId| matches!(states[*member], State::Open(other) if other < order);
                let component = members.split_off(members.partition_point(is_before));
                for &member in &component {
                    states[member] = State::Closed;
                }
                if component.len() > 1 || set.needs(gate).contains(&gate) {
                    found.push(sorted(component, &Ord::cmp));
                }
            }
        }
    }
    sorted(found, &|a, b| a.first().cmp(&b.first()))
}
