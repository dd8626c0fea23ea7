//! A gate that should be gone by now.

use featuregate_core::quote::Name;

use super::removed_too_early::objection;
use super::{Breach, Now, attribute, spec};
use crate::finding::Level;
use crate::lint::rules::Rule;

pub(crate) const RULE: Rule = Rule {
    name: "overdue-removal",
    level: Level::Error,
    summary: "the release in which a gate should go is reached",
    page: include_str!("../../../../docs/rules/overdue-removal.md"),
    ..Rule::USUAL
};

pub(crate) fn check(now: Now<'_>) -> Vec<Breach> {
    let version = now.component.version;
    let breach = |declared: &crate::source::Declared| {
        let told = spec(&declared.gate);
        let due = told.remove_in().filter(|due| *due <= version)?;
        let asks = match &declared.gate.spec.owner {
            Some(owner) => format!(", which {owner} answers for,"),
            None => String::new(),
        };
        Some(Breach {
            spot: declared.remove_in.as_ref().unwrap_or(&declared.spot).clone(),
            gate: declared.gate.name().into(),
            message: format!(
                "gate {}{asks} should go in {due}, and this is {version}",
                Name(declared.gate.name())
            ),
            help: match objection(&told, version, now.policy) {
                Some((problem, _)) => format!("give it a later remove_in, since {problem}"),
                None => format!(
                    "remove its variant and write {}, or give it a later remove_in",
                    attribute::tombstone(&declared.gate, version)
                ),
            },
        })
    };
    now.gates().filter_map(breach).collect()
}
