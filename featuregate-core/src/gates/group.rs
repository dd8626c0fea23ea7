//! The gates that set all others of a stage.

use alloc::vec::Vec;

use crate::declare::milestone::Milestone;
use crate::declare::spec::GateSpec;
use crate::declare::stage::Stage;
use crate::declare::version::Version;

/// A gate of each component that sets all others of a stage.
///
/// ```
/// use featuregate_core::{Group, Stage};
///
/// assert_eq!(Group::of_stage(Stage::Beta).map(|group| group.name), Some("AllBeta"));
/// assert!(Group::named("MemoryQoS").is_none());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Group {
    /// Its name.
    pub name: &'static str,
    /// The stage of the gates that it sets.
    pub stage: Stage,
    /// What it does: one sentence.
    pub doc: &'static str,
}

impl Group {
    /// All groups.
    pub const ALL: &'static [Self] = &Self::EACH;

    pub(crate) const EACH: [Self; 2] = [
        Self {
            name: "AllAlpha",
            stage: Stage::Alpha,
            doc: "Sets every alpha gate that is not set itself.",
        },
        Self {
            name: "AllBeta",
            stage: Stage::Beta,
            doc: "Sets every beta gate that is not set itself.",
        },
    ];

    /// The group of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::EACH.into_iter().find(|group| group.name == name)
    }

    /// The group that sets the gates of a stage.
    #[must_use]
    pub fn of_stage(stage: Stage) -> Option<Self> {
        Self::EACH.into_iter().find(|group| group.stage == stage)
    }

    /// The group as a gate, which it is too.
    pub(crate) fn spec(self) -> GateSpec {
        GateSpec {
            name: self.name.into(),
            doc: self.doc.into(),
            milestones: Vec::from([Milestone {
                since: Version::ZERO,
                stage: self.stage,
                default: false,
                locked: false,
                min_compat: None,
            }]),
            available: true,
            ..GateSpec::default()
        }
    }
}
