//! A removed gate that is not known any more.

use featuregate_core::quote::Name;

use super::{Breach, Step, attribute, spec};
use crate::finding::Level;
use crate::lint::rules::Rule;

pub(crate) const RULE: Rule = Rule {
    name: "dropped-tombstone",
    level: Level::Warning,
    summary: "the tombstone of a removed gate was dropped",
    page: include_str!("../../../../docs/rules/dropped-tombstone.md"),
    ..Rule::USUAL
};

pub(crate) fn check(step: Step<'_>) -> Vec<Breach> {
    let Some(spot) = step.gone() else { return Vec::new() };
    let dropped = step.tombstones_before().filter(|gate| step.named(gate.name()).is_none());
    let breach = |gate| {
        let removed = spec(gate).removed()?;
        Some(Breach {
            spot: spot.clone(),
            gate: gate.name().into(),
            message: format!(
                "the tombstone of gate {}, which was removed in {removed}, is gone, so the gate is unknown now",
                Name(gate.name())
            ),
            help: format!(
                "keep {} on `{}` while configurations may still set it",
                attribute::tombstone(gate, removed),
                step.enum_name()
            ),
        })
    };
    dropped.filter_map(breach).collect()
}
