//! The sets of rows in which gates are on, if any two gates are to have all pairs of values.
//!
//! Two independent gates have all four pairs of values exactly if neither set contains the other, the sets
//! intersect, and some row is in neither. Katona's construction takes one row in which every gate is off, and sets
//! of `⌈N/2⌉` of the other `N - 1` rows: no set contains another of the same size, two sets of more than half of the
//! rows intersect, and the first row is in no set. No construction has more than `C(N - 1, ⌈N/2⌉)` sets, as
//! Katona (Two applications of Sperner type theorems, 1973) and Kleitman and Spencer (Families of k-independent
//! sets, 1973) proved.

/// The least number of rows that contain every pair of values of so many independent gates.
///
/// It is the least `N` for which `C(N - 1, ⌈N/2⌉)` is at least the number of gates.
///
/// ```
/// use featuregate_test::combinations::bound;
///
/// assert_eq!([10, 100, 200, 1_000].map(bound), [6, 10, 11, 14]);
/// assert_eq!([0, 1, 2, 3, 4].map(bound), [1, 2, 4, 4, 5]);
/// ```
#[must_use]
pub fn bound(gates: usize) -> usize {
    let mut rows = 1;
    while capacity(rows) < gates as u128 {
        rows += 1;
    }
    rows
}

/// How many independent gates so many rows are enough for.
fn capacity(rows: usize) -> u128 {
    binomial(rows - 1, middle(rows))
}

/// In how many rows each gate is on.
pub(super) fn middle(rows: usize) -> usize {
    rows.div_ceil(2)
}

/// The sets of `size` of the first `rows` rows, as bits, in ascending order. There are fewer than 64 rows.
pub(super) fn sets(rows: usize, size: usize) -> impl Iterator<Item = u64> {
    debug_assert!(size <= rows && rows < 64, "{size} of {rows} rows");
    let first = (1_u64 << size) - 1;
    let next = |set: &u64| {
        // Gosper's step: the highest bit of the lowest run of ones moves up, and the others move down.
        let lowest = set & set.wrapping_neg();
        let moved = set + lowest;
        (set ^ moved).checked_div(lowest << 2).map(|rest| moved | rest)
    };
    core::iter::successors(Some(first), next).take_while(move |set| *set < 1 << rows)
}

/// How many sets of `size` there are of `rows` rows.
pub(super) fn binomial(rows: usize, size: usize) -> u128 {
    if size > rows {
        return 0;
    }
    (0..size).fold(1, |product, step| product * (rows - step) as u128 / (step + 1) as u128)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bound_is_that_of_the_formula() {
        // Pascal's triangle, row by row.
        let mut line = vec![1_usize];
        for rows in 2..40_usize {
            let mut next = vec![1];
            next.extend(line.windows(2).map(|pair| pair[0] + pair[1]));
            next.push(1);
            line = next;
            let largest = line.get(rows.div_ceil(2)).copied().unwrap_or(0);
            assert_eq!(capacity(rows), largest as u128, "{rows} rows");
            assert!(bound(largest) <= rows && rows < bound(largest + 1), "{rows} rows");
        }
        let (gates, rows) = ([10, 100, 200, 1_000], [6, 10, 11, 14]);
        assert_eq!(gates.map(bound), rows);
        for (gates, rows) in gates.into_iter().zip(rows) {
            assert!(capacity(rows - 1) < gates as u128 && gates as u128 <= capacity(rows));
        }
        assert_eq!(bound(usize::MAX), 69, "no number overflows");
    }

    #[test]
    fn sets_are_all_those_of_their_size_once() {
        for rows in 1..12_usize {
            for size in 1..=rows {
                let sets: Vec<u64> = sets(rows, size).collect();
                assert_eq!(sets.len() as u128, binomial(rows, size), "{size} of {rows}");
                assert!(sets.windows(2).all(|two| two[0] < two[1]));
                assert!(sets.iter().all(|set| set.count_ones() as usize == size));
            }
        }
    }
}
