//! Places classes among the sets of rows.
//!
//! First each class where it takes the least room and leaves enough to those that will have to be within it;
//! those that have to do with others before those that are alone. What finds no place then is put where it displaces the least, which weighs more each time that
//! it is displaced; so none is driven about for ever. Nothing of it is left to chance.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, VecDeque};
use std::ops::BitAnd;

use super::order::Order;
use super::{ipog, katona};

/// How many sets are looked at to repair what was begun, about.
const LOOKS: usize = 1 << 24;

/// How many groups are told apart of the classes that will have to be within one set.
const GROUPS: usize = 4;

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

/// How much larger than those of the middle the sets are of what others imply.
#[derive(Clone, Copy)]
pub(super) enum Lift {
    /// No more than those need that wait, which suits families.
    None,
    /// So that chains come out about the middle.
    Chains,
    /// By one more where they end in what implies others too.
    Others,
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
    /// For each set how many of the open ones are within it, and around it.
    within: Vec<u16>,
    around: Vec<u16>,
    /// For each class the size that leaves room for the chains of those that imply it.
    wanted: Vec<usize>,
}

impl<'a> Search<'a> {
    /// Places what can be placed without moving anything; nothing where more than `most` find no place or the
    /// budget, in sets that are looked at, is used up.
    pub(super) fn begin(
        order: &'a Order,
        rows: usize,
        lift: Lift,
        most: usize,
        budget: &mut usize,
    ) -> Option<Self> {
        let size = katona::size(rows);
        let rows = rows - 1;
        let middle: Vec<u64> = katona::sets(rows, size).collect();
        let mut within = vec![0; 1 << rows];
        for &set in &middle {
            count(&mut within, set);
        }
        let mut around = within.clone();
        sum_within(&mut within);
        sum_around(&mut around);
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
            within,
            around,
            wanted: wanted(order, rows, size, lift),
        };
        for class in related(order) {
            match search.best(class) {
                Some(set) => search.put(class, set),
                None => search.waiting.push_back(class),
            }
            *budget = budget.checked_sub(1 << rows)?;
            if search.waiting.len() > most {
                return None;
            }
        }
        // Sets of one size can stand beside each other.
        let mut rest = core::mem::take(&mut search.open).into_iter();
        for class in (0..order.len()).filter(|&class| order.is_alone(class)) {
            match rest.next() {
                Some(set) => search.put(class, set),
                None => search.waiting.push_back(class),
            }
        }
        Some(search).filter(|search| search.waiting.len() <= most)
    }

    /// How many have no set.
    pub(super) fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Whether every class has a set.
    pub(super) fn is_done(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Places those that wait; what stands in the way gives way and waits. It gives up where their
    /// number does not fall, and after a while.
    pub(super) fn repair(&mut self) -> bool {
        let classes = self.order.len();
        let patience = (LOOKS >> self.rows).min(200 + 10 * classes);
        let (mut fewest, mut since) = (self.waiting.len(), 0);
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
        self.against
            .iter_mut()
            .zip(conflicts(set))
            .for_each(|(against, is)| *against += is * weight);
        let open = core::mem::take(&mut self.open).into_iter();
        let (gone, open): (Vec<u64>, _) = open.partition(|&other| conflict(set, other));
        self.open = open;
        for other in gone {
            // Its supersets, and its subsets.
            for part in parts(self.all() & !other) {
                uncount(&mut self.within, other | part);
            }
            for part in parts(other) {
                uncount(&mut self.around, part);
            }
        }
    }

    fn lift(&mut self, class: usize) {
        let (Some(set), Some(weight)) = (self.set(class), self.weights.get_mut(class)) else {
            return;
        };
        self.against
            .iter_mut()
            .zip(conflicts(set))
            .for_each(|(against, is)| *against -= is * *weight);
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

    /// The set for a class that goes with all that are placed, leaves enough for those that will have to be
    /// within it, and takes the least room from the classes that are alone.
    fn best(&self, class: usize) -> Option<u64> {
        let (up, down) = (self.placed(self.order.up(class)), self.placed(self.order.down(class)));
        let known: u32 = up.iter().chain(&down).map(|(_, weight)| weight).sum();
        let all = self.all();
        let least = down.iter().fold(0, |least, (set, _)| least | set);
        let most = up.iter().fold(all, |most, (set, _)| most & set);
        if least & !most != 0 {
            return None;
        }
        let is_taken = |set: u64| up.iter().chain(&down).any(|&(other, _)| other == set);
        let candidates = parts(most & !least).map(|part| least | part);
        let candidates = candidates
            .filter(|&set| set != 0 && at(&self.against, set) == Some(known) && !is_taken(set));
        let rooms = self.rooms(class);
        let wanted = self.wanted.get(class).copied().unwrap_or(0);
        candidates.min_by_key(|&set| {
            let size = set.count_ones() as usize;
            let room = |room: &Room<'_>| at(&room.within, set).unwrap_or(0);
            let short = |of: &Room<'_>| usize::from(of.classes.saturating_sub(room(of)));
            let short = rooms.iter().map(short).sum::<usize>() + wanted.saturating_sub(size);
            let open = |table: &[u16], set| usize::from(at(table, set).unwrap_or(0));
            let cost =
                open(&self.within, set) + open(&self.within, all & !set) + open(&self.around, set);
            (short, cost, size.abs_diff(self.size), set)
        })
    }

    fn all(&self) -> u64 {
        (1 << self.rows) - 1
    }

    /// The room that those need which will have to be within a class's set.
    fn rooms(&self, class: usize) -> Vec<Room<'_>> {
        let mut groups: BTreeMap<(u64, u32), u16> = BTreeMap::new();
        let waiting = self.order.down(class).iter().filter(|&&below| self.set(below).is_none());
        for &below in waiting {
            let up = self.placed(self.order.up(below));
            let most = up.iter().fold(self.all(), |most, (set, _)| most & set);
            let known = up.iter().map(|(_, weight)| weight).sum();
            let classes = groups.entry((most, known)).or_default();
            *classes = classes.saturating_add(1);
        }
        let mut groups: Vec<_> = groups.into_iter().collect();
        groups.sort_by_key(|&(_, classes)| Reverse(classes));
        let room = |((most, known), classes): ((u64, u32), u16)| {
            if known == 0 {
                return Room { classes, within: Cow::Borrowed(&self.within) };
            }
            let mut within = vec![0; self.against.len()];
            let sets = self.middle.iter().filter(|&&set| set & !most == 0);
            sets.filter(|&&set| at(&self.against, set) == Some(known))
                .for_each(|&set| count(&mut within, set));
            sum_within(&mut within);
            Room { classes, within: Cow::Owned(within) }
        };
        groups.into_iter().take(GROUPS).map(room).collect()
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

/// What some classes need that will be within the same sets.
struct Room<'a> {
    classes: u16,
    /// For each set how many of the middle size are within it that these classes can have.
    within: Cow<'a, [u16]>,
}

/// For each class the size that it should have at least, so that the chains below it, and what else those
/// imply, come out about the middle; as far as what it implies leaves it.
fn wanted(order: &Order, rows: usize, size: usize, lift: Lift) -> Vec<usize> {
    let more = match lift {
        Lift::None => return vec![0; order.len()],
        Lift::Chains => 0,
        Lift::Others => 1,
    };
    let below = depths(order, |class| order.down(class));
    let above = depths(order, |class| order.up(class));
    let wanted = |(class, (below, above)): (usize, (usize, usize))| {
        let implied = |&of: &usize| order.up(of).len();
        let most = order.down(class).iter().map(implied).max().unwrap_or(0);
        let others = most.saturating_sub(order.up(class).len());
        (size - 1 + others.min(below + more)).min((rows - 1).saturating_sub(above))
    };
    below.into_iter().zip(above).enumerate().map(wanted).collect()
}

/// For each class the longest chain among those that such a list leads to.
fn depths<'a>(order: &Order, list: impl Fn(usize) -> &'a [usize]) -> Vec<usize> {
    let mut classes: Vec<usize> = (0..order.len()).collect();
    classes.sort_by_key(|&class| list(class).len());
    let mut depths = vec![0; order.len()];
    for class in classes {
        let next = list(class).iter().filter_map(|&of| depths.get(of)).max();
        let depth = next.map_or(0, |depth| depth + 1);
        depths.iter_mut().skip(class).take(1).for_each(|of| *of = depth);
    }
    depths
}

/// Each subset.
fn parts(of: u64) -> impl Iterator<Item = u64> {
    core::iter::successors(Some(of), move |&part| part.checked_sub(1).map(|part| part & of))
}

fn at<T: Copy>(table: &[T], set: u64) -> Option<T> {
    usize::try_from(set).ok().and_then(|set| table.get(set)).copied()
}

fn count(table: &mut [u16], set: u64) {
    if let Some(count) = usize::try_from(set).ok().and_then(|set| table.get_mut(set)) {
        *count += 1;
    }
}

fn uncount(table: &mut [u16], set: u64) {
    if let Some(count) = usize::try_from(set).ok().and_then(|set| table.get_mut(set)) {
        *count -= 1;
    }
}

/// Gives each set the sum over its subsets.
fn sum_within(table: &mut [u16]) {
    sum(table, |without, with| *with += *without);
}

/// Gives each set the sum over its supersets.
fn sum_around(table: &mut [u16]) {
    sum(table, |without, with| *without += *with);
}

/// For each row, what to do for each set without it and that set with it.
fn sum(table: &mut [u16], add: impl Fn(&mut u16, &mut u16)) {
    let (sets, halves) = (table.len(), core::iter::successors(Some(1), |half| Some(2 * half)));
    for half in halves.take_while(|&half| half < sets) {
        for pair in table.chunks_exact_mut(2 * half) {
            let (without, with) = pair.split_at_mut(half);
            without.iter_mut().zip(with).for_each(|(without, with)| add(without, with));
        }
    }
}

/// What is to be added to the weights against a set for a class that is implied or implies.
fn gain(agrees: bool, conflict: bool, weight: u32) -> i64 {
    i64::from(weight) * (i64::from(!agrees) - i64::from(conflict))
}

/// For each set one or nothing. Narrow numbers are compared several at once.
fn conflicts(set: u64) -> impl Iterator<Item = u32> {
    let set = u32::try_from(set).unwrap_or_default();
    (0_u32..).map(move |other| u32::from(conflict(set, other)))
}

fn is_within(one: u64, other: u64) -> bool {
    one & other == one && one != other
}

/// Whether two sets can't be those of classes that don't imply each other.
fn conflict<T: Copy + Default + PartialEq + BitAnd<Output = T>>(one: T, other: T) -> bool {
    let both = one & other;
    both == one || both == other || both == T::default()
}
