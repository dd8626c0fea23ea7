//! Where the shared data of Kubernetes lies.
//!
//! It is in the folder that the environment variable `FEATUREGATE_DATA_DIR` names, by default
//! `shared/data` beside the workspace. Without it a test passes and says so, unless
//! `FEATUREGATE_REQUIRE_DATA` is set.

use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The folder of the shared data of Kubernetes, or a word on standard error that it is absent.
///
/// # Panics
/// If it is absent and must not be.
#[must_use]
pub fn folder() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    let root = std::env::var_os("FEATUREGATE_DATA_DIR").map_or_else(beside, PathBuf::from);
    let folder = root.join("kubernetes");
    if folder.is_dir() {
        return Some(folder);
    }
    let absent = format!("ABSENT: {}\n", folder.display());
    assert!(std::env::var_os("FEATUREGATE_REQUIRE_DATA").is_none(), "{absent}");
    // The runner captures what the print macros write, and a test that did nothing must show.
    std::io::stderr().write_all(absent.as_bytes()).unwrap();
    None
}

/// The text of a file.
///
/// # Panics
/// If it can't be read.
#[must_use]
pub fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
