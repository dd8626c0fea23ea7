//! What changes for a program's gates between two releases, and for people who set them.

use std::collections::BTreeSet;

use featuregate_core::__private::on_or_off;
use featuregate_core::{Milestone, Stage, Status, Version};
use serde::Serialize;

use crate::program::gates::{Gates, Listed};

/// What happens to a gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Change {
    /// The release introduces it.
    Introduced,
    /// Its stage is later.
    Promoted,
    /// Its stage is earlier, as happens in real programs.
    Demoted,
    /// It is deprecated.
    Deprecated,
    /// It has the other default.
    DefaultChanged,
    /// It can no longer be set to the other value.
    Locked,
    /// It can be set to either value again.
    Unlocked,
    /// It is removed.
    Removed,
    /// It has another name.
    Renamed,
}

/// A gate that changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Changed<'a> {
    /// Its name, before.
    pub(crate) name: &'a str,
    pub(crate) owner: Option<&'a str>,
    /// What happens to it: at least one change.
    pub(crate) changes: Vec<Change>,
    /// Its state before, if it existed.
    pub(crate) before: Option<Milestone>,
    /// Its state after, if it exists.
    pub(crate) after: Option<Milestone>,
    /// The first release without it.
    pub(crate) removed: Option<Version>,
    /// Its name after, if it is renamed.
    pub(crate) renamed_to: Option<&'a str>,
    /// The values that are accepted before and refused after.
    pub(crate) breaks: Vec<bool>,
    /// Whether every value is refused after.
    pub(crate) refused: bool,
    /// Its value after where it is not set, if that changes.
    pub(crate) turns: Option<bool>,
    /// The group that sets it after.
    pub(crate) group: Option<&'a str>,
}

/// What changes, by name.
pub(crate) fn between<'a>(from: &'a Gates, to: &'a Gates) -> Vec<Changed<'a>> {
    let names = |gates: &'a Gates| gates.iter().map(|listed| listed.gate.name());
    let names: BTreeSet<&str> = names(from).chain(names(to)).collect();
    // A renamed gate is listed under its old name, which is the one that configurations set.
    let renamed: BTreeSet<&str> = names
        .iter()
        .filter(|name| to.get(name).is_none() && is_present(from, name))
        .filter_map(|name| to.renamed(name))
        .map(|listed| listed.gate.name())
        .collect();
    let listed = names.iter().filter(|name| from.get(name).is_some() || !renamed.contains(*name));
    listed.filter_map(|name| changed(name, from, to)).collect()
}

fn is_present(gates: &Gates, name: &str) -> bool {
    gates.get(name).is_some_and(|listed| listed.status.exists())
}

fn changed<'a>(name: &'a str, from: &'a Gates, to: &'a Gates) -> Option<Changed<'a>> {
    let old = from.get(name);
    let new = to.get(name).or_else(|| to.renamed(name));
    let before = old.as_ref().and_then(Listed::present);
    let after = new.as_ref().and_then(Listed::present);
    let (removed, ended) = match new.map(|listed| listed.status) {
        Some(Status::Removed { since, value, .. }) => (Some(since), Some(value)),
        _ => (None, None),
    };
    let renamed_to = new.map(|listed| listed.gate.name()).filter(|new| *new != name);

    let mut changes = Vec::new();
    let mut when = |applies: bool, change| {
        if applies {
            changes.push(change);
        }
    };
    match (before, after) {
        (None, None) => {}
        (None, Some(_)) => when(true, Change::Introduced),
        (Some(_), None) => when(true, Change::Removed),
        (Some(before), Some(after)) => {
            let deprecated = after.stage() == Stage::Deprecated;
            let forward = before.stage().comes_before(after.stage());
            when(renamed_to.is_some(), Change::Renamed);
            when(forward && !deprecated, Change::Promoted);
            when(after.stage().comes_before(before.stage()), Change::Demoted);
            when(forward && deprecated, Change::Deprecated);
            when(before.default() != after.default(), Change::DefaultChanged);
            when(after.is_locked() && !before.is_locked(), Change::Locked);
            when(before.is_locked() && !after.is_locked(), Change::Unlocked);
        }
    }
    if changes.is_empty() {
        return None;
    }
    let accepted = from.accepted(name);
    let breaks = accepted.into_iter().filter(|value| !to.accepts(name, *value)).collect();
    let unset = after.map(|after| after.default()).or(ended);
    let turns = unset.filter(|unset| before.is_some_and(|before| before.default() != *unset));
    let refused = to.accepted(name).is_empty();
    let stage = after.as_ref().map(Milestone::stage);
    let groups = new.zip(stage).map(|(new, stage)| new.groups(stage)).unwrap_or_default();
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
        group: groups.last().copied(),
    })
}

impl Changed<'_> {
    /// What it means for a configuration, with or without the gate.
    pub(crate) fn meaning(&self) -> String {
        let mut parts = Vec::new();
        if self.before.is_none() {
            let default = self.after.is_some_and(|after| after.default());
            parts.push(match self.after {
                Some(after) if after.is_locked() => format!("always {}", on_or_off(default)),
                _ if default => "on unless it is set to false".to_owned(),
                _ => "off unless it is set to true".to_owned(),
            });
        }
        match self.breaks[..] {
            [] => {}
            [value] if !self.refused => parts.push(format!("breaks settings to {value}")),
            _ => parts.push("breaks every setting; remove it".to_owned()),
        }
        if let Some(value) = self.turns {
            parts.push(format!("turns {} where it is not set", on_or_off(value)));
        }
        if let Some(name) = self.renamed_to {
            parts.push(format!("write {name}"));
        }
        if parts.is_empty() {
            let accepted = "a setting is still accepted";
            parts.push(match self.after.map(|after| (after.stage(), after.is_locked())) {
                None => "its final value is still accepted; remove the setting".to_owned(),
                Some((_, true)) => "a setting no longer has an effect; remove it".to_owned(),
                Some((Stage::Ga, _)) => {
                    format!("{accepted}, but the gate will be locked or removed")
                }
                Some((Stage::Deprecated, _)) => format!("{accepted}, but the gate will be removed"),
                Some(_) => match self.group {
                    Some(group) => format!("{group} now sets it"),
                    None => accepted.to_owned(),
                },
            });
        }
        parts.join("; ")
    }
}
