//! A gate without an owner.

use featuregate_core::quote::Name;

use super::{Breach, Now};
use crate::finding::Level;
use crate::lint::rules::Rule;

pub(crate) const RULE: Rule = Rule {
    name: "no-owner",
    level: Level::Warning,
    optional: true,
    summary: "nobody answers for a gate",
    page: include_str!("../../../../docs/rules/no-owner.md"),
    ..Rule::USUAL
};

pub(crate) fn check(now: Now<'_>) -> Vec<Breach> {
    let without = now.gates().filter(|declared| declared.gate.spec.owner.is_none());
    without
        .map(|declared| Breach {
            spot: declared.spot.clone(),
            gate: declared.gate.name().into(),
            message: format!("gate {} has no owner", Name(declared.gate.name())),
            help: "say who answers for it, as in owner = \"sig-node\"".into(),
        })
        .collect()
}
