//! The bodies of the fuzz targets: each takes any bytes and panics where a promise is broken.
//!
//! The fuzzer calls them (`fuzz/`), and an ordinary test replays its corpus (`replay`).

mod manifests;
mod parsing;
mod resolving;

pub use manifests::manifests;
pub use parsing::parsing;
pub use resolving::resolving;

/// A body.
pub type Body = fn(&[u8]);

/// Each target by the name of its corpus.
pub const TARGETS: [(&str, Body); 3] =
    [("manifests", manifests), ("parsing", parsing), ("resolving", resolving)];
