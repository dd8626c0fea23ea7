//! Places classes among the sets of rows.
//!
//! First each class where it takes the least room, those that have to do with others before those that are
//! alone. What finds no place then is put where it displaces the least, which weighs more each time that
//! it is displaced; so none is driven about for ever. Nothing of it is left to chance.

use std::collections::VecDeque;

use super::order::Order;
use super::{ipog, katona};

/// How many sets are looked at in one search, about.
const LOOKS: usize = 1 << 23;

/// The classes that have to do with others: those first on which most stand, each after what it requires,
/// and soon after it, while there is room.
fn related(order: &Order) -> Vec<usize> {
    let mut open: Vec<usize> = (0..order.len()).filter(|&class| !order.is_alone(class)).collect();
    open.sort_by_key(|&class| (order.down(class).len(), usize::MAX - class));
    let mut seen = vec![false; order.len()];
    let mut classes = Vec::with_capacity(open.len());
    while let Some(class) = open.pop() {
        if seen.get(class) != Some(&false) {
            continue;
        }
        let missing = order.up(class).iter().filter(|&&up| seen.get(up) == Some(&false));
        let missing: Vec<usize> = missing.copied().collect();
        if missing.is_empty() {
            seen.iter_mut().skip(class).take(1).for_each(|seen| *seen = true);
            classes.push(class);
            open.extend(order.down(class).iter().rev());
        } else {
            open.push(class);
            open.extend(missing.into_iter().rev());
        }
    }
    classes
}

/// A set of rows for each class, and what stands in the way of the next one.
pub(super) struct Search<'a> {
    order: &'a Order,
    /// The rows but the first.
    rows: usize,
    places: Vec<Option<u64>>,
    /// The classes without a set.
    waiting: VecDeque<usize>,
    /// How often a class had to give way.
    weights: Vec<u32>,
    /// For each set the weights of the classes whose set it could not stand beside.
    against: Vec<u32>,
    /// The middle size, its sets, and those that nothing stands against.
    size: usize,
    middle: Vec<u64>,
    open: Vec<u64>,
    /// How many sets are compared for one class, about.
    looks: usize,
}

impl<'a> Search<'a> {
    /// Places what can be placed without moving anything.
    pub(super) fn begin(order: &'a Order, rows: usize) -> Self {
        let size = katona::size(rows);
        let rows = rows - 1;
        let required = (0..order.len()).filter(|&class| !order.down(class).is_empty()).count();
        let middle: Vec<u64> = katona::sets(rows, size).collect();
        let mut search = Self {
            order,
            rows,
            places: vec![None; order.len()],
            waiting: VecDeque::new(),
            weights: vec![1; order.len()],
            against: vec![0; 1 << rows],
            size,
            open: middle.clone(),
            middle,
            looks: LOOKS.min(16 * LOOKS / required.max(1)),
        };
        for class in related(order) {
            match search.best(class) {
                Some(set) => search.put(class, set),
                None => search.waiting.push_back(class),
            }
        }
        // Sets of one size can stand beside each other.
        let mut left = core::mem::take(&mut search.open).into_iter();
        for class in (0..order.len()).filter(|&class| order.is_alone(class)) {
            match left.next() {
                Some(set) => search.put(class, set),
                None => search.waiting.push_back(class),
            }
        }
        search
    }

    /// Whether every class has a set.
    pub(super) fn is_done(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Places those that wait; what stands in the way gives way and waits. It gives up where too many
    /// wait, where their number does not fall, and after a while.
    pub(super) fn repair(&mut self) -> bool {
        let classes = self.order.len();
        let patience = (LOOKS >> self.rows).min(200 + 10 * classes);
        let (mut fewest, mut since) = (self.waiting.len(), 0);
        if fewest > 8 + classes / 3 {
            return false;
        }
        for step in 0..3 * (patience + classes) {
            let Some(class) = self.waiting.pop_front() else { return true };
            let set = self.cheapest(class, step);
            for other in 0..classes {
                let against = self.set(other).is_some_and(|of| !self.agree(class, set, other, of));
                if against {
                    self.lift(other);
                    self.waiting.push_back(other);
                }
            }
            self.put(class, set);
            if self.waiting.len() < fewest {
                (fewest, since) = (self.waiting.len(), step);
            }
            if step - since > patience {
                break;
            }
        }
        false
    }

    /// The first row, in which all are off, and the others; with more rows for those that still wait.
    pub(super) fn rows(&self) -> Vec<Vec<bool>> {
        let row = |row: Option<usize>| {
            let on = |set: u64| row.is_some_and(|row| set >> row & 1 == 1);
            let value = |(class, set): (usize, &Option<u64>)| Some((class, on((*set)?)));
            self.places.iter().enumerate().filter_map(value).collect()
        };
        let rows: Vec<Vec<(usize, bool)>> =
            core::iter::once(None).chain((0..self.rows).map(Some)).map(row).collect();
        ipog::complete(self.order, &rows, &self.waiting)
    }

    fn set(&self, class: usize) -> Option<u64> {
        self.places.get(class).copied().flatten()
    }

    fn place(&mut self, class: usize, set: Option<u64>) {
        if let Some(place) = self.places.get_mut(class) {
            *place = set;
        }
    }

    fn put(&mut self, class: usize, set: u64) {
        self.place(class, Some(set));
        let weight = self.weights.get(class).copied().unwrap_or(0);
        for (other, against) in (0..).zip(&mut self.against) {
            *against += u32::from(conflict(set, other)) * weight;
        }
        self.open.retain(|&other| !conflict(set, other));
    }

    fn lift(&mut self, class: usize) {
        let (Some(set), Some(weight)) = (self.set(class), self.weights.get_mut(class)) else {
            return;
        };
        for (other, against) in (0..).zip(&mut self.against) {
            *against -= u32::from(conflict(set, other)) * *weight;
        }
        *weight += 1;
        self.place(class, None);
    }

    /// Whether two classes can have these sets.
    fn agree(&self, class: usize, set: u64, other: usize, of_other: u64) -> bool {
        if self.order.implies(class, other) {
            is_within(set, of_other)
        } else if self.order.implies(other, class) {
            is_within(of_other, set)
        } else {
            !conflict(set, of_other)
        }
    }

    /// The sets of what a class implies, or of what implies it, with their weights.
    fn placed(&self, classes: &[usize]) -> Vec<(u64, u32)> {
        let of = |&class: &usize| Some((self.set(class)?, self.weights.get(class).copied()?));
        classes.iter().filter_map(of).collect()
    }

    /// The set for a class that goes with all that are placed, takes the least room from the classes that
    /// are alone, and leaves enough for those that will have to be within it.
    fn best(&self, class: usize) -> Option<u64> {
        let (up, down) = (self.placed(self.order.up(class)), self.placed(self.order.down(class)));
        let waiting = self.order.down(class).len() - down.len();
        let known: u32 = up.iter().chain(&down).map(|(_, weight)| weight).sum();
        let against = |set: u64| usize::try_from(set).ok().and_then(|at| self.against.get(at));
        let fits = |set: u64| {
            against(set) == Some(&known)
                && up.iter().all(|&(other, _)| is_within(set, other))
                && down.iter().all(|&(other, _)| is_within(other, set))
        };
        let looks = if waiting > 0 { self.looks } else { self.looks / 8 };
        let tries = (looks / self.rows / self.middle.len()).max(8);
        let candidates = (1..=self.rows).flat_map(|size| {
            let fitting: Vec<u64> =
                katona::sets(self.rows, size).filter(|&set| fits(set)).collect();
            let every = fitting.len().div_ceil(tries).max(1);
            fitting.into_iter().step_by(every)
        });
        candidates.min_by_key(|&set| {
            let cost = self.open.iter().filter(|&&other| conflict(set, other)).count();
            let mut room = 0_usize;
            if waiting > 0 {
                let free = |other: u64| against(other).is_some_and(|&weight| weight <= known);
                let within = self.middle.iter().filter(|&&other| is_within(other, set));
                room = within.filter(|&&other| free(other)).count();
            }
            let distance = (set.count_ones() as usize).abs_diff(self.size);
            (waiting.saturating_sub(room), cost, distance, set)
        })
    }

    /// The set for which the fewest others, by weight, have to give way; of several one that varies
    /// from step to step.
    fn cheapest(&self, class: usize, step: usize) -> u64 {
        let (up, down) = (self.placed(self.order.up(class)), self.placed(self.order.down(class)));
        let last = self.against.len() - 1;
        let turn = step.wrapping_mul(0x9E37_79B9);
        let cost = |&(set, against): &(usize, &u32)| {
            let of = set as u64;
            // What implies the class or is implied stands in the table as against it.
            let mut cost = i64::from(*against);
            for &(other, weight) in &up {
                cost += gain(is_within(of, other), conflict(of, other), weight);
            }
            for &(other, weight) in &down {
                cost += gain(is_within(other, of), conflict(of, other), weight);
            }
            (cost, set.wrapping_mul(0x9E37_79B1).wrapping_add(turn) & last)
        };
        let sets = self.against.iter().enumerate().skip(1);
        sets.min_by_key(cost).map_or(1, |(set, _)| set as u64)
    }
}

/// What is to be added to the weights against a set for a class that is implied or implies.
fn gain(agrees: bool, conflict: bool, weight: u32) -> i64 {
    i64::from(weight) * (i64::from(!agrees) - i64::from(conflict))
}

fn is_within(one: u64, other: u64) -> bool {
    one & other == one && one != other
}

/// Whether two sets can't be those of classes that don't imply each other.
fn conflict(one: u64, other: u64) -> bool {
    let both = one & other;
    both == one || both == other || both == 0
}
