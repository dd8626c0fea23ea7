//! A manifest as YAML, in the layout of Kubernetes' list.

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use serde::Serialize;

use super::component::Component;
use super::gate::Gate;
use super::list::Manifest;
use super::syntax::Syntax;
use crate::declare::group::{Channel, Group, Groups, Selection};
use crate::declare::milestone::RawMilestone;
use crate::declare::spec::RemovedPolicy;
use crate::declare::stage::Stage;
use crate::declare::version::Precision;

impl Manifest {
    /// Writes the wrapped form as YAML: gates by name, without the fields that are empty, the same bytes
    /// for the same manifest.
    ///
    /// # Errors
    /// [`WriteError`], if the serializer fails.
    pub fn to_yaml(&self) -> Result<String, WriteError> {
        let has_unnamed = self.has_unnamed();
        let removed = if has_unnamed { self.removed() } else { RemovedPolicy::default() };
        let is_implied = self.syntax() == Syntax::implied(removed);
        let written = Written {
            version: has_unnamed.then(|| self.version().to_string()),
            versions: (self.versions() == Precision::Patch).then_some("patch"),
            removed_gates: removed_gates(removed),
            syntax: (!is_implied).then(|| self.syntax().as_str()),
            variables: self.variables(),
            groups: written_groups(self.groups()),
            channels: written_channels(self.groups()),
            components: self.components().iter().map(WrittenComponent::of).collect(),
            gates: self.gates().iter().map(WrittenGate::of).collect(),
        };
        serialize(&written)
    }
}

fn serialize(written: &impl Serialize) -> Result<String, WriteError> {
    serde_saphyr::to_string(written).map_err(|error| WriteError { message: error.to_string() })
}

/// A manifest could not be written. `Display` has the serializer's message.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct WriteError {
    message: String,
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot write the manifest: {}", self.message)
    }
}

impl core::error::Error for WriteError {}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Written<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    versions: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    removed_gates: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    syntax: Option<&'static str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    variables: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    groups: Option<Vec<WrittenGroup<'a>>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    channels: Vec<WrittenGroup<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    components: Vec<WrittenComponent<'a>>,
    gates: Vec<WrittenGate<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WrittenComponent<'a> {
    name: &'a str,
    version: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    removed_gates: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    groups: Option<Vec<WrittenGroup<'a>>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    channels: Vec<WrittenGroup<'a>>,
}

/// A group or a channel.
#[derive(Serialize)]
struct WrittenGroup<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    stages: Vec<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    master: Option<bool>,
}

impl<'a> WrittenGroup<'a> {
    fn of(name: &'a str, selection: &'a Selection, is_master: bool) -> Self {
        let stages = selection.stages().map(Stage::as_str).collect();
        Self { name, stages, tags: selection.tags().collect(), master: is_master.then_some(true) }
    }
}

/// The list of groups, unless they are those that each program has.
fn written_groups(groups: &Groups) -> Option<Vec<WrittenGroup<'_>>> {
    let of = |group| WrittenGroup::of(Group::name(group), group.selection(), group.is_master());
    let is_usual = groups.has_those_of_kubernetes() && groups.own().is_empty();
    (!is_usual).then(|| groups.groups().map(of).collect())
}

fn written_channels(groups: &Groups) -> Vec<WrittenGroup<'_>> {
    let of = |channel| WrittenGroup::of(Channel::name(channel), channel.selection(), false);
    groups.channels().iter().map(of).collect()
}

impl<'a> WrittenComponent<'a> {
    fn of(component: &'a Component) -> Self {
        Self {
            name: &component.name,
            version: component.version.to_string(),
            removed_gates: removed_gates(component.removed),
            groups: written_groups(&component.groups),
            channels: written_channels(&component.groups),
        }
    }
}

fn removed_gates(policy: RemovedPolicy) -> Option<&'static str> {
    match policy {
        RemovedPolicy::Tolerate => None,
        RemovedPolicy::Refuse => Some("refuse"),
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WrittenGate<'a> {
    name: &'a str,
    versioned_specs: Vec<WrittenMilestone<'a>>,
    #[serde(skip_serializing_if = "str::is_empty")]
    doc: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issue: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    requires: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    remove_in: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    aliases: &'a [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    components: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    cfg: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    removed: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<bool>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    implies: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    switchable: Option<bool>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    meta: &'a BTreeMap<String, String>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    tags: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    except_from_groups: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    runtime: Option<bool>,
}

impl<'a> WrittenGate<'a> {
    fn of(gate: &'a Gate) -> Self {
        let spec = &gate.spec;
        Self {
            name: &spec.name,
            versioned_specs: spec.milestones.iter().map(WrittenMilestone::of).collect(),
            doc: &spec.doc,
            owner: spec.owner.as_deref(),
            issue: spec.issue.as_deref(),
            requires: &spec.requires,
            remove_in: spec.remove_in.as_deref(),
            aliases: &spec.aliases,
            components: &gate.components,
            cfg: gate.cfg.as_deref(),
            removed: spec.removed.as_deref(),
            value: spec.value,
            implies: &spec.implies,
            switchable: spec.switchable.then_some(true),
            meta: &spec.meta,
            tags: &spec.tags,
            except_from_groups: spec.except_from_groups.then_some(true),
            runtime: spec.runtime.then_some(true),
        }
    }
}

#[derive(Serialize)]
#[serde(untagged)]
enum WrittenDefault<'a> {
    Always(bool),
    If(&'a str),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WrittenMilestone<'a> {
    default: WrittenDefault<'a>,
    lock_to_default: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    min_compatibility_version: Option<&'a str>,
    pre_release: &'static str,
    version: &'a str,
}

impl<'a> WrittenMilestone<'a> {
    fn of(milestone: &'a RawMilestone) -> Self {
        Self {
            default: match &milestone.condition {
                Some(condition) => WrittenDefault::If(condition),
                None => WrittenDefault::Always(milestone.default),
            },
            lock_to_default: milestone.locked,
            min_compatibility_version: milestone.min_compat.as_deref(),
            pre_release: milestone.stage.as_str(),
            version: milestone.since.as_deref().unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::{Serializer, ser::Error as _};

    struct Failing;

    impl Serialize for Failing {
        fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(S::Error::custom("it does not fit"))
        }
    }

    #[test]
    fn a_serializer_that_fails_does_not_leave_an_empty_manifest() {
        let error = serialize(&Failing).unwrap_err();
        assert!(error.to_string().starts_with("cannot write the manifest: "), "{error}");
        assert!(error.to_string().contains("it does not fit"), "{error}");
    }
}
