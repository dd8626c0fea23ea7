//! All pairs with dependencies: each class gets the set of the rows in which it is on.
//!
//! A class that implies another one has a smaller set within the other's; two classes of which neither
//! implies the other have sets of which neither holds the other, which meet, and which leave a row out.
//! The first row, in which all are off, sees to the last. So this is Katona's array with an order in it:
//! classes that have to do with others are placed first, where they take the least room from the sets
//! of the middle size, and all others get what is left of those.

use std::collections::VecDeque;

use super::order::Order;
use super::{ipog, katona};

/// Up to so many rows the sets are searched; with more there are too many sets.
const MOST: usize = 16;

/// How many sets are looked at in one search, about.
const LOOKS: usize = 1 << 23;

/// The rows of the classes, all pairs.
pub(super) fn rows(order: &Order) -> Vec<Vec<bool>> {
    if order.is_free() {
        return katona::rows(order.len());
    }
    let (least, turned) = (least(order), order.turned());
    let mut best = closures(order);
    for rows in least..=MOST {
        if best.len() <= rows {
            return best;
        }
        let mut upright = Search::new(order, rows);
        if upright.begin() {
            return upright.rows();
        }
        let mut upside_down = Search::new(&turned, rows);
        if upside_down.begin() {
            return inverse(upside_down.rows());
        }
        if upright.repair() {
            return upright.rows();
        }
        if upside_down.repair() {
            return inverse(upside_down.rows());
        }
        // What could not be placed costs a row or more.
        best = shorter(best, shorter(upright.rows(), inverse(upside_down.rows())));
    }
    if least > MOST && best.len() > least { shorter(best, ipog::rows(order, 2)) } else { best }
}

/// A bound from below: classes of one height are independent, and a chain has one row more than members.
fn least(order: &Order) -> usize {
    let heights = order.heights();
    let longest = heights.iter().max().map_or(0, |height| height + 1);
    let mut widths = vec![0; longest];
    for height in heights {
        if let Some(width) = widths.get_mut(height) {
            *width += 1;
        }
    }
    let widest = widths.into_iter().max().unwrap_or(0);
    katona::bound(widest).max(longest + 1)
}

/// What serves any order: all off, all on, and for each class the row of what it implies.
fn closures(order: &Order) -> Vec<Vec<bool>> {
    let constant = [false, true].map(|value| vec![value; order.len()]);
    let of = |class: usize| {
        (0..order.len()).map(|other| other == class || order.implies(class, other)).collect()
    };
    let mut rows: Vec<Vec<bool>> = constant.into_iter().chain((0..order.len()).map(of)).collect();
    rows.sort_unstable();
    rows.dedup();
    rows
}

fn shorter(one: Vec<Vec<bool>>, other: Vec<Vec<bool>>) -> Vec<Vec<bool>> {
    if other.len() < one.len() { other } else { one }
}

fn inverse(mut rows: Vec<Vec<bool>>) -> Vec<Vec<bool>> {
    for value in rows.iter_mut().flatten() {
        *value = !*value;
    }
    rows
}

/// The classes that have to do with others: those of the largest families first, and of each family each
/// after what it requires.
fn related(order: &Order) -> Vec<usize> {
    let mut family: Vec<usize> = (0..order.len()).collect();
    // Names travel down and up until nothing changes; each round takes in a whole step.
    loop {
        let next: Vec<usize> = (0..order.len())
            .map(|class| {
                let around = order.up(class).iter().chain(order.down(class)).chain([&class]);
                around.filter_map(|&other| family.get(other).copied()).min().unwrap_or(class)
            })
            .collect();
        if next == family {
            break;
        }
        family = next;
    }
    let mut sizes = vec![0_usize; order.len()];
    for &name in &family {
        if let Some(size) = sizes.get_mut(name) {
            *size += 1;
        }
    }
    let mut classes: Vec<(usize, usize, usize)> = family
        .into_iter()
        .enumerate()
        .filter(|&(class, _)| !order.is_alone(class))
        .map(|(class, name)| (sizes.get(name).map_or(0, |size| usize::MAX - size), name, class))
        .collect();
    classes.sort_unstable();
    classes.into_iter().map(|(.., class)| class).collect()
}

/// A set of rows for each class, and what stands in the way of the next one.
struct Search<'a> {
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
}

impl<'a> Search<'a> {
    fn new(order: &'a Order, rows: usize) -> Self {
        let size = katona::size(rows);
        let rows = rows - 1;
        let middle: Vec<u64> = katona::sets(rows, size).collect();
        Self {
            order,
            rows,
            places: vec![None; order.len()],
            waiting: VecDeque::new(),
            weights: vec![1; order.len()],
            against: vec![0; 1 << rows],
            size,
            open: middle.clone(),
            middle,
        }
    }

    /// Places what can be placed without moving anything; whether that is all.
    fn begin(&mut self) -> bool {
        for class in related(self.order) {
            match self.best(class) {
                Some(set) => self.put(class, set),
                None => self.waiting.push_back(class),
            }
        }
        // Sets of one size can stand beside each other.
        let mut left = core::mem::take(&mut self.open).into_iter();
        let alone = (0..self.order.len()).filter(|&class| self.order.is_alone(class));
        for class in alone.collect::<Vec<_>>() {
            match left.next() {
                Some(set) => self.put(class, set),
                None => self.waiting.push_back(class),
            }
        }
        self.waiting.is_empty()
    }

    /// Places those that wait; what stands in the way gives way and waits. It gives up after a while.
    fn repair(&mut self) -> bool {
        let classes = self.order.len();
        // Where too many wait there is no hope.
        if self.waiting.len() > 8 + classes / 8 {
            return false;
        }
        let steps = (LOOKS >> self.rows).max(2 * classes).min(1_000 + 100 * classes);
        for step in 0..steps {
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
        }
        self.waiting.is_empty()
    }

    /// The first row, in which all are off, and the others; with more rows for those that still wait.
    fn rows(&self) -> Vec<Vec<bool>> {
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
        let looks = if waiting > 0 { LOOKS } else { LOOKS / 8 };
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
