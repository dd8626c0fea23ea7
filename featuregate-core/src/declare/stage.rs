//! What a stage promises.

use core::fmt;

/// How far a feature has come, and so what an operator may rely on.
///
/// | stage | default | what an operator may rely on |
/// |---|---|---|
/// | [`PreAlpha`](Self::PreAlpha) | off | the gate does not exist yet at that version; it cannot be set |
/// | [`Alpha`](Self::Alpha) | off | may change or go without notice; set it on test systems only |
/// | [`Beta`](Self::Beta) | on | well tested, stays; details may change |
/// | [`Ga`](Self::Ga) | on, locked | always there; the gate will be removed some releases later |
/// | [`Deprecated`](Self::Deprecated) | as before | on its way out |
///
/// The defaults are those of a declaration that names none; a history may say otherwise.
///
/// ```
/// use featuregate_core::Stage;
/// assert_eq!(Stage::Ga.to_string(), "GA");
/// assert_eq!(Stage::from_manifest("Beta"), Some(Stage::Beta));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Where a gate does not exist yet. Only specs from data may name it.
    PreAlpha,
    /// Off by default, experimental.
    Alpha,
    /// On by default, can be turned off.
    Beta,
    /// Generally available: on, and locked unless the declaration says otherwise.
    Ga,
    /// On its way out; the last stage a gate can have.
    Deprecated,
}

impl Stage {
    /// Every stage, in the order of a lifecycle.
    pub const ALL: &'static [Self] =
        &[Self::PreAlpha, Self::Alpha, Self::Beta, Self::Ga, Self::Deprecated];

    /// The spelling of manifests and of JSON: `PreAlpha`, `Alpha`, `Beta`, `GA`, `Deprecated`
    /// (Kubernetes' `preRelease`).
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PreAlpha => "PreAlpha",
            Self::Alpha => "Alpha",
            Self::Beta => "Beta",
            Self::Ga => "GA",
            Self::Deprecated => "Deprecated",
        }
    }

    /// The spelling of help texts: `PRE-ALPHA`, `ALPHA`, `BETA`, `GA`, `DEPRECATED`.
    #[must_use]
    pub const fn as_upper_str(self) -> &'static str {
        match self {
            Self::PreAlpha => "PRE-ALPHA",
            Self::Alpha => "ALPHA",
            Self::Beta => "BETA",
            Self::Ga => "GA",
            Self::Deprecated => "DEPRECATED",
        }
    }

    /// The spelling within a sentence: `pre-alpha`, `alpha`, `beta`, `GA`, `deprecated`.
    ///
    /// ```
    /// use featuregate_core::Stage;
    /// assert_eq!(Stage::Beta.as_word(), "beta");
    /// ```
    #[must_use]
    pub const fn as_word(self) -> &'static str {
        match self {
            Self::PreAlpha => "pre-alpha",
            Self::Alpha => "alpha",
            Self::Beta => "beta",
            Self::Ga => "GA",
            Self::Deprecated => "deprecated",
        }
    }

    /// Whether a lifecycle comes to this stage before the other one.
    ///
    /// ```
    /// use featuregate_core::Stage;
    /// assert!(Stage::Alpha.comes_before(Stage::Beta));
    /// assert!(!Stage::Deprecated.comes_before(Stage::Ga));
    /// ```
    #[must_use]
    pub const fn comes_before(self, other: Self) -> bool {
        (self as u8) < (other as u8)
    }

    /// The stage that a manifest spells so; the counterpart of [`as_str`](Self::as_str).
    #[must_use]
    pub fn from_manifest(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|stage| stage.as_str() == text)
    }

    /// The default of a declaration that names none; `None` for a deprecated gate, which keeps the
    /// default that it had.
    #[must_use]
    pub const fn usual_default(self) -> Option<bool> {
        match self {
            Self::PreAlpha | Self::Alpha => Some(false),
            Self::Beta | Self::Ga => Some(true),
            Self::Deprecated => None,
        }
    }

    /// Whether a declaration that does not say so is locked: only at GA.
    #[must_use]
    pub const fn usually_locked(self) -> bool {
        matches!(self, Self::Ga)
    }

    /// How far one gate may rely on another: a gate cannot require one of a lower rank
    /// (Kubernetes' rule, in which pre-alpha counts as alpha and deprecated is lowest).
    pub(crate) const fn reliability(self) -> u8 {
        match self {
            Self::Deprecated => 0,
            Self::PreAlpha | Self::Alpha => 1,
            Self::Beta => 2,
            Self::Ga => 3,
        }
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_is_read_as_a_manifest_writes_it() {
        for &stage in Stage::ALL {
            assert_eq!(Stage::from_manifest(stage.as_str()), Some(stage));
        }
        assert_eq!(Stage::from_manifest("ALPHA"), None);
        assert_eq!(Stage::from_manifest(""), None);
    }

    #[test]
    fn all_stages_stand_in_the_order_of_a_lifecycle() {
        assert!(Stage::ALL.is_sorted_by(|one, next| one.comes_before(*next)));
    }
}
