//! A locked gate that is set to the other value.

use featuregate_core::Stage;
use featuregate_core::quote::{Name, on_or_off};

use crate::finding::Level;
use crate::lint::rules::Rule;
use crate::lint::rules::check::{Remedy, Verdict};

pub(crate) const RULE: Rule = Rule {
    name: "locked-gate",
    level: Level::Error,
    summary: "the gate is locked to the other value",
    page: include_str!("../../../../docs/rules/locked-gate.md"),
    ..Rule::USUAL
};

pub(crate) fn tell(gate: &str, value: bool, locked_to: bool, stage: Stage) -> Verdict {
    Verdict {
        rule: &RULE,
        tolerated: false,
        message: format!(
            "gate {} is {stage} and locked to {locked_to}, so it can't be set to {value}",
            Name(gate)
        ),
        help: format!("drop it; {} can't be had any more", on_or_off(value)),
        remedy: Remedy::Drop,
    }
}
