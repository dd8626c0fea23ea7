//! Code in which the value of a gate is known: what is left of it, and that it does the same.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests, where a panic is a failure"
)]

mod batch;
mod corpus;
mod random;

use featuregate_cli::simplified::simplify;

/// What the programs of these tests ask.
const CHECK: &str = "Feature::X.enabled()";

/// The program with the gate at a value.
fn with(program: &str, value: bool) -> String {
    let known: Vec<_> =
        program.match_indices(CHECK).map(|(at, _)| (at..at + CHECK.len(), value)).collect();
    simplify(program, &known).unwrap_or_else(|error| panic!("{error}:\n{program}"))
}
