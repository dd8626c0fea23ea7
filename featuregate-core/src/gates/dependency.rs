//! Which gates a gate can require: Kubernetes' rules of `AddDependencies`, checked at every version at
//! which either history has a milestone.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use crate::declare::history::{PairRule, first_mismatch};
use crate::declare::milestone::Milestone;
use crate::declare::spec::GateSpec;
use crate::declare::stage::Stage;
use crate::declare::version::Version;
use crate::gates::component::GateId;
use crate::gates::cycle::cycles;
use crate::gates::set::GateSet;
use crate::gates::versions::Versions;
use crate::quote::{Name, list};

/// A dependency that breaks a rule. `Display` says which, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DependencyError {
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
        /// What the gate does with it.
        relation: Relation,
    },
    /// The gate depended on is less stable at some version.
    Stage(Mismatch),
    /// The gate is on by default and the one depended on is off by default at some version.
    Default(Mismatch),
    /// The gate is locked and the one depended on is not locked at some version.
    Lock(Mismatch),
    /// The gate can be on at some version at which the one that it implies cannot be on.
    CanBeOn(Mismatch),
    /// The gate both requires and implies another one.
    RequiredAndImplied {
        /// The dependent gate.
        gate: String,
        /// The gate that is named twice.
        dependency: String,
    },
    /// The gates require or imply each other in a cycle.
    Cycle {
        /// The members, each of which requires or implies another one, in the order of declaration.
        members: Vec<String>,
        /// What each does with the next; `Implies` if one of them does so.
        relation: Relation,
    },
}

/// How a gate depends on another one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Relation {
    /// It can only be on where the other one is on.
    #[default]
    Requires,
    /// Where it is turned on, the other one is turned on too.
    Implies,
}

impl Relation {
    /// The key of an attribute and of a manifest, which is also the verb of a sentence about one gate.
    ///
    /// ```
    /// use featuregate_core::Relation;
    /// assert_eq!(Relation::Implies.as_str(), "implies");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Requires => "requires",
            Self::Implies => "implies",
        }
    }
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Where the histories of two gates do not fit together.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mismatch {
    /// The dependent gate.
    pub gate: String,
    /// The gate depended on.
    pub dependency: String,
    /// What the gate does with it.
    pub relation: Relation,
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

impl DependencyError {
    /// The gate whose dependency it is; `None` for a cycle.
    #[must_use]
    pub fn gate(&self) -> Option<&str> {
        match self {
            Self::UnknownDependent { gate }
            | Self::Unknown { gate, .. }
            | Self::RequiredAndImplied { gate, .. } => Some(gate),
            Self::Stage(mismatch)
            | Self::Default(mismatch)
            | Self::Lock(mismatch)
            | Self::CanBeOn(mismatch) => Some(&mismatch.gate),
            Self::Cycle { .. } => None,
        }
    }

    /// What is wrong: one clause.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::UnknownDependent { gate } => {
                format!("unknown gate {} cannot require another", Name(gate))
            }
            Self::Unknown { gate, dependency, relation } => {
                format!("gate {} {relation} unknown gate {}", Name(gate), Name(dependency))
            }
            Self::Stage(Mismatch {
                gate,
                dependency,
                at,
                stage,
                dependency_stage,
                relation,
                ..
            }) => format!(
                "gate {} is {} in {at} but {relation} {}, which {} then",
                Name(gate),
                stage.as_word(),
                Name(dependency),
                is_stage(*dependency_stage)
            ),
            Self::Default(Mismatch { gate, dependency, at, relation, .. }) => format!(
                "gate {} is on by default in {at} but {relation} {}, which is off by default then",
                Name(gate),
                Name(dependency)
            ),
            Self::Lock(Mismatch { gate, dependency, at, relation, .. }) => format!(
                "gate {} is locked in {at} but {relation} {}, which is not locked then",
                Name(gate),
                Name(dependency)
            ),
            Self::CanBeOn(Mismatch {
                gate, dependency, at, dependency_stage, relation, ..
            }) => {
                let cannot = match dependency_stage {
                    Stage::PreAlpha => "does not exist",
                    _ => "is locked to off",
                };
                let (gate, dependency) = (Name(gate), Name(dependency));
                format!("gate {gate} {relation} {dependency}, which {cannot} in {at}")
            }
            Self::RequiredAndImplied { gate, dependency } => {
                format!("gate {} both requires and implies {}", Name(gate), Name(dependency))
            }
            Self::Cycle { members, relation } => match (&**members, relation) {
                ([gate], relation) => format!("gate {} {relation} itself", Name(gate)),
                (members, relation) => {
                    let verb = match relation {
                        Relation::Requires => "require",
                        Relation::Implies => "require or imply",
                    };
                    let members = members.iter().map(|member| Name(member).to_string());
                    let members: Vec<String> = members.collect();
                    format!("gates {verb} each other in a cycle: {}", list(&members, false))
                }
            },
        }
    }

    /// What to do: one clause.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::UnknownDependent { .. } => "register it first".to_string(),
            Self::Unknown { .. } => {
                "add that gate, or the enum that has it, or correct the name".to_string()
            }
            Self::Stage(Mismatch { relation: Relation::Requires, .. }) => {
                "require a gate that is at least as stable".to_string()
            }
            Self::Stage(Mismatch { relation: Relation::Implies, .. }) => {
                "imply a gate that is at least as stable".to_string()
            }
            Self::CanBeOn(Mismatch { dependency_stage: Stage::PreAlpha, gate, .. }) => {
                format!("imply a gate that exists wherever {} does", Name(gate))
            }
            Self::CanBeOn(Mismatch { gate, .. }) => {
                format!("imply a gate that can be on wherever {} can", Name(gate))
            }
            Self::RequiredAndImplied { .. } => {
                "keep one of them: implies(…) turns the other gate on".to_string()
            }
            Self::Default(Mismatch { gate, dependency, .. }) => {
                format!("make {} off by default, or {} on", Name(gate), Name(dependency))
            }
            Self::Lock(Mismatch { gate, dependency, .. }) => {
                format!("lock {}, or do not lock {}", Name(dependency), Name(gate))
            }
            Self::Cycle { members, .. } if members.len() == 1 => {
                "remove that dependency".to_string()
            }
            Self::Cycle { .. } => "remove one of these dependencies".to_string(),
        }
    }
}

impl fmt::Display for DependencyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.message(), self.help())
    }
}

impl core::error::Error for DependencyError {}

/// What a stage means for a gate that requires one of that stage.
fn is_stage(stage: Stage) -> &'static str {
    match stage {
        Stage::PreAlpha => "does not exist",
        Stage::Alpha => "is only alpha",
        Stage::Beta => "is only beta",
        Stage::Ga => "is GA",
        Stage::Deprecated => "is deprecated",
    }
}

/// Checks the dependencies between gates that are in no set yet, such as those of an enum. A gate whose name is
/// taken is left out.
#[must_use]
pub fn check_specs(specs: impl IntoIterator<Item = GateSpec>) -> Vec<DependencyError> {
    let mut set = GateSet::new(Versions::of_binary(Version::ZERO));
    let component = set.first_component();
    for spec in specs {
        let _ = set.insert(component, spec);
    }
    set.link();
    check(&set)
}

/// Checks all dependencies of a set: unknown gates, histories that don't fit, cycles.
///
/// Faults come in the order of the gates, cycles last. The dependencies of a removed gate are not checked.
/// The histories of two components cannot be compared, so there only what is in effect counts, when
/// resolving.
#[must_use]
pub(crate) fn check(set: &GateSet) -> Vec<DependencyError> {
    let mut errors = Vec::new();
    for gate in set.ids() {
        if set.spec(gate).is_removed_in(set.versions(gate).binary) {
            continue;
        }
        let spec = set.spec(gate);
        for (relation, names) in
            [(Relation::Requires, &spec.requires), (Relation::Implies, &spec.rare.implies)]
        {
            for name in names {
                match set.required(gate, name) {
                    None => errors.push(DependencyError::Unknown {
                        gate: set.written(gate).to_string(),
                        dependency: name.strip_prefix(':').unwrap_or(name).to_string(),
                        relation,
                    }),
                    Some(needed) => check_edge(set, gate, needed, relation, &mut errors),
                }
            }
        }
        let twice = |implied: &&GateId| set.requires(gate).contains(implied);
        errors.extend(set.implies(gate).iter().filter(twice).map(|&implied| {
            DependencyError::RequiredAndImplied {
                gate: set.written(gate).to_string(),
                dependency: set.written(implied).to_string(),
            }
        }));
    }
    errors.extend(cycles(set).iter().map(|members| cycle(set, members)));
    errors
}

fn cycle(set: &GateSet, members: &[GateId]) -> DependencyError {
    let implies_a_member =
        |gate: &GateId| set.implies(*gate).iter().any(|implied| members.contains(implied));
    let relation =
        if members.iter().any(implies_a_member) { Relation::Implies } else { Relation::Requires };
    let members = members.iter().map(|&gate| set.written(gate).to_string()).collect();
    DependencyError::Cycle { members, relation }
}

/// Compares two histories; each rule is reported once, at the first version where it is broken, with what
/// Kubernetes sees first.
fn check_edge(
    set: &GateSet,
    gate: GateId,
    needed: GateId,
    relation: Relation,
    errors: &mut Vec<DependencyError>,
) {
    if set.component_id(gate) != set.component_id(needed) {
        return;
    }
    let history = history_in(set.spec(needed), set.versions(gate).binary);
    let rules = match relation {
        Relation::Requires => PairRule::REQUIRES,
        Relation::Implies => PairRule::IMPLIES,
    };
    for &rule in rules {
        let Some(found) = first_mismatch(rule, &set.spec(gate).milestones, &history) else {
            continue;
        };
        let mismatch = Mismatch {
            gate: set.written(gate).to_string(),
            dependency: set.written(needed).to_string(),
            relation,
            at: found.at,
            later: found.later,
            stage: found.gate.stage,
            dependency_stage: found.needed.stage,
        };
        errors.push(match rule {
            PairRule::Stage => DependencyError::Stage(mismatch),
            PairRule::Default => DependencyError::Default(mismatch),
            PairRule::Lock => DependencyError::Lock(mismatch),
            PairRule::CanBeOn => {
                // The other rules would say the same again.
                return errors.push(DependencyError::CanBeOn(mismatch));
            }
        });
    }
}

/// A gate's history in a program of that release: a removed gate has only its final value, whichever
/// version is emulated.
fn history_in(gate: &GateSpec, binary: Version) -> Cow<'_, [Milestone]> {
    match gate.removal_at(binary) {
        None => Cow::Borrowed(&gate.milestones),
        Some(removal) => Cow::Owned(Vec::from([Milestone {
            stage: Stage::Ga,
            default: removal.value,
            locked: true,
            ..Milestone::BEFORE_THE_FIRST
        }])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::declare::lifecycle::{Strictness, validate};
    use crate::declare::milestone::RawMilestone as M;
    use crate::declare::spec::RawSpec;

    /// The faults where `X` requires `Y`: the kind, its version, and whether only `Y` shows it.
    fn faults(x: &[M], y: &[M]) -> Vec<(&'static str, Version, bool)> {
        let of = |name: &str, milestones: &[M]| {
            milestones.iter().cloned().fold(RawSpec::new(name), RawSpec::milestone)
        };
        faults_of(of("X", x), of("Y", y))
    }

    fn faults_of(x: RawSpec, y: RawSpec) -> Vec<(&'static str, Version, bool)> {
        let mut set = GateSet::new(Versions::of_binary(at(36)));
        let component = set.component_named(None).unwrap();
        let [x, _] = [x, y]
            .map(|raw| set.insert(component, validate(raw, Strictness::Data).unwrap()).unwrap());
        set.require(x, ["Y".into()]);
        set.link();
        let rule = |error: &DependencyError| match error {
            DependencyError::Stage(mismatch) => ("stage", mismatch.at, mismatch.later),
            DependencyError::Default(mismatch) => ("default", mismatch.at, mismatch.later),
            DependencyError::Lock(mismatch) => ("lock", mismatch.at, mismatch.later),
            other => panic!("{other}"),
        };
        check(&set).iter().map(rule).collect()
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

    /// The faults of gates, as they are shown.
    fn shown(specs: impl IntoIterator<Item = RawSpec>) -> Vec<String> {
        let specs = specs.into_iter().map(|raw| validate(raw, Strictness::Data).unwrap());
        check_specs(specs).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_a_gate_implies_can_be_on_wherever_the_gate_can() {
        let gate = |name: &str, milestone| RawSpec::new(name).milestone(milestone);
        let off = |milestone: M| milestone.with_default(false).with_lock(true);
        for (x, y, expected) in [
            (M::alpha("1.30"), M::alpha("1.30"), None),
            (M::alpha("1.30"), M::ga("1.20"), None),
            (off(M::alpha("1.30")), off(M::alpha("1.30")), None),
            (
                M::alpha("1.30"),
                off(M::alpha("1.30")),
                Some(
                    "gate X implies Y, which is locked to off in 1.30; imply a gate that can be on wherever X can",
                ),
            ),
            (
                M::beta("1.30"),
                M::beta("1.31"),
                Some(
                    "gate X implies Y, which does not exist in 1.30; imply a gate that exists wherever X does",
                ),
            ),
            (
                M::beta("1.30").with_default(false),
                M::alpha("1.30"),
                Some(
                    "gate X is beta in 1.30 but implies Y, which is only alpha then; imply a gate that is at least as stable",
                ),
            ),
            (
                M::beta("1.30"),
                M::beta("1.30").with_default(false),
                Some(
                    "gate X is on by default in 1.30 but implies Y, which is off by default then; make X off by default, or Y on",
                ),
            ),
            (
                M::ga("1.30"),
                M::ga("1.30").with_lock(false),
                Some(
                    "gate X is locked in 1.30 but implies Y, which is not locked then; lock Y, or do not lock X",
                ),
            ),
        ] {
            let expected: Vec<&str> = expected.into_iter().collect();
            assert_eq!(shown([gate("X", x).implies("Y"), gate("Y", y)]), expected);
        }
        let later = gate("Y", M::alpha("1.30")).milestone(M::deprecated("1.32"));
        assert_eq!(
            shown([gate("X", M::alpha("1.30")).implies("Y"), later]).len(),
            1,
            "a later milestone counts too"
        );
    }

    #[test]
    fn an_implied_gate_is_another_one_that_exists_and_is_not_required_as_well() {
        let alpha = |name: &str| RawSpec::new(name).milestone(M::alpha("1.30"));
        for (specs, expected) in [
            (
                vec![alpha("X").implies("Nowhere")],
                "gate X implies unknown gate Nowhere; add that gate, or the enum that has it, or correct the name",
            ),
            (vec![alpha("X").implies("X")], "gate X implies itself; remove that dependency"),
            (
                vec![alpha("X").implies("Y"), alpha("Y").implies("X")],
                "gates require or imply each other in a cycle: X and Y; remove one of these dependencies",
            ),
            (
                vec![alpha("X").implies("Y"), alpha("Y").requires("Z"), alpha("Z").implies("X")],
                "gates require or imply each other in a cycle: X, Y and Z; remove one of these dependencies",
            ),
            (
                vec![alpha("X").requires("Y"), alpha("Y").requires("X").implies("Z"), alpha("Z")],
                "gates require each other in a cycle: X and Y; remove one of these dependencies",
            ),
            (
                vec![alpha("X").implies("Y").requires("Y"), alpha("Y")],
                "gate X both requires and implies Y; keep one of them: implies(…) turns the other gate on",
            ),
        ] {
            assert_eq!(shown(specs), [expected]);
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

    /// The history of a removed gate is no longer judged, and one that is required counts with the value it ended with.
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
    fn each_error_says_what_is_wrong_and_what_to_do() {
        let mismatch = |stage, dependency_stage| Mismatch {
            relation: Relation::Requires,
            gate: "A".into(),
            dependency: "B".into(),
            at: at(30),
            later: false,
            stage,
            dependency_stage,
        };
        let cycle = |members: usize| DependencyError::Cycle {
            relation: Relation::Requires,
            members: (0..members).map(|number| format!("G{number}")).collect(),
        };
        let twenty: Vec<String> = (0..20).map(|number| format!("G{number}")).collect();
        let twenty = twenty.join(", ");
        let stable = "; require a gate that is at least as stable";
        let in_cycle = |members: &str| {
            format!(
                "gates require each other in a cycle: {members}; remove one of these dependencies"
            )
        };
        for (error, text) in [
            (
                DependencyError::UnknownDependent { gate: "A".into() },
                "unknown gate A cannot require another; register it first".into(),
            ),
            (
                DependencyError::Unknown { gate: "A".into(), dependency: "B".into(), relation: Relation::Requires },
                "gate A requires unknown gate B; add that gate, or the enum that has it, or correct the name".into(),
            ),
            (
                DependencyError::Stage(mismatch(Stage::Beta, Stage::Alpha)),
                format!("gate A is beta in 1.30 but requires B, which is only alpha then{stable}"),
            ),
            (
                DependencyError::Stage(mismatch(Stage::Ga, Stage::Beta)),
                format!("gate A is GA in 1.30 but requires B, which is only beta then{stable}"),
            ),
            (
                DependencyError::Stage(mismatch(Stage::Alpha, Stage::Deprecated)),
                format!("gate A is alpha in 1.30 but requires B, which is deprecated then{stable}"),
            ),
            (
                DependencyError::Stage(mismatch(Stage::Beta, Stage::PreAlpha)),
                format!("gate A is beta in 1.30 but requires B, which does not exist then{stable}"),
            ),
            (
                DependencyError::Default(mismatch(Stage::Beta, Stage::Beta)),
                "gate A is on by default in 1.30 but requires B, which is off by default then; make A off by default, or B on".into(),
            ),
            (
                DependencyError::Lock(mismatch(Stage::Ga, Stage::Ga)),
                "gate A is locked in 1.30 but requires B, which is not locked then; lock B, or do not lock A".into(),
            ),
            (cycle(1), "gate G0 requires itself; remove that dependency".into()),
            (cycle(2), in_cycle("G0 and G1")),
            (cycle(21), in_cycle(&format!("{twenty} and 1 more"))),
        ] {
            assert_eq!(error.to_string(), text);
        }
    }
}
