//! Sets `featuregate_data` where the shared data of Kubernetes exists, so that the tests that need it are reported
//! as ignored where it does not. `featuregate-cli` uses this script too.
//!
//! With `FEATUREGATE_REQUIRE_DATA` these tests run in any case, and fail without the data.

use std::env;
use std::path::{Path, PathBuf};

pub(crate) fn main() {
    for variable in ["FEATUREGATE_DATA_DIR", "FEATUREGATE_REQUIRE_DATA"] {
        println!("cargo:rerun-if-env-changed={variable}");
    }
    println!("cargo:rustc-check-cfg=cfg(featuregate_data)");
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    let root = env::var_os("FEATUREGATE_DATA_DIR").map_or_else(beside, PathBuf::from);
    let folder = root.join("kubernetes");
    println!("cargo:rustc-env=FEATUREGATE_KUBERNETES_DATA={}", folder.display());
    // Watching a path that does not exist would compile everything anew each time.
    if folder.is_dir() {
        println!("cargo:rerun-if-changed={}", folder.display());
    }
    if folder.is_dir() || env::var_os("FEATUREGATE_REQUIRE_DATA").is_some() {
        println!("cargo:rustc-cfg=featuregate_data");
    }
}
