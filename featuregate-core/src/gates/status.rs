//! What a gate is at the versions in effect. Nothing else decides this.

use crate::declare::milestone::Milestone;
use crate::declare::stage::Stage;
use crate::declare::version::Version;
use crate::gates::component::GateId;
use crate::gates::set::GateSet;
use crate::gates::versions::Versions;
use crate::id::IdVec;

/// What a gate is at the versions in effect of its component.
///
/// ```
/// use featuregate_core::{RawMilestone, RawSpec, Registry, Status, Version};
///
/// let mut registry = Registry::new(Version::new(1, 36));
/// registry.register([RawSpec::new("A").milestone(RawMilestone::alpha("1.37"))])?;
/// let state = registry.resolution().state("A").unwrap();
/// assert!(matches!(state.status(), Status::NotIntroduced { introduced: Some(_), .. }));
/// # Ok::<(), featuregate_core::Problems>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Status {
    /// Its first milestone is later than the emulated version.
    NotIntroduced {
        /// When it begins, if its history says so.
        introduced: Option<Version>,
        /// What applies before that: pre-alpha.
        milestone: Milestone,
    },
    /// The binary no longer has it.
    Removed {
        /// The first release without it.
        since: Version,
        /// The value that it ended with.
        value: bool,
        /// The stage that it ended with; GA where its history is not known.
        stage: Stage,
    },
    /// It, or a gate that it requires, is not compiled into this program.
    NotCompiledIn {
        /// What would apply if it were.
        milestone: Milestone,
    },
    /// It can only have its default.
    Locked {
        /// What applies.
        milestone: Milestone,
    },
    /// It can be set.
    Free {
        /// What applies.
        milestone: Milestone,
    },
}

impl Status {
    /// The stage at the versions in effect; the last one of a removed gate.
    #[must_use]
    pub const fn stage(&self) -> Stage {
        match self {
            Self::Removed { stage, .. } => *stage,
            Self::NotIntroduced { milestone, .. }
            | Self::NotCompiledIn { milestone }
            | Self::Locked { milestone }
            | Self::Free { milestone } => milestone.stage,
        }
    }

    /// The value without a setting.
    #[must_use]
    pub const fn default(&self) -> bool {
        match self {
            Self::Removed { value, .. } => *value,
            Self::NotCompiledIn { .. } => false,
            Self::NotIntroduced { milestone, .. }
            | Self::Locked { milestone }
            | Self::Free { milestone } => milestone.default,
        }
    }

    /// Whether no setting can change the value.
    #[must_use]
    pub const fn is_locked(&self) -> bool {
        match self {
            Self::Removed { .. } | Self::NotCompiledIn { .. } | Self::Locked { .. } => true,
            Self::NotIntroduced { milestone, .. } => milestone.locked,
            Self::Free { .. } => false,
        }
    }

    /// Whether the gate exists: it is introduced and not removed.
    #[must_use]
    pub const fn exists(&self) -> bool {
        !matches!(self, Self::NotIntroduced { .. } | Self::Removed { .. })
    }

    /// The milestone in effect; `None` for a removed gate.
    #[must_use]
    pub const fn milestone(&self) -> Option<Milestone> {
        match self {
            Self::Removed { .. } => None,
            Self::NotIntroduced { milestone, .. }
            | Self::NotCompiledIn { milestone }
            | Self::Locked { milestone }
            | Self::Free { milestone } => Some(*milestone),
        }
    }
}

impl GateSet {
    /// What a gate is at the versions in effect of its component.
    ///
    /// A removal is judged by the release of the binary, since code that is removed cannot be emulated;
    /// everything else by the emulated version.
    #[must_use]
    pub fn status(&self, gate: GateId) -> Status {
        let Versions { emulated, min_compat, .. } = self.versions(gate);
        self.status_at(gate, emulated, min_compat)
    }

    /// What each gate is at the versions in effect.
    pub(crate) fn statuses(&self) -> IdVec<GateId, Status> {
        self.map(|gate| self.status(gate))
    }

    /// The same at another emulated version.
    pub(crate) fn status_at(&self, gate: GateId, emulated: Version, min_compat: Version) -> Status {
        let spec = self.spec(gate);
        if let Some(removal) = spec.removal_at(self.component_of(gate).versions.binary) {
            let stage = spec.milestones.last().map_or(Stage::Ga, |last| last.stage);
            return Status::Removed { since: removal.since, value: removal.value, stage };
        }
        let mut milestone = spec.at(emulated, min_compat);
        if milestone.stage == Stage::PreAlpha {
            // Data may turn on or lock a gate before it exists, but not one that is not compiled in.
            milestone.default &= self.is_compiled_in(gate);
            milestone.locked &= self.is_compiled_in(gate);
            Status::NotIntroduced { introduced: spec.introduced(), milestone }
        } else if !self.is_compiled_in(gate) {
            Status::NotCompiledIn { milestone }
        } else if milestone.locked {
            Status::Locked { milestone }
        } else {
            milestone.default |= self.is_on_by_channel(gate, milestone.stage);
            Status::Free { milestone }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::declare::lifecycle::{Strictness, validate};
    use crate::declare::milestone::RawMilestone;
    use crate::declare::spec::RawSpec;

    /// The status of a gate in 1.36.
    fn status(raw: RawSpec) -> Status {
        let mut set = GateSet::new(Versions::of_binary(Version::new(1, 36)));
        let component = set.component_named(None).unwrap();
        let gate = set.insert(component, validate(raw, Strictness::Data).unwrap()).unwrap();
        set.link();
        set.status(gate)
    }

    fn facts(raw: RawSpec) -> (Stage, bool, bool, bool) {
        let status = status(raw);
        (status.stage(), status.default(), status.is_locked(), status.exists())
    }

    #[test]
    fn a_gate_has_one_status() {
        let gate = |milestone| RawSpec::new("A").milestone(milestone);
        let beta = || gate(RawMilestone::beta("1.30"));
        assert!(matches!(status(beta()), Status::Free { .. }));
        assert!(matches!(status(gate(RawMilestone::ga("1.30"))), Status::Locked { .. }));
        assert!(matches!(status(beta().available(false)), Status::NotCompiledIn { .. }));
        assert!(matches!(
            status(gate(RawMilestone::alpha("1.37")).available(false)),
            Status::NotIntroduced { introduced: Some(at), .. } if at == Version::new(1, 37)
        ));
        assert!(matches!(
            status(beta().removed("1.36").available(false)),
            Status::Removed { value: true, stage: Stage::Beta, .. }
        ));
        assert!(matches!(status(beta().removed("1.37")), Status::Free { .. }));
    }

    #[test]
    fn a_status_says_what_applies() {
        let gate = |milestone| RawSpec::new("A").milestone(milestone);
        let beta = || gate(RawMilestone::beta("1.30"));
        assert_eq!(facts(beta()), (Stage::Beta, true, false, true));
        assert_eq!(facts(gate(RawMilestone::ga("1.30"))), (Stage::Ga, true, true, true));
        assert_eq!(facts(beta().available(false)), (Stage::Beta, false, true, true));
        assert_eq!(facts(gate(RawMilestone::beta("1.37"))), (Stage::PreAlpha, false, false, false));
        assert_eq!(facts(beta().removed("1.36")), (Stage::Beta, true, true, false));
        let short = RawSpec::new("A").removed("1.30").final_value(false);
        assert_eq!(facts(short), (Stage::Ga, false, true, false));
    }

    #[test]
    fn only_a_removed_gate_has_no_milestone() {
        let beta = || RawSpec::new("A").milestone(RawMilestone::beta("1.30"));
        let since = |raw| status(raw).milestone().map(|milestone| milestone.since);
        assert_eq!(since(beta()), Some(Version::new(1, 30)));
        assert_eq!(since(beta().removed("1.36")), None);
    }
}
