//! Sorting with one copy of the algorithm. The compiler makes another one for each type that is sorted in its
//! own right; nine of them were a fifth of this crate, which every program compiles.

use alloc::vec::Vec;
use core::cmp::Ordering;

use crate::id::IdVec;

crate::__id! {
    /// An item that is being sorted.
    struct ItemId;
}

/// The items in order; equal ones keep their order.
pub(crate) fn sorted<T>(items: Vec<T>, compare: &dyn Fn(&T, &T) -> Ordering) -> Vec<T> {
    let items: IdVec<ItemId, T> = items.into();
    let mut order: Vec<ItemId> = items.ids().collect();
    sort_ids(&mut order, &|a, b| compare(&items[a], &items[b]));
    let mut taken: IdVec<ItemId, Option<T>> = IdVec::new();
    for item in items.into_values() {
        taken.push(Some(item));
    }
    order.into_iter().filter_map(|item| taken[item].take()).collect()
}

fn sort_ids(items: &mut [ItemId], compare: &dyn Fn(ItemId, ItemId) -> Ordering) {
    items.sort_by(|&a, &b| compare(a, b));
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
}
