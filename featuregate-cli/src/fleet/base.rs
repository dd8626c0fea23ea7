//! What the gates of a program are at the release that runs, and what decided the values of an instance.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use featuregate_core::__private::IdVec;
use featuregate_core::{GateId, Resolution, Stage, Status, Version};

use crate::fleet::instances::{By, Component, Fleet, NameId, Profile, Value};
use crate::program::gates::group_of_kubernetes;
use crate::program::programs::Programs;
use crate::program::releases::Releases;

/// The programs whose gates are known, and what runs.
pub(crate) struct Known<'a> {
    pub(crate) programs: &'a Programs,
    pub(crate) fleet: &'a Fleet,
    /// By program and release, when first needed.
    bases: BTreeMap<(Component, Option<Version>), Arc<Base>>,
}

/// The gates of a program at a release, by the names that instances use.
#[derive(Debug)]
pub(crate) struct Base(IdVec<NameId, Entry>);

/// What a name is at a release.
#[derive(Debug)]
enum Entry {
    Gate {
        status: Status,
        /// The groups that set it.
        groups: Vec<GateId>,
    },
    /// A group, where its gates are known.
    Group(Option<GateId>),
    Unknown,
}

/// What decided a value, as far as it can be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A setting of the gate.
    Setting { certain: bool },
    /// A group that is set, perhaps together with the gate.
    Group,
    /// Nothing, or a setting that repeats the default.
    Default { certain: bool },
}

impl<'a> Known<'a> {
    pub(crate) fn of(programs: &'a Programs, fleet: &'a Fleet) -> Self {
        Self { programs, fleet, bases: BTreeMap::new() }
    }

    /// The program of that name; the main one where it is not among the others.
    pub(crate) fn program(&self, component: Option<&Arc<str>>) -> (Component, &'a Releases) {
        let other = component.and_then(|name| Some((name, self.programs.others.get(&**name)?)));
        match other {
            Some((name, releases)) => (Some(Arc::clone(name)), releases),
            None => (None, &self.programs.main),
        }
    }

    /// The gates at the release that applies to an instance of a component. Where that is not known, or newer than the list,
    /// no gate is known.
    pub(crate) fn base(&mut self, component: Option<&Arc<str>>, profile: &Profile) -> Arc<Base> {
        let (name, releases) = self.program(component);
        let names = &self.fleet.names;
        let effective = profile.effective();
        let base = self.bases.entry((name, effective)).or_insert_with(|| {
            let known = effective.filter(|effective| *effective <= releases.newest());
            let release = known.and_then(|effective| releases.at(effective));
            let resolution = release.as_ref().map(|release| release.registry.resolution());
            Arc::new(Base(names.map(|name| Entry::of(&names[name], resolution))))
        });
        Arc::clone(base)
    }
}

impl Entry {
    fn of(name: &str, resolution: Option<&Resolution>) -> Self {
        let known = resolution.and_then(|it| Some((it.gates(), it.state(name)?)));
        match known {
            Some((gates, state)) if gates.is_group(state.id()) => Self::Group(Some(state.id())),
            Some((gates, state)) => {
                let status = state.status();
                let groups = gates.groups_of(state.id(), status.stage());
                Self::Gate { status, groups: groups.collect() }
            }
            None if group_of_kubernetes(name).is_some() => Self::Group(None),
            None => Self::Unknown,
        }
    }
}

impl Base {
    fn known(&self, gate: NameId) -> Option<Status> {
        match self.0[gate] {
            Entry::Gate { status, .. } => Some(status),
            Entry::Group(_) | Entry::Unknown => None,
        }
    }

    fn groups_of(&self, gate: NameId) -> &[GateId] {
        match &self.0[gate] {
            Entry::Gate { groups, .. } => groups,
            Entry::Group(_) | Entry::Unknown => &[],
        }
    }

    /// What a gate is; `None` if it is not known, or does not exist at that release.
    pub(crate) fn status(&self, gate: NameId) -> Option<Status> {
        self.known(gate).filter(Status::exists)
    }

    pub(crate) fn is_group(&self, gate: NameId) -> bool {
        matches!(self.0[gate], Entry::Group(_))
    }

    /// Whether a later release introduces a gate.
    pub(crate) fn is_not_introduced(&self, gate: NameId) -> bool {
        matches!(self.known(gate), Some(Status::NotIntroduced { introduced: Some(_), .. }))
    }

    /// Its default; by its stage where it is not known.
    pub(crate) fn default(&self, value: Value) -> Option<bool> {
        let usual = || value.stage.and_then(Stage::usual_default);
        self.status(value.gate).map(|status| status.default()).or_else(usual)
    }

    /// What decided the values of an instance; of groups and of gates without a known default, nothing is known.
    pub(crate) fn origins(&self, profile: &Profile) -> Vec<(Value, Origin)> {
        let set = self.groups(profile);
        let origin = |value: &Value| {
            if self.is_group(value.gate) {
                return None;
            }
            let default = self.default(*value)?;
            let status = self.status(value.gate);
            let of_group =
                || self.groups_of(value.gate).iter().any(|group| set.contains(&(*group, value.on)));
            Some(match value.by {
                Some(By::Setting) => Origin::Setting { certain: true },
                Some(By::Group) => Origin::Group,
                Some(By::Default) => Origin::Default { certain: true },
                None if default == value.on => Origin::Default { certain: false },
                None => match status {
                    Some(_) if of_group() => Origin::Group,
                    // A locked gate has no other value; so this list is not quite that of the program.
                    status => Origin::Setting {
                        certain: status.is_some_and(|status| !status.is_locked()),
                    },
                },
            })
        };
        profile.values.iter().filter_map(|value| Some((*value, origin(value)?))).collect()
    }

    /// The groups that are set, each with the value.
    fn groups(&self, profile: &Profile) -> BTreeSet<(GateId, bool)> {
        /// Whether all gates of a group that are on by default are off, and how many these are.
        type AllOff = (bool, usize);
        let mut groups = BTreeSet::new();
        let mut members: BTreeMap<GateId, AllOff> = BTreeMap::new();
        for value in &profile.values {
            match &self.0[value.gate] {
                Entry::Group(Some(group)) if value.on => {
                    groups.insert((*group, true));
                }
                Entry::Gate { status, groups } if status.default() && !status.is_locked() => {
                    for group in groups {
                        let (all_off, count) = members.entry(*group).or_insert((true, 0));
                        *all_off &= !value.on;
                        *count += 1;
                    }
                }
                _ => {}
            }
        }
        // That a group is set to off cannot be seen: it is off by default. But all its gates are off then.
        let off = members.into_iter().filter(|(_, (all_off, count))| *all_off && *count > 1);
        groups.extend(off.map(|(group, _)| (group, false)));
        groups
    }
}
