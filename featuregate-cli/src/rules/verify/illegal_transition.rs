//! A history that was rewritten after its release.

use crate::finding::Level;
use crate::rules::Rule;

use featuregate_core::RawMilestone;
use featuregate_core::manifest::Gate;
use featuregate_core::quote::Name;

use super::{Breach, Now, is_tombstone, since};

pub(crate) const RULE: Rule = Rule {
    name: "illegal-transition",
    level: Level::Error,
    optional: false,
    summary: "a milestone of a past release was changed, dropped or added",
    page: include_str!("../../../docs/rules/illegal-transition.md"),
};

/// A release that is out has the milestones that it has. Those of the release in the making may change.
pub(super) fn check(now: Now<'_>, gate: &Gate, before: Option<&Gate>) -> Vec<Breach> {
    let (Some(before), Some(manifest)) = (before, now.before) else { return Vec::new() };
    // The short form of a tombstone says less, not something else.
    if is_tombstone(gate) && gate.spec.milestones.is_empty() || before.spec.milestones.is_empty() {
        return Vec::new();
    }
    let released = |milestone: &&RawMilestone| {
        let past = |since| since <= manifest.version() && since < now.declared.version();
        since(milestone).is_some_and(past)
    };
    let old: Vec<&RawMilestone> = before.spec.milestones.iter().filter(released).collect();
    let new: Vec<&RawMilestone> = gate.spec.milestones.iter().filter(released).collect();
    let mut found = Vec::new();
    let breach = |message: String, help: String| Breach {
        rule: RULE.name,
        gate: gate.name().to_owned(),
        message,
        help,
    };
    let name = Name(gate.name());
    for milestone in &old {
        let same = new.iter().find(|other| since(other) == since(milestone));
        match same {
            Some(other) if other == milestone => {}
            Some(other) => found.push(breach(
                format!(
                    "gate {name} was {} from {}, which is out; now it says {}",
                    told(milestone),
                    begun(milestone),
                    told(other)
                ),
                "put the milestone back, and add a new one for the next release".to_owned(),
            )),
            None => found.push(breach(
                format!(
                    "gate {name} was {} from {}, which is out; now that is gone",
                    told(milestone),
                    begun(milestone)
                ),
                "put the milestone back".to_owned(),
            )),
        }
    }
    for milestone in &new {
        if !old.iter().any(|other| since(other) == since(milestone)) {
            found.push(breach(
                format!(
                    "gate {name} was not {} from {}, which is out",
                    told(milestone),
                    begun(milestone)
                ),
                format!("let the milestone begin with {}", now.declared.version()),
            ));
        }
    }
    found
}

/// `Beta (on)`.
fn told(milestone: &RawMilestone) -> String {
    let value = if milestone.default { "on" } else { "off" };
    let locked = if milestone.locked { ", locked" } else { "" };
    format!("{} ({value}{locked})", milestone.stage)
}

fn begun(milestone: &RawMilestone) -> &str {
    milestone.since.as_deref().unwrap_or("?")
}
