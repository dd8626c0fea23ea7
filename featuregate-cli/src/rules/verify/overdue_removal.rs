//! A gate that should be gone by now.

use crate::finding::Level;
use crate::rules::Rule;

use featuregate_core::Version;
use featuregate_core::manifest::Gate;
use featuregate_core::quote::Name;

use super::missing_tombstone::attribute;
use super::{Breach, Now, is_tombstone};

pub(crate) const RULE: Rule = Rule {
    name: "overdue-removal",
    level: Level::Error,
    optional: false,
    summary: "the release in which a gate should be removed is reached",
    page: include_str!("../../../docs/rules/overdue-removal.md"),
};

pub(super) fn check(now: Now<'_>, gate: &Gate) -> Option<Breach> {
    let planned: Version = gate.spec.remove_in.as_ref()?.parse().ok()?;
    let release = now.declared.version();
    if is_tombstone(gate) || planned > release {
        return None;
    }
    let name = Name(gate.name());
    let message =
        format!("gate {name} should have been removed in {planned}, and this is {release}");
    let help = format!(
        "take the checks of it out and write {} on the enum, or plan another release",
        attribute(gate, release)
    );
    Some(Breach { rule: RULE.name, gate: gate.name().to_owned(), message, help })
}
