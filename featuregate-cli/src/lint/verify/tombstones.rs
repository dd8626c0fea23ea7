//! Removed gates without a tombstone, which a configuration would set as unknown gates.

use featuregate_core::__private::Name;

use crate::finding::Finding;
use crate::lint::rule::{Rule, rule};
use crate::lint::transition::{Transition, finding, spec};
use crate::lint::verify::{attribute, removal};

pub(crate) const MISSING: Rule =
    rule!("missing-tombstone", Error, "a gate was removed without a tombstone");

pub(crate) const DROPPED: Rule =
    rule!("dropped-tombstone", Warning, "the tombstone of a removed gate was deleted");

pub(crate) fn missing(transition: Transition<'_>) -> Vec<Finding> {
    let spot = transition.first_enum();
    // One that is removed too early is reported as such: a tombstone would be wrong as well.
    let missing = transition
        .removals()
        .filter(|(gate, tombstone)| tombstone.is_none() && !removal::is_early(transition, gate));
    let report = missing.map(|(gate, _)| {
        let message = format!("gate {} was removed without a tombstone", Name(gate.name()));
        let help = format!(
            "write {} on `{}`",
            attribute::tombstone(gate, transition.now.component.version),
            transition.enum_name()
        );
        finding(&MISSING, spot, gate.name(), message, help)
    });
    report.collect()
}

pub(crate) fn dropped(transition: Transition<'_>) -> Vec<Finding> {
    let spot = transition.first_enum();
    let gates = transition.before.gates().iter();
    let dropped = gates.filter(|gate| transition.named(gate.name()).is_none());
    let report = dropped.filter_map(|gate| {
        let removed = spec(gate).removed()?;
        let message = format!(
            "the tombstone of gate {}, which was removed in {removed}, was deleted",
            Name(gate.name())
        );
        let help = format!(
            "keep {} on `{}` while configurations may still set the gate",
            attribute::tombstone(gate, removed),
            transition.enum_name()
        );
        Some(finding(&DROPPED, spot, gate.name(), message, help))
    });
    report.collect()
}
