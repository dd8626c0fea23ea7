//! `list`, `docs`, `schema`, `explain`, completions and manual pages, run as a process.
#![expect(clippy::unwrap_used, reason = "a test fails where it cannot go on")]

mod docs;
mod explain;
mod list;
mod program;
mod schema;
mod shell;
