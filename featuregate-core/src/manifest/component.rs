//! A component of a program: a part with a prefix and a release of its own.

use alloc::string::String;

use crate::declare::group::Groups;
use crate::declare::spec::RemovedPolicy;
use crate::declare::version::Version;

/// A component whose gates are written with its name and a colon, as in `store:Compaction`.
///
/// ```
/// use featuregate_core::Version;
/// use featuregate_core::manifest::Manifest;
///
/// let manifest = Manifest::read(
///     "{version: \"1.36\", components: [{name: store, version: \"3.6\"}], gates: [\
///      {name: 'store:Compaction', requires: [Cache], versionedSpecs: [{version: \"3.5\", preRelease: Alpha, default: false}]}, \
///      {name: Cache, versionedSpecs: [{version: \"1.30\", preRelease: Alpha, default: false}]}]}",
/// )?;
/// let mut registry = manifest.registry(Version::new(1, 36))?;
/// assert!(registry.set("store:Compaction=true").is_err());
/// registry.set("store:Compaction=true,Cache=true")?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Component {
    /// The prefix of its gates.
    pub name: String,
    /// Its release.
    pub version: Version,
    /// What the program does with a removed gate of it.
    pub removed: RemovedPolicy,
    /// Its groups and channels.
    pub groups: Groups,
}

impl Component {
    /// A component at a release.
    #[must_use]
    pub fn new(name: impl Into<String>, version: Version, removed: RemovedPolicy) -> Self {
        Self { name: name.into(), version, removed, groups: Groups::default() }
    }
}
