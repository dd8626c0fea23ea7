//! What the tests and the fuzzer share: the bodies of the fuzz targets, a slow second statement of the rules
//! with which resolving is compared, and the location of the shared data.
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests, where a panic is a failure"
)]

pub mod data;
pub mod fuzzed;
pub mod oracle;

/// The programs of the guide compile and run.
#[cfg(all(doctest, feature = "programs"))]
mod guide {
    #[doc = include_str!("../../docs/guide/migration/session.md")]
    mod session {}
    #[doc = include_str!("../../docs/guide/notations.md")]
    mod notations {}
    #[doc = include_str!("../../docs/guide/sources.md")]
    mod sources {}
}
