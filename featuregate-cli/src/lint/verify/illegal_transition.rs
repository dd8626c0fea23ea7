//! A published history that is declared differently now.

use std::iter;

use featuregate_core::__private::{Name, on_or_off};
use featuregate_core::manifest::Gate;
use featuregate_core::{GateSpec, Milestone, Stage, Version};

use crate::finding::Finding;
use crate::lint::rule::{Rule, rule};
use crate::lint::transition::{Transition, finding, milestone_at, spec};
use crate::lint::verify::attribute;
use crate::source::declared::Declared;

pub(crate) const RULE: Rule =
    rule!("illegal-transition", Error, "the history of a gate changes for a published release");

pub(crate) fn check(transition: Transition<'_>) -> Vec<Finding> {
    let both = transition
        .before
        .gates()
        .iter()
        .filter_map(|gate| Some((gate, transition.now.component.get(gate.name())?)));
    both.flat_map(|(before, now)| {
        [history(transition, before, now), removal(transition, before, now)].into_iter().flatten()
    })
    .collect()
}

/// The first published release for which the history is different now.
fn history(transition: Transition<'_>, before: &Gate, now: &Declared) -> Option<Finding> {
    let (known, declared) = (spec(before), spec(&now.gate));
    if known.milestones().is_empty() || declared.milestones().is_empty() {
        return None;
    }
    let release = first_difference(&known, &declared, |release| transition.is_published(release))?;
    let (was, is) = (milestone_at(&known, release), milestone_at(&declared, release));
    let name = Name(before.name());
    let backwards = is.stage().comes_before(was.stage());
    let why = if backwards { ", but a stage cannot go back" } else { "" };
    let message = format!(
        "gate {name} was {} in {release}, which is published, and is now declared as {} there{why}",
        described(&was),
        described(&is)
    );
    let version = transition.now.component.version;
    // The milestone of that release, and all later ones that are published.
    let first = release.max(known.introduced()?);
    let later = known.milestones().iter().map(Milestone::since);
    let later = later.filter(|since| *since > first && transition.is_published(*since));
    let kept = iter::once(first).chain(later);
    let kept: Vec<String> =
        kept.filter_map(|release| attribute::milestone(&known, release)).collect();
    let kept = kept.join(", ");
    let help = if was.stage() == Stage::PreAlpha {
        format!("begin its history with {kept}, as before")
    } else {
        format!("keep {kept}, and add a milestone since {version} for the change")
    };
    let mut spots = declared.milestones().iter().zip(&now.milestones).rev();
    let spot = spots.find(|(milestone, _)| milestone.since() <= release);
    let spot = spot.map_or(&now.spot, |(_, spot)| spot);
    Some(finding(&RULE, spot, before.name(), message, help))
}

/// `beta, off by default`, or `GA and locked on`.
fn described(milestone: &Milestone) -> String {
    let value = on_or_off(milestone.default());
    match (milestone.stage(), milestone.is_locked()) {
        (Stage::PreAlpha, _) => "not introduced".into(),
        (stage, true) => format!("{} and locked {value}", stage.as_word()),
        (stage, false) => format!("{}, {value} by default", stage.as_word()),
    }
}

/// Histories differ where their milestones do, so only these releases need to be looked at.
fn first_difference(
    known: &GateSpec,
    declared: &GateSpec,
    is_published: impl Fn(Version) -> bool,
) -> Option<Version> {
    let of = |milestone: Milestone| (milestone.stage(), milestone.default(), milestone.is_locked());
    let both = known.milestones().iter().chain(declared.milestones()).map(Milestone::since);
    let differs = |release: &Version| {
        // What is declared in code has no minimum compatibility version.
        of(milestone_at(known, *release)) != of(milestone_at(declared, *release))
    };
    both.filter(|release| is_published(*release)).filter(differs).min()
}

/// A published removal stays in its release.
fn removal(transition: Transition<'_>, before: &Gate, now: &Declared) -> Option<Finding> {
    let (was, is) = (spec(before).removed()?, spec(&now.gate).removed()?);
    if was == is || !transition.is_published(was.min(is)) {
        return None;
    }
    let message = format!(
        "gate {} was removed in {was}, and is now declared as removed in {is}",
        Name(before.name())
    );
    let spot = now.removed.as_ref().unwrap_or(&now.spot);
    Some(finding(&RULE, spot, before.name(), message, format!("keep removed = \"{was}\"")))
}
