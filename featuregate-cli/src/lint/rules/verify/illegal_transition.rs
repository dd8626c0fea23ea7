//! History that was released and is told differently now.

use std::iter;

use featuregate_core::manifest::Gate;
use featuregate_core::quote::{Name, on_or_off};
use featuregate_core::{GateSpec, Milestone, Stage, Version};

use super::{Breach, Step, attribute, held, is_removed, spec};
use crate::finding::Level;
use crate::lint::rules::Rule;
use crate::source::Declared;

pub(crate) const RULE: Rule = Rule {
    name: "illegal-transition",
    level: Level::Error,
    summary: "the history of a gate changes for a release that is out",
    page: include_str!("../../../../docs/rules/illegal-transition.md"),
    ..Rule::USUAL
};

pub(crate) fn check(step: Step<'_>) -> Vec<Breach> {
    let both = step
        .before
        .gates()
        .iter()
        .filter_map(|gate| Some((gate, step.now.component.get(gate.name())?)));
    both.flat_map(|(before, now)| {
        [history(step, before, now), removal(step, before, now)].into_iter().flatten()
    })
    .collect()
}

/// The first release that is out for which another thing is said now.
fn history(step: Step<'_>, before: &Gate, now: &Declared) -> Option<Breach> {
    let (known, declared) = (spec(before), spec(&now.gate));
    if known.milestones().is_empty() || declared.milestones().is_empty() {
        return None;
    }
    let release = first_difference(&known, &declared, |release| step.is_out(release))?;
    let (was, is) = (held(&known, release), held(&declared, release));
    let name = Name(before.name());
    let backwards = is.stage().comes_before(was.stage());
    let why = if backwards { ", but a stage never goes back" } else { "" };
    let message = format!(
        "gate {name} was {} in {release}, which is out, and is {} there now{why}",
        told(&was),
        told(&is)
    );
    let version = step.now.component.version;
    // That which held then, and all that came out after it.
    let first = release.max(known.introduced()?);
    let later = known.milestones().iter().map(Milestone::since);
    let later = later.filter(|since| *since > first && step.is_out(*since));
    let kept = iter::once(first).chain(later);
    let kept: Vec<String> =
        kept.filter_map(|release| attribute::milestone(&known, release)).collect();
    let kept = kept.join(", ");
    let help = if was.stage() == Stage::PreAlpha {
        format!("let it begin with {kept}, as before")
    } else {
        format!("keep {kept}; what changes from now on is a milestone of its own since {version}")
    };
    let at = declared.milestones().iter().rposition(|milestone| milestone.since() <= release);
    let spot = at.and_then(|at| now.milestones.get(at)).unwrap_or(&now.spot);
    Some(Breach { spot: spot.clone(), gate: before.name().into(), message, help })
}

/// `beta, off by default`, or `GA and locked on`.
fn told(milestone: &Milestone) -> String {
    let value = on_or_off(milestone.default());
    match (milestone.stage(), milestone.locked()) {
        (Stage::PreAlpha, _) => "not there yet".into(),
        (stage, true) => format!("{} and locked {value}", stage.as_word()),
        (stage, false) => format!("{}, {value} by default", stage.as_word()),
    }
}

/// Histories differ where their milestones do, so only these releases need to be looked at.
fn first_difference(
    known: &GateSpec,
    told: &GateSpec,
    out: impl Fn(Version) -> bool,
) -> Option<Version> {
    let of = |milestone: Milestone| (milestone.stage(), milestone.default(), milestone.locked());
    let both = known.milestones().iter().chain(told.milestones()).map(Milestone::since);
    let differs = |release: &Version| {
        // What is declared in code has no minimum compatibility version.
        of(held(known, *release)) != of(held(told, *release))
    };
    both.filter(|release| out(*release)).filter(differs).min()
}

/// A removal that is out stays where it was.
fn removal(step: Step<'_>, before: &Gate, now: &Declared) -> Option<Breach> {
    let (was, is) = (spec(before).removed()?, spec(&now.gate).removed()?);
    if was == is || !is_removed(before) || !step.is_out(was.min(is)) {
        return None;
    }
    let name = Name(before.name());
    Some(Breach {
        spot: now.removed.as_ref().unwrap_or(&now.spot).clone(),
        gate: before.name().into(),
        message: format!("gate {name} was removed in {was}, and is said to be removed in {is} now"),
        help: format!("keep removed = \"{was}\""),
    })
}
