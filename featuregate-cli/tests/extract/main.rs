//! What is found in config files: real ones, and one of each notation.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests, where these are the failure"
)]

mod fixtures;
mod notations;
mod real;
mod removing;
mod robust;
