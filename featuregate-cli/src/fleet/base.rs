//! What the gates of a program are at the release that runs, and what decided the values of an instance.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use featuregate_core::__private::IdVec;
use featuregate_core::{Group, Stage, Status, Version};

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
pub(crate) struct Base(IdVec<NameId, Option<Status>>);

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

    /// The gates at the release that applies to an instance of a component. Where that is not known, no gate is.
    pub(crate) fn base(&mut self, component: Option<&Arc<str>>, profile: &Profile) -> Arc<Base> {
        let (name, releases) = self.program(component);
        let names = &self.fleet.names;
        let effective = profile.effective();
        let base = self.bases.entry((name, effective)).or_insert_with(|| {
            let release = effective.and_then(|effective| releases.at(effective));
            Arc::new(Base(names.map(|name| {
                let name = &names[name];
                release.as_ref()?.registry.resolution().state(name).map(|state| state.status())
            })))
        });
        Arc::clone(base)
    }
}

impl Base {
    /// What a gate is; `None` if it is not known, or does not exist at that release.
    pub(crate) fn status(&self, gate: NameId) -> Option<Status> {
        self.0[gate].filter(Status::exists)
    }

    /// Whether a later release introduces a gate.
    pub(crate) fn is_not_introduced(&self, gate: NameId) -> bool {
        matches!(self.0[gate], Some(Status::NotIntroduced { introduced: Some(_), .. }))
    }

    /// Its default; by its stage where it is not known.
    pub(crate) fn default(&self, value: Value) -> Option<bool> {
        let usual = || value.stage.and_then(Stage::usual_default);
        self.status(value.gate).map(|status| status.default()).or_else(usual)
    }

    /// What decided the values of an instance; of groups and of gates without a known default, nothing is known.
    pub(crate) fn origins(&self, fleet: &Fleet, profile: &Profile) -> Vec<(Value, Origin)> {
        let groups = self.groups(fleet, profile);
        let origin = |value: &Value| {
            if group_of_kubernetes(&fleet.names[value.gate]).is_some() {
                return None;
            }
            let default = self.default(*value)?;
            let status = self.status(value.gate);
            Some(match value.by {
                Some(By::Setting) => Origin::Setting { certain: true },
                Some(By::Group) => Origin::Group,
                Some(By::Default) => Origin::Default { certain: true },
                None if default == value.on => Origin::Default { certain: false },
                None => match status {
                    Some(status) if groups.contains(&(status.stage().as_str(), value.on)) => {
                        Origin::Group
                    }
                    // A locked gate has no other value; so this list is not quite that of the program.
                    status => Origin::Setting {
                        certain: status.is_some_and(|status| !status.is_locked()),
                    },
                },
            })
        };
        profile.values.iter().filter_map(|value| Some((*value, origin(value)?))).collect()
    }

    /// The stages whose gates a group sets, each with the value.
    fn groups(&self, fleet: &Fleet, profile: &Profile) -> BTreeSet<(&'static str, bool)> {
        let mut groups = BTreeSet::new();
        for value in &profile.values {
            if let Some(group) = group_of_kubernetes(&fleet.names[value.gate]).filter(|_| value.on)
            {
                groups.extend(group.selection().stages().map(|stage| (stage.as_str(), true)));
            }
        }
        // That a group is set to off cannot be seen: it is off by default. But all its gates are off then.
        for stage in Group::KUBERNETES.iter().flat_map(|group| group.selection().stages()) {
            let mut of_stage = profile.values.iter().filter_map(|value| {
                let status = self.status(value.gate)?;
                (status.stage() == stage && status.default() && !status.is_locked())
                    .then_some(value.on)
            });
            let first = of_stage.next();
            let others = of_stage.clone().count() > 0;
            if first == Some(false) && others && of_stage.all(|on| !on) {
                groups.insert((stage.as_str(), false));
            }
        }
        groups
    }
}
