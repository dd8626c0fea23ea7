//! `featuregate update` and `featuregate verify`, run as processes.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests, where these are the failure"
)]

mod base;
mod command;
mod components;
mod foreign;
mod kubelet;
mod package;
mod policy;
#[path = "../common/project.rs"]
mod project;
mod rules;
mod source;
mod update;
