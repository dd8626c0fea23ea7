//! Sorting with one copy of the algorithm. The compiler makes another one for each type that is sorted in its
//! own right; nine of them were a fifth of this crate, which every program compiles.

use alloc::vec::Vec;
use core::cmp::Ordering;

/// Sorts numbers; equal ones keep their order.
pub(crate) fn sort_numbers(numbers: &mut [usize], compare: &dyn Fn(usize, usize) -> Ordering) {
    numbers.sort_by(|&a, &b| compare(a, b));
}

/// The items in order; equal ones keep theirs.
pub(crate) fn sorted<T>(items: Vec<T>, compare: &dyn Fn(&T, &T) -> Ordering) -> Vec<T> {
    let mut order: Vec<usize> = (0..items.len()).collect();
    sort_numbers(&mut order, &|a, b| match (items.get(a), items.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    order.iter().filter_map(|&at| items.get_mut(at)?.take()).collect()
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
