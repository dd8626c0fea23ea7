//! Tests of programs with feature gates.
//!
//! It is a dev-dependency; a release build has no use for it.
//!
//! | for | item |
//! |---|---|
//! | a test under few settings that together hold every pair of values | [`combinations()`] |

pub mod combinations;

pub use combinations::combinations;
