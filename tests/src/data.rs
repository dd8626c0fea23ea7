//! The shared data of Kubernetes: `kubernetes/…` in the folder that the environment variable
//! `FEATUREGATE_DATA_DIR` names, by default `shared/data` beside the workspace.
//!
//! A test that needs it has the attribute
//! `#[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]`.

use std::path::{Path, PathBuf};

/// The folder of the shared data of Kubernetes.
///
/// # Panics
/// If it does not exist.
#[must_use]
pub fn folder() -> PathBuf {
    let folder = PathBuf::from(env!("FEATUREGATE_KUBERNETES_DATA"));
    assert!(folder.is_dir(), "{} does not exist; set FEATUREGATE_DATA_DIR", folder.display());
    folder
}

/// The text of a file.
///
/// # Panics
/// If it cannot be read.
#[must_use]
pub fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
