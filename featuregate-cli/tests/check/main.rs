//! `featuregate check`: on config files that people run, and on one mistake of each kind.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests, where these are the failure"
)]

mod upgrade;
