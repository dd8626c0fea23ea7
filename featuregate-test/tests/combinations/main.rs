//! Covering arrays of feature gates.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "helpers of tests, where a panic is a failure"
)]

mod checker;
mod enums;
mod kubernetes;
mod models;
