//! What one gate may require of another. Kubernetes' rules of `AddDependencies`, checked at every
//! version at which either history has a milestone.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use crate::declare::gate_set::GateSet;
use crate::declare::lifecycle::word;
use crate::declare::milestone::Milestone;
use crate::declare::spec::GateSpec;
use crate::declare::stage::Stage;
use crate::declare::version::Version;
use crate::quote::Name;

/// A dependency that can't hold. `Display` says which, and what would be right.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DependencyFault {
    /// The dependent gate is not known.
    UnknownDependent {
        /// The name that is not known.
        gate: String,
    },
    /// The gate depended on is not known.
    Unknown {
        /// The dependent gate.
        gate: String,
        /// The name that is not known.
        dependency: String,
    },
    /// The gate depended on is less stable at some version.
    Stage(Mismatch),
    /// The gate is on by default and the one depended on is off by default at some version.
    Default(Mismatch),
    /// The gate is locked and the one depended on is not locked at some version.
    Lock(Mismatch),
    /// The gates require each other in a circle.
    Cycle {
        /// The members, each requiring another one of them; in the order of declaration.
        members: Vec<String>,
    },
}

/// Where the histories of two gates don't fit together.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mismatch {
    /// The dependent gate.
    pub gate: String,
    /// The gate depended on.
    pub dependency: String,
    /// The version at which it shows.
    pub at: Version,
    /// Whether it shows only at a later milestone of the gate depended on, which Kubernetes does
    /// not look at.
    pub later: bool,
    /// The stage of the dependent gate at that version.
    pub stage: Stage,
    /// The stage of the gate depended on at that version.
    pub dependency_stage: Stage,
}

impl fmt::Display for DependencyFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownDependent { gate } => write!(
                f,
                "no gate is named {}, so it can't require another; register it first",
                Name(gate)
            ),
            Self::Unknown { gate, dependency } => write!(
                f,
                "gate {} requires {}, which no gate is named; register it first or correct the name",
                Name(gate),
                Name(dependency)
            ),
            Self::Stage(Mismatch { gate, dependency, at, stage, dependency_stage, .. }) => write!(
                f,
                "gate {} is {} at {at} but requires {}, which {} then; what it requires must be as stable",
                Name(gate),
                word(*stage),
                Name(dependency),
                told(*dependency_stage)
            ),
            Self::Default(Mismatch { gate, dependency, at, .. }) => write!(
                f,
                "gate {0} is on by default at {at} but requires {1}, which is off by default then; make {0} off by default, or {1} on",
                Name(gate),
                Name(dependency)
            ),
            Self::Lock(Mismatch { gate, dependency, at, .. }) => write!(
                f,
                "gate {0} is locked at {at} but requires {1}, which is not locked then; lock {1}, or don't lock {0}",
                Name(gate),
                Name(dependency)
            ),
            Self::Cycle { members } if members.len() == 1 => {
                let gate = members.first().map_or("", String::as_str);
                write!(f, "gate {} requires itself; drop that dependency", Name(gate))
            }
            Self::Cycle { members } => {
                /// The most members that a message names.
                const SHOWN: usize = 20;
                f.write_str("gates require each other in a circle: ")?;
                for member in members.iter().take(SHOWN) {
                    write!(f, "{}, ", Name(member))?;
                }
                if let Some(more) = members.len().checked_sub(SHOWN).filter(|more| *more > 0) {
                    write!(f, "{more} more, ")?;
                }
                f.write_str("so none can be on before the others; drop one of these dependencies")
            }
        }
    }
}

/// What a stage means for whoever requires its gate.
fn told(stage: Stage) -> &'static str {
    match stage {
        Stage::PreAlpha => "does not exist",
        Stage::Alpha => "is only alpha",
        Stage::Beta => "is only beta",
        Stage::Ga => "is GA",
        Stage::Deprecated => "is deprecated",
    }
}

/// Checks all dependencies of a set: unknown gates, histories that don't fit, cycles.
///
/// Faults come in the order of the gates, cycles last.
#[must_use]
pub fn check(set: &GateSet) -> Vec<DependencyFault> {
    let mut faults = Vec::new();
    for gate in set.gates() {
        for name in &gate.requires {
            match set.get(name) {
                None => faults.push(DependencyFault::Unknown {
                    gate: gate.name.to_string(),
                    dependency: name.to_string(),
                }),
                Some(dependency) => check_edge(gate, dependency, &mut faults),
            }
        }
    }
    faults.extend(cycles(set).into_iter().map(|members| DependencyFault::Cycle { members }));
    faults
}

/// Compares two histories; each rule is told once, at the first version where it is broken, with what
/// Kubernetes sees first.
fn check_edge(gate: &GateSpec, dependency: &GateSpec, faults: &mut Vec<DependencyFault>) {
    type Wrap = fn(Mismatch) -> DependencyFault;
    type Broken = fn(&Milestone, &Milestone) -> bool;
    let rules: [(Wrap, Broken); 3] = [
        (DependencyFault::Stage, |gate, needed| {
            gate.stage.reliability() > needed.stage.reliability()
        }),
        (DependencyFault::Default, |gate, needed| gate.default && !needed.default),
        (DependencyFault::Lock, |gate, needed| gate.locked && !needed.locked),
    ];
    for (wrap, broken) in rules {
        let is_broken = |pair: &Pair| broken(&pair.gate, &pair.needed);
        let own = own_points(gate, dependency).find(is_broken);
        let later = own.is_none();
        let Some(pair) = own.or_else(|| later_points(gate, dependency).find(is_broken)) else {
            continue;
        };
        faults.push(wrap(Mismatch {
            gate: gate.name.to_string(),
            dependency: dependency.name.to_string(),
            at: pair.at,
            later,
            stage: pair.gate.stage,
            dependency_stage: pair.needed.stage,
        }));
    }
}

/// What holds for both gates at one point.
struct Pair {
    at: Version,
    gate: Milestone,
    needed: Milestone,
}

/// Each milestone of the dependent gate, with what holds then for the other one. This is what
/// Kubernetes looks at.
fn own_points<'a>(
    gate: &'a GateSpec,
    dependency: &'a GateSpec,
) -> impl Iterator<Item = Pair> + use<'a> {
    gate.milestones.iter().map(|own| Pair {
        at: own.since,
        gate: *own,
        needed: dependency.at(own.since, usual_min_compat(own)),
    })
}

/// What holds for both at each milestone that the gate depended on has once the dependent one exists.
fn later_points<'a>(
    gate: &'a GateSpec,
    dependency: &'a GateSpec,
) -> impl Iterator<Item = Pair> + use<'a> {
    let first = gate.milestones.first().map(|first| first.since);
    let milestones = dependency.milestones.iter();
    milestones
        .filter(move |needed| first.is_some_and(|first| first <= needed.since))
        .flat_map(|needed| {
            // An entry that another one of its version refines holds by itself only where older
            // releases must be supported.
            let oldest = needed.min_compat.unwrap_or(Version::ZERO);
            [(needed.since, oldest), (needed.since, usual_min_compat(needed))]
        })
        .map(|(at, min_compat)| Pair {
            at,
            gate: gate.at(at, min_compat),
            needed: dependency.at(at, min_compat),
        })
}

/// The minimum compatibility version at which a milestone is judged: its own, or the usual one.
fn usual_min_compat(milestone: &Milestone) -> Version {
    milestone.min_compat.unwrap_or(milestone.since.previous_minor())
}

/// The strongly connected components with a cycle: Tarjan's algorithm with an explicit stack, since a
/// chain of gates may be longer than the thread's.
fn cycles(set: &GateSet) -> Vec<Vec<String>> {
    #[derive(Clone, Copy, Default)]
    struct Seen {
        order: usize,
        low: usize,
        open: bool,
    }
    let count = set.gates().len();
    let mut seen: Vec<Option<Seen>> = alloc::vec![None; count];
    let mut order = 0;
    let mut open: Vec<usize> = Vec::new();
    let mut found: Vec<Vec<usize>> = Vec::new();
    for root in 0..count {
        let mut path: Vec<(usize, usize)> = alloc::vec![(root, 0)];
        while let Some((gate, edge)) = path.pop() {
            let state = seen.get(gate).copied().flatten();
            if edge == 0 {
                if state.is_some() {
                    continue;
                }
                order += 1;
                open.push(gate);
                if let Some(slot) = seen.get_mut(gate) {
                    *slot = Some(Seen { order, low: order, open: true });
                }
            }
            // Back from the edge before this one: what it reached counts for this gate too.
            let reached = edge.checked_sub(1).and_then(|edge| set.requires(gate).get(edge));
            if let Some(child) = reached.and_then(|&child| seen.get(child).copied().flatten()) {
                if let Some(Some(own)) = seen.get_mut(gate).filter(|_| child.open) {
                    own.low = own.low.min(child.low);
                }
            }
            if let Some(&next) = set.requires(gate).get(edge) {
                path.push((gate, edge + 1));
                path.push((next, 0));
                continue;
            }
            let Some(Some(own)) = seen.get(gate).copied() else {
                continue;
            };
            if own.low == own.order {
                let start = open.iter().rposition(|&member| member == gate).unwrap_or(0);
                let members = open.split_off(start);
                for &member in &members {
                    if let Some(Some(member)) = seen.get_mut(member) {
                        member.open = false;
                    }
                }
                if members.len() > 1 || set.requires(gate).contains(&gate) {
                    found.push(members);
                }
            }
        }
    }
    for members in &mut found {
        members.sort_unstable();
    }
    found.sort_unstable_by_key(|members| members.first().copied());
    let name = |position: &usize| set.gates().get(*position).map(|gate| gate.name.to_string());
    found.iter().map(|members| members.iter().filter_map(name).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::declare::lifecycle::{Strictness, validate};
    use crate::declare::milestone::RawMilestone as M;
    use crate::declare::spec::RawSpec;

    /// The faults where `X` requires `Y`: the kind, its version, and whether only `Y` shows it.
    fn faults(x: &[M], y: &[M]) -> Vec<(&'static str, Version, bool)> {
        let mut set = GateSet::new();
        for (name, milestones) in [("X", x), ("Y", y)] {
            let raw = milestones.iter().cloned().fold(RawSpec::new(name), RawSpec::milestone);
            set.insert(validate(raw, Strictness::Data).unwrap());
        }
        set.require("X", ["Y".into()]);
        set.link();
        let told = |fault: &DependencyFault| match fault {
            DependencyFault::Stage(mismatch) => ("stage", mismatch.at, mismatch.later),
            DependencyFault::Default(mismatch) => ("default", mismatch.at, mismatch.later),
            DependencyFault::Lock(mismatch) => ("lock", mismatch.at, mismatch.later),
            other => panic!("{other}"),
        };
        check(&set).iter().map(told).collect()
    }

    fn at(minor: u32) -> Version {
        Version::new(1, minor)
    }

    #[test]
    fn a_gate_asks_for_no_more_than_what_it_requires_has() {
        let off = |since: &str| M::beta(since).with_default(false);
        let locked = |since: &str| M::ga(since).with_default(false);
        for (x, y, expected) in [
            (vec![M::alpha("1.30")], vec![M::alpha("1.30")], vec![]),
            (vec![off("1.30")], vec![M::alpha("1.30")], vec![("stage", at(30), false)]),
            (vec![M::beta("1.30")], vec![off("1.30")], vec![("default", at(30), false)]),
            // A lock counts whichever value it holds, as in Kubernetes.
            (
                vec![locked("1.30")],
                vec![M::ga("1.30").with_lock(false)],
                vec![("lock", at(30), false)],
            ),
            (
                vec![M::alpha("1.30")],
                vec![M::alpha("1.29"), M::deprecated("1.32")],
                vec![("stage", at(32), true)],
            ),
            (
                vec![M::beta("1.30")],
                vec![M::beta("1.30"), off("1.32")],
                vec![("default", at(32), true)],
            ),
        ] {
            assert_eq!(faults(&x, &y), expected, "{x:?} requires {y:?}");
        }
    }

    /// What is on only once no older release must be supported is off where one must.
    #[test]
    fn an_entry_is_judged_also_where_another_one_refines_it() {
        let refined = |base: bool, since: &str| {
            vec![
                M::beta("1.35").with_default(base),
                M::beta("1.35").with_default(!base).with_min_compat(since),
            ]
        };
        let on = vec![M::beta("1.35")];
        let off = vec![M::beta("1.35").with_default(false)];
        let own = [("default", at(35), false)];
        let later = [("default", at(35), true)];
        assert_eq!(faults(&on, &refined(false, "1.35")), own);
        assert_eq!(faults(&on, &refined(false, "1.34")), later);
        assert_eq!(faults(&refined(true, "1.34"), &off), own);
        assert_eq!(faults(&refined(false, "1.34"), &refined(false, "1.34")), []);
        assert_eq!(faults(&refined(false, "1.35"), &refined(false, "1.34")), []);
    }
}
