//! `list`, `owners`, `docs`, `schema`, `explain`, completions and manual pages, run as a process.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails where it cannot go on"
)]

mod docs;
mod explain;
mod list;
mod owners;
mod program;
mod schema;
mod shell;
