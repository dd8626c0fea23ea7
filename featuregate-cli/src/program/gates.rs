//! The gates of a release: the status of each one, and which values it accepts.
//!
//! Both are answers of the core.

use std::collections::{BTreeMap, BTreeSet};

use featuregate_core::__private::nearest;
use featuregate_core::manifest::{Gate, Manifest};
use featuregate_core::{
    Component, GateId, GateSet, GateSpec, Group, Milestone, Registry, RemovedPolicy, Resolution,
    Stage, Status, Version,
};
use serde::Serialize;

use crate::error::Error;
use crate::program::releases::{Release, Releases};
use crate::program::wanted::Wanted;

/// The gates of a program at a release.
#[derive(Debug)]
pub(crate) struct Gates {
    /// The release.
    pub(crate) target: Version,
    manifest: Manifest,
    registry: Registry,
    /// The gates that cannot be set to `false`, and those that cannot be set to `true`.
    refused: [BTreeSet<String>; 2],
    /// The gates by their former names.
    former: BTreeMap<String, String>,
}

/// A gate at a release.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Listed<'a> {
    /// As the manifest has it.
    pub(crate) gate: &'a Gate,
    /// The same as the core reads it.
    pub(crate) spec: &'a GateSpec,
    /// The gates of the release.
    set: &'a GateSet,
    id: GateId,
    pub(crate) status: Status,
}

/// What is known about a gate apart from its history, in JSON without the fields that are empty.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Facts<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(crate) doc: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) owner: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) issue: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) requires: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) implies: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) aliases: Vec<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub(crate) components: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) cfg: Option<&'a str>,
    /// The condition under which it is on by default, if its default at the release depends on one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) default_if: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub(crate) tags: &'a [String],
    /// What the program itself notes.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) meta: BTreeMap<&'a str, &'a str>,
    /// Whether it stays a switch at GA.
    #[serde(skip_serializing_if = "is_false")]
    pub(crate) switchable: bool,
    /// Whether it may change while the program runs.
    #[serde(skip_serializing_if = "is_false")]
    pub(crate) runtime: bool,
    /// Whether no group sets it.
    #[serde(skip_serializing_if = "is_false")]
    pub(crate) except_from_groups: bool,
    /// The release that is to remove it, unless it is removed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) remove_in: Option<String>,
    /// The first release without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) removed: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

impl<'a> Listed<'a> {
    /// Its stage, if it is known; the history of a removed gate may be lost.
    pub(crate) fn stage(&self) -> Option<Stage> {
        Some(self.status.stage()).filter(|_| !self.spec.milestones().is_empty())
    }

    /// What is known about it apart from its history.
    pub(crate) fn facts(self) -> Facts<'a> {
        let spec = self.spec;
        let removed = self.removed_in();
        let due = spec.remove_in().filter(|_| removed.is_none());
        Facts {
            doc: spec.doc().trim(),
            owner: spec.owner(),
            issue: spec.issue(),
            requires: self.gate.spec.requires.iter().map(String::as_str).collect(),
            implies: self.gate.spec.implies.iter().map(String::as_str).collect(),
            aliases: self.gate.spec.aliases.iter().map(String::as_str).collect(),
            components: &self.gate.components,
            cfg: self.gate.cfg.as_deref(),
            default_if: self.condition(),
            tags: &self.gate.spec.tags,
            meta: spec.metas().collect(),
            switchable: spec.is_switchable(),
            runtime: spec.is_runtime(),
            except_from_groups: spec.is_except_from_groups(),
            remove_in: due.map(|version| version.to_string()),
            removed: removed.map(|version| version.to_string()),
        }
    }

    /// The condition under which it is on by default, if its default depends on one now.
    fn condition(&self) -> Option<&'a str> {
        self.present().and_then(|now| self.condition_at(&now))
    }

    /// The same from a milestone on.
    pub(crate) fn condition_at(&self, milestone: &Milestone) -> Option<&'a str> {
        let since = milestone.since().to_string();
        let mut history = self.gate.spec.milestones.iter();
        history.find(|it| it.since.as_deref() == Some(&*since))?.condition.as_deref()
    }

    /// The groups that set it while it is of that stage, as they are written; a later one counts more.
    pub(crate) fn groups(&self, stage: Stage) -> Vec<&'a str> {
        self.set.groups_of(self.id, stage).map(|group| self.set.written(group)).collect()
    }

    /// What applies to it, if it exists.
    pub(crate) fn present(&self) -> Option<Milestone> {
        self.status.milestone().filter(|_| self.status.exists())
    }

    /// The release with which its status began, if it is known; of a removed gate, its last milestone.
    pub(crate) fn since(&self) -> Option<Version> {
        match self.status {
            Status::Removed { .. } => self.spec.milestones().last().map(Milestone::since),
            _ => self.present().as_ref().and_then(began),
        }
    }

    /// The first release without it, if it was removed.
    pub(crate) fn removed_in(&self) -> Option<Version> {
        match self.status {
            Status::Removed { since, .. } => Some(since),
            _ => None,
        }
    }
}

impl Gates {
    /// The gates at a release, by default the newest one with a manifest.
    pub(crate) fn at(releases: &Releases, target: Option<Wanted>) -> Result<Self, Error> {
        match target {
            Some(target) => Self::at_release(releases, releases.exact(target)?),
            None => Self::at_release(releases, releases.newest()),
        }
    }

    /// The gates at a release that the manifests know.
    pub(crate) fn at_release(releases: &Releases, target: Version) -> Result<Self, Error> {
        let release = releases.at(target);
        release.map(Self::of).ok_or_else(|| Error::new("name a manifest with --manifest FILE"))
    }

    /// The same as a registry.
    pub(crate) fn registry(&self) -> &Registry {
        &self.registry
    }

    /// The gates of a release.
    pub(crate) fn of(release: Release) -> Self {
        let alone = release.alone(release.manifest.gates());
        let Release { target, manifest, registry } = release;
        let names: Vec<&str> =
            registry.gates().ids().map(|gate| registry.gates().written(gate)).collect();
        let former = manifest.gates().iter().flat_map(|gate| {
            gate.spec.aliases.iter().map(|alias| (alias.clone(), gate.name().to_owned()))
        });
        let former = former.collect();

        // All at once, since every problem is reported.
        let refused = [false, true].map(|value| {
            let all = names.iter().map(|name| (*name, value));
            let problems = alone.clone().set_map(all).err();
            problems.iter().flatten().map(|problem| problem.gate().to_owned()).collect()
        });
        Self { target, manifest, registry, refused, former }
    }

    /// All of them by name, including those that were removed and those of later releases; without the groups.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Listed<'_>> {
        self.manifest.gates().iter().filter_map(|gate| self.listed(gate))
    }

    /// All of them at their defaults.
    pub(crate) fn resolution(&self) -> &Resolution {
        self.registry.resolution()
    }

    /// The gate of that name.
    pub(crate) fn get(&self, name: &str) -> Option<Listed<'_>> {
        self.manifest.get(name).and_then(|gate| self.listed(gate))
    }

    /// The gate of that former name.
    pub(crate) fn renamed(&self, former: &str) -> Option<Listed<'_>> {
        self.former.get(former).and_then(|name| self.get(name))
    }

    /// The release of the component that a gate belongs to.
    pub(crate) fn release_of(&self, gate: &Gate) -> Version {
        self.manifest.component_of(gate.name()).map_or(self.target, |component| component.version)
    }

    fn listed<'a>(&'a self, gate: &'a Gate) -> Option<Listed<'a>> {
        let state = self.registry.resolution().state(gate.name())?;
        let (set, id) = (self.registry.gates(), state.id());
        let listed = Listed { gate, spec: state.spec(), set, id, status: state.status() };
        (!set.is_group(id)).then_some(listed)
    }

    /// Whether the process accepts that setting by itself, of a gate, a former name or a group.
    pub(crate) fn accepts(&self, name: &str, value: bool) -> bool {
        let name = self.former.get(name).map_or(name, String::as_str);
        let [off, on] = &self.refused;
        let refused = if value { on } else { off };
        self.registry.gates().knows(name) && !refused.contains(name)
    }

    /// The values that the process accepts for it.
    pub(crate) fn accepted(&self, name: &str) -> Vec<bool> {
        [true, false].into_iter().filter(|value| self.accepts(name, *value)).collect()
    }

    /// The groups, as they are written.
    pub(crate) fn groups(&self) -> impl Iterator<Item = (&str, &Group)> {
        groups(&self.registry)
    }

    /// Whether a removed gate may still be set to its final value.
    pub(crate) fn tolerates_removed(&self) -> bool {
        self.manifest.removed() == RemovedPolicy::Tolerate
    }

    /// The gates that require this one, directly or not.
    pub(crate) fn dependents(&self, name: &str) -> Vec<&str> {
        self.registry.gates().dependents_of(name)
    }

    /// The gates that imply this one.
    pub(crate) fn implying(&self, name: &str) -> Vec<&str> {
        let gates = self.manifest.gates().iter();
        let implies = |gate: &&Gate| gate.spec.implies.iter().any(|implied| implied == name);
        gates.filter(implies).map(Gate::name).collect()
    }

    /// The nearest name to one that is unknown.
    pub(crate) fn nearest(&self, name: &str, others: &[&str]) -> Option<String> {
        let gates = self.manifest.gates().iter().map(Gate::name);
        let former = self.former.keys().map(String::as_str);
        nearest(name, gates.chain(former).chain(others.iter().copied()))
    }

    /// A note for an answer about this release, if it has no gates.
    pub(crate) fn caveat(&self) -> Option<String> {
        let target = self.target;
        let begun = |listed: Listed<'_>| !matches!(listed.status, Status::NotIntroduced { .. });
        if self.iter().any(begun) {
            return None;
        }
        let first = self.iter().filter_map(|listed| listed.spec.introduced()).min();
        Some(match first {
            Some(first) => {
                format!("no gate exists at {target}; the first one is introduced in {first}")
            }
            None => "the manifest has no gates".to_owned(),
        })
    }
}

/// The groups of all components, as they are written.
pub(crate) fn groups(registry: &Registry) -> impl Iterator<Item = (&str, &Group)> {
    let gates = registry.gates();
    let all = gates.components().iter().flat_map(Component::groups);
    all.map(|(gate, group)| (gates.written(*gate), group))
}

/// The group of Kubernetes with that name, of any component, where the gates of a program are not known.
pub(crate) fn group_of_kubernetes(written: &str) -> Option<&'static Group> {
    let name = written.rsplit(':').next().unwrap_or(written);
    Group::KUBERNETES.iter().find(|group| group.name() == name)
}

/// The group of that name.
pub(crate) fn group<'a>(registry: &'a Registry, written: &str) -> Option<&'a Group> {
    let gates = registry.gates();
    gates.named(written).and_then(|gate| gates.group(gate))
}

/// The release with which a milestone began, if it is known.
pub(crate) fn began(milestone: &Milestone) -> Option<Version> {
    Some(milestone.since()).filter(|since| *since != Version::ZERO)
}

/// What an operator may rely on at that stage.
pub(crate) fn promise(stage: Stage) -> &'static str {
    match stage {
        Stage::PreAlpha => "it does not exist yet",
        Stage::Alpha => {
            "it may change or be removed without notice, so use it only in test systems"
        }
        Stage::Beta => "it is well tested and will stay, but details may change",
        Stage::Ga => "it is always available, and a later release will remove the gate",
        Stage::Deprecated => "a later release will remove the gate",
    }
}
