//! `featuregate lsp`: scripted sessions with the program.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests, where these are the failure"
)]

mod cases;
mod client;
mod configuration;
mod protocol;
mod rust;
