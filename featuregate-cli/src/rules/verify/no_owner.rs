//! A gate that belongs to nobody.

use crate::finding::Level;
use crate::rules::Rule;

use featuregate_core::manifest::Gate;
use featuregate_core::quote::Name;

use super::{Breach, is_tombstone};

pub(crate) const RULE: Rule = Rule {
    name: "no-owner",
    level: Level::Warning,
    optional: true,
    summary: "a gate has no owner",
    page: include_str!("../../../docs/rules/no-owner.md"),
};

pub(super) fn check(gate: &Gate) -> Option<Breach> {
    if is_tombstone(gate) || gate.spec.owner.is_some() {
        return None;
    }
    Some(Breach {
        rule: RULE.name,
        gate: gate.name().to_owned(),
        message: format!("gate {} has no owner", Name(gate.name())),
        help: "say who decides about it, as in owner = \"sig-node\"".to_owned(),
    })
}
