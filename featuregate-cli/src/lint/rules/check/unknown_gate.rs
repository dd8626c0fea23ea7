//! A name that no gate has, and none ever had.

use featuregate_core::quote::Name;

use crate::finding::Level;
use crate::lint::rules::Rule;
use crate::lint::rules::check::{Remedy, Verdict};

pub(crate) const RULE: Rule = Rule {
    name: "unknown-gate",
    level: Level::Error,
    summary: "no gate has that name",
    page: include_str!("../../../../docs/rules/unknown-gate.md"),
    ..Rule::USUAL
};

/// `same` is the gate whose name differs in case and separators only.
pub(crate) fn tell(gate: &str, same: Option<String>, nearest: Option<&str>) -> Verdict {
    let message = format!("no gate is named {}", Name(gate));
    let help = match same.as_deref().or(nearest) {
        Some(near) => format!("did you mean {}?", Name(near)),
        None => "drop it, or correct the name".to_owned(),
    };
    let remedy = same.map_or(Remedy::Unclear, Remedy::Name);
    Verdict { rule: &RULE, tolerated: false, message, help, remedy }
}
