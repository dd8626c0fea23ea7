//! Sorting with one small copy of the algorithm. Of the standard library's, the compiler makes one for each type that
//! is sorted; nine of them were a fifth of this crate, which every program compiles, and each takes 7 KB in it.

use alloc::vec::Vec;
use core::cmp::Ordering;

use crate::id::IdVec;

crate::__id! {
    /// An item that is being sorted.
    struct ItemId;
}

/// The items in order; equal ones keep their order.
#[must_use]
pub fn sorted<T>(items: Vec<T>, compare: &dyn Fn(&T, &T) -> Ordering) -> Vec<T> {
    // Only this is compiled for each type.
    let mut items: IdVec<ItemId, T> = items.into();
    let swaps = swaps(items.ids().collect(), &|a, b| compare(&items[a], &items[b]));
    for (at, with) in swaps.iter() {
        items.swap(at, *with);
    }
    items.into_values()
}

/// With which item each one has to be swapped, one after the other, so that all are in order.
fn swaps(
    items: Vec<ItemId>,
    compare: &dyn Fn(ItemId, ItemId) -> Ordering,
) -> IdVec<ItemId, ItemId> {
    let mut order: IdVec<ItemId, ItemId> = sorted_ids(items, compare).into();
    for at in order.ids() {
        // What belongs here is elsewhere if it was swapped before.
        let mut with = order[at];
        while with < at {
            with = order[with];
        }
        order[at] = with;
    }
    order
}

/// Merges runs, each time of twice the length.
fn sorted_ids(mut items: Vec<ItemId>, compare: &dyn Fn(ItemId, ItemId) -> Ordering) -> Vec<ItemId> {
    let mut length = 1;
    while length < items.len() {
        let mut merged = Vec::with_capacity(items.len());
        for runs in items.chunks(2 * length) {
            let (mut first, mut second) = runs.split_at_checked(length).unwrap_or((runs, &[]));
            while let ([a, rest_of_first @ ..], [b, rest_of_second @ ..]) = (first, second) {
                if compare(*a, *b).is_le() {
                    merged.push(*a);
                    first = rest_of_first;
                } else {
                    merged.push(*b);
                    second = rest_of_second;
                }
            }
            merged.extend_from_slice(first);
            merged.extend_from_slice(second);
        }
        items = merged;
        length *= 2;
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_sorted_and_equal_ones_keep_their_order() {
        let words: Vec<&str> = "the quick brown fox jumps over a lazy dog".split(' ').collect();
        let by_length = sorted(words, &|a, b| a.len().cmp(&b.len()));
        assert_eq!(
            by_length,
            ["a", "the", "fox", "dog", "over", "lazy", "quick", "brown", "jumps"]
        );
        assert_eq!(sorted(Vec::<u8>::new(), &Ord::cmp), []);
    }

    #[test]
    fn any_number_of_items_is_sorted() {
        for count in 0..70_u32 {
            let items: Vec<(u32, u32)> = (0..count).map(|item| (item * 37 % 11, item)).collect();
            let mut expected = items.clone();
            expected.sort_unstable();
            assert_eq!(sorted(items, &|a, b| a.0.cmp(&b.0)), expected);
        }
    }
}
