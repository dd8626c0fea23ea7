//! What is declared now, and what became of what a manifest had before.

use std::sync::Arc;

use featuregate_core::manifest::{Gate, Manifest};
use featuregate_core::{GateSpec, Milestone, Strictness, Version, lifecycle};

use crate::code::checked::Checked;
use crate::finding::{About, Finding};
use crate::lint::rule::{Policy, Rule};
use crate::records::read::Tested;
use crate::source::component::Component;
use crate::source::declared::Declared;
use crate::source::diagnostic::Spot;

/// What is declared now.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Now<'a> {
    pub(crate) component: &'a Component,
    pub(crate) policy: &'a Policy,
    pub(crate) evidence: Evidence<'a>,
}

/// What is known about a program apart from its declarations.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Evidence<'a> {
    /// What its tests have read.
    pub(crate) tested: Option<Tested<'a>>,
    /// What its code uses.
    pub(crate) checked: Option<&'a Checked>,
}

/// From an earlier manifest to what is declared now.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Transition<'a> {
    pub(crate) before: &'a Manifest,
    pub(crate) now: Now<'a>,
}

impl<'a> Now<'a> {
    /// The gates that are not removed.
    pub(crate) fn gates(self) -> impl Iterator<Item = &'a Declared> {
        self.component.gates().filter(|declared| !is_removed(&declared.gate))
    }
}

impl<'a> Transition<'a> {
    /// Whether a release was published when the manifest was written, so that its history cannot change.
    ///
    /// A manifest of the current release is one of its development, in which its own milestones still change.
    pub(crate) fn is_published(self, release: Version) -> bool {
        let (before, now) = (self.before.version(), self.now.component.version);
        if before == now { release < now } else { release <= before.min(now) }
    }

    /// What a name means now: a gate, a removed gate, or a former name of one.
    pub(crate) fn named(self, name: &str) -> Option<&'a Declared> {
        let component = self.now.component;
        component.get(name).or_else(|| component.formerly(name))
    }

    /// The gates that no longer have a variant: each with its tombstone, if it has one.
    pub(crate) fn removals(self) -> impl Iterator<Item = (&'a Gate, Option<&'a Declared>)> {
        let published = move |gate: &&Gate| {
            let introduced = spec(gate).introduced();
            !is_removed(gate) && introduced.is_some_and(|release| self.is_published(release))
        };
        let gates = self.before.gates().iter().filter(published);
        gates.filter_map(move |gate| match self.named(gate.name()) {
            None => Some((gate, None)),
            Some(declared) => {
                let tombstone = declared.gate.name() == gate.name() && is_removed(&declared.gate);
                tombstone.then_some((gate, Some(declared)))
            }
        })
    }

    /// Where to point for a gate that is no longer declared.
    pub(crate) fn first_enum(self) -> &'a Spot {
        &self.now.component.first().spot
    }

    /// The enum that a tombstone goes on.
    pub(crate) fn enum_name(self) -> &'a str {
        &self.now.component.first().name
    }
}

pub(crate) fn is_removed(gate: &Gate) -> bool {
    gate.spec.removed.is_some()
}

/// A gate's declaration, whether or not it obeys every rule.
pub(crate) fn spec(gate: &Gate) -> GateSpec {
    lifecycle::judge(gate.spec.clone(), Strictness::Data).0
}

/// The milestone that applies in a release.
pub(crate) fn milestone_at(spec: &GateSpec, release: Version) -> Milestone {
    spec.at(release, release)
}

/// A finding about a declaration. The level is that of the rule, unless a policy sets another one.
pub(crate) fn finding(
    rule: &Rule,
    spot: &Spot,
    gate: &str,
    message: String,
    help: impl Into<Box<str>>,
) -> Finding {
    let (message, help) = (message.into(), help.into());
    Finding {
        about: Arc::new(About { rule: rule.name, gate: gate.into(), value: None, message, help }),
        level: rule.level,
        target: None,
        path: spot.path.clone(),
        location: spot.location,
        span: spot.span.clone(),
        fix: None,
    }
}
