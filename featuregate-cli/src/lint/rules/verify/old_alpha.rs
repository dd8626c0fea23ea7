//! An alpha gate that nobody decides about.

use featuregate_core::quote::Name;
use featuregate_core::{Milestone, Stage, Version};

use super::{Breach, Now, held, spec};
use crate::finding::Level;
use crate::lint::rules::Rule;
use crate::source::Declared;

pub(crate) const RULE: Rule = Rule {
    name: "old-alpha",
    level: Level::Warning,
    optional: true,
    releases: Some(4),
    summary: "a gate has been alpha for more than so many releases",
    page: include_str!("../../../../docs/rules/old-alpha.md"),
    ..Rule::USUAL
};

pub(crate) fn check(now: Now<'_>) -> Vec<Breach> {
    let releases = now.policy.releases(&RULE);
    now.gates().filter_map(|declared| breach(declared, now.component.version, releases)).collect()
}

fn breach(declared: &Declared, version: Version, releases: u32) -> Option<Breach> {
    let told = spec(&declared.gate);
    if held(&told, version).stage() != Stage::Alpha {
        return None;
    }
    let alpha = |milestone: &Milestone| milestone.stage() == Stage::Alpha;
    let at = told.milestones().iter().position(alpha)?;
    // The short form has no history to count from.
    let since = told.milestones().get(at)?.since();
    let age = age(since, version).filter(|age| since != Version::ZERO && *age > releases)?;
    Some(Breach {
        spot: declared.milestones.get(at).unwrap_or(&declared.spot).clone(),
        gate: declared.gate.name().into(),
        message: format!(
            "gate {} is alpha since {since}, {age} releases ago, and may be for {releases}",
            Name(declared.gate.name())
        ),
        help: "let it become beta, or remove it".into(),
    })
}

/// How many minor releases lie between two; at least that many, where a major one does.
fn age(since: Version, version: Version) -> Option<u32> {
    if since.major() == version.major() {
        return version.minor().checked_sub(since.minor());
    }
    (since < version).then(|| version.minor().saturating_add(1))
}
