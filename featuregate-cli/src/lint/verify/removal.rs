//! Gates that are removed before a configuration could do without them, or later than they should be.

use featuregate_core::__private::Name;
use featuregate_core::manifest::Gate;
use featuregate_core::{GateSpec, Milestone, Stage, Version};

use crate::finding::Finding;
use crate::lint::rule::{Policy, Rule, rule};
use crate::lint::transition::{Now, Transition, finding, spec};
use crate::lint::verify::attribute;
use crate::source::declared::Declared;

pub(crate) const TOO_EARLY: Rule = rule!(
    "removed-too-early",
    Error,
    "a gate is removed while it is beta, or too soon after it was locked",
    // After its lock, as in Kubernetes.
    releases: Some(3),
);

pub(crate) const OVERDUE: Rule =
    rule!("overdue-removal", Error, "the release that was to remove a gate is reached");

/// Whether a gate without a tombstone is reported as removed too early, which says to restore it.
pub(super) fn is_early(transition: Transition<'_>, gate: &Gate) -> bool {
    transition.now.policy.level(&TOO_EARLY).is_some() && early(transition, gate, None).is_some()
}

pub(crate) fn too_early(transition: Transition<'_>) -> Vec<Finding> {
    let removals = transition.removals();
    removals.filter_map(|(gate, tombstone)| early(transition, gate, tombstone)).collect()
}

fn early(transition: Transition<'_>, gate: &Gate, tombstone: Option<&Declared>) -> Option<Finding> {
    let known = spec(gate);
    let declared = tombstone.map(|tombstone| spec(&tombstone.gate));
    let removed = declared.as_ref().and_then(GateSpec::removed);
    let removed = removed.unwrap_or(transition.now.component.version);
    // A short tombstone has no history.
    let spec = declared.as_ref().filter(|spec| !spec.milestones().is_empty()).unwrap_or(&known);
    let (objection, help) = objection(spec, removed, transition.now.policy)?;
    let back = if tombstone.is_some() { "make it a variant again" } else { "restore its variant" };
    let spot = match tombstone {
        Some(tombstone) => tombstone.removed.as_ref().unwrap_or(&tombstone.spot),
        None => transition.first_enum(),
    };
    let message = format!("gate {} is removed in {removed}, but {objection}", Name(gate.name()));
    Some(finding(&TOO_EARLY, spot, gate.name(), message, format!("{back}, and {help}")))
}

pub(crate) fn overdue(now: Now<'_>) -> Vec<Finding> {
    let version = now.component.version;
    let overdue = |declared: &Declared| {
        let spec = spec(&declared.gate);
        let gate = declared.gate.name();
        let due = spec.remove_in().filter(|due| *due <= version)?;
        let owner = match &declared.gate.spec.owner {
            Some(owner) => format!(" of {owner}"),
            None => String::new(),
        };
        let message = format!(
            "gate {}{owner} is due to be removed in {due}, and this is {version}",
            Name(gate)
        );
        let help = match objection(&spec, version, now.policy) {
            Some((objection, _)) => format!("give it a later remove_in, since {objection}"),
            None => format!(
                "remove its variant and write {}, or give it a later remove_in",
                attribute::tombstone(&declared.gate, version)
            ),
        };
        let spot = declared.remove_in.as_ref().unwrap_or(&declared.spot);
        Some(finding(&OVERDUE, spot, gate, message, help))
    };
    now.gates().filter_map(overdue).collect()
}

/// Why a gate with this history cannot be removed in that release, and what to do instead.
fn objection(spec: &GateSpec, removed: Version, policy: &Policy) -> Option<(String, String)> {
    let releases = policy.releases(&TOO_EARLY);
    let reached: Vec<&Milestone> =
        spec.milestones().iter().filter(|milestone| milestone.since() < removed).collect();
    let last = reached.last()?;
    let stage = last.stage().as_word();
    match last.stage() {
        Stage::PreAlpha | Stage::Alpha => None,
        Stage::Beta => Some((
            format!("it has been beta since {}, and a beta gate cannot be removed", last.since()),
            "promote it to GA or deprecate it, and lock it first".into(),
        )),
        Stage::Ga | Stage::Deprecated if !last.is_locked() => Some((
            format!(
                "it has been {stage} since {} without a lock, so it may still be set to either value",
                last.since()
            ),
            format!("lock it, as in {}", lock(last.stage(), removed)),
        )),
        Stage::Ga | Stage::Deprecated => {
            // The release since which no other value was possible.
            let of = |milestone: &&&Milestone| {
                milestone.is_locked() && milestone.default() == last.default()
            };
            let locked = reached.iter().rev().take_while(of).last()?.since();
            let earliest = Version::new(locked.major(), locked.minor().saturating_add(releases));
            let early = removed.major() == locked.major() && removed < earliest;
            early.then(|| {
                (
                    format!(
                        "it was locked in {locked}, and must stay for {releases} releases after that"
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
