//! All pairs with dependencies: each class gets the set of the rows in which it is on.
//!
//! A class that implies another one has a smaller set within the other's; two classes of which neither
//! implies the other have sets of which neither holds the other, which meet, and which leave a row out.
//! The first row, in which all are off, sees to the last. So this is Katona's array with an order in it:
//! classes that have to do with others are placed first, where they take the least room from the sets
//! of the middle size, and all others get what is left of those.

use super::order::Order;
use super::search::Search;
use super::{ipog, katona};

/// Up to so many rows the sets are searched; with more there are too many sets.
const MOST: usize = 16;

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
        let mut upright = Search::begin(order, rows);
        if upright.is_done() {
            return upright.rows();
        }
        let mut upside_down = Search::begin(&turned, rows);
        if upside_down.is_done() {
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
    if least > MOST && best.len() > least {
        let (upright, upside_down) = (Search::begin(order, MOST), Search::begin(&turned, MOST));
        best = shorter(best, shorter(upright.rows(), inverse(upside_down.rows())));
        return shorter(best, ipog::rows(order, 2));
    }
    best
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
