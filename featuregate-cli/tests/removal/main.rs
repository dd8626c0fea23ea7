//! `featuregate uses` and `featuregate remove`, run as processes in workspaces that cargo compiles.
#![expect(clippy::unwrap_used, reason = "helpers of tests, where these are the failure")]

mod generated;
mod interrupted;
mod only_tests;
mod parts;
mod project;
mod removes;
mod same;
mod uses;
