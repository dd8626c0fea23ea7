//! A gate that is removed before its users could do without it.

use featuregate_core::manifest::Gate;
use featuregate_core::quote::Name;
use featuregate_core::{GateSpec, Milestone, Stage, Version};

use super::{Breach, Step, spec};
use crate::finding::Level;
use crate::lint::rules::{Policy, Rule};
use crate::source::Declared;

pub(crate) const RULE: Rule = Rule {
    name: "removed-too-early",
    level: Level::Error,
    // A gate stays so many after it was locked, as in Kubernetes.
    releases: Some(3),
    summary: "a gate is removed while it is beta, or too soon after it was locked",
    page: include_str!("../../../../docs/rules/removed-too-early.md"),
    ..Rule::USUAL
};

pub(crate) fn check(step: Step<'_>) -> Vec<Breach> {
    step.removals().filter_map(|(gate, tombstone)| breach(step, gate, tombstone)).collect()
}

fn breach(step: Step<'_>, gate: &Gate, tombstone: Option<&Declared>) -> Option<Breach> {
    let known = spec(gate);
    let declared = tombstone.map(|tombstone| spec(&tombstone.gate));
    let removed = declared.as_ref().and_then(GateSpec::removed);
    let removed = removed.unwrap_or(step.now.component.version);
    // A short tombstone has no history.
    let told = declared.as_ref().filter(|told| !told.milestones().is_empty()).unwrap_or(&known);
    let (problem, help) = objection(told, removed, step.now.policy)?;
    let back =
        if tombstone.is_some() { "make it a variant again" } else { "bring its variant back" };
    let spot = match tombstone {
        Some(tombstone) => tombstone.removed.as_ref().unwrap_or(&tombstone.spot).clone(),
        None => step.gone()?,
    };
    Some(Breach {
        spot,
        gate: gate.name().into(),
        message: format!("gate {} is removed in {removed}, but {problem}", Name(gate.name())),
        help: format!("{back}, and {help}"),
    })
}

/// Why a gate with this history can't go in that release, and what would be right.
pub(super) fn objection(
    told: &GateSpec,
    removed: Version,
    policy: &Policy,
) -> Option<(String, String)> {
    let releases = policy.releases(&RULE);
    let happened: Vec<&Milestone> =
        told.milestones().iter().filter(|milestone| milestone.since() < removed).collect();
    let last = happened.last()?;
    let stage = last.stage().as_word();
    match last.stage() {
        Stage::PreAlpha | Stage::Alpha => None,
        Stage::Beta => Some((
            format!("it is beta since {}, and a beta gate is never removed", last.since()),
            "let it become GA, or deprecated, and locked before it goes".into(),
        )),
        Stage::Ga | Stage::Deprecated if !last.locked() => Some((
            format!(
                "it is {stage} since {} and not locked, so it may still be set either way",
                last.since()
            ),
            format!("lock it, as in {}", lock(last.stage(), removed)),
        )),
        Stage::Ga | Stage::Deprecated => {
            // The release from which on nobody could have another value.
            let of = |milestone: &&&Milestone| {
                milestone.locked() && milestone.default() == last.default()
            };
            let locked = happened.iter().rev().take_while(of).last()?.since();
            let earliest = Version::new(locked.major(), locked.minor().saturating_add(releases));
            let early = removed.major() == locked.major() && removed < earliest;
            early.then(|| {
                (
                    format!(
                        "it is locked only since {locked}, and stays {releases} releases after that"
                    ),
                    format!("remove it in {earliest}"),
                )
            })
        }
    }
}

fn lock(stage: Stage, release: Version) -> String {
    match stage {
        Stage::Deprecated => format!("deprecated(since = \"{release}\", locked = true)"),
        _ => format!("ga = \"{release}\""),
    }
}
