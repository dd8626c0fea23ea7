//! One test under several settings.

use std::env;
use std::panic::{AssertUnwindSafe, catch_unwind};

use featuregate::Enums;

use crate::combinations::{RowNumber, of_strength};
use crate::overrides::{Overrides, overrides};

/// Runs one test under several settings of gates, each as a test with its own name.
///
/// The settings are texts as in `--feature-gates`. The gates that a setting does not name keep their defaults.
///
/// ```
/// use featuregate::FeatureGate;
///
/// #[derive(Clone, Copy, FeatureGate)]
/// enum Feature {
///     /// A cache in front of the disk.
///     #[gate(alpha)]
///     Cache,
/// }
///
/// fn answer() -> u32 {
///     if Feature::Cache.enabled() { 42 } else { 6 * 7 }
/// }
///
/// featuregate_test::under! {
///     Feature: without = "Cache=false", with = "Cache=true";
///
///     /// The cache does not change the answer: `answers::without` and `answers::with`.
///     #[test]
///     fn answers() {
///         assert_eq!(answer(), 42);
///     }
/// }
/// # fn main() {}
/// ```
///
/// An `async` test has the attribute of its runtime instead of `#[test]`, as in `#[tokio::test]`. Its future runs
/// within the scope.
#[macro_export]
macro_rules! under {
    (
        $gates:ty: $($setting:ident = $text:expr),+ $(,)?;
        $(#[$attribute:meta])*
        async fn $name:ident() $(-> $output:ty)? $body:block
    ) => {
        mod $name {
            #[allow(unused_imports, reason = "the body may need none of them")]
            use super::*;

            async fn body() $(-> $output)? $body

            $crate::under! { @each async [$(#[$attribute])*] [$(-> $output)?] [$gates]; $($setting = $text,)+ }
        }
    };
    (
        $gates:ty: $($setting:ident = $text:expr),+ $(,)?;
        $(#[$attribute:meta])*
        fn $name:ident() $(-> $output:ty)? $body:block
    ) => {
        mod $name {
            #[allow(unused_imports, reason = "the body may need none of them")]
            use super::*;

            fn body() $(-> $output)? $body

            $crate::under! { @each [$(#[$attribute])*] [$(-> $output)?] [$gates]; $($setting = $text,)+ }
        }
    };
    (
        @each async [$($attributes:tt)*] [$($output:tt)*] [$gates:ty];
        $setting:ident = $text:expr, $($rest:tt)*
    ) => {
        $($attributes)*
        async fn $setting() $($output)* {
            $crate::overrides::<$gates>().text($text).scope().wrap(body()).await
        }

        $crate::under! { @each async [$($attributes)*] [$($output)*] [$gates]; $($rest)* }
    };
    (
        @each [$($attributes:tt)*] [$($output:tt)*] [$gates:ty];
        $setting:ident = $text:expr, $($rest:tt)*
    ) => {
        $($attributes)*
        fn $setting() $($output)* {
            $crate::overrides::<$gates>().text($text).run(body)
        }

        $crate::under! { @each [$($attributes)*] [$($output)*] [$gates]; $($rest)* }
    };
    (@each $($nothing_left:tt)*) => {};
}

/// The environment variable with the number of the only row under which [`under_each_row!`](crate::under_each_row)
/// runs its tests.
pub const ROW_VARIABLE: &str = "FEATUREGATE_ROW";

/// Runs a test under each row of the gates' [covering array](mod@crate::combinations), each in a scope.
///
/// A number after the enum is the strength; without it, the strength is 2, all pairs. If the test fails under a row,
/// its message names the row and the command that repeats the test with that row only:
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
///     /// The gates do not change the answer.
///     #[test]
///     fn the_answer_is_always_the_same() {
///         assert_eq!(answer(), 42);
///     }
/// }
/// # fn main() {}
/// ```
#[macro_export]
macro_rules! under_each_row {
    (
        $gates:ty;
        $($test:tt)*
    ) => {
        $crate::under_each_row! { $gates, 2; $($test)* }
    };
    (
        $gates:ty, $strength:literal;
        $(#[$attribute:meta])*
        fn $name:ident() $body:block
    ) => {
        $(#[$attribute])*
        fn $name() {
            fn body() $body

            $crate::__private::each_row::<$gates>($strength, ::core::stringify!($name), body);
        }
    };
}

/// What [`under_each_row!`](crate::under_each_row) runs.
///
/// # Panics
/// If the gates cannot be resolved, the variable is not the number of a row, or the test fails under a row.
#[expect(clippy::panic, reason = "it makes a test fail")]
#[track_caller]
pub fn each_row<F: Enums>(strength: usize, test: &str, body: fn()) {
    let rows = match of_strength::<F>(strength) {
        Ok(rows) => rows,
        Err(problems) => panic!("the gates cannot be resolved:\n{problems}"),
    };
    let only = env::var(ROW_VARIABLE).ok().filter(|only| !only.is_empty());
    let wanted = only.map(|only| match only.parse::<RowNumber>() {
        Ok(number) if rows.get(number).is_some() => number,
        _ => panic!(
            "{ROW_VARIABLE} is \"{only}\", which is not the number of a row; set it to a number from 1 to {}",
            rows.len()
        ),
    });
    for row in rows.iter().filter(|row| wanted.is_none_or(|wanted| wanted == row.number())) {
        let set =
            |overrides: Overrides<F>, (name, value): (&str, bool)| overrides.named(name, value);
        let scope = row.assignments().fold(overrides::<F>(), set).scope();
        let outcome = catch_unwind(AssertUnwindSafe(|| scope.run(body)));
        assert!(
            outcome.is_ok(),
            "the test fails under {row}; to repeat it with this row only, run {ROW_VARIABLE}={} cargo test {test}",
            row.number()
        );
    }
}
