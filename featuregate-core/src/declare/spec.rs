//! A gate: its name, its history, and what people need to know about it.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use crate::declare::history::applies;
use crate::declare::milestone::{Milestone, RawMilestone};
use crate::declare::milestones::Milestones;
use crate::declare::rare::Rare;
pub(crate) use crate::declare::rare::{Removal, Text};
use crate::declare::stage::Stage;
use crate::declare::version::{Precision, Version};

/// A declared gate whose history obeys the [lifecycle rules](crate::declare::lifecycle).
///
/// It is made by [`lifecycle::validate`](crate::declare::lifecycle::validate), or by the derive.
///
/// ```
/// use featuregate_core::{RawMilestone, RawSpec, Stage, Strictness, Version, lifecycle};
///
/// let raw = RawSpec::new("ProcMountType")
///     .doc("Lets a pod choose how its /proc is mounted.")
///     .milestone(RawMilestone::alpha("1.12"))
///     .milestone(RawMilestone::beta("1.33"));
/// let spec = lifecycle::validate(raw, Strictness::Declared).unwrap();
///
/// let now = spec.at(Version::new(1, 36), Version::new(1, 35));
/// assert_eq!((now.stage(), now.default(), now.is_locked()), (Stage::Beta, true, false));
/// assert_eq!(spec.introduced(), Some(Version::new(1, 12)));
/// ```
///
/// The default is a gate without name and history, which never exists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about a gate")]
pub struct GateSpec {
    pub(crate) name: Text,
    pub(crate) doc: Text,
    pub(crate) milestones: Milestones,
    pub(crate) requires: Vec<Text>,
    pub(crate) rare: Rare,
    pub(crate) available: bool,
    pub(crate) runtime: bool,
    pub(crate) switchable: bool,
    pub(crate) except_from_groups: bool,
}

/// What an assignment to a removed gate is, where it gives the value that the gate ended with. The
/// other value is a problem in any case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RemovedPolicy {
    /// A notice, so that no upgrade stops a process that asks for what it gets.
    #[default]
    Tolerate,
    /// A problem (Kubernetes' behaviour).
    Refuse,
}

impl GateSpec {
    /// The name by which operators set it. Case matters.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The help text; empty where a spec from data has none.
    #[must_use]
    pub fn doc(&self) -> &str {
        &self.doc
    }

    /// The history, in ascending order of version; empty for a tombstone in short form.
    #[must_use]
    pub fn milestones(&self) -> &[Milestone] {
        &self.milestones
    }

    /// The names of the gates that must be on where this one is.
    pub fn requires(&self) -> impl ExactSizeIterator<Item = &str> {
        self.requires.iter().map(AsRef::as_ref)
    }

    /// The names of the gates that are turned on with this one.
    pub fn implies(&self) -> impl ExactSizeIterator<Item = &str> {
        self.rare.implies.iter().map(AsRef::as_ref)
    }

    /// Who answers for it, in the program's own terms (a team, a handle).
    #[must_use]
    pub fn owner(&self) -> Option<&str> {
        self.rare.owner.as_deref()
    }

    /// Where it is tracked, usually an URL.
    #[must_use]
    pub fn issue(&self) -> Option<&str> {
        self.rare.issue.as_deref()
    }

    /// The release in which the gate should go.
    #[must_use]
    pub fn remove_in(&self) -> Option<Version> {
        self.rare.remove_in
    }

    /// Former names, under which it may still be set.
    pub fn aliases(&self) -> impl ExactSizeIterator<Item = &str> {
        self.rare.aliases.iter().map(AsRef::as_ref)
    }

    /// Whether it stays a switch at GA, so that setting it is not worth a notice.
    #[must_use]
    pub fn is_switchable(&self) -> bool {
        self.switchable
    }

    /// What the program itself notes about the gate under a key.
    ///
    /// ```
    /// use featuregate_core::{RawMilestone, RawSpec, Strictness, lifecycle};
    ///
    /// let raw = RawSpec::new("Undo").milestone(RawMilestone::alpha("0.1")).meta("menu", "Edit");
    /// let spec = lifecycle::validate(raw, Strictness::Declared).unwrap();
    /// assert_eq!(spec.meta("menu"), Some("Edit"));
    /// assert_eq!(spec.meta("icon"), None);
    /// ```
    #[must_use]
    pub fn meta(&self, key: &str) -> Option<&str> {
        self.metas().find(|(known, _)| *known == key).map(|(_, value)| value)
    }

    /// All that the program itself notes about the gate, sorted by key.
    #[must_use]
    pub fn metas(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.rare.meta.iter().map(|(key, value)| (key.as_ref(), value.as_ref()))
    }

    /// The tags, by which groups of the program name their gates.
    pub fn tags(&self) -> impl ExactSizeIterator<Item = &str> {
        self.rare.tags.iter().map(AsRef::as_ref)
    }

    /// Whether no group sets it.
    #[must_use]
    pub fn is_except_from_groups(&self) -> bool {
        self.except_from_groups
    }

    /// Whether the feature is compiled into this program. One that is not is known, off, and cannot be
    /// turned on.
    #[must_use]
    pub fn is_available(&self) -> bool {
        self.available
    }

    /// Whether it may change while the program runs.
    #[must_use]
    pub fn is_runtime(&self) -> bool {
        self.runtime
    }

    /// The first release without the gate, if this is a tombstone.
    #[must_use]
    pub fn removed(&self) -> Option<Version> {
        self.rare.removal.map(|removal| removal.since)
    }

    /// The value that a removed gate ended with, if this is a tombstone.
    #[must_use]
    pub fn final_value(&self) -> Option<bool> {
        self.rare.removal.map(|removal| removal.value)
    }

    /// Whether a version of its history has a patch part.
    pub(crate) fn has_patches(&self) -> bool {
        let history = self.milestones.iter().map(|milestone| milestone.since);
        let end = self.rare.remove_in.into_iter().chain(self.removed());
        history.chain(end).any(|version| version.patch() > 0)
    }

    /// The version of the first milestone at which the gate exists.
    #[must_use]
    pub fn introduced(&self) -> Option<Version> {
        let exists = |milestone: &&Milestone| milestone.stage != Stage::PreAlpha;
        self.milestones.iter().find(exists).map(|milestone| milestone.since)
    }

    /// What applies at an emulated version and a minimum compatibility version.
    ///
    /// Kubernetes' rule: the last milestone whose version is not above the emulated one and whose
    /// minimum compatibility version, if it has one, is not above the given one. Before the first:
    /// pre-alpha, off, unlocked.
    #[must_use]
    pub fn at(&self, emulated: Version, min_compat: Version) -> Milestone {
        self.milestones.at(emulated, min_compat)
    }

    /// Whether the gate is introduced at these versions.
    #[must_use]
    pub fn exists_at(&self, emulated: Version, min_compat: Version) -> bool {
        self.at(emulated, min_compat).stage != Stage::PreAlpha
    }

    /// Whether a program of that release no longer has the gate.
    #[must_use]
    pub fn is_removed_in(&self, binary: Version) -> bool {
        self.removal_at(binary).is_some()
    }

    /// The removal of the gate, if a program of that release no longer has it.
    pub(crate) fn removal_at(&self, binary: Version) -> Option<Removal> {
        self.rare.removal.filter(|removal| removal.since <= binary)
    }

    /// Changes the milestone that [`at`](Self::at) answers with, if there is one.
    pub(crate) fn edit_at(
        &mut self,
        emulated: Version,
        min_compat: Version,
        edit: impl FnOnce(&mut Milestone),
    ) {
        let applies = |milestone: &Milestone| applies(milestone, emulated, min_compat);
        if let Some(position) = self.milestones.iter().rposition(applies) {
            self.milestones.edit(position, edit);
        }
    }
}

/// A gate as it was written, before the rules have seen it.
///
/// ```
/// use featuregate_core::{RawMilestone, RawSpec};
///
/// let gate = RawSpec::new("ProcMountType")
///     .milestone(RawMilestone::alpha("1.12"))
///     .requires("UserNamespacesSupport");
/// assert_eq!(gate.milestones.len(), 1);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about a gate")]
pub struct RawSpec {
    /// See [`GateSpec::name`].
    pub name: String,
    /// See [`GateSpec::doc`].
    pub doc: String,
    /// How its versions are written.
    pub versions: Precision,
    /// See [`GateSpec::milestones`].
    pub milestones: Vec<RawMilestone>,
    /// See [`GateSpec::requires`].
    pub requires: Vec<String>,
    /// See [`GateSpec::implies`].
    pub implies: Vec<String>,
    /// See [`GateSpec::owner`].
    pub owner: Option<String>,
    /// See [`GateSpec::issue`].
    pub issue: Option<String>,
    /// See [`GateSpec::remove_in`]; `major.minor`.
    pub remove_in: Option<String>,
    /// See [`GateSpec::aliases`].
    pub aliases: Vec<String>,
    /// See [`GateSpec::is_available`].
    pub available: bool,
    /// See [`GateSpec::is_runtime`].
    pub runtime: bool,
    /// See [`GateSpec::removed`]; `major.minor`.
    pub removed: Option<String>,
    /// See [`GateSpec::final_value`]; only for a removed gate without history.
    pub value: Option<bool>,
    /// See [`GateSpec::is_switchable`].
    pub switchable: bool,
    /// See [`GateSpec::meta`].
    pub meta: BTreeMap<String, String>,
    /// See [`GateSpec::tags`].
    pub tags: Vec<String>,
    /// See [`GateSpec::is_except_from_groups`].
    pub except_from_groups: bool,
}

impl RawSpec {
    /// A gate without history.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            doc: String::new(),
            versions: Precision::Minor,
            milestones: Vec::new(),
            requires: Vec::new(),
            implies: Vec::new(),
            owner: None,
            issue: None,
            remove_in: None,
            aliases: Vec::new(),
            available: true,
            runtime: false,
            removed: None,
            value: None,
            switchable: false,
            meta: BTreeMap::new(),
            tags: Vec::new(),
            except_from_groups: false,
        }
    }

    /// The same with this help text.
    #[must_use]
    pub fn doc(mut self, doc: impl Into<String>) -> Self {
        self.doc = doc.into();
        self
    }

    /// The same with versions that are written like this.
    #[must_use]
    pub fn versions(mut self, versions: Precision) -> Self {
        self.versions = versions;
        self
    }

    /// The same with one milestone more.
    #[must_use]
    pub fn milestone(mut self, milestone: RawMilestone) -> Self {
        self.milestones.push(milestone);
        self
    }

    /// The same with one more gate that must be on where this one is.
    #[must_use]
    pub fn requires(mut self, gate: impl Into<String>) -> Self {
        self.requires.push(gate.into());
        self
    }

    /// The same with one more gate that is turned on with this one.
    #[must_use]
    pub fn implies(mut self, gate: impl Into<String>) -> Self {
        self.implies.push(gate.into());
        self
    }

    /// The same with a note of the program about the gate.
    #[must_use]
    pub fn meta(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.meta.insert(key.into(), value.into());
        self
    }

    /// The same with one more tag.
    #[must_use]
    pub fn tag(mut self, tag: impl Into<String>) -> Self {
        self.tags.push(tag.into());
        self
    }

    /// The same, left out by every group or not.
    #[must_use]
    pub fn except_from_groups(mut self, except: bool) -> Self {
        self.except_from_groups = except;
        self
    }

    /// The same, a switch at GA or not.
    #[must_use]
    pub fn switchable(mut self, switchable: bool) -> Self {
        self.switchable = switchable;
        self
    }

    /// The same with one more former name.
    #[must_use]
    pub fn alias(mut self, name: impl Into<String>) -> Self {
        self.aliases.push(name.into());
        self
    }

    /// The same, compiled into the program or not.
    #[must_use]
    pub fn available(mut self, available: bool) -> Self {
        self.available = available;
        self
    }

    /// The same, which may change while the program runs, or not.
    #[must_use]
    pub fn runtime(mut self, runtime: bool) -> Self {
        self.runtime = runtime;
        self
    }

    /// A tombstone: `version` is the first release without the gate.
    #[must_use]
    pub fn removed(mut self, version: impl Into<String>) -> Self {
        self.removed = Some(version.into());
        self
    }

    /// The value that a removed gate without history ended with.
    #[must_use]
    pub fn final_value(mut self, value: bool) -> Self {
        self.value = Some(value);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::declare::lifecycle::{Strictness, validate};
    use alloc::borrow::ToOwned as _;

    #[test]
    fn a_spec_says_all_that_was_declared() {
        let mut raw = RawSpec::new("A")
            .doc("What it does.")
            .milestone(RawMilestone::new("1.29", Stage::PreAlpha))
            .milestone(RawMilestone::alpha("1.30"))
            .requires("B")
            .alias("OldA")
            .runtime(true)
            .available(false);
        raw.owner = Some("node".into());
        raw.issue = Some("https://example.org/1".into());
        raw.remove_in = Some("1.40".into());
        let spec = validate(raw, Strictness::Data).unwrap();
        assert_eq!((spec.name(), spec.doc(), spec.is_available()), ("A", "What it does.", false));
        assert_eq!(spec.owner(), Some("node"));
        assert_eq!(spec.issue(), Some("https://example.org/1"));
        assert_eq!(spec.remove_in(), Some(Version::new(1, 40)));
        assert_eq!(spec.requires().collect::<Vec<_>>(), ["B"]);
        assert_eq!(spec.aliases().collect::<Vec<_>>(), ["OldA"]);
        assert_eq!((spec.removed(), spec.final_value(), spec.is_runtime()), (None, None, true));
        assert_eq!(spec.introduced(), Some(Version::new(1, 30)));
        let exists = |minor| spec.exists_at(Version::new(1, minor), Version::new(1, minor));
        assert_eq!([28, 29, 30, 31].map(exists), [false, false, true, true]);
        assert!(!spec.is_removed_in(Version::new(1, 99)));
    }

    #[test]
    fn specs_differ_where_only_rare_facts_do() {
        let gate = || RawSpec::new("A").milestone(RawMilestone::alpha("1.30"));
        let spec = |raw: RawSpec| validate(raw, Strictness::Data).unwrap();
        assert_eq!(spec(gate()), spec(gate()));
        assert_ne!(spec(gate()), spec(gate().tag("ui")));
        assert_ne!(spec(gate().meta("a", "b")), spec(gate().meta("a", "c")));
    }

    #[test]
    fn what_few_gates_have_is_kept() {
        let plain = RawSpec::new("A").milestone(RawMilestone::alpha("1.30"));
        let rare = RawSpec::new("B")
            .versions(Precision::Patch)
            .milestone(RawMilestone::ga("1.30.2").with_lock(false))
            .meta("menu", "Edit")
            .meta("icon", "e.png")
            .tag("ui")
            .switchable(true)
            .except_from_groups(true);
        let facts = |raw: RawSpec| {
            let spec = validate(raw, Strictness::Data).unwrap();
            let of = |key| spec.meta(key).map(str::to_owned);
            let tags: Vec<String> = spec.tags().map(str::to_owned).collect();
            let flags = [spec.is_switchable(), spec.is_except_from_groups(), spec.has_patches()];
            ([of("icon"), of("menu"), of("other")], tags, flags)
        };
        assert_eq!(facts(plain), ([None, None, None], Vec::new(), [false; 3]));
        let metas = [Some("e.png".to_owned()), Some("Edit".to_owned()), None];
        assert_eq!(facts(rare), (metas, alloc::vec!["ui".to_owned()], [true; 3]));
        let patches = |raw: RawSpec| {
            let raw = raw.versions(Precision::Patch);
            validate(raw, Strictness::Data).unwrap().has_patches()
        };
        let removed = |at: &str| RawSpec::new("C").removed(at).final_value(true);
        assert!(patches(removed("1.30.1")) && !patches(removed("1.30")));
    }

    #[test]
    fn a_tombstone_says_when_the_gate_was_removed_and_its_last_stage() {
        let raw = RawSpec::new("Gone").removed("1.30").final_value(true);
        let spec = validate(raw, Strictness::Data).unwrap();
        assert_eq!((spec.removed(), spec.final_value()), (Some(Version::new(1, 30)), Some(true)));
        let removed = |minor| spec.is_removed_in(Version::new(1, minor));
        assert_eq!([29, 30, 31].map(removed), [false, true, true]);
        assert_eq!(spec.introduced(), None);
    }
}
