//! A gate that was removed before its users could be ready.

use crate::finding::Level;
use crate::rules::Rule;

use featuregate_core::manifest::Gate;
use featuregate_core::quote::Name;
use featuregate_core::{Stage, Version};

use super::{Breach, is_tombstone, since};

pub(crate) const RULE: Rule = Rule {
    name: "removed-too-early",
    level: Level::Error,
    optional: false,
    summary: "a gate was removed before it may be",
    page: include_str!("../../../docs/rules/removed-too-early.md"),
};

/// For how many minor releases a gate stays after it locked.
const RELEASES: u32 = 3;

/// Kubernetes' rule: an alpha may go at any time; a beta never; a GA or deprecated gate three minor releases
/// after it locked.
pub(super) fn check(gate: &Gate, before: Option<&Gate>) -> Option<Breach> {
    // One that was removed before is past mending.
    if !is_tombstone(gate) || before.is_none_or(is_tombstone) {
        return None;
    }
    let before = before?;
    let removed: Version = gate.spec.removed.as_ref()?.parse().ok()?;
    let last = before.spec.milestones.last()?;
    let name = Name(gate.name());
    let (message, help) = match last.stage {
        Stage::PreAlpha | Stage::Alpha => return None,
        Stage::Beta => (
            format!("gate {name} is removed in {removed}, although it is beta"),
            "bring it to GA or deprecate it first, lock it, and remove it three releases later"
                .to_owned(),
        ),
        stage if !last.locked => (
            format!("gate {name} is removed in {removed}, although it is {stage} and never locked"),
            format!("lock it first, and remove it {RELEASES} releases later"),
        ),
        _ => {
            let locked = before.spec.milestones.iter().find(|milestone| milestone.locked);
            let locked = locked.and_then(since)?;
            let earliest = Version::new(locked.major(), locked.minor() + RELEASES);
            if removed >= earliest {
                return None;
            }
            (
                format!(
                    "gate {name} is removed in {removed}, but it locked only in {locked}, and settings of it \
                     are harmless until then"
                ),
                format!("keep it until {earliest}"),
            )
        }
    };
    Some(Breach { rule: RULE.name, gate: gate.name().to_owned(), message, help })
}
