//! A gate without an issue.

use featuregate_core::quote::Name;

use super::{Breach, Now};
use crate::finding::Level;
use crate::lint::rules::Rule;

pub(crate) const RULE: Rule = Rule {
    name: "no-issue",
    level: Level::Warning,
    optional: true,
    summary: "a gate is tracked nowhere",
    page: include_str!("../../../../docs/rules/no-issue.md"),
    ..Rule::USUAL
};

pub(crate) fn check(now: Now<'_>) -> Vec<Breach> {
    let without = now.gates().filter(|declared| declared.gate.spec.issue.is_none());
    without
        .map(|declared| Breach {
            spot: declared.spot.clone(),
            gate: declared.gate.name().into(),
            message: format!("gate {} has no issue", Name(declared.gate.name())),
            help: "say where it is tracked, as in issue = \"https://…\"".into(),
        })
        .collect()
}
