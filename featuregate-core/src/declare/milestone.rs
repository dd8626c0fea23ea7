//! One entry of a gate's history.

use alloc::string::String;

use crate::declare::stage::Stage;
use crate::declare::version::Version;

crate::__id! {
    /// A milestone of a [`RawSpec`](crate::RawSpec), in the order of its history.
    pub struct MilestoneId;
}

/// What applies to a gate from one version on, until a later milestone says otherwise.
///
/// A milestone of a [`GateSpec`](crate::GateSpec) has passed the [lifecycle rules](crate::declare::lifecycle).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Milestone {
    pub(crate) since: Version,
    pub(crate) stage: Stage,
    pub(crate) default: bool,
    pub(crate) locked: bool,
    pub(crate) min_compat: Option<Version>,
}

impl Milestone {
    /// A gate before its first milestone, which is how Kubernetes treats it: pre-alpha, off, unlocked.
    pub(crate) const BEFORE_THE_FIRST: Self = Self {
        since: Version::ZERO,
        stage: Stage::PreAlpha,
        default: false,
        locked: false,
        min_compat: None,
    };

    /// The first release to which this milestone applies.
    #[must_use]
    pub const fn since(&self) -> Version {
        self.since
    }

    /// The stage from then on.
    #[must_use]
    pub const fn stage(&self) -> Stage {
        self.stage
    }

    /// Whether the gate is on unless it is set.
    #[must_use]
    pub const fn default(&self) -> bool {
        self.default
    }

    /// The same, on by default.
    #[doc(hidden)]
    #[must_use]
    pub const fn on_by_default(self) -> Self {
        Self { default: true, ..self }
    }

    /// Whether the gate can only be set to its default.
    #[must_use]
    pub const fn is_locked(&self) -> bool {
        self.locked
    }

    /// Whether the gate exists, and is not locked to off.
    pub(crate) const fn can_be_on(&self) -> bool {
        !matches!(self.stage, Stage::PreAlpha) && (self.default || !self.locked)
    }

    /// The minimum compatibility version from which on it applies: the oldest release that the
    /// process must still work with (Kubernetes' `MinCompatibilityVersion`).
    /// Only specs from data have it.
    #[must_use]
    pub const fn min_compat(&self) -> Option<Version> {
        self.min_compat
    }
}

/// A milestone as it was written, before the rules have seen it.
///
/// ```
/// use featuregate_core::{RawMilestone, Stage};
///
/// let beta = RawMilestone::new("1.30", Stage::Beta).with_default(false);
/// assert!(!beta.default && !beta.locked);
/// assert!(RawMilestone::ga("1.33").locked);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RawMilestone {
    /// `major.minor` as written; `None` where no version was given, which is a fault.
    pub since: Option<String>,
    /// The stage.
    pub stage: Stage,
    /// Whether the gate is on unless it is set.
    pub default: bool,
    /// Whether the gate can only be set to its default.
    pub locked: bool,
    /// The condition under which it is on by default, if that depends on one: `cfg(windows)`. The default is what it is
    /// otherwise. Only manifests have it.
    pub condition: Option<String>,
    /// `major.minor` of the minimum compatibility version, if it depends on one.
    pub min_compat: Option<String>,
}

impl RawMilestone {
    /// A milestone with the stage's usual default and lock (a deprecated gate: off).
    #[must_use]
    pub fn new(since: impl Into<String>, stage: Stage) -> Self {
        Self {
            since: Some(since.into()),
            stage,
            default: stage.usual_default().unwrap_or(false),
            locked: stage.usually_locked(),
            condition: None,
            min_compat: None,
        }
    }

    /// Alpha: off.
    #[must_use]
    pub fn alpha(since: impl Into<String>) -> Self {
        Self::new(since, Stage::Alpha)
    }

    /// Beta: on.
    #[must_use]
    pub fn beta(since: impl Into<String>) -> Self {
        Self::new(since, Stage::Beta)
    }

    /// GA: on and locked.
    #[must_use]
    pub fn ga(since: impl Into<String>) -> Self {
        Self::new(since, Stage::Ga)
    }

    /// Deprecated, off.
    #[must_use]
    pub fn deprecated(since: impl Into<String>) -> Self {
        Self::new(since, Stage::Deprecated)
    }

    /// The same with this default.
    #[must_use]
    pub fn with_default(mut self, default: bool) -> Self {
        self.default = default;
        self
    }

    /// The same, on by default under this condition only.
    #[must_use]
    pub fn with_condition(mut self, condition: impl Into<String>) -> Self {
        self.condition = Some(condition.into());
        self.default = false;
        self
    }

    /// The same, locked or not.
    #[must_use]
    pub fn with_lock(mut self, locked: bool) -> Self {
        self.locked = locked;
        self
    }

    /// The same without a version, as found in data.
    #[must_use]
    pub fn without_version(mut self) -> Self {
        self.since = None;
        self
    }

    /// The same, from this minimum compatibility version on.
    #[must_use]
    pub fn with_min_compat(mut self, version: impl Into<String>) -> Self {
        self.min_compat = Some(version.into());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_milestone_can_be_on_by_default_whatever_its_stage() {
        let milestone = RawMilestone::alpha("1.30").with_default(false);
        let raw = crate::declare::spec::RawSpec::new("A").milestone(milestone);
        let strictness = crate::declare::lifecycle::Strictness::Data;
        let spec = crate::declare::lifecycle::validate(raw, strictness).unwrap();
        let off = *spec.milestones().first().unwrap();
        assert!(!off.default() && off.on_by_default().default());
        assert_eq!(Milestone { default: false, ..off.on_by_default() }, off);
    }

    #[test]
    fn a_milestone_says_what_it_was_given() {
        let at = Version::new(1, 30);
        for (default, locked) in [(false, false), (true, false), (false, true)] {
            let min_compat = Some(Version::new(1, 29)).filter(|_| default);
            let one = Milestone { since: at, stage: Stage::Beta, default, locked, min_compat };
            assert_eq!(
                (one.since(), one.stage(), one.default(), one.is_locked(), one.min_compat()),
                (at, Stage::Beta, default, locked, min_compat)
            );
        }
    }
}
