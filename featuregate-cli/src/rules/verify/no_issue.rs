//! A gate of which nobody can read what is planned.

use crate::finding::Level;
use crate::rules::Rule;

use featuregate_core::manifest::Gate;
use featuregate_core::quote::Name;

use super::{Breach, is_tombstone};

pub(crate) const RULE: Rule = Rule {
    name: "no-issue",
    level: Level::Warning,
    optional: true,
    summary: "a gate has no issue",
    page: include_str!("../../../docs/rules/no-issue.md"),
};

pub(super) fn check(gate: &Gate) -> Option<Breach> {
    if is_tombstone(gate) || gate.spec.issue.is_some() {
        return None;
    }
    Some(Breach {
        rule: RULE.name,
        gate: gate.name().to_owned(),
        message: format!("gate {} has no issue", Name(gate.name())),
        help: "say where it is discussed, as in issue = \"https://…\"".to_owned(),
    })
}
