//! Independent gates, all pairs: the smallest array there is.
//!
//! A gate is the set of the rows in which it is on. For two gates all four pairs of values are there
//! exactly if neither set holds the other, the two have a row in common, and some row is in neither.
//! Take one row in which every gate is off, and of the other `N - 1` rows the sets of `⌈N/2⌉`: none of
//! one size holds another, two of more than half the rows meet, and the first row is in none. That no
//! more than `C(N - 1, ⌈N/2⌉)` sets are possible was proved by Katona (Two applications of Sperner type
//! theorems, 1973) and by Kleitman and Spencer (Families of k-independent sets, 1973).

/// The least number of rows that holds every pair of values of so many independent gates: the least `N`
/// with `C(N - 1, ⌈N/2⌉)` not below the number of gates.
///
/// ```
/// use featuregate_test::combinations::bound;
///
/// assert_eq!([10, 100, 200, 1_000].map(bound), [6, 10, 11, 14]);
/// assert_eq!([0, 1, 2, 3, 4].map(bound), [1, 2, 4, 4, 5]);
/// ```
#[must_use]
pub fn bound(gates: usize) -> usize {
    match gates {
        0 => 1,
        _ => (2..64).find(|&rows| capacity(rows) >= gates).unwrap_or(64),
    }
}

/// For how many independent gates so many rows are enough, all pairs.
pub(super) fn capacity(rows: usize) -> usize {
    binomial(rows.saturating_sub(1), size(rows))
}

/// In how many rows each gate is on.
pub(super) fn size(rows: usize) -> usize {
    rows.div_ceil(2)
}

/// The sets of `size` of the first `rows` rows, as bits, in ascending order.
pub(super) fn sets(rows: usize, size: usize) -> impl Iterator<Item = u64> {
    let first = (1_u64 << size.min(63)) - 1;
    let all = 1_u64 << rows.min(63);
    let next = |set: &u64| {
        // Gosper's step: the lowest run of ones moves its highest one up and the rest down.
        let lowest = set & set.wrapping_neg();
        let moved = set + lowest;
        (set ^ moved).checked_div(lowest << 2).map(|rest| moved | rest)
    };
    core::iter::successors(Some(first), next).take_while(move |set| *set < all)
}

/// The rows of so many independent gates.
pub(super) fn rows(gates: usize) -> Vec<Vec<bool>> {
    let rows = bound(gates);
    let sets: Vec<u64> = sets(rows - 1, size(rows)).take(gates).collect();
    let off = core::iter::once(vec![false; gates]);
    let others = (0..rows - 1).map(|row| sets.iter().map(|set| set >> row & 1 == 1).collect());
    off.chain(others).collect()
}

fn binomial(n: usize, k: usize) -> usize {
    if k > n {
        return 0;
    }
    (0..k).fold(1, |product: usize, step| product.saturating_mul(n - step) / (step + 1))
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
            assert_eq!(capacity(rows), largest, "{rows} rows");
            assert!(bound(largest) <= rows && rows < bound(largest + 1), "{rows} rows");
        }
        let (gates, rows) = ([10, 100, 200, 1_000], [6, 10, 11, 14]);
        assert_eq!(gates.map(bound), rows);
        for (gates, rows) in gates.into_iter().zip(rows) {
            assert!(capacity(rows - 1) < gates && gates <= capacity(rows));
        }
    }

    #[test]
    fn sets_are_all_those_of_their_size_once() {
        for rows in 1..12_usize {
            for size in 1..=rows {
                let sets: Vec<u64> = sets(rows, size).collect();
                assert_eq!(sets.len(), binomial(rows, size), "{size} of {rows}");
                assert!(sets.windows(2).all(|two| two[0] < two[1]));
                assert!(sets.iter().all(|set| set.count_ones() as usize == size));
            }
        }
    }
}
