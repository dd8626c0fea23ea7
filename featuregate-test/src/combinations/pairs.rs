//! All pairs of values: Katona's construction, with dependencies.
//!
//! Each class gets the set of the rows in which it is on. A class that requires another one has a smaller set within
//! the other's. Classes that do not require each other have sets as in [Katona's construction](super::katona), of any
//! size. So the classes that have dependencies are placed first, each after those that it requires, and each gets the
//! first set that fits and leaves room for the classes that are not placed yet. The others get what is left of the
//! sets of the middle size. If a class finds no set, there is another attempt: with larger sets for the classes that
//! others require, with sets that share fewer rows, with every dependency and value inverted, or with another row.

use std::cmp::Reverse;

use featuregate_core::__private::{Id, IdVec};

use super::classes::{ClassId, ClassRow, Classes};
use super::{ipog, katona};

/// With how many numbers of rows it is tried.
const NUMBERS: usize = 12;

/// The largest number of rows: a set has one bit for each row but the first.
const MOST: usize = 64;

/// How many sets are tried for a class.
const SETS: usize = 20_000;

/// How much larger than the middle size the sets of classes are that others require.
#[derive(Clone, Copy)]
enum Size {
    /// Only as much as the number of their dependents needs.
    Dependents,
    /// At least by the length of the longest chain of their dependents, and this.
    Chain(usize),
}

const SIZES: [Size; 3] = [Size::Dependents, Size::Chain(0), Size::Chain(1)];

/// The rows of the classes.
pub(super) fn rows(classes: &Classes) -> Vec<ClassRow> {
    let least = least(classes);
    let (inverse, of_inverse) = classes.inverse();
    let attempt = |rows| {
        SIZES.into_iter().flat_map(|size| [(size, false), (size, true)]).find_map(
            |(size, spread)| {
                Placement::find(classes, rows, size, spread).or_else(|| {
                    let rows = Placement::find(&inverse, rows, size, spread)?;
                    let invert = |row: ClassRow| classes.map(|class| !row[of_inverse[class]]);
                    Some(rows.into_iter().map(invert).collect())
                })
            },
        )
    };
    (least..MOST.min(least + NUMBERS)).find_map(attempt).unwrap_or_else(|| ipog::rows(classes, 2))
}

/// A lower bound for the rows: classes of one height are independent, and a chain has one row more than classes.
fn least(classes: &Classes) -> usize {
    let mut widths = Vec::new();
    for height in classes.heights().into_values() {
        widths.resize(widths.len().max(height + 1), 0);
        widths.iter_mut().skip(height).take(1).for_each(|width| *width += 1);
    }
    let widest = widths.iter().copied().max().unwrap_or(0);
    katona::bound(widest).max(widths.len() + 1)
}

/// Sets for the classes, of all rows but the first.
struct Placement<'a> {
    classes: &'a Classes,
    rows: usize,
    /// For each class that is placed its set; for another one the rows in which everything is on that it requires.
    sets: IdVec<ClassId, u64>,
    is_placed: IdVec<ClassId, bool>,
}

impl<'a> Placement<'a> {
    /// The rows, if each class finds a set.
    fn find(classes: &'a Classes, rows: usize, size: Size, spread: bool) -> Option<Vec<ClassRow>> {
        let middle = katona::middle(rows);
        let rows = rows - 1;
        let all = (1_u64 << rows) - 1;
        let (sets, is_placed) = (classes.map(|_| all), classes.map(|_| false));
        let mut placement = Self { classes, rows, sets, is_placed };
        let sizes = sizes(classes, rows, middle, size);
        for class in by_family(classes) {
            let rules = placement.rules(class);
            let set = placement
                .candidates(class, sizes[class], spread)
                .take(SETS)
                .find(|&set| rules.allow(set))?;
            placement.put(class, set);
        }
        let independent: Vec<ClassId> =
            classes.ids().filter(|&class| classes.is_independent(class)).collect();
        if let Some(first) = independent.first() {
            let placed: Vec<u64> = placement.placed().map(|(_, set)| set).collect();
            // Sets of one size are apart from each other.
            let mut left = placement
                .candidates(*first, middle, spread)
                .take(SETS)
                .take_while(|set| set.count_ones() as usize == middle)
                .filter(|&set| placed.iter().all(|&other| are_apart(set, other)));
            for class in independent {
                placement.put(class, left.next()?);
            }
        }
        Some(placement.into_rows())
    }

    fn placed(&self) -> impl Iterator<Item = (ClassId, u64)> {
        self.sets
            .iter()
            .filter(|(class, _)| self.is_placed[*class])
            .map(|(class, &set)| (class, set))
    }

    fn put(&mut self, class: ClassId, set: u64) {
        self.sets[class] = set;
        self.is_placed[class] = true;
        for &dependent in self.classes.dependents(class) {
            self.sets[dependent] &= set;
        }
    }

    /// The sets that a class can have within those that it requires, those of about the wanted size first.
    fn candidates(
        &self,
        class: ClassId,
        wanted: usize,
        spread: bool,
    ) -> impl Iterator<Item = u64> + use<> {
        let room = self.sets[class];
        let mut rows: Vec<u64> = (0..self.rows as u64).filter(|row| room >> row & 1 == 1).collect();
        if spread {
            // Another order of the rows for each class, so that the first sets of two classes share few rows.
            let turn = (2 * class.index() as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            rows.sort_by_key(|row| (row + 1).wrapping_mul(turn));
        }
        let count = rows.len();
        let mut sizes: Vec<usize> = (1..=count).collect();
        sizes.sort_by_key(|&size| (size.abs_diff(wanted), size < wanted));
        let chosen = move |bits: u64| {
            let chosen = rows.iter().enumerate().filter(|(bit, _)| bits >> bit & 1 == 1);
            chosen.fold(0, |set, (_, row)| set | 1 << row)
        };
        sizes.into_iter().flat_map(move |size| katona::sets(count, size)).map(chosen)
    }

    /// What the set of a class must satisfy.
    fn rules(&self, class: ClassId) -> Rules {
        let classes = self.classes;
        let required = classes.required(class).iter().map(|&required| self.sets[required]);
        let unrelated = |&other: &ClassId| {
            other != class && !classes.requires(class, other) && !classes.requires(other, class)
        };
        let unrelated = classes.ids().filter(unrelated);
        let (placed, waiting): (Vec<ClassId>, Vec<ClassId>) =
            unrelated.partition(|&other| self.is_placed[other]);
        let is_narrow = |&set: &u64| set != (1 << self.rows) - 1;
        let dependents = classes.dependents(class).iter().map(|&dependent| {
            let unrelated = self.placed().filter(|(other, _)| !classes.requires(dependent, *other));
            (self.sets[dependent], unrelated.map(|(_, set)| set).collect())
        });
        Rules {
            required: required.collect(),
            unrelated: placed.into_iter().map(|other| self.sets[other]).collect(),
            rooms: waiting.into_iter().map(|other| self.sets[other]).filter(is_narrow).collect(),
            dependents: dependents.collect(),
        }
    }

    /// The first row, in which all classes are off, and the others.
    fn into_rows(self) -> Vec<ClassRow> {
        let off = self.sets.map(|_| false);
        let row = |row: usize| self.sets.map(|class| self.sets[class] >> row & 1 == 1);
        core::iter::once(off).chain((0..self.rows).map(row)).collect()
    }
}

/// What the set of a class must satisfy.
struct Rules {
    /// The sets of the classes that it requires: it has a smaller one.
    required: Vec<u64>,
    /// The sets of the classes that are placed and do not depend on it.
    unrelated: Vec<u64>,
    /// The sets within which those of other classes will be: they must not be within this one.
    rooms: Vec<u64>,
    /// For each dependent the set within which its own will be so far, and the sets of the classes that it does not
    /// require: its own set must be apart from them.
    dependents: Vec<(u64, Vec<u64>)>,
}

impl Rules {
    fn allow(&self, set: u64) -> bool {
        self.required.iter().all(|&required| set != required)
            && self.unrelated.iter().all(|&other| are_apart(set, other))
            && self.rooms.iter().all(|&room| leaves_room(room, set))
            && self.dependents.iter().all(|(room, unrelated)| {
                let room = room & set;
                room != 0 && unrelated.iter().all(|&other| leaves_room(room, other))
            })
    }
}

/// Whether two sets can be those of classes that do not require each other.
fn are_apart(one: u64, other: u64) -> bool {
    let both = one & other;
    both != one && both != other && both != 0
}

/// Whether a set within a room can be apart from another set.
fn leaves_room(room: u64, other: u64) -> bool {
    let both = room & other;
    both != room && both != 0
}

/// For each class the size that its set should have, so that the sets of its dependents find room in it.
fn sizes(classes: &Classes, rows: usize, middle: usize, size: Size) -> IdVec<ClassId, usize> {
    let (heights, depths) = (classes.heights(), classes.depths());
    classes.map(|class| {
        if classes.unrelated(class) == 0 {
            return rows - heights[class];
        }
        let dependents = classes.dependents(class).len() as u128;
        let for_dependents = (middle..rows)
            .find(|&size| katona::binomial(size, middle) > dependents)
            .unwrap_or(rows);
        let for_chain = match size {
            Size::Dependents => middle,
            Size::Chain(more) => middle + depths[class] + more,
        };
        for_dependents.max(for_chain).min(rows - 1 - heights[class]).max(1)
    })
}

/// The classes that have dependencies: those with the most dependents first, each after those that it requires, and
/// soon after them.
fn by_family(classes: &Classes) -> Vec<ClassId> {
    let mut open: Vec<ClassId> =
        classes.ids().filter(|&class| !classes.is_independent(class)).collect();
    open.sort_by_key(|&class| (classes.dependents(class).len(), Reverse(class)));
    let mut is_listed = classes.map(|_| false);
    let mut list = Vec::with_capacity(open.len());
    while let Some(class) = open.pop() {
        if is_listed[class] {
            continue;
        }
        let required = classes.required(class).iter().copied();
        let missing: Vec<ClassId> = required.filter(|&required| !is_listed[required]).collect();
        if missing.is_empty() {
            is_listed[class] = true;
            list.push(class);
            open.extend(classes.dependents(class).iter().rev());
        } else {
            open.push(class);
            open.extend(missing.into_iter().rev());
        }
    }
    list
}
