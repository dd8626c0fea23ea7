//! What changes for a program's gates between two releases, and for those who set them.

use std::collections::BTreeSet;

use featuregate_core::quote::on_or_off;
use featuregate_core::{Group, Stage, Version};
use serde::Serialize;

use crate::program::gates::{Gates, Standing, State};

/// What happens to a gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Change {
    /// It begins.
    Introduced,
    /// Its stage goes forward.
    Promoted,
    /// Its stage goes back, as stages of real programs do at times.
    Demoted,
    /// It is on its way out.
    Deprecated,
    /// Its default is another one.
    DefaultChanged,
    /// It can't be set to the other value any more.
    Locked,
    /// It can.
    Unlocked,
    /// It is gone.
    Removed,
    /// It has another name.
    Renamed,
}

/// A gate that is not what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Changed<'a> {
    /// Its name, before.
    pub(crate) name: &'a str,
    pub(crate) owner: Option<&'a str>,
    /// What happens to it, at least one.
    pub(crate) changes: Vec<Change>,
    /// What it was, if it was there.
    pub(crate) before: Option<State>,
    /// What it is, if it is there.
    pub(crate) after: Option<State>,
    /// The first release without it.
    pub(crate) removed: Option<Version>,
    /// Its name, after, if that is another one.
    pub(crate) renamed_to: Option<&'a str>,
    /// The values that were taken before and are refused after.
    pub(crate) breaks: Vec<bool>,
    /// Whether no value is taken after.
    pub(crate) refused: bool,
    /// What it is after where nobody sets it, if it was something else before.
    pub(crate) turns: Option<bool>,
}

/// What changes, by name.
pub(crate) fn between<'a>(from: &'a Gates, to: &'a Gates) -> Vec<Changed<'a>> {
    let names = |gates: &'a Gates| gates.iter().map(|listed| listed.gate.name());
    let names: BTreeSet<&str> = names(from).chain(names(to)).collect();
    // A gate with a new name is told under its old one, which is what people have set.
    let renamed: BTreeSet<&str> = names
        .iter()
        .filter(|name| to.get(name).is_none() && is_there(from, name))
        .filter_map(|name| to.renamed(name))
        .map(|listed| listed.gate.name())
        .collect();
    let told = names.iter().filter(|name| from.get(name).is_some() || !renamed.contains(*name));
    told.filter_map(|name| changed(name, from, to)).collect()
}

fn is_there(gates: &Gates, name: &str) -> bool {
    gates.get(name).is_some_and(|listed| matches!(listed.standing, Standing::There(_)))
}

fn changed<'a>(name: &'a str, from: &'a Gates, to: &'a Gates) -> Option<Changed<'a>> {
    let old = from.get(name);
    let new = to.get(name).or_else(|| to.renamed(name));
    let state = |standing| match standing {
        Some(Standing::There(state)) => Some(state),
        _ => None,
    };
    let before = state(old.map(|listed| listed.standing));
    let after = state(new.map(|listed| listed.standing));
    let (removed, ended) = match new.map(|listed| listed.standing) {
        Some(Standing::Removed { since, last }) => (Some(since), Some(last.default)),
        _ => (None, None),
    };
    let renamed_to = new.map(|listed| listed.gate.name()).filter(|new| *new != name);

    let mut changes = Vec::new();
    let mut when = |holds: bool, change| {
        if holds {
            changes.push(change);
        }
    };
    match (before, after) {
        (None, None) => {}
        (None, Some(_)) => when(true, Change::Introduced),
        (Some(_), None) => when(true, Change::Removed),
        (Some(before), Some(after)) => {
            let deprecated = after.stage == Stage::Deprecated;
            let forward = before.stage.comes_before(after.stage);
            when(renamed_to.is_some(), Change::Renamed);
            when(forward && !deprecated, Change::Promoted);
            when(after.stage.comes_before(before.stage), Change::Demoted);
            when(forward && deprecated, Change::Deprecated);
            when(before.default != after.default, Change::DefaultChanged);
            when(after.locked && !before.locked, Change::Locked);
            when(before.locked && !after.locked, Change::Unlocked);
        }
    }
    if changes.is_empty() {
        return None;
    }
    let accepted = from.accepted(name);
    let breaks = accepted.into_iter().filter(|value| !to.accepts(name, *value)).collect();
    let unset = after.map(|after| after.default).or(ended);
    let turns = unset.filter(|unset| before.is_some_and(|before| before.default != *unset));
    let refused = to.accepted(name).is_empty();
    let owner = new.or(old).and_then(|listed| listed.spec.owner());
    Some(Changed {
        name,
        owner,
        changes,
        before,
        after,
        removed,
        renamed_to,
        breaks,
        refused,
        turns,
    })
}

impl Changed<'_> {
    /// What it means for those who have the gate in a configuration, or not.
    pub(crate) fn meaning(&self) -> String {
        let mut told = Vec::new();
        if self.before.is_none() {
            let default = self.after.is_some_and(|after| after.default);
            told.push(match self.after {
                Some(State { locked: true, .. }) => format!("always {}", on_or_off(default)),
                _ if default => "on unless it is set to false".to_owned(),
                _ => "off unless it is set to true".to_owned(),
            });
        }
        match self.breaks[..] {
            [] => {}
            [value] if !self.refused => told.push(format!("breaks settings to {value}")),
            _ => told.push("breaks every setting; drop it".to_owned()),
        }
        if let Some(value) = self.turns {
            told.push(format!("turns {} where it is not set", on_or_off(value)));
        }
        if let Some(name) = self.renamed_to {
            told.push(format!("write {name}"));
        }
        if told.is_empty() {
            let taken = "a setting is still taken";
            told.push(match self.after.map(|after| (after.stage, after.locked)) {
                None => "still taken at the value that it ended with; drop it".to_owned(),
                Some((_, true)) => "a setting does nothing any more; drop it".to_owned(),
                Some((Stage::Ga, _)) => format!("{taken}, but the gate will be locked or removed"),
                Some((Stage::Deprecated, _)) => format!("{taken}, but the gate will be removed"),
                Some((stage, _)) => match Group::of_stage(stage) {
                    Some(group) => format!("{} sets it now", group.name),
                    None => taken.to_owned(),
                },
            });
        }
        told.join("; ")
    }
}
