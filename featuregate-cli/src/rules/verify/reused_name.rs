//! A name that once meant another gate.

use crate::finding::Level;
use crate::rules::Rule;

use featuregate_core::manifest::Gate;
use featuregate_core::quote::Name;

use super::{Breach, Now, is_tombstone};

pub(crate) const RULE: Rule = Rule {
    name: "reused-name",
    level: Level::Error,
    optional: false,
    summary: "the name of a removed gate is used again",
    page: include_str!("../../../docs/rules/reused-name.md"),
};

pub(super) fn check(now: Now<'_>, gate: &Gate, before: Option<&Gate>) -> Vec<Breach> {
    if is_tombstone(gate) {
        return Vec::new();
    }
    let breach = |message: String| Breach {
        rule: RULE.name,
        gate: gate.name().to_owned(),
        message,
        help: "choose another name, and keep the tombstone".to_owned(),
    };
    let mut found = Vec::new();
    if let Some(before) = before.filter(|before| is_tombstone(before)) {
        let removed = before.spec.removed.as_deref().unwrap_or("?");
        found.push(breach(format!(
            "{} was the name of another gate, which was removed in {removed}; old settings would turn this one on or off",
            Name(gate.name())
        )));
    }
    for alias in &gate.spec.aliases {
        let gone = now.before.and_then(|before| before.get(alias));
        if gone.is_some_and(is_tombstone) {
            found.push(breach(format!(
                "the alias {} of gate {} was the name of another gate, which was removed",
                Name(alias),
                Name(gate.name())
            )));
        }
    }
    found
}
