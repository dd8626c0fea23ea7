//! The values of a model that are free: classes of gates that always have the same value, and which class requires
//! which.

use std::collections::{BTreeMap, BTreeSet};

use featuregate_core::__private::{IdVec, id};

use super::model::{Model, ModelGate};

id! {
    /// A class: gates that always have the same value.
    pub(super) struct ClassId;
}

/// One value for each class.
pub(super) type ClassRow = IdVec<ClassId, bool>;

/// The free classes of a model, each after those that it requires.
///
/// In a valid row, everything that an enabled class requires is on. Values that do not contradict each other can
/// always be completed to a valid row: turn on what they require, and turn off the rest.
#[derive(Clone, Debug)]
pub(super) struct Classes {
    relations: IdVec<ClassId, Relations>,
}

/// The classes on which the value of a class depends, directly or through others, in ascending order.
#[derive(Clone, Debug)]
struct Relations {
    required: Vec<ClassId>,
    dependents: Vec<ClassId>,
}

/// What decides the value of a gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    Fixed(bool),
    Class(ClassId),
}

impl Classes {
    /// The classes of a model, and what decides each of its gates. `None` if a gate that is fixed on requires one
    /// that is fixed off, so that no row is valid.
    pub(super) fn of(model: &Model) -> Option<(Self, IdVec<ModelGate, Cell>)> {
        let required = reachable(model, model.dependencies());
        let edges = model.dependencies().map(|(gate, required)| (required, gate));
        let dependents = reachable(model, edges);
        let spread = |value: bool, along: &IdVec<ModelGate, BTreeSet<ModelGate>>| {
            let fixed = model.gates().filter(|(_, fixed)| *fixed == Some(value));
            let with_others = fixed.flat_map(|(gate, _)| along[gate].iter().copied().chain([gate]));
            with_others.collect::<BTreeSet<ModelGate>>()
        };
        let (on, off) = (spread(true, &required), spread(false, &dependents));
        if !on.is_disjoint(&off) {
            return None;
        }
        // The first gate of a cycle represents all of its gates.
        let first = |gate: ModelGate| {
            let cycle = required[gate].intersection(&dependents[gate]);
            cycle.copied().next().unwrap_or(gate)
        };
        let is_free = |gate: &ModelGate| !on.contains(gate) && !off.contains(gate);
        let gates = model.gates().map(|(gate, _)| gate);
        let mut firsts: Vec<ModelGate> =
            gates.filter(is_free).filter(|&gate| first(gate) == gate).collect();
        firsts.sort_by_key(|&gate| required[gate].len());
        let firsts: IdVec<ClassId, ModelGate> = firsts.into_iter().collect();
        let by_first: BTreeMap<ModelGate, ClassId> =
            firsts.iter().map(|(class, &gate)| (gate, class)).collect();
        let class_of = |gate: ModelGate| by_first.get(&first(gate)).copied();
        let others = |own: ClassId, gates: &BTreeSet<ModelGate>| -> Vec<ClassId> {
            let others = gates.iter().filter_map(|&gate| class_of(gate));
            let others: BTreeSet<ClassId> = others.filter(|&other| other != own).collect();
            others.into_iter().collect()
        };
        let relations = firsts.map(|class| Relations {
            required: others(class, &required[firsts[class]]),
            dependents: others(class, &dependents[firsts[class]]),
        });
        let cell = |gate| class_of(gate).map_or(Cell::Fixed(on.contains(&gate)), Cell::Class);
        Some((Self { relations }, model.map(cell)))
    }

    /// The classes with every dependency the other way round, and for each class of one its class in the other. With
    /// all values inverted, a row of one is a row of the other.
    pub(super) fn inverse(&self) -> (Self, IdVec<ClassId, ClassId>) {
        let inverse: IdVec<ClassId, ClassId> = self.ids().rev().collect();
        let of = |classes: &[ClassId]| classes.iter().rev().map(|&class| inverse[class]).collect();
        let relations = inverse.map(|class| Relations {
            required: of(self.dependents(inverse[class])),
            dependents: of(self.required(inverse[class])),
        });
        (Self { relations }, inverse)
    }

    /// How many classes there are.
    pub(super) fn len(&self) -> usize {
        self.relations.len()
    }

    /// All classes, each after those that it requires.
    pub(super) fn ids(
        &self,
    ) -> impl ExactSizeIterator<Item = ClassId> + DoubleEndedIterator + Clone + use<> {
        self.relations.ids()
    }

    /// A value for each class.
    pub(super) fn map<T>(&self, value: impl FnMut(ClassId) -> T) -> IdVec<ClassId, T> {
        self.relations.map(value)
    }

    /// The classes that are on if this one is.
    pub(super) fn required(&self, class: ClassId) -> &[ClassId] {
        &self.relations[class].required
    }

    /// The classes that are off if this one is.
    pub(super) fn dependents(&self, class: ClassId) -> &[ClassId] {
        &self.relations[class].dependents
    }

    /// Whether a class requires another one.
    pub(super) fn requires(&self, class: ClassId, other: ClassId) -> bool {
        self.required(class).binary_search(&other).is_ok()
    }

    /// How many classes neither require a class nor are required by it.
    pub(super) fn unrelated(&self, class: ClassId) -> usize {
        self.len() - 1 - self.required(class).len() - self.dependents(class).len()
    }

    /// Whether a class requires no other one, and is required by none.
    pub(super) fn is_independent(&self, class: ClassId) -> bool {
        self.required(class).is_empty() && self.dependents(class).is_empty()
    }

    /// For each class the length of the longest chain of classes that it requires.
    pub(super) fn heights(&self) -> IdVec<ClassId, usize> {
        let mut heights = IdVec::new();
        for class in self.ids() {
            let required = self.required(class).iter().map(|&required| heights[required] + 1);
            let height = required.max().unwrap_or(0);
            heights.push(height);
        }
        heights
    }

    /// For each class the length of the longest chain of its dependents.
    pub(super) fn depths(&self) -> IdVec<ClassId, usize> {
        let mut depths = self.map(|_| 0);
        for class in self.ids().rev() {
            let dependents = self.dependents(class).iter().map(|&dependent| depths[dependent] + 1);
            depths[class] = dependents.max().unwrap_or(0);
        }
        depths
    }
}

/// For each gate the gates to which edges lead from it; the gate itself only if it is part of a cycle.
fn reachable(
    model: &Model,
    edges: impl Iterator<Item = (ModelGate, ModelGate)>,
) -> IdVec<ModelGate, BTreeSet<ModelGate>> {
    let mut next = model.map(|_| Vec::new());
    for (from, to) in edges {
        next[from].push(to);
    }
    model.map(|gate| {
        let mut seen = BTreeSet::new();
        let mut open = next[gate].clone();
        while let Some(gate) = open.pop() {
            if seen.insert(gate) {
                open.extend(&next[gate]);
            }
        }
        seen
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The classes of a model, with what decides each gate and the gates themselves.
    fn classes(
        fixed: [Option<bool>; 6],
        edges: &[(usize, usize)],
    ) -> Option<(Classes, Vec<Cell>, Vec<ClassId>)> {
        let mut model: Model = fixed.into_iter().collect();
        let gates: Vec<ModelGate> = model.gates().map(|(gate, _)| gate).collect();
        for &(gate, required) in edges {
            model.require(gates[gate], gates[required]);
        }
        let (classes, cells) = Classes::of(&model)?;
        let ids = classes.ids().collect();
        Some((classes, cells.into_values(), ids))
    }

    #[test]
    fn a_fixed_value_fixes_what_depends_on_it() {
        let mut fixed = [None; 6];
        (fixed[0], fixed[3]) = (Some(true), Some(false));
        let edges = [(0, 1), (2, 3), (4, 5), (5, 1)];
        let (classes_of, cells, ids) = classes(fixed, &edges).unwrap();
        let (on, off) = (Cell::Fixed(true), Cell::Fixed(false));
        assert_eq!(cells, [on, on, off, off, Cell::Class(ids[1]), Cell::Class(ids[0])]);
        assert_eq!(classes_of.required(ids[1]), [ids[0]]);
        assert_eq!(classes_of.dependents(ids[0]), [ids[1]]);
        assert_eq!(classes_of.heights().into_values(), [0, 1]);
        assert_eq!(classes_of.depths().into_values(), [1, 0]);
        fixed[1] = Some(false);
        assert!(classes(fixed, &[(0, 1)]).is_none());
    }

    #[test]
    fn gates_that_require_each_other_are_one_class() {
        let edges = [(0, 1), (1, 2), (2, 0), (3, 1), (2, 4), (5, 5)];
        let (classes_of, cells, ids) = classes([None; 6], &edges).unwrap();
        assert_eq!(cells[0], cells[1]);
        assert_eq!(cells[1], cells[2]);
        assert_eq!(ids.len(), 4);
        assert_eq!(classes_of.heights().into_values().into_iter().max(), Some(2));
        let independent: Vec<bool> = ids.iter().map(|&id| classes_of.is_independent(id)).collect();
        assert_eq!(independent.into_iter().filter(|independent| *independent).count(), 1);
    }
}
