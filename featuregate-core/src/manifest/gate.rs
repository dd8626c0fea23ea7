//! A gate of a manifest.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::declare::milestone::{Milestone, RawMilestone};
use crate::declare::spec::{GateSpec, RawSpec};
use crate::declare::version::{Precision, Version};

/// A gate as a manifest has it: its declaration, and what only a manifest knows.
///
/// ```
/// use featuregate_core::manifest::Gate;
/// use featuregate_core::{RawMilestone, RawSpec};
///
/// let mut gate = Gate::new(RawSpec::new("MemoryQoS").milestone(RawMilestone::alpha("1.22")));
/// gate.components.push("kubelet".into());
/// assert_eq!(gate.name(), "MemoryQoS");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Gate {
    /// The declaration. Whether it is [available](RawSpec::available) is not in a manifest: `cfg` says
    /// when it is.
    pub spec: RawSpec,
    /// The parts of the program that read the gate.
    pub components: Vec<String>,
    /// The condition under which it is compiled, as text.
    pub cfg: Option<String>,
}

impl Gate {
    /// A gate of which nothing else is known.
    #[must_use]
    pub fn new(spec: RawSpec) -> Self {
        let versions = precision(&spec);
        Self { spec: spec.available(true).versions(versions), components: Vec::new(), cfg: None }
    }

    /// A declared gate or tombstone. A tombstone has its history, or the value that it ended with.
    #[must_use]
    pub fn of_spec(spec: &GateSpec) -> Self {
        let mut raw = RawSpec::new(spec.name()).doc(spec.doc());
        raw.milestones = raw_milestones(spec.milestones());
        raw.requires = spec.requires().map(Into::into).collect();
        raw.owner = spec.owner().map(Into::into);
        raw.issue = spec.issue().map(Into::into);
        raw.remove_in = text(spec.remove_in());
        raw.aliases = spec.aliases().map(Into::into).collect();
        raw.removed = text(spec.removed());
        raw.runtime = spec.is_runtime();
        raw.value = spec.final_value().filter(|_| spec.milestones().is_empty());
        raw.implies = spec.implies().map(Into::into).collect();
        raw.switchable = spec.is_switchable();
        raw.meta = spec.metas().map(|(key, value)| (key.into(), value.into())).collect();
        raw.tags = spec.tags().map(Into::into).collect();
        raw.except_from_groups = spec.is_except_from_groups();
        Self::new(raw)
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.spec.name
    }

    /// The same gate, removed in a release: what was planned for that one or later did not happen. A gate
    /// that never came ended off, unless it says a value.
    ///
    /// ```
    /// use featuregate_core::manifest::Gate;
    /// use featuregate_core::{RawMilestone, RawSpec, Version};
    ///
    /// let gate = RawSpec::new("MemoryQoS")
    ///     .milestone(RawMilestone::alpha("1.22"))
    ///     .milestone(RawMilestone::beta("1.40"));
    /// let removed = Gate::new(gate.clone()).removed_in(Version::new(1, 36));
    /// assert_eq!(removed.spec.milestones, [RawMilestone::alpha("1.22")]);
    /// assert_eq!(removed.spec.removed.as_deref(), Some("1.36"));
    ///
    /// let never = Gate::new(gate).removed_in(Version::new(1, 22));
    /// assert_eq!((never.spec.milestones.len(), never.spec.value), (0, Some(false)));
    /// ```
    #[must_use]
    pub fn removed_in(mut self, release: Version) -> Self {
        self.spec.milestones = self.history_before(release);
        if self.spec.milestones.is_empty() {
            self.spec.value.get_or_insert(false);
        }
        self.spec.removed = Some(release.to_string());
        self.spec.versions = precision(&self.spec);
        self
    }

    /// Its milestones before a release.
    pub(super) fn history_before(&self, release: Version) -> Vec<RawMilestone> {
        let before = |milestone: &&RawMilestone| {
            let since = milestone.since.as_deref();
            let since = since.and_then(|since| Precision::Patch.read(since).ok());
            since.is_some_and(|since| since < release)
        };
        self.spec.milestones.iter().filter(before).cloned().collect()
    }
}

/// How the versions of a gate are written: the patch part is left out where it is 0.
fn precision(spec: &RawSpec) -> Precision {
    let history = spec.milestones.iter().filter_map(|milestone| milestone.since.as_deref());
    let mut versions = history.chain(spec.remove_in.as_deref()).chain(spec.removed.as_deref());
    let has_patch =
        |text: &str| Precision::Patch.read(text).is_ok_and(|version| version.patch() > 0);
    if versions.any(has_patch) { Precision::Patch } else { Precision::Minor }
}

/// What was written, before minimum compatibility versions were handed down.
fn raw_milestones(milestones: &[Milestone]) -> Vec<RawMilestone> {
    let mut inherited = None;
    let raw = |milestone: &Milestone| {
        let own = milestone.min_compat().filter(|_| milestone.min_compat() != inherited);
        inherited = milestone.min_compat();
        let mut raw = RawMilestone::new(milestone.since().to_string(), milestone.stage())
            .with_default(milestone.default())
            .with_lock(milestone.is_locked());
        raw.min_compat = text(own);
        raw
    };
    milestones.iter().map(raw).collect()
}

fn text(version: Option<Version>) -> Option<String> {
    version.map(|version| version.to_string())
}
