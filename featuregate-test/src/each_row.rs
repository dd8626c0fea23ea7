//! One test under each row of a covering array.

use std::env;
use std::panic::{AssertUnwindSafe, catch_unwind};

use featuregate::Enums;

use crate::combinations::of_strength;
use crate::overrides::overrides;

/// The environment variable with the number of the one row to run.
pub const ROW_VARIABLE: &str = "FEATUREGATE_ROW";

/// Runs a test under each row of the gates' [covering array](mod@crate::combinations), each in a scope.
///
/// A second number before the semicolon is the strength: 2, all pairs, where there is none. When a row fails, the
/// test says which one and how to repeat it alone:
/// `FEATUREGATE_ROW=3 cargo test the_cache_does_not_change_the_answer`.
///
/// ```
/// use featuregate::FeatureGate;
///
/// #[derive(Clone, Copy, FeatureGate)]
/// enum Feature {
///     /// A cache in front of the disk.
///     #[gate(alpha)]
///     Cache,
///     /// Fewer round trips.
///     #[gate(beta)]
///     Pipelining,
/// }
///
/// fn answer() -> u32 {
///     if Feature::Cache.enabled() && Feature::Pipelining.enabled() { 6 * 7 } else { 42 }
/// }
///
/// featuregate_test::under_each_row! {
///     Feature;
///
///     /// Whatever is on.
///     #[test]
///     fn the_answer_stays() {
///         assert_eq!(answer(), 42);
///     }
/// }
/// # fn main() {}
/// ```
#[macro_export]
macro_rules! under_each_row {
    (
        $gates:ty $(, $strength:literal)?;
        $(#[$attribute:meta])*
        fn $name:ident() $body:block
    ) => {
        $(#[$attribute])*
        fn $name() {
            fn body() $body

            #[allow(unused_variables, unused_mut, unused_assignments, reason = "a strength may be given")]
            let strength = {
                let mut strength = 2;
                $(strength = $strength;)?
                strength
            };
            $crate::each_row::<$gates>(strength, ::core::stringify!($name), body);
        }
    };
}

/// What the macro runs.
///
/// # Panics
/// If the gates can't be resolved, the variable names no row, or a row fails.
#[expect(clippy::panic, reason = "a test fails so")]
pub fn each_row<F: Enums>(strength: usize, test: &str, body: fn()) {
    let rows = match of_strength::<F>(strength) {
        Ok(rows) => rows,
        Err(problems) => panic!("these gates can't be resolved:\n{problems}"),
    };
    let only = env::var(ROW_VARIABLE).ok().filter(|only| !only.is_empty());
    let wanted = only.as_ref().map(|only| match only.parse::<usize>() {
        Ok(number) if rows.get(number).is_some() => number,
        _ => panic!("{ROW_VARIABLE}={only} names no row; there are {}, from 1", rows.len()),
    });
    for row in rows.iter().filter(|row| wanted.is_none_or(|wanted| wanted == row.number())) {
        let set = |overrides: crate::Overrides<F>, (name, value): (&str, bool)| {
            overrides.named(name, value)
        };
        let scope = row.assignments().fold(overrides::<F>(), set).scope();
        if catch_unwind(AssertUnwindSafe(|| scope.run(body))).is_err() {
            let number = row.number();
            panic!("{row} fails; repeat it alone with {ROW_VARIABLE}={number} cargo test {test}");
        }
    }
}
