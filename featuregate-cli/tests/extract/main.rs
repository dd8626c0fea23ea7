//! What is found in config files: real ones, and one of each notation.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests, where these are the failure"
)]

mod real;
