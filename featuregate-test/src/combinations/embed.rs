//! All pairs with dependencies: each class gets the set of the rows in which it is on.
//!
//! A class that implies another one has a smaller set within the other's; two classes of which neither
//! implies the other have sets of which neither holds the other, which meet, and which leave a row out.
//! The first row, in which all are off, sees to the last. So this is Katona's array with an order in it:
//! classes that have to do with others are placed first, where they take the least room from the sets
//! of the middle size, and all others get what is left of those.

use super::order::Order;
use super::search::{Lift, Search};
use super::{ipog, katona};

/// Up to so many rows the sets are searched; with more there are too many sets.
const MOST: usize = 18;

/// So many where nothing comes near.
const COARSE: usize = 14;

/// How many sets are looked at, about, before it is left at what was found.
const BUDGET: usize = 1 << 29;

/// Those first that need the fewest repairs.
const LIFTS: [Lift; 3] = [Lift::Others, Lift::Chains, Lift::None];

/// The rows of the classes, all pairs.
pub(super) fn rows(order: &Order) -> Vec<Vec<bool>> {
    if order.is_free() {
        return katona::rows(order.len());
    }
    let (least, turned) = (least(order), order.turned());
    let ways = [(order, false), (&turned, true)];
    let mut best = closures(order);
    let mut budget = BUDGET;
    for rows in least..=MOST {
        if best.len() <= rows {
            return best;
        }
        let mut begun = Vec::new();
        for (lift, (order, is_turned)) in
            LIFTS.into_iter().flat_map(|lift| ways.map(|way| (lift, way)))
        {
            // With more the repair would come to nothing.
            let most = 8 + order.len() / 3;
            let Some(search) = Search::begin(order, rows, lift, most, &mut budget) else {
                continue;
            };
            if search.is_done() {
                return upright(search.rows(), is_turned);
            }
            begun.push((search, is_turned));
        }
        begun.sort_by_key(|(search, _)| search.waiting());
        for (search, is_turned) in &mut begun {
            if search.repair() {
                return upright(search.rows(), *is_turned);
            }
        }
        // What could not be placed costs a row or more.
        begun.sort_by_key(|(search, _)| search.waiting());
        for (search, is_turned) in begun.iter().take(2) {
            best = shorter(best, upright(search.rows(), *is_turned));
        }
    }
    if best.len() <= least.max(MOST) {
        return best;
    }
    for (order, is_turned) in ways {
        let mut unbounded = usize::MAX;
        let search = Search::begin(order, COARSE, Lift::None, order.len(), &mut unbounded);
        if let Some(search) = search {
            best = shorter(best, upright(search.rows(), is_turned));
        }
    }
    shorter(best, ipog::rows(order, 2))
}

fn upright(rows: Vec<Vec<bool>>, is_turned: bool) -> Vec<Vec<bool>> {
    if is_turned { inverse(rows) } else { rows }
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
