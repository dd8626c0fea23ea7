//! Alpha and beta gates that are neither promoted nor removed.

use featuregate_core::__private::Name;
use featuregate_core::{GateSpec, Stage, Version};

use crate::finding::Finding;
use crate::lint::rule::{Policy, Rule, rule};
use crate::lint::transition::{Now, finding, milestone_at, spec};
use crate::source::declared::Declared;

pub(crate) const ALPHA: Rule = rule!(
    "old-alpha",
    Warning,
    "a gate has been alpha for too many releases",
    optional: true,
    expires: true,
    releases: Some(4),
);

pub(crate) const BETA: Rule = rule!(
    "old-beta",
    Warning,
    "a gate has been beta for too many releases",
    optional: true,
    expires: true,
    releases: Some(6),
);

/// How long a gate may stay at its stage.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Expiry {
    rule: &'static Rule,
    pub(crate) stage: Stage,
    /// The release since which it is at the stage.
    pub(crate) since: Version,
    /// For how many releases it may be.
    limit: u32,
}

impl Expiry {
    /// That of a gate at a release, if a policy limits its stage. `written` is its name as in a configuration.
    pub(crate) fn of(
        policy: &Policy,
        written: &str,
        spec: &GateSpec,
        release: Version,
    ) -> Option<Self> {
        let stage = milestone_at(spec, release).stage();
        let rule = match stage {
            Stage::Alpha => &ALPHA,
            Stage::Beta => &BETA,
            _ => return None,
        };
        if policy.level(rule).is_none() || policy.never_expires(rule, written) {
            return None;
        }
        let first = spec.milestones().iter().find(|milestone| milestone.stage() == stage)?;
        // The short form has no history to count from.
        let since = Some(first.since()).filter(|since| *since != Version::ZERO)?;
        Some(Self { rule, stage, since, limit: policy.releases(rule) })
    }

    /// The first release in which the gate is too long at its stage, among those with the major version of this one.
    pub(crate) fn due(self, release: Version) -> Version {
        if self.since.major() == release.major() {
            let minor = self.since.minor().saturating_add(self.limit).saturating_add(1);
            return Version::new(release.major(), minor);
        }
        // At least one release was before the first one.
        Version::new(release.major(), self.limit)
    }

    /// For how many minor releases the gate is at its stage; at least that many, where a major one is between.
    fn age(self, release: Version) -> u32 {
        if self.since.major() == release.major() {
            return release.minor().saturating_sub(self.since.minor());
        }
        release.minor().saturating_add(1)
    }
}

pub(crate) fn alpha(now: Now<'_>) -> Vec<Finding> {
    old(now, &ALPHA, "promote it to beta, or remove it")
}

pub(crate) fn beta(now: Now<'_>) -> Vec<Finding> {
    old(now, &BETA, "promote it to GA, or deprecate it")
}

fn old(now: Now<'_>, rule: &'static Rule, help: &str) -> Vec<Finding> {
    let version = now.component.version;
    let old = |declared: &Declared| {
        let spec = spec(&declared.gate);
        let written = now.component.written(declared.gate.name());
        let expiry = Expiry::of(now.policy, &written, &spec, version)?;
        if *expiry.rule != *rule || expiry.due(version) > version {
            return None;
        }
        let Expiry { stage, since, limit, .. } = expiry;
        let mut milestones = spec.milestones().iter().zip(&declared.milestones);
        let (_, spot) = milestones.find(|(milestone, _)| milestone.stage() == stage)?;
        let (name, age) = (Name(declared.gate.name()), expiry.age(version));
        let stage = stage.as_word();
        let message = format!(
            "gate {name} has been {stage} since {since}, for {age} releases, and the limit is {limit}"
        );
        Some(finding(rule, spot, declared.gate.name(), message, help))
    };
    now.gates().filter_map(old).collect()
}
