//! A setting that the release accepts and that it no longer needs.

use featuregate_core::GateState;
use featuregate_core::quote::{Name, on_or_off};

use crate::finding::Level;
use crate::lint::rules::Rule;
use crate::lint::rules::check::{Remedy, Verdict};

pub(crate) const RULE: Rule = Rule {
    name: "redundant-gate",
    level: Level::Warning,
    summary: "the gate is GA, or locked to that value anyway",
    page: include_str!("../../../../docs/rules/redundant-gate.md"),
    ..Rule::USUAL
};

/// A gate that is GA.
pub(crate) fn ga(gate: &GateState<'_>) -> Verdict {
    if gate.locked() {
        return locked(gate);
    }
    let name = Name(gate.name());
    let told = |message: String, help: &str, remedy| Verdict {
        rule: &RULE,
        tolerated: false,
        message,
        help: help.to_owned(),
        remedy,
    };
    if gate.enabled() == gate.default() {
        told(
            format!("gate {name} is GA and {} anyway", on_or_off(gate.enabled())),
            "drop it; once the gate is removed, naming it is a mistake",
            Remedy::Droppable,
        )
    } else {
        told(
            format!(
                "gate {name} is GA, and a later release will lock it to {} or remove it",
                gate.default()
            ),
            "get ready to run without it",
            Remedy::Keep,
        )
    }
}

/// A gate that is locked to the value asked for.
pub(crate) fn locked(gate: &GateState<'_>) -> Verdict {
    Verdict {
        rule: &RULE,
        tolerated: false,
        message: format!(
            "gate {} is {} and locked to {}, so setting it changes nothing",
            Name(gate.name()),
            gate.stage(),
            gate.default()
        ),
        help: "drop it; once the gate is removed, naming it is a mistake".to_owned(),
        remedy: Remedy::Droppable,
    }
}
