//! What a report looks like, in each format.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests, where these are the failure"
)]

mod configs;
mod human;
mod json;
mod sample;
mod sarif;
mod systems;
