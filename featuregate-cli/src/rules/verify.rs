//! The rules of `verify`: of a declaration by itself, and of what became of it since a manifest.

pub(crate) mod alpha_on_by_default;
pub(crate) mod illegal_transition;
pub(crate) mod invalid_declaration;
pub(crate) mod missing_tombstone;
pub(crate) mod no_doc;
pub(crate) mod no_issue;
pub(crate) mod no_owner;
pub(crate) mod old_alpha;
pub(crate) mod overdue_removal;
pub(crate) mod removed_too_early;
pub(crate) mod reused_name;
pub(crate) mod stale_manifest;

use featuregate_core::manifest::{Gate, Manifest};
use featuregate_core::{RawMilestone, Version};

use super::Rule;

/// All of them.
pub(super) const RULES: &[&Rule] = &[
    &invalid_declaration::RULE,
    &alpha_on_by_default::RULE,
    &no_doc::RULE,
    &stale_manifest::RULE,
    &illegal_transition::RULE,
    &missing_tombstone::RULE,
    &removed_too_early::RULE,
    &reused_name::RULE,
    &overdue_removal::RULE,
    &old_alpha::RULE,
    &no_owner::RULE,
    &no_issue::RULE,
];

/// What a rule over time looks at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Now<'a> {
    /// What the source declares.
    pub(crate) declared: &'a Manifest,
    /// What a manifest had before, if there is one.
    pub(crate) before: Option<&'a Manifest>,
    /// How many releases an alpha may last.
    pub(crate) releases: u32,
}

/// A breach of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Breach {
    pub(crate) rule: &'static str,
    /// The gate; its place is where the source has it, else the enum's.
    pub(crate) gate: String,
    pub(crate) message: String,
    pub(crate) help: String,
}

/// The breaches of every rule that looks at gates one by one.
pub(crate) fn breaches(now: Now<'_>) -> Vec<Breach> {
    let mut found = Vec::new();
    for gate in now.declared.gates() {
        let before = now.before.and_then(|before| before.get(gate.name()));
        found.extend(illegal_transition::check(now, gate, before));
        found.extend(removed_too_early::check(gate, before));
        found.extend(reused_name::check(now, gate, before));
        found.extend(overdue_removal::check(now, gate));
        found.extend(old_alpha::check(now, gate));
        found.extend(no_owner::check(gate));
        found.extend(no_issue::check(gate));
    }
    for gone in now.before.map_or(&[][..], Manifest::gates) {
        if now.declared.get(gone.name()).is_none() {
            found.extend(missing_tombstone::check(now, gone));
        }
    }
    found.sort_by(|a, b| a.gate.cmp(&b.gate));
    found
}

/// Since when a milestone holds.
fn since(milestone: &RawMilestone) -> Option<Version> {
    milestone.since.as_ref().and_then(|since| since.parse().ok())
}

/// The milestone that holds at a release.
fn at(gate: &Gate, release: Version) -> Option<&RawMilestone> {
    let begun = |milestone: &&RawMilestone| since(milestone).is_some_and(|since| since <= release);
    gate.spec.milestones.iter().rev().find(begun)
}

/// Whether a gate is removed.
fn is_tombstone(gate: &Gate) -> bool {
    gate.spec.removed.is_some()
}
