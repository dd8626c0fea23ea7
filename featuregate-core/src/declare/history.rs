//! Whether the histories of two gates fit together, one of which requires the other.
//!
//! The rules are `const`, since the derive's expansion applies them to gates of two enums while the
//! program is compiled.

use crate::declare::milestone::Milestone;
use crate::declare::version::Version;

/// What must be true of two gates at each version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PairRule {
    /// What is required is as stable.
    Stage,
    /// What a gate that is on by default requires is on by default too.
    Default,
    /// What a locked gate requires is locked too.
    Lock,
    /// What a gate that can be on implies can be on too.
    CanBeOn,
}

impl PairRule {
    /// Those of a required gate, in the order in which Kubernetes looks at them.
    pub const REQUIRES: &'static [Self] = &[Self::Stage, Self::Default, Self::Lock];
    /// Those of an implied gate.
    pub const IMPLIES: &'static [Self] = &[Self::CanBeOn, Self::Stage, Self::Default, Self::Lock];

    const fn broken(self, gate: &Milestone, needed: &Milestone) -> bool {
        match self {
            Self::Stage => gate.stage.reliability() > needed.stage.reliability(),
            Self::Default => gate.default && !needed.default,
            Self::Lock => gate.locked && !needed.locked,
            Self::CanBeOn => gate.can_be_on() && !needed.can_be_on(),
        }
    }
}

/// The first version at which two histories do not fit.
#[derive(Clone, Copy, Debug)]
pub struct Mismatch {
    /// The version.
    pub at: Version,
    /// Whether it shows only at a later milestone of the gate depended on, which Kubernetes does not
    /// look at.
    pub later: bool,
    /// What applies to the dependent gate.
    pub gate: Milestone,
    /// What applies to the one depended on.
    pub needed: Milestone,
}

/// Where a gate with one history cannot require one with the other.
///
/// It looks at each milestone of the dependent gate, as Kubernetes does, and then at each milestone that
/// the gate depended on has once the dependent one exists.
#[must_use]
#[expect(
    clippy::indexing_slicing,
    reason = "a const fn has no iterators; the bounds are the lengths"
)]
pub const fn first_mismatch(
    rule: PairRule,
    gate: &[Milestone],
    needed: &[Milestone],
) -> Option<Mismatch> {
    let mut own = 0;
    while own < gate.len() {
        let (at, min_compat) = (gate[own].since, usual_min_compat(&gate[own]));
        let then = applies_at(needed, at, min_compat);
        if rule.broken(&gate[own], &then) {
            return Some(Mismatch { at, later: false, gate: gate[own], needed: then });
        }
        own += 1;
    }
    let mut later = 0;
    while later < needed.len() {
        let entry = &needed[later];
        later += 1;
        if gate.is_empty() || entry.since.is_before(gate[0].since) {
            continue;
        }
        let at = entry.since;
        // An entry that another one of its version refines applies by itself only where older releases
        // must be supported.
        let oldest = match entry.min_compat {
            Some(version) => version,
            None => Version::ZERO,
        };
        let points = [oldest, usual_min_compat(entry)];
        let mut point = 0;
        while point < points.len() {
            let (own, then) =
                (applies_at(gate, at, points[point]), applies_at(needed, at, points[point]));
            if rule.broken(&own, &then) {
                return Some(Mismatch { at, later: true, gate: own, needed: then });
            }
            point += 1;
        }
    }
    None
}

/// The minimum compatibility version at which a milestone is judged: its own, or the usual one.
const fn usual_min_compat(milestone: &Milestone) -> Version {
    match milestone.min_compat {
        Some(version) => version,
        None => milestone.since.previous_minor(),
    }
}

/// What applies at an emulated version and a minimum compatibility version: see
/// [`GateSpec::at`](crate::GateSpec::at).
#[expect(clippy::indexing_slicing, reason = "a const fn has no iterators; the bound is the length")]
pub(crate) const fn applies_at(
    history: &[Milestone],
    emulated: Version,
    min_compat: Version,
) -> Milestone {
    let mut position = history.len();
    while position > 0 {
        position -= 1;
        if applies(&history[position], emulated, min_compat) {
            return history[position];
        }
    }
    Milestone::BEFORE_THE_FIRST
}

/// Whether a milestone applies at these versions, unless a later one does.
pub(crate) const fn applies(milestone: &Milestone, emulated: Version, min_compat: Version) -> bool {
    let compatible = match milestone.min_compat {
        Some(needed) => !min_compat.is_before(needed),
        None => true,
    };
    compatible && !emulated.is_before(milestone.since)
}
