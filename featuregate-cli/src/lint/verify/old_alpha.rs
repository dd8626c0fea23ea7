//! An alpha gate that is neither promoted nor removed.

use featuregate_core::__private::Name;
use featuregate_core::{Stage, Version};

use crate::finding::Finding;
use crate::lint::rule::{Rule, rule};
use crate::lint::transition::{Now, finding, milestone_at, spec};
use crate::source::declared::Declared;

/// How many releases a gate may be alpha.
const RELEASES: u32 = 4;

pub(crate) const RULE: Rule = rule!(
    "old-alpha",
    Warning,
    "a gate has been alpha for too many releases",
    optional: true,
    releases: Some(RELEASES),
);

pub(crate) fn check(now: Now<'_>) -> Vec<Finding> {
    let most = now.policy.releases(&RULE, RELEASES);
    now.gates().filter_map(|declared| old(declared, now.component.version, most)).collect()
}

fn old(declared: &Declared, version: Version, most: u32) -> Option<Finding> {
    let spec = spec(&declared.gate);
    if milestone_at(&spec, version).stage() != Stage::Alpha {
        return None;
    }
    let mut milestones = spec.milestones().iter().zip(&declared.milestones);
    let (first, spot) = milestones.find(|(milestone, _)| milestone.stage() == Stage::Alpha)?;
    // The short form has no history to count from.
    let since = first.since();
    let age = age(since, version).filter(|age| since != Version::ZERO && *age > most)?;
    let gate = declared.gate.name();
    let message = format!(
        "gate {} has been alpha since {since}, for {age} releases, and the limit is {most}",
        Name(gate)
    );
    Some(finding(&RULE, spot, gate, message, "promote it to beta, or remove it"))
}

/// How many minor releases are between two; at least that many, where a major one is.
fn age(since: Version, version: Version) -> Option<u32> {
    if since.major() == version.major() {
        return version.minor().checked_sub(since.minor());
    }
    (since < version).then(|| version.minor().saturating_add(1))
}
