//! What the targets of the tests and of the fuzzer share: the bodies of the fuzz targets, and the slow
//! re-statement of the rules that resolving is compared with.
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests, where a panic is a failure"
)]

pub mod fuzzed;
pub mod oracle;
