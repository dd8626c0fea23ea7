//! The versions in effect.

use crate::declare::version::Version;

/// The versions at which gates are resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Versions {
    /// The release of the program. It judges removals: code that is removed cannot be emulated.
    pub binary: Version,
    /// The release whose stages, defaults and locks apply.
    pub emulated: Version,
    /// The oldest release that the process must work with; only histories from data depend on it.
    pub min_compat: Version,
}

impl Versions {
    /// A program that emulates nothing, with Kubernetes' default for the minimum compatibility
    /// version: one minor release earlier.
    #[must_use]
    pub const fn of_binary(binary: Version) -> Self {
        Self { binary, emulated: binary, min_compat: binary.previous_minor() }
    }

    /// The same program emulating another release.
    #[must_use]
    pub const fn emulating(self, emulated: Version) -> Self {
        Self { binary: self.binary, emulated, min_compat: emulated.previous_minor() }
    }
}
