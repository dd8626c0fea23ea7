//! Which files are read, and what happens to those that cannot be.
#![expect(clippy::unwrap_used, reason = "in helpers of tests, where that is the failure")]

mod found;
mod many;
mod named;
mod tree;
#[cfg(unix)]
mod unreadable;
