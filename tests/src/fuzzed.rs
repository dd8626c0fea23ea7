//! The bodies of the fuzz targets: each takes any bytes and panics if a promise is broken.
//!
//! The fuzzer calls them (`fuzz/`), and the test `replay` runs them on its corpus.

#[cfg(feature = "programs")]
mod checking;
#[cfg(feature = "programs")]
mod manifests;
mod parsing;
mod resolving;

#[cfg(feature = "programs")]
pub use checking::checking;
#[cfg(feature = "programs")]
pub use manifests::manifests;
pub use parsing::parsing;
pub use resolving::{following, resolving};

/// The body of a fuzz target.
pub type Body = fn(&[u8]);

/// Each target, with the name of its corpus.
pub const TARGETS: &[(&str, Body)] = &[
    #[cfg(feature = "programs")]
    ("checking", checking),
    #[cfg(feature = "programs")]
    ("manifests", manifests),
    ("parsing", parsing),
    ("resolving", resolving_and_following),
];

fn resolving_and_following(data: &[u8]) {
    resolving(data);
    following(data);
}
