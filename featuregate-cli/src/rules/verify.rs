//! The rules of `verify`.
//!
//! Some look at what is declared now, the others at what became of what a manifest had before. A rule's file
//! has its `RULE` and its `check`, which tells every breach.

pub(crate) mod alpha_on_by_default;
mod attribute;
pub(crate) mod dropped_tombstone;
pub(crate) mod illegal_transition;
pub(crate) mod invalid_declaration;
pub(crate) mod missing_tombstone;
pub(crate) mod no_doc;
pub(crate) mod no_issue;
pub(crate) mod no_owner;
pub(crate) mod old_alpha;
pub(crate) mod overdue_removal;
pub(crate) mod removed_too_early;
pub(crate) mod reused_name;
pub(crate) mod stale_manifest;

use featuregate_core::manifest::{Gate, Manifest};
use featuregate_core::{GateSpec, Milestone, Strictness, Version, lifecycle};

use featuregate_syntax::Code;

use super::{Policy, Rule};
use crate::source::{Component, Declared, Spot};

/// All of them.
pub(super) const RULES: &[&Rule] = &[
    &invalid_declaration::RULE,
    &alpha_on_by_default::RULE,
    &no_doc::RULE,
    &stale_manifest::RULE,
    &illegal_transition::RULE,
    &missing_tombstone::RULE,
    &removed_too_early::RULE,
    &dropped_tombstone::RULE,
    &reused_name::RULE,
    &overdue_removal::RULE,
    &no_owner::RULE,
    &no_issue::RULE,
    &old_alpha::RULE,
];

/// What is wrong, and where.
#[derive(Clone, Debug)]
pub(crate) struct Breach {
    pub(crate) spot: Spot,
    pub(crate) gate: String,
    pub(crate) message: String,
    pub(crate) help: String,
}

/// What is declared now.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Now<'a> {
    pub(crate) component: &'a Component,
    pub(crate) policy: &'a Policy,
}

/// From a manifest that there was to what is declared now.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step<'a> {
    pub(crate) before: &'a Manifest,
    pub(crate) now: Now<'a>,
}

/// A rule about what is declared now.
type OfNow = (&'static Rule, fn(Now<'_>) -> Vec<Breach>);

/// A rule about what became of a manifest.
type OfStep = (&'static Rule, fn(Step<'_>) -> Vec<Breach>);

/// The rules about what is declared, as far as an enum that compiles can break them.
pub(crate) const OF_NOW: &[OfNow] = &[
    (&overdue_removal::RULE, overdue_removal::check),
    (&no_owner::RULE, no_owner::check),
    (&no_issue::RULE, no_issue::check),
    (&old_alpha::RULE, old_alpha::check),
];

/// The rules over time.
pub(crate) const OVER_TIME: &[OfStep] = &[
    (&illegal_transition::RULE, illegal_transition::check),
    (&missing_tombstone::RULE, missing_tombstone::check),
    (&removed_too_early::RULE, removed_too_early::check),
    (&dropped_tombstone::RULE, dropped_tombstone::check),
    (&reused_name::RULE, reused_name::check),
];

/// The rule that a mistake in an enum breaks.
pub(crate) fn of_mistake(code: Option<Code>) -> &'static Rule {
    match code {
        Some(Code::Lifecycle(lifecycle::Rule::AlphaOn)) => &alpha_on_by_default::RULE,
        Some(Code::Doc) => &no_doc::RULE,
        _ => &invalid_declaration::RULE,
    }
}

impl<'a> Now<'a> {
    /// The gates that are not removed.
    fn gates(self) -> impl Iterator<Item = &'a Declared> {
        self.component.gates().filter(|declared| !is_removed(&declared.gate))
    }
}

impl<'a> Step<'a> {
    /// Whether a release was out when the manifest was written, so that what it said stays.
    ///
    /// A manifest of this very release is one of its development, in which its own milestones still change.
    fn is_out(self, release: Version) -> bool {
        let (before, now) = (self.before.version(), self.now.component.version);
        if before == now { release < now } else { release <= before.min(now) }
    }

    /// Whether a gate was in a release that is out.
    fn was_out(self, gate: &Gate) -> bool {
        spec(gate).introduced().is_some_and(|introduced| self.is_out(introduced))
    }

    /// The gates that the manifest had, without those that were removed by then.
    fn gates_before(self) -> impl Iterator<Item = &'a Gate> {
        self.before.gates().iter().filter(|gate| !is_removed(gate))
    }

    /// The gates that were removed by then.
    fn tombstones_before(self) -> impl Iterator<Item = &'a Gate> {
        self.before.gates().iter().filter(|gate| is_removed(gate))
    }

    /// What a name means now: a gate, a removed gate, or a former name of one.
    fn named(self, name: &str) -> Option<&'a Declared> {
        let component = self.now.component;
        component.get(name).or_else(|| component.formerly(name))
    }

    /// The gates that were there and have no variant any more: each with its tombstone, if it has one.
    fn removals(self) -> impl Iterator<Item = (&'a Gate, Option<&'a Declared>)> {
        self.gates_before().filter(move |gate| self.was_out(gate)).filter_map(
            move |gate| match self.named(gate.name()) {
                None => Some((gate, None)),
                Some(declared) => {
                    let tombstone =
                        declared.gate.name() == gate.name() && is_removed(&declared.gate);
                    tombstone.then_some((gate, Some(declared)))
                }
            },
        )
    }

    /// Where to point for a gate that is not there any more.
    fn gone(self) -> Option<Spot> {
        self.now.component.enums.first().map(|first| first.spot.clone())
    }

    /// The enum that a tombstone goes on.
    fn enum_name(self) -> &'a str {
        self.now.component.enums.first().map_or("", |first| &first.name)
    }
}

fn is_removed(gate: &Gate) -> bool {
    gate.spec.removed.is_some()
}

/// A gate's declaration as it stands, whether or not it obeys every rule.
fn spec(gate: &Gate) -> GateSpec {
    lifecycle::judge(gate.spec.clone(), Strictness::Data).0
}

/// What held for a gate in a release.
fn held(spec: &GateSpec, release: Version) -> Milestone {
    spec.at(release, release)
}
