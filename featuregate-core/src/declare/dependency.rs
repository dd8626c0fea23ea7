//! Which gates a gate can require: Kubernetes' rules of `AddDependencies`, checked at every version at
//! which either history has a milestone.

mod cycle;
pub mod history;

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use crate::declare::dependency::history::{PairRule, breach};
use crate::declare::gate_set::GateSet;
use crate::declare::milestone::Milestone;
use crate::declare::spec::GateSpec;
use crate::declare::stage::Stage;
use crate::declare::version::Version;
use crate::quote::Name;

/// A dependency that breaks a rule. `Display` says which one, and what to change.
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
    /// The gates require each other in a cycle.
    Cycle {
        /// The members, each of which requires another one, in the order of declaration.
        members: Vec<String>,
    },
}

/// Where the histories of two gates do not fit together.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mismatch {
    /// The dependent gate.
    pub gate: String,
    /// The gate depended on.
    pub dependency: String,
    /// The version at which they do not fit.
    pub at: Version,
    /// Whether it is a later milestone of the gate depended on that does not fit, which Kubernetes does
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
                "unknown gate {} cannot require another gate; register it first",
                Name(gate)
            ),
            Self::Unknown { gate, dependency } => write!(
                f,
                "gate {} requires unknown gate {}; add it, or the enum that has it, or correct the name",
                Name(gate),
                Name(dependency)
            ),
            Self::Stage(Mismatch { gate, dependency, at, stage, dependency_stage, .. }) => write!(
                f,
                "gate {} is {} at {at} but requires {}, which {} then; require only gates that are as stable",
                Name(gate),
                stage.as_word(),
                Name(dependency),
                described(*dependency_stage)
            ),
            Self::Default(Mismatch { gate, dependency, at, .. }) => write!(
                f,
                "gate {0} is on by default at {at} but requires {1}, which is off by default then; make {0} off by default, or {1} on",
                Name(gate),
                Name(dependency)
            ),
            Self::Lock(Mismatch { gate, dependency, at, .. }) => write!(
                f,
                "gate {0} is locked at {at} but requires {1}, which is not locked then; lock {1}, or do not lock {0}",
                Name(gate),
                Name(dependency)
            ),
            Self::Cycle { members } if members.len() == 1 => {
                let gate = members.first().map_or("", String::as_str);
                write!(f, "gate {} requires itself; remove that dependency", Name(gate))
            }
            Self::Cycle { members } => {
                /// The most members that a message names.
                const SHOWN: usize = 20;
                f.write_str("gates require each other in a cycle: ")?;
                for member in members.iter().take(SHOWN) {
                    write!(f, "{}, ", Name(member))?;
                }
                if let Some(more) = members.len().checked_sub(SHOWN).filter(|more| *more > 0) {
                    write!(f, "{more} more, ")?;
                }
                f.write_str("so none can be on before the others; remove one of these dependencies")
            }
        }
    }
}

/// What a stage means for a gate that requires this one.
fn described(stage: Stage) -> &'static str {
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
/// Faults come in the order of the gates, cycles last. The dependencies of a removed gate are not checked.
/// The histories of two components cannot be compared, so there only what is in effect counts, when
/// resolving.
#[must_use]
pub fn check(set: &GateSet) -> Vec<DependencyFault> {
    let mut faults = Vec::new();
    for (position, gate) in set.gates().iter().enumerate() {
        if gate.is_gone(set.versions(position).binary) {
            continue;
        }
        for name in &gate.requires {
            match set.required(position, name) {
                None => faults.push(DependencyFault::Unknown {
                    gate: set.written(position).to_string(),
                    dependency: name.strip_prefix(':').unwrap_or(name).to_string(),
                }),
                Some(needed) => check_edge(set, position, needed, &mut faults),
            }
        }
    }
    faults.extend(cycle::cycles(set).into_iter().map(|members| DependencyFault::Cycle { members }));
    faults
}

/// Compares two histories. Each rule is reported once, at the first version where it is broken, with what
/// Kubernetes finds first.
fn check_edge(set: &GateSet, position: usize, needed: usize, faults: &mut Vec<DependencyFault>) {
    let (Some(gate), Some(dependency)) = (set.gates().get(position), set.gates().get(needed))
    else {
        return;
    };
    let binary = set.versions(position).binary;
    if set.component_number(position) != set.component_number(needed) {
        return;
    }
    let history = history_in(dependency, binary);
    for rule in PairRule::ALL {
        let Some(breach) = breach(rule, &gate.milestones, &history) else {
            continue;
        };
        let mismatch = Mismatch {
            gate: set.written(position).to_string(),
            dependency: set.written(needed).to_string(),
            at: breach.at,
            later: breach.later,
            stage: breach.gate.stage,
            dependency_stage: breach.needed.stage,
        };
        faults.push(match rule {
            PairRule::Stage => DependencyFault::Stage(mismatch),
            PairRule::Default => DependencyFault::Default(mismatch),
            PairRule::Lock => DependencyFault::Lock(mismatch),
        });
    }
}

/// A gate's history in a program of that release: a removed gate has only its final value, whichever
/// version is emulated.
fn history_in(gate: &GateSpec, binary: Version) -> Cow<'_, [Milestone]> {
    match gate.removal.filter(|removal| removal.since <= binary) {
        None => Cow::Borrowed(&gate.milestones),
        Some(removal) => Cow::Owned(Vec::from([Milestone {
            since: Version::ZERO,
            stage: Stage::Ga,
            default: removal.value,
            locked: true,
            min_compat: None,
        }])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::declare::lifecycle::{Strictness, validate};
    use crate::declare::milestone::RawMilestone as M;
    use crate::declare::spec::RawSpec;
    use crate::declare::versions::Versions;

    /// The faults where `X` requires `Y`: the kind, its version, and whether only `Y` shows it.
    fn faults(x: &[M], y: &[M]) -> Vec<(&'static str, Version, bool)> {
        let of = |name: &str, milestones: &[M]| {
            milestones.iter().cloned().fold(RawSpec::new(name), RawSpec::milestone)
        };
        faults_of(of("X", x), of("Y", y))
    }

    fn faults_of(x: RawSpec, y: RawSpec) -> Vec<(&'static str, Version, bool)> {
        let mut set = GateSet::new(Versions::of_binary(at(36)));
        for raw in [x, y] {
            set.insert(0, validate(raw, Strictness::Data).unwrap()).unwrap();
        }
        set.require("X", ["Y".into()]);
        set.link();
        let described = |fault: &DependencyFault| match fault {
            DependencyFault::Stage(mismatch) => ("stage", mismatch.at, mismatch.later),
            DependencyFault::Default(mismatch) => ("default", mismatch.at, mismatch.later),
            DependencyFault::Lock(mismatch) => ("lock", mismatch.at, mismatch.later),
            other => panic!("{other}"),
        };
        check(&set).iter().map(described).collect()
    }

    fn at(minor: u32) -> Version {
        Version::new(1, minor)
    }

    #[test]
    fn a_gate_can_only_require_gates_that_are_as_stable_as_it_is() {
        let off = |since: &str| M::beta(since).with_default(false);
        let locked = |since: &str| M::ga(since).with_default(false);
        for (x, y, expected) in [
            (vec![M::alpha("1.30")], vec![M::alpha("1.30")], vec![]),
            (vec![off("1.30")], vec![M::alpha("1.30")], vec![("stage", at(30), false)]),
            (vec![M::beta("1.30")], vec![off("1.30")], vec![("default", at(30), false)]),
            // A lock counts whatever its value is, as in Kubernetes.
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

    /// A gate that is on only if no older release must be supported is off if one must.
    #[test]
    fn an_entry_is_checked_even_if_another_one_refines_it() {
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

    /// A removed gate is no longer checked, and one that is required counts with its final value.
    #[test]
    fn a_removed_gate_counts_with_its_final_value() {
        let beta = |name: &str| RawSpec::new(name).milestone(M::beta("1.30"));
        let off = |name: &str| RawSpec::new(name).milestone(M::alpha("1.30"));
        assert_eq!(faults_of(beta("X"), off("Y")).len(), 2);
        assert_eq!(faults_of(beta("X").removed("1.34"), off("Y")), []);
        let misspelt = beta("X").removed("1.34").requires("Nowhere");
        assert_eq!(faults_of(misspelt, beta("Y")), []);
        assert_eq!(faults_of(beta("X"), beta("Y").removed("1.34")), []);
        assert_eq!(faults_of(beta("X"), off("Y").removed("1.34")), [("default", at(30), false)]);
        let later = faults_of(beta("X"), off("Y").removed("1.37"));
        assert_eq!(later.len(), 2, "it is not removed yet");
    }

    #[test]
    fn each_fault_says_what_to_change() {
        let mismatch = |stage, dependency_stage| Mismatch {
            gate: "A".into(),
            dependency: "B".into(),
            at: at(30),
            later: false,
            stage,
            dependency_stage,
        };
        let cycle = |members: usize| DependencyFault::Cycle {
            members: (0..members).map(|number| alloc::format!("G{number}")).collect(),
        };
        let twenty: Vec<String> = (0..20).map(|number| alloc::format!("G{number}")).collect();
        let twenty = twenty.join(", ") + ", ";
        let cyclic = "gates require each other in a cycle: ";
        let advice = "so none can be on before the others; remove one of these dependencies";
        for (fault, text) in [
            (
                DependencyFault::UnknownDependent { gate: "A".into() },
                "unknown gate A cannot require another gate; register it first".into(),
            ),
            (
                DependencyFault::Unknown { gate: "A".into(), dependency: "B".into() },
                "gate A requires unknown gate B; add it, or the enum that has it, or correct the name".into(),
            ),
            (
                DependencyFault::Stage(mismatch(Stage::Beta, Stage::Alpha)),
                "gate A is beta at 1.30 but requires B, which is only alpha then; require only gates that are as stable".into(),
            ),
            (
                DependencyFault::Stage(mismatch(Stage::Ga, Stage::Beta)),
                "gate A is GA at 1.30 but requires B, which is only beta then; require only gates that are as stable".into(),
            ),
            (
                DependencyFault::Stage(mismatch(Stage::Alpha, Stage::Deprecated)),
                "gate A is alpha at 1.30 but requires B, which is deprecated then; require only gates that are as stable".into(),
            ),
            (
                DependencyFault::Stage(mismatch(Stage::Beta, Stage::PreAlpha)),
                "gate A is beta at 1.30 but requires B, which does not exist then; require only gates that are as stable".into(),
            ),
            (
                DependencyFault::Default(mismatch(Stage::Beta, Stage::Beta)),
                "gate A is on by default at 1.30 but requires B, which is off by default then; make A off by default, or B on".into(),
            ),
            (
                DependencyFault::Lock(mismatch(Stage::Ga, Stage::Ga)),
                "gate A is locked at 1.30 but requires B, which is not locked then; lock B, or do not lock A".into(),
            ),
            (cycle(1), alloc::string::String::from("gate G0 requires itself; remove that dependency")),
            (cycle(2), alloc::format!("{cyclic}G0, G1, {advice}")),
            (cycle(20), alloc::format!("{cyclic}{twenty}{advice}")),
            (cycle(21), alloc::format!("{cyclic}{twenty}1 more, {advice}")),
        ] {
            assert_eq!(fault.to_string(), text);
        }
    }
}
