//! Any strength, with dependencies: rows grow class by class (in-parameter order, Lei and Tai 1998).
//!
//! All valid values of the first classes, as many as the strength, are rows. Each further class is first
//! given in every row the value that brings most; what is then missing goes where it fits, or into a new
//! row. A value that a row gets brings at once all that follows from it, so each row can be completed
//! at any time, and a missing tuple fits where no cell speaks against it.

use std::collections::VecDeque;

use super::order::Order;

/// A row while it grows: what is not known yet is free.
#[derive(Clone)]
struct Row(Vec<Option<bool>>);

impl Row {
    fn get(&self, class: usize) -> Option<bool> {
        self.0.get(class).copied().flatten()
    }

    /// Sets a value, and what follows from it.
    fn set(&mut self, order: &Order, class: usize, value: bool) {
        let implied = if value { order.up(class) } else { order.down(class) };
        for &class in implied.iter().chain([&class]) {
            if let Some(cell) = self.0.get_mut(class) {
                *cell = Some(value);
            }
        }
    }

    fn fits(&self, tuple: &[(usize, bool)]) -> bool {
        tuple.iter().all(|&(class, value)| self.get(class).is_none_or(|known| known == value))
    }

    fn holds(&self, tuple: &[(usize, bool)]) -> bool {
        tuple.iter().all(|&(class, value)| self.get(class) == Some(value))
    }
}

/// The rows of the classes for a strength.
pub(super) fn rows(order: &Order, strength: usize) -> Vec<Vec<bool>> {
    let strength = strength.min(order.len());
    let mut rows = vec![Row(vec![None; order.len()])];
    for class in 0..strength {
        let split = |row: Row| {
            let values = match row.get(class) {
                Some(value) => vec![value],
                None => vec![false, true],
            };
            values.into_iter().map(move |value| {
                let mut row = row.clone();
                row.set(order, class, value);
                row
            })
        };
        rows = rows.into_iter().flat_map(split).collect();
    }
    let mut earlier: Vec<usize> = (0..strength).collect();
    for class in strength..order.len() {
        grow(order, &mut rows, &earlier, class, strength);
        earlier.push(class);
    }
    filled(rows)
}

/// The rows for pairs from such that lack only some classes, and so a few pairs.
pub(super) fn complete(
    order: &Order,
    rows: &[Vec<(usize, bool)>],
    waiting: &VecDeque<usize>,
) -> Vec<Vec<bool>> {
    let known = |values: &Vec<(usize, bool)>| {
        let mut row = Row(vec![None; order.len()]);
        for &(class, value) in values {
            row.set(order, class, value);
        }
        row
    };
    let mut rows: Vec<Row> = rows.iter().map(known).collect();
    let mut earlier: Vec<usize> =
        (0..order.len()).filter(|class| !waiting.contains(class)).collect();
    for &class in waiting {
        grow(order, &mut rows, &earlier, class, 2);
        earlier.push(class);
    }
    filled(rows)
}

/// Brings a class into rows that hold all tuples of earlier ones.
fn grow(order: &Order, rows: &mut Vec<Row>, earlier: &[usize], class: usize, strength: usize) {
    let mut missing = Missing::new(order, earlier, class, strength);
    for row in &mut *rows {
        if row.get(class).is_none() {
            let [off, on] = missing.gains(row);
            if off.max(on) > 0 {
                row.set(order, class, on > off);
            }
        }
        missing.strike(row);
    }
    missing.each(|tuple| add(order, rows, tuple));
}

/// What is not known yet is off in one row and on in the next.
fn filled(rows: Vec<Row>) -> Vec<Vec<bool>> {
    let filled = |(number, row): (usize, Row)| {
        let rest = number % 2 == 1;
        row.0.into_iter().map(|cell| cell.unwrap_or(rest)).collect()
    };
    rows.into_iter().enumerate().map(filled).collect()
}

/// Sees to it that a row holds a tuple.
fn add(order: &Order, rows: &mut Vec<Row>, tuple: &[(usize, bool)]) {
    if rows.iter().any(|row| row.holds(tuple)) {
        return;
    }
    let fill = |row: &mut Row| {
        for &(class, value) in tuple {
            row.set(order, class, value);
        }
    };
    if let Some(row) = rows.iter_mut().find(|row| row.fits(tuple)) {
        fill(row);
    } else {
        let mut row = Row(vec![None; order.len()]);
        fill(&mut row);
        rows.push(row);
    }
}

/// The tuples of a class with earlier ones that no row has yet.
struct Missing<'a> {
    earlier: &'a [usize],
    class: usize,
    /// How many earlier classes are in a tuple.
    others: usize,
    /// For each choice of earlier classes, in order, which values are missing: a flag for each number whose
    /// bits are the values, the class itself last.
    flags: Vec<Vec<bool>>,
}

impl<'a> Missing<'a> {
    fn new(order: &Order, earlier: &'a [usize], class: usize, strength: usize) -> Self {
        let others = strength - 1;
        let mut flags = Vec::new();
        choices(earlier, others, |chosen| {
            let possible = |code: usize| possible(order, &tuple(chosen, class, code));
            flags.push((0..1_usize << strength).map(possible).collect());
        });
        Self { earlier, class, others, flags }
    }

    /// How many missing tuples a row would have with the class off, and how many with it on.
    fn gains(&self, row: &Row) -> [usize; 2] {
        let mut gains = [0, 0];
        let mut flags = self.flags.iter();
        choices(self.earlier, self.others, |chosen| {
            let Some(flags) = flags.next() else { return };
            let Some(code) = code(row, chosen) else { return };
            for (value, gain) in gains.iter_mut().enumerate() {
                let missing = flags.get(code | value << self.others) == Some(&true);
                *gain += usize::from(missing);
            }
        });
        gains
    }

    /// Takes out what a row has.
    fn strike(&mut self, row: &Row) {
        let Some(value) = row.get(self.class) else { return };
        let value = usize::from(value) << self.others;
        let mut flags = self.flags.iter_mut();
        choices(self.earlier, self.others, |chosen| {
            let Some(flags) = flags.next() else { return };
            let Some(code) = code(row, chosen) else { return };
            if let Some(flag) = flags.get_mut(code | value) {
                *flag = false;
            }
        });
    }

    /// Hands over what is missing, tuple by tuple.
    fn each(&self, mut with: impl FnMut(&[(usize, bool)])) {
        let mut flags = self.flags.iter();
        choices(self.earlier, self.others, |chosen| {
            for (code, &missing) in flags.next().into_iter().flatten().enumerate() {
                if missing {
                    with(&tuple(chosen, self.class, code));
                }
            }
        });
    }
}

/// The values of the chosen classes as the bits of a number, if a row has them all.
fn code(row: &Row, chosen: &[usize]) -> Option<usize> {
    let bit = |(place, &class): (usize, &usize)| row.get(class).map(|on| usize::from(on) << place);
    chosen.iter().enumerate().try_fold(0, |code, of| bit(of).map(|bit| code | bit))
}

fn tuple(chosen: &[usize], class: usize, code: usize) -> Vec<(usize, bool)> {
    let classes = chosen.iter().copied().chain([class]);
    classes.enumerate().map(|(place, class)| (class, code >> place & 1 == 1)).collect()
}

/// Whether a row can have these values: none that is on implies one that is off.
fn possible(order: &Order, tuple: &[(usize, bool)]) -> bool {
    let of = |wanted: bool| tuple.iter().filter(move |&&(_, value)| value == wanted);
    of(true).all(|&(on, _)| of(false).all(|&(off, _)| !order.implies(on, off)))
}

/// Each choice of `size` of these classes, in order.
fn choices(classes: &[usize], size: usize, mut with: impl FnMut(&[usize])) {
    if size > classes.len() {
        return;
    }
    let mut places: Vec<usize> = (0..size).collect();
    let mut chosen: Vec<usize> = classes.iter().copied().take(size).collect();
    loop {
        with(&chosen);
        // The last place that can move moves, and those behind it follow closely.
        let room = |&(number, place): &(usize, usize)| place + size - number < classes.len();
        let moving = places.iter().copied().enumerate().rev().find(room);
        let Some((number, place)) = moving else { return };
        let behind = places.iter_mut().zip(&mut chosen).skip(number);
        for ((next, class), (place, of)) in
            (place + 1..).zip(classes.iter().skip(place + 1)).zip(behind)
        {
            (*place, *of) = (next, *class);
        }
    }
}
