//! Gates that require each other in a cycle.

use alloc::string::String;
use alloc::vec::Vec;

use crate::declare::gate_set::GateSet;
use crate::order::{sort_numbers, sorted};

/// The strongly connected components that contain a cycle: Tarjan's algorithm with an explicit stack, since
/// a chain of gates may be longer than the thread's stack.
pub(crate) fn cycles(set: &GateSet) -> Vec<Vec<String>> {
    #[derive(Clone, Copy, Default)]
    struct Seen {
        order: usize,
        low: usize,
        open: bool,
    }
    let count = set.gates().len();
    let mut seen: Vec<Option<Seen>> = alloc::vec![None; count];
    let mut order = 0;
    let mut open: Vec<usize> = Vec::new();
    let mut found: Vec<Vec<usize>> = Vec::new();
    for root in 0..count {
        let mut path: Vec<(usize, usize)> = alloc::vec![(root, 0)];
        while let Some((gate, edge)) = path.pop() {
            let state = seen.get(gate).copied().flatten();
            if edge == 0 {
                if state.is_some() {
                    continue;
                }
                order += 1;
                open.push(gate);
                if let Some(slot) = seen.get_mut(gate) {
                    *slot = Some(Seen { order, low: order, open: true });
                }
            }
            // Back from the edge before this one: what it reached counts for this gate too.
            let reached = edge.checked_sub(1).and_then(|edge| set.requires(gate).get(edge));
            if let Some(child) = reached.and_then(|&child| seen.get(child).copied().flatten()) {
                if let Some(Some(own)) = seen.get_mut(gate).filter(|_| child.open) {
                    own.low = own.low.min(child.low);
                }
            }
            if let Some(&next) = set.requires(gate).get(edge) {
                path.push((gate, edge + 1));
                path.push((next, 0));
                continue;
            }
            let Some(Some(own)) = seen.get(gate).copied() else {
                continue;
            };
            if own.low == own.order {
                let start = open.iter().rposition(|&member| member == gate).unwrap_or(0);
                let members = open.split_off(start);
                for &member in &members {
                    if let Some(Some(member)) = seen.get_mut(member) {
                        member.open = false;
                    }
                }
                if members.len() > 1 || set.requires(gate).contains(&gate) {
                    found.push(members);
                }
            }
        }
    }
    for members in &mut found {
        sort_numbers(members, &|a, b| a.cmp(&b));
    }
    let found = sorted(found, &|a, b| a.first().cmp(&b.first()));
    let name = |position: &usize| set.written(*position).into();
    found.iter().map(|members| members.iter().map(name).collect()).collect()
}
