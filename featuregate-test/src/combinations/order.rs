//! What a model leaves free: classes of gates that always have one value, and which class implies which.

use std::collections::BTreeSet;

/// The free classes, each after those that it requires; closed under "requires what is required".
///
/// Any row that is off below what is off and on above what is on can be completed: with all that is left
/// off, or with all of it on.
#[derive(Clone, Debug)]
pub(super) struct Order {
    /// For each class those that it requires, sorted.
    up: Vec<Vec<usize>>,
    /// For each class those that require it, sorted.
    down: Vec<Vec<usize>>,
}

/// What decides a gate's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    Fixed(bool),
    Class(usize),
}

impl Order {
    /// From what each gate is fixed to, and what requires what; with what decides each gate. Nothing
    /// where a gate that is fixed on requires one that is fixed off.
    pub(super) fn new(
        fixed: &[Option<bool>],
        requires: &[(usize, usize)],
    ) -> Option<(Self, Vec<Cell>)> {
        let gates = fixed.len();
        let up = reachable(gates, requires.iter().copied());
        let down = reachable(gates, requires.iter().map(|&(gate, needed)| (needed, gate)));
        let of =
            |value: bool| (0..gates).filter(move |&gate| fixed.get(gate) == Some(&Some(value)));
        let spread = |value: bool, edges: &[Vec<usize>]| -> BTreeSet<usize> {
            of(value).chain(of(value).flat_map(|gate| list(edges, gate)).copied()).collect()
        };
        let (on, off) = (spread(true, &up), spread(false, &down));
        if !on.is_disjoint(&off) {
            return None;
        }
        // The first of the gates that require each other in a circle stands for all.
        let first = |gate: usize| {
            let both = |of: &&usize| list(&down, gate).binary_search(of).is_ok();
            list(&up, gate).iter().find(both).map_or(gate, |&of| of.min(gate))
        };
        let free = |gate: &usize| !on.contains(gate) && !off.contains(gate);
        let mut classes: Vec<usize> =
            (0..gates).filter(free).filter(|&gate| first(gate) == gate).collect();
        classes.sort_by_key(|&gate| list(&up, gate).len());
        let mut class_of = vec![None; gates];
        for (class, &gate) in classes.iter().enumerate() {
            if let Some(of) = class_of.get_mut(gate) {
                *of = Some(class);
            }
        }
        let of_gate: Vec<Option<usize>> =
            (0..gates).map(|gate| class_of.get(first(gate)).copied().flatten()).collect();
        let class = |gate: usize| of_gate.get(gate).copied().flatten();
        let among = |edges: &[Vec<usize>]| -> Vec<Vec<usize>> {
            let of = |(own, &gate): (usize, &usize)| {
                let mut others: Vec<usize> =
                    list(edges, gate).iter().filter_map(|&gate| class(gate)).collect();
                others.retain(|&other| other != own);
                others.sort_unstable();
                others.dedup();
                others
            };
            classes.iter().enumerate().map(of).collect()
        };
        let cell = |gate: usize| class(gate).map_or(Cell::Fixed(on.contains(&gate)), Cell::Class);
        let cells = (0..gates).map(cell).collect();
        Some((Self { up: among(&up), down: among(&down) }, cells))
    }

    /// How many classes there are.
    pub(super) fn len(&self) -> usize {
        self.up.len()
    }

    /// The classes that are on where this one is.
    pub(super) fn up(&self, class: usize) -> &[usize] {
        list(&self.up, class)
    }

    /// The classes that are off where this one is.
    pub(super) fn down(&self, class: usize) -> &[usize] {
        list(&self.down, class)
    }

    /// Whether a class implies another one.
    pub(super) fn implies(&self, class: usize, other: usize) -> bool {
        self.up(class).binary_search(&other).is_ok()
    }

    /// Whether no class requires another one.
    pub(super) fn is_free(&self) -> bool {
        self.up.iter().all(Vec::is_empty)
    }

    /// Whether a class has to do with no other one.
    pub(super) fn is_alone(&self, class: usize) -> bool {
        self.up(class).is_empty() && self.down(class).is_empty()
    }

    /// For each class how many it stands on, in the longest chain.
    pub(super) fn heights(&self) -> Vec<usize> {
        let mut heights: Vec<usize> = Vec::with_capacity(self.len());
        for up in &self.up {
            let below = up.iter().filter_map(|&needed| heights.get(needed)).max();
            heights.push(below.map_or(0, |height| height + 1));
        }
        heights
    }

    /// The order upside down; a row of it is one of this order with each value turned.
    pub(super) fn turned(&self) -> Self {
        Self { up: self.down.clone(), down: self.up.clone() }
    }
}

fn list(lists: &[Vec<usize>], at: usize) -> &[usize] {
    lists.get(at).map_or(&[], Vec::as_slice)
}

/// For each node the nodes to which edges lead from it, sorted; itself only on a circle.
fn reachable(nodes: usize, edges: impl Iterator<Item = (usize, usize)>) -> Vec<Vec<usize>> {
    let mut next = vec![Vec::new(); nodes];
    for (from, to) in edges.filter(|&(from, to)| from < nodes && to < nodes) {
        if let Some(next) = next.get_mut(from) {
            next.push(to);
        }
    }
    let from = |node: usize| {
        let mut seen = BTreeSet::new();
        let mut open: Vec<usize> = list(&next, node).to_vec();
        while let Some(node) = open.pop() {
            if seen.insert(node) {
                open.extend(list(&next, node));
            }
        }
        seen.into_iter().collect()
    };
    (0..nodes).map(from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_fixed_spreads_along_the_dependencies() {
        let mut fixed = [None; 6];
        (fixed[0], fixed[3]) = (Some(true), Some(false));
        let (order, cells) = Order::new(&fixed, &[(0, 1), (2, 3), (4, 5), (5, 1)]).unwrap();
        let (on, off) = (Cell::Fixed(true), Cell::Fixed(false));
        assert_eq!(cells, [on, on, off, off, Cell::Class(1), Cell::Class(0)]);
        assert_eq!((order.up(1), order.down(0)), (&[0][..], &[1][..]));
        assert_eq!(order.heights(), [0, 1]);
        fixed[1] = Some(false);
        assert!(Order::new(&fixed, &[(0, 1)]).is_none());
    }

    #[test]
    fn gates_that_require_each_other_are_one_class() {
        let edges = [(0, 1), (1, 2), (2, 0), (3, 1), (2, 4), (5, 5)];
        let (order, cells) = Order::new(&[None; 6], &edges).unwrap();
        assert_eq!(cells[0], cells[1]);
        assert_eq!(cells[1], cells[2]);
        assert_eq!(order.len(), 4);
        assert_eq!(order.heights().into_iter().max(), Some(2));
    }
}
