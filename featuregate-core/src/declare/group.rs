//! The gates that set others: those of a stage, as Kubernetes has them, and those that a program chooses.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::declare::milestone::Milestone;
use crate::declare::spec::{GateSpec, Text};
use crate::declare::stage::Stage;
use crate::quote::list;

/// Gates that are named by their stages and tags.
///
/// ```
/// use featuregate_core::{Selection, Stage};
///
/// let selection = Selection::new().stage(Stage::Alpha).tag("net");
/// assert!(selection.stages().eq([Stage::Alpha]) && selection.tags().eq(["net"]));
/// assert_eq!(selection.to_string(), "every alpha gate and every gate with the tag net");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Selection {
    /// A bit for each stage.
    stages: u8,
    tags: Vec<Text>,
}

impl Selection {
    /// No gates.
    #[must_use]
    pub const fn new() -> Self {
        Self { stages: 0, tags: Vec::new() }
    }

    /// The same with the gates of a stage.
    #[must_use]
    pub const fn stage(mut self, stage: Stage) -> Self {
        self.stages |= 1 << stage as u8;
        self
    }

    /// The same with the gates that have a tag.
    #[must_use]
    pub fn tag(mut self, tag: impl Into<Text>) -> Self {
        let tag = tag.into();
        if !self.tags.contains(&tag) {
            self.tags.push(tag);
        }
        self
    }

    /// The stages, in the order of a lifecycle.
    pub fn stages(&self) -> impl Iterator<Item = Stage> {
        Stage::ALL.iter().copied().filter(|stage| self.stages & (1 << *stage as u8) != 0)
    }

    /// The tags.
    pub fn tags(&self) -> impl ExactSizeIterator<Item = &str> {
        self.tags.iter().map(AsRef::as_ref)
    }

    /// Whether no gate can be among them.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.stages == 0 && self.tags.is_empty()
    }

    /// Whether a gate is among them while it is of a stage. One that is excepted from groups, or does not exist yet, never
    /// is.
    #[must_use]
    pub fn includes(&self, gate: &GateSpec, stage: Stage) -> bool {
        let tagged = || self.tags.iter().any(|tag| gate.rare.tags.contains(tag));
        !gate.except_from_groups
            && stage != Stage::PreAlpha
            && (self.stages & (1 << stage as u8) != 0 || tagged())
    }

    fn merge(&mut self, other: Self) {
        self.stages |= other.stages;
        for tag in other.tags {
            if !self.tags.contains(&tag) {
                self.tags.push(tag);
            }
        }
    }
}

/// `every alpha gate, every beta gate and every gate with the tag net`.
impl core::fmt::Display for Selection {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let stages = self.stages().map(|stage| format!("every {} gate", stage.as_word()));
        let tags = self.tags().map(|tag| format!("every gate with the tag {tag}"));
        let all: Vec<String> = stages.chain(tags).collect();
        f.write_str(&list(&all, false))
    }
}

/// A gate that sets others where they are not set themselves.
///
/// Each component has the groups of Kubernetes, unless its program says otherwise, and then those of its program. Of
/// several groups of a gate that are set, that of the latest source decides, and within one source the one that is
/// declared last.
///
/// ```
/// use featuregate_core::{Group, Selection, Stage};
///
/// assert_eq!(Group::KUBERNETES[1].name(), "AllBeta");
/// let group = Group::new("unstable", Selection::new().stage(Stage::Alpha).stage(Stage::Beta));
/// assert_eq!(group.doc(), "Sets every alpha gate and every beta gate that is not set itself.");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Group {
    name: Text,
    of: Selection,
    master: bool,
}

impl Group {
    /// The groups that each component has unless its program says otherwise.
    pub const KUBERNETES: &'static [Self] = &[
        Self {
            name: Text::Borrowed("AllAlpha"),
            of: Selection::new().stage(Stage::Alpha),
            master: false,
        },
        Self {
            name: Text::Borrowed("AllBeta"),
            of: Selection::new().stage(Stage::Beta),
            master: false,
        },
    ];

    /// A group that sets these gates.
    #[must_use]
    pub fn new(name: impl Into<Text>, of: Selection) -> Self {
        Self { name: name.into(), of, master: false }
    }

    /// The same as the master switch of its program, which also overrides what weaker sources say of its gates.
    #[must_use]
    pub fn as_master(self) -> Self {
        Self { master: true, ..self }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The gates that it sets.
    #[must_use]
    pub fn selection(&self) -> &Selection {
        &self.of
    }

    /// Whether it is the master switch of its program.
    #[must_use]
    pub fn is_master(&self) -> bool {
        self.master
    }

    /// What it does: one sentence.
    #[must_use]
    pub fn doc(&self) -> String {
        match &self.of {
            of if of.is_empty() => "Sets no gates.".to_owned(),
            of => format!("Sets {of} that is not set itself."),
        }
    }

    /// Whether it is one that each component has unless its program says otherwise.
    #[must_use]
    pub fn is_of_kubernetes(name: &str) -> bool {
        Self::KUBERNETES.iter().any(|group| group.name == name)
    }

    /// The group as a gate, which it is too: of its least stable stage.
    pub(crate) fn spec(&self) -> GateSpec {
        let stage = match self.of.stages().next() {
            Some(Stage::Alpha) => Stage::Alpha,
            _ => Stage::Beta,
        };
        GateSpec {
            name: self.name.clone(),
            doc: self.doc().into(),
            milestones: Vec::from([Milestone { stage, ..Milestone::BEFORE_THE_FIRST }]).into(),
            available: true,
            ..GateSpec::default()
        }
    }
}

/// Gates that are on by default in one release channel of a program, such as its nightly builds.
///
/// ```
/// use featuregate_core::{Channel, Selection, Stage};
///
/// let nightly = Channel::new("nightly", Selection::new().stage(Stage::Alpha));
/// assert_eq!(nightly.name(), "nightly");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Channel {
    name: Text,
    of: Selection,
}

impl Channel {
    /// A channel in which these gates are on by default.
    #[must_use]
    pub fn new(name: impl Into<Text>, of: Selection) -> Self {
        Self { name: name.into(), of }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The gates that are on by default.
    #[must_use]
    pub fn selection(&self) -> &Selection {
        &self.of
    }
}

/// The groups and channels of a component; by default those of Kubernetes.
///
/// ```
/// use featuregate_core::{Group, Groups, Selection, Stage};
///
/// let groups = Groups::none().group(Group::new("all", Selection::new().stage(Stage::Alpha)));
/// assert_eq!(groups.groups().count(), 1);
/// assert_eq!(Groups::default().groups().count(), 2);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Groups {
    /// Whether there are no groups of Kubernetes.
    pub(crate) own_only: bool,
    pub(crate) own: Vec<Group>,
    pub(crate) channels: Vec<Channel>,
}

impl Groups {
    /// No groups, not even those of Kubernetes.
    #[must_use]
    pub fn none() -> Self {
        Self { own_only: true, ..Self::default() }
    }

    /// The same with one more group.
    #[must_use]
    pub fn group(mut self, group: Group) -> Self {
        self.own.push(group);
        self
    }

    /// The same with one more channel.
    #[must_use]
    pub fn channel(mut self, channel: Channel) -> Self {
        self.channels.push(channel);
        self
    }

    /// All groups: those of Kubernetes, if there are any, and then those of the program.
    pub fn groups(&self) -> impl Iterator<Item = &Group> {
        let of_kubernetes = if self.own_only { &[][..] } else { Group::KUBERNETES };
        of_kubernetes.iter().chain(&self.own)
    }

    /// The groups of the program.
    #[must_use]
    pub fn own(&self) -> &[Group] {
        &self.own
    }

    /// Whether the groups of Kubernetes are among them.
    #[must_use]
    pub fn has_those_of_kubernetes(&self) -> bool {
        !self.own_only
    }

    /// The channels.
    #[must_use]
    pub fn channels(&self) -> &[Channel] {
        &self.channels
    }

    /// Adds those of another enum of the same component. What both name is joined, and the groups of Kubernetes
    /// remain only if neither leaves them out.
    pub fn merge(&mut self, other: Self) {
        self.own_only |= other.own_only;
        for group in other.own {
            match self.own.iter_mut().find(|known| known.name == group.name) {
                Some(known) => {
                    known.of.merge(group.of);
                    known.master |= group.master;
                }
                None => self.own.push(group),
            }
        }
        for channel in other.channels {
            match self.channels.iter_mut().find(|known| known.name == channel.name) {
                Some(known) => known.of.merge(channel.of),
                None => self.channels.push(channel),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::declare::lifecycle::{Strictness, validate};
    use crate::declare::milestone::RawMilestone;
    use crate::declare::spec::RawSpec;

    #[test]
    fn a_selection_includes_gates_by_stage_and_by_tag_except_those_that_are_excepted() {
        let gate = |raw: RawSpec| {
            validate(raw.milestone(RawMilestone::alpha("1.0")), Strictness::Data).unwrap()
        };
        let (plain, tagged) =
            (gate(RawSpec::new("A")), gate(RawSpec::new("B").tag("ui").tag("net")));
        let excepted = gate(RawSpec::new("C").tag("net").except_from_groups(true));
        let selection = Selection::new().stage(Stage::Alpha).stage(Stage::Ga).tag("net").tag("net");
        assert_eq!(selection.tags().len(), 1);
        for (gate, stage, included) in [
            (&plain, Stage::Alpha, true),
            (&plain, Stage::Beta, false),
            (&plain, Stage::Ga, true),
            (&tagged, Stage::Beta, true),
            (&tagged, Stage::PreAlpha, false),
            (&excepted, Stage::Alpha, false),
        ] {
            assert_eq!(selection.includes(gate, stage), included, "{gate:?} {stage}");
        }
        assert!(!Selection::new().includes(&tagged, Stage::Alpha));
    }

    #[test]
    fn the_groups_of_two_enums_are_joined() {
        let group =
            |name: &'static str, tag: &'static str| Group::new(name, Selection::new().tag(tag));
        let mut groups = Groups::default().group(group("ui", "tui"));
        let nightly = |stage| Channel::new("nightly", Selection::new().stage(stage));
        groups.merge(
            Groups::none()
                .group(group("net", "net"))
                .group(group("ui", "web").as_master())
                .channel(nightly(Stage::Alpha)),
        );
        groups.merge(Groups::default().channel(nightly(Stage::Beta)));
        let docs: Vec<String> = groups.groups().map(Group::doc).collect();
        assert_eq!(
            docs,
            [
                "Sets every gate with the tag tui and every gate with the tag web that is not set itself.",
                "Sets every gate with the tag net that is not set itself.",
            ]
        );
        assert!(groups.own().first().is_some_and(Group::is_master));
        assert_eq!(groups.channels().len(), 1);
        assert_eq!(groups.channels().first().unwrap().selection().stages().count(), 2);
    }

    #[test]
    fn a_group_is_a_gate_of_its_least_stable_stage() {
        let stage =
            |of: Selection| Group::new("g", of).spec().milestones().first().unwrap().stage();
        assert_eq!(stage(Selection::new().stage(Stage::Beta).stage(Stage::Alpha)), Stage::Alpha);
        assert_eq!(stage(Selection::new().stage(Stage::Ga)), Stage::Beta);
        assert_eq!(stage(Selection::new().tag("net")), Stage::Beta);
        assert_eq!(Group::new("g", Selection::new()).doc(), "Sets no gates.");
    }
}
