//! A gate that is gone without a trace.

use featuregate_core::quote::Name;

use super::{Breach, Step, attribute};
use crate::finding::Level;
use crate::lint::rules::Rule;

pub(crate) const RULE: Rule = Rule {
    name: "missing-tombstone",
    level: Level::Error,
    summary: "a gate was removed and left no tombstone",
    page: include_str!("../../../../docs/rules/missing-tombstone.md"),
    ..Rule::USUAL
};

pub(crate) fn check(step: Step<'_>) -> Vec<Breach> {
    let Some(spot) = step.gone() else { return Vec::new() };
    let gone = step.removals().filter(|(_, tombstone)| tombstone.is_none());
    gone.map(|(gate, _)| Breach {
        spot: spot.clone(),
        gate: gate.name().into(),
        message: format!(
            "gate {} is gone, and a configuration that sets it would only hear of an unknown gate",
            Name(gate.name())
        ),
        help: format!(
            "write {} on `{}`",
            attribute::tombstone(gate, step.now.component.version),
            step.enum_name()
        ),
    })
    .collect()
}
