//! A release as it is asked for.

use std::str::FromStr;

use featuregate_core::{Precision, Version, VersionError};

/// A release: `1.36`, or `1.13.5` of a program that counts patch releases. It may be written as that of a build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub(crate) version: Version,
    /// Whether it has a patch part; without one it is the newest patch release of the minor one.
    pub(crate) is_patch: bool,
}

impl FromStr for Wanted {
    type Err = VersionError;

    fn from_str(text: &str) -> Result<Self, VersionError> {
        // As `kubectl version` has it: `v1.36.1+k3s1`.
        let text = text.strip_prefix('v').unwrap_or(text);
        let text = text.split_once(['+', '-']).map_or(text, |(release, _)| release);
        let version = Precision::Patch.read(text)?;
        Ok(Self { version, is_patch: Precision::Minor.read(text).is_err() })
    }
}
