//! `featuregate init`, `add`, `promote` and `coverage`, run as processes.
#![expect(clippy::unwrap_used, reason = "helpers of tests, where it is the failure")]

mod add;
mod command;
mod coverage;
mod init;
#[path = "../common/project.rs"]
mod project;
mod promote;
