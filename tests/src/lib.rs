//! What the targets of the tests and of the fuzzer share: the bodies of the fuzz targets, the slow
//! re-statement of the rules that resolving is compared with, and where the shared data lies.
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests, where a panic is a failure"
)]

pub mod data;
pub mod fuzzed;
pub mod oracle;
