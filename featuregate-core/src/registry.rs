//! A mutable set of gates, for gates declared at run time.

mod kubernetes;

use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;

use crate::declare::lifecycle::{self, Strictness};
use crate::declare::rare::Facts;
use crate::declare::spec::{GateSpec, RawSpec, RemovedPolicy};
use crate::declare::version::Version;
use crate::gates::component::ComponentId;
use crate::gates::dependency::{self, DependencyError};
use crate::gates::set::GateSet;
use crate::gates::versions::Versions;
use crate::nearest::Case;
use crate::problem::notice::Notice;
use crate::problem::problems::{Problem, ProblemKind, Problems};
use crate::request::assignment::{Assignment, Item};
use crate::request::layer::{Layer, Policy, Treatment};
use crate::request::origin::{Origin, Source};
use crate::request::parse::parse;
use crate::resolve::resolution::Resolution;
use crate::resolve::resolve_shared;

/// Gates, their dependencies, and the requests in force.
///
/// Every change is tried on a copy, which is resolved as a whole, and kept only on success: after an
/// error the registry is as it was. What applies depends on the gates, the versions and the requests in
/// force, not on the order of calls. The rules are those of Kubernetes' `FeatureGate`; the operation of
/// the same meaning is named at each method.
///
/// ```
/// use featuregate_core::{RawMilestone, RawSpec, Registry, Version};
///
/// let mut registry = Registry::new(Version::new(1, 36));
/// registry.register([
///     RawSpec::new("A").milestone(RawMilestone::alpha("1.30")).requires("B"),
///     RawSpec::new("B").milestone(RawMilestone::alpha("1.30")),
/// ])?;
/// let problems = registry.set("A=true").unwrap_err();
/// assert_eq!(
///     problems.to_string(),
///     "the program, column 1, \"A=true\": gate A is on but requires B, which is off; \
///      also set B=true, or remove A=true"
/// );
/// assert_eq!(registry.enabled("A"), Some(false));
///
/// registry.set("A=true,B=true")?;
/// assert_eq!(registry.enabled("A"), Some(true));
/// # Ok::<(), featuregate_core::Problems>(())
/// ```
#[derive(Clone)]
pub struct Registry {
    gates: Arc<GateSet>,
    /// The component that registered gates belong to: the first one.
    component: ComponentId,
    unknown: Treatment,
    requests: Vec<Assignment>,
    closed: bool,
    resolution: Resolution,
}

impl Registry {
    /// A registry with only the groups, for a program of that release, which emulates nothing. Its
    /// component has no name.
    #[must_use]
    pub fn new(binary: Version) -> Self {
        Self::of_gates(GateSet::new(Versions::of_binary(binary)))
    }

    /// A registry of gates such as those of an enum. It has their defaults, which are not checked: see
    /// [`validate`](Self::validate).
    #[must_use]
    pub fn of_gates(mut gates: GateSet) -> Self {
        let component = gates.first_component();
        let gates = Arc::new(gates);
        let resolution = Resolution::of_defaults(&gates);
        let unknown = Treatment::default();
        Self { gates, component, unknown, requests: Vec::new(), closed: false, resolution }
    }

    /// Chooses how assignments to unknown names are treated from now on. They are never kept, so this changes
    /// nothing that is in force.
    pub fn treat_unknown(&mut self, policy: Treatment) {
        self.unknown = policy;
    }

    /// Chooses how assignments to removed gates are treated.
    ///
    /// # Errors
    /// Requests in force that the policy refuses.
    pub fn treat_removed(&mut self, policy: RemovedPolicy) -> Result<Vec<Notice>, Problems> {
        self.edit_gates(|gates| {
            for component in gates.components_mut() {
                component.removed = policy;
            }
        })
    }

    // ---- declaring ----

    /// Registers gates with their histories (`AddVersioned`). A gate that is already registered with the
    /// same history is left as it is.
    ///
    /// # Errors
    /// Everything that is wrong with a history or dependency, a name that is taken, or that the registry is
    /// [closed](Self::close).
    pub fn register(&mut self, specs: impl IntoIterator<Item = RawSpec>) -> Result<(), Problems> {
        if self.closed {
            return Err(Problem::closed("register gates", "").into());
        }
        let mut gates = GateSet::clone(&self.gates);
        gates.compare_letters(Case::ANY);
        let mut problems = Vec::new();
        let mut broken: Vec<String> = Vec::new();
        for raw in specs {
            let name = raw.name.clone();
            match lifecycle::validate(raw, Strictness::Data) {
                Ok(spec) => problems.extend(add(&mut gates, self.component, spec)),
                Err(faults) => {
                    problems.extend(
                        faults.into_iter().map(|fault| {
                            Problem::of_gate(ProblemKind::History(fault), name.clone())
                        }),
                    );
                    broken.push(name);
                }
            }
        }
        gates.link();
        // A gate that is missing because of its own history is not reported again as unknown.
        problems.extend(dependency_problems(&gates).filter(|problem| match problem.kind() {
            ProblemKind::InvalidDependency(DependencyError::Unknown { dependency, .. }) => {
                !broken.contains(dependency)
            }
            _ => true,
        }));
        Problems::none(problems)?;
        self.change(|next| next.gates = Arc::new(gates)).map(drop)
    }

    /// Adds to what gates require (`AddDependencies`).
    ///
    /// # Errors
    /// Every dependency that breaks a rule, old ones included, every gate that is on and requires one
    /// that is off, or that the registry is [closed](Self::close).
    pub fn add_dependencies<G, D>(
        &mut self,
        dependencies: impl IntoIterator<Item = (G, D)>,
    ) -> Result<(), Problems>
    where
        G: AsRef<str>,
        D: IntoIterator,
        D::Item: Into<String>,
    {
        if self.closed {
            return Err(Problem::closed("add dependencies", "").into());
        }
        let mut gates = GateSet::clone(&self.gates);
        let mut problems = Vec::new();
        for (name, needed) in dependencies {
            let name = name.as_ref();
            if let Some(gate) = gates.named(name) {
                gates.require(gate, needed.into_iter().map(|name| name.into().into()));
            } else {
                let error = DependencyError::UnknownDependent { gate: name.to_string() };
                problems.push(Problem::of_dependency(error));
            }
        }
        gates.link();
        problems.extend(dependency_problems(&gates));
        Problems::none(problems)?;
        self.change(|next| next.gates = Arc::new(gates)).map(drop)
    }

    // ---- setting ----

    /// Sets gates by a text as of `--feature-gates` (`Set`), and returns the notices of all requests in
    /// force.
    ///
    /// # Errors
    /// Every problem of the text and of what it leads to.
    pub fn set(&mut self, text: &str) -> Result<Vec<Notice>, Problems> {
        self.apply(parse(text, &Source::call()))
    }

    /// Sets gates by names and values (`SetFromMap`). Names are taken as they are.
    ///
    /// # Errors
    /// As for [`set`](Self::set).
    pub fn set_map<N: Into<String>>(
        &mut self,
        values: impl IntoIterator<Item = (N, bool)>,
    ) -> Result<Vec<Notice>, Problems> {
        let assign = |(name, value)| Ok(Assignment::new(name, value, Origin::new(Source::call())));
        self.apply(values.into_iter().map(assign))
    }

    /// Sets gates by items of any source, later ones over earlier ones. They replace what earlier calls
    /// asked of the same gates. Assignments to unknown names, where the policy accepts them, are reported
    /// once and not kept.
    ///
    /// # Errors
    /// As for [`set`](Self::set).
    pub fn apply(
        &mut self,
        items: impl IntoIterator<Item = Item>,
    ) -> Result<Vec<Notice>, Problems> {
        let items: Vec<Item> = items.into_iter().collect();
        let mut is_set = self.gates.fill(false);
        for lookup in items.iter().flatten().filter_map(|item| self.gates.lookup(&item.name)) {
            is_set[lookup.gate] = true;
        }
        let is_kept = |request: &&Assignment| {
            self.gates.lookup(&request.name).is_none_or(|lookup| !is_set[lookup.gate])
        };
        let kept = self.requests.iter().filter(is_kept).cloned().map(Ok);
        let resolution = self.resolve(kept.chain(items))?;
        let known = resolution.assignments.values().filter(|given| given.lookup.is_some());
        self.requests = known.map(|given| given.assignment.clone()).collect();
        self.resolution = resolution;
        Ok(self.resolution.notices().to_vec())
    }

    /// What items alone come to, without the requests in force, and without changing anything.
    ///
    /// # Errors
    /// Every problem of the items.
    ///
    /// ```
    /// use featuregate_core::{Registry, Source, Version, parse};
    ///
    /// let registry = Registry::new(Version::new(1, 36));
    /// let resolution = registry.resolve(parse("AllBeta=false", &Source::call()))?;
    /// assert_eq!(resolution.enabled("AllBeta"), Some(false));
    /// # Ok::<(), featuregate_core::Problems>(())
    /// ```
    pub fn resolve(&self, items: impl IntoIterator<Item = Item>) -> Result<Resolution, Problems> {
        let policy = Policy::new().unknown(self.unknown);
        // What gates are does not change with what is asked of them.
        let statuses = match &self.resolution {
            known if Arc::ptr_eq(&known.gates, &self.gates) => Arc::clone(&known.statuses),
            _ => Arc::new(self.gates.statuses()),
        };
        resolve_shared(&self.gates, &statuses, &mut [Layer::new(items).policy(policy)].into_iter())
    }

    /// Forgets what was asked of a gate or group, which may be named by an alias
    /// (`ResetFeatureValueToDefault`). A name that was never set is not a problem.
    ///
    /// # Errors
    /// What a dependency forbids.
    pub fn reset(&mut self, name: &str) -> Result<Vec<Notice>, Problems> {
        let gates = Arc::clone(&self.gates);
        let gate = |name: &str| gates.lookup(name).map(|lookup| lookup.gate);
        let reset = gate(name);
        self.change(|next| next.requests.retain(|request| gate(&request.name) != reset))
    }

    /// Runs as another release (`SetEmulationVersion`), with the minor release before it as minimum
    /// compatibility version. One above the binary's is accepted, as in Kubernetes. Of several components this
    /// is the first, as for [`versions`](Self::versions).
    ///
    /// # Errors
    /// Every request in force that is refused there, and every dependency that is not met.
    pub fn emulate(&mut self, version: Version) -> Result<Vec<Notice>, Problems> {
        self.emulate_with(version, version.previous_minor())
    }

    // ---- asking ----

    /// The value of a gate or group (`Enabled`); `None` where no gate has that name.
    #[must_use]
    pub fn enabled(&self, name: &str) -> Option<bool> {
        self.resolution.enabled(name)
    }

    /// Resolves what is in force once more (`Validate`).
    ///
    /// Every change is resolved before it is kept, so this finds what was there before the first one: gates of
    /// [`of_gates`](Self::of_gates) that are on by default without what they require.
    ///
    /// # Errors
    /// Every problem of the requests and defaults in force.
    pub fn validate(&self) -> Result<(), Problems> {
        self.clone().change(|_| ()).map(drop)
    }

    /// The gates, with their dependencies and overridden defaults.
    #[must_use]
    pub fn gates(&self) -> &GateSet {
        &self.gates
    }

    /// The versions in effect for the first component, or the only one.
    #[must_use]
    pub fn versions(&self) -> Versions {
        self.gates.component(self.component).versions()
    }

    /// The requests in force, in their order; the last one of a gate decides.
    #[must_use]
    pub fn requests(&self) -> &[Assignment] {
        &self.requests
    }

    /// What applies now.
    #[must_use]
    pub fn resolution(&self) -> &Resolution {
        &self.resolution
    }

    /// What applies now, as a value of its own.
    #[must_use]
    pub fn into_resolution(self) -> Resolution {
        self.resolution
    }

    /// Tries a change on a copy and keeps it if it resolves.
    fn change(&mut self, edit: impl FnOnce(&mut Self)) -> Result<Vec<Notice>, Problems> {
        let mut next = self.clone();
        edit(&mut next);
        let requests = next.requests.iter().cloned().map(Ok);
        next.resolution = next.resolve(requests)?;
        *self = next;
        Ok(self.resolution.notices().to_vec())
    }

    fn edit_gates(&mut self, edit: impl FnOnce(&mut GateSet)) -> Result<Vec<Notice>, Problems> {
        let mut gates = GateSet::clone(&self.gates);
        edit(&mut gates);
        self.change(|next| next.gates = Arc::new(gates))
    }
}

impl fmt::Debug for Registry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Registry")
            .field("gates", &self.gates)
            .field("requests", &self.requests.len())
            .finish_non_exhaustive()
    }
}

/// Adds a gate to a component; a problem if its name or one of its aliases is taken.
fn add(gates: &mut GateSet, component: ComponentId, spec: GateSpec) -> Option<Problem> {
    let name = spec.name.clone();
    let added = match gates.named(&name) {
        None => gates.insert(component, spec).map(drop),
        // What it requires and implies and its aliases add up.
        Some(known) => {
            let same = gates.spec(known).milestones == spec.milestones;
            if !same || gates.spec(known).rare.removal != spec.rare.removal {
                return Some(Problem::of_gate(ProblemKind::DifferentSpec, name));
            }
            let rare = Facts::clone(&spec.rare);
            gates.require(known, spec.requires);
            gates.imply(known, rare.implies);
            rare.aliases.into_iter().try_for_each(|alias| gates.add_alias(known, alias))
        }
    };
    added.err().map(|taken| Problem::name_taken(gates, &name, taken))
}

fn dependency_problems(gates: &GateSet) -> impl Iterator<Item = Problem> + use<> {
    dependency::check(gates).into_iter().map(Problem::of_dependency)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::declare::milestone::RawMilestone;
    use crate::declare::stage::Stage;
    use alloc::format;

    fn alpha(name: &str) -> RawSpec {
        RawSpec::new(name).milestone(RawMilestone::alpha("1.30"))
    }

    fn registry(specs: impl IntoIterator<Item = RawSpec>) -> Registry {
        let mut registry = Registry::new(Version::new(1, 36));
        registry.register(specs).unwrap();
        registry
    }

    #[test]
    fn a_group_does_not_move_a_locked_gate() {
        let locked = RawMilestone::beta("1.30").with_default(false).with_lock(true);
        let mut registry = registry([
            RawSpec::new("Locked").milestone(locked),
            RawSpec::new("Free").milestone(RawMilestone::beta("1.30").with_default(false)),
        ]);
        registry.set("AllBeta=true").unwrap();
        assert_eq!(registry.enabled("Locked"), Some(false));
        assert_eq!(registry.enabled("Free"), Some(true));
        assert_eq!(registry.enabled("AllBeta"), Some(true));
    }

    #[test]
    fn validating_finds_what_was_there_before_the_first_change() {
        let gate = |name: &str, milestone| RawSpec::new(name).milestone(milestone);
        let specs = [
            gate("On", RawMilestone::beta("1.30")).requires("Off"),
            gate("Off", RawMilestone::beta("1.30").with_default(false)),
        ];
        let mut sound = Registry::new(Version::new(1, 36));
        assert!(sound.register(specs.clone()).is_err(), "a default that cannot be is refused");
        sound.register([alpha("A")]).unwrap();
        assert!(sound.validate().is_ok());
        let mut set = GateSet::new(Versions::of_binary(Version::new(1, 36)));
        for raw in specs {
            let strictness = crate::declare::lifecycle::Strictness::Data;
            let spec = crate::declare::lifecycle::validate(raw, strictness).unwrap();
            set.insert(set.component_named(None).unwrap(), spec).unwrap();
        }
        set.link();
        let problems = Registry::of_gates(set).validate().unwrap_err();
        assert!(problems.to_string().contains("On"), "{problems}");
    }

    #[test]
    fn dependencies_of_two_calls_are_merged() {
        let mut registry = registry([alpha("A"), alpha("B"), alpha("C")]);
        registry.add_dependencies([("A", ["C"])]).unwrap();
        registry.add_dependencies([("A", ["B", "C"])]).unwrap();
        let requires: Vec<_> = registry.gates().get("A").unwrap().requires().collect();
        assert_eq!(requires, ["B", "C"]);
        let problems = registry.set("A=true").unwrap_err();
        assert!(matches!(
            problems.iter().next().unwrap().kind(),
            ProblemKind::UnmetDependency { missing, .. }
                if missing.iter().map(|missing| missing.gate.as_str()).eq(["B", "C"])
        ));
    }

    #[test]
    fn an_alias_and_its_name_contradict_each_other_in_one_call_and_not_in_two() {
        let mut registry = registry([alpha("New").alias("Old")]);
        registry.set("New=false").unwrap();
        registry.set("Old=true").unwrap();
        assert_eq!(registry.enabled("New"), Some(true));
        assert!(registry.explicitly_set("New"));
        let problems = registry.set("Old=true,New=false").unwrap_err();
        assert!(matches!(
            problems.iter().next().unwrap().kind(),
            ProblemKind::AliasConflict { other, .. } if other == "Old"
        ));
        registry.reset("New").unwrap();
        assert_eq!(registry.enabled("New"), Some(false), "resetting forgets the alias too");
    }

    #[test]
    fn the_default_of_a_removed_gate_can_not_be_overridden() {
        let removed = RawSpec::new("Gone").milestone(RawMilestone::beta("1.20")).removed("1.30");
        let mut registry = registry([removed]);
        let problems = registry.override_default("Gone", false).unwrap_err();
        let kind = problems.iter().next().unwrap().kind();
        assert!(matches!(kind, ProblemKind::Removed { ended: true, .. }));
        assert_eq!(registry.enabled("Gone"), Some(true));
    }

    #[test]
    fn a_name_is_taken_by_a_gate_an_alias_and_a_tombstone_alike() {
        let mut registry = registry([
            alpha("A").alias("B"),
            RawSpec::new("Gone").removed("1.30").final_value(true),
        ]);
        for spec in [alpha("B"), alpha("C").alias("A"), alpha("Gone"), alpha("AllAlpha")] {
            let problems = registry.register([spec.clone()]).unwrap_err();
            let kind = problems.iter().next().unwrap().kind().clone();
            let taken = matches!(kind, ProblemKind::NameTaken { .. } | ProblemKind::DifferentSpec);
            assert!(taken, "{spec:?}");
        }
        assert!(registry.register([alpha("A").alias("B")]).is_ok(), "the same once more");
    }

    #[test]
    fn all_problems_of_a_registration_are_reported_in_its_order() {
        let mut registry = registry([]);
        let problems = registry
            .register([
                RawSpec::new("Empty"),
                alpha("A").requires("Nowhere"),
                alpha("B").requires("Empty"),
                RawSpec::new("Back")
                    .milestone(RawMilestone::beta("1.30"))
                    .milestone(RawMilestone::alpha("1.31")),
            ])
            .unwrap_err();
        let gates: Vec<_> = problems.iter().map(Problem::gate).collect();
        assert_eq!(gates, ["Empty", "Back", "A"], "what requires an invalid gate is not reported");
        assert_eq!(registry.enabled("A"), None, "nothing was registered");
    }

    #[test]
    fn a_chain_of_ten_thousand_gates_neither_overflows_nor_hangs() {
        const LENGTH: usize = 10_000;
        let gate = |index: usize| {
            let gate = alpha(&format!("G{index}"));
            if index + 1 < LENGTH { gate.requires(format!("G{}", index + 1)) } else { gate }
        };
        let mut registry = registry((0..LENGTH).map(gate));
        let problems = registry.set("G0=true").unwrap_err();
        assert_eq!(
            problems.to_string(),
            "the program, column 1, \"G0=true\": gate G0 is on but requires G1, which is off; remove G0=true"
        );
        let all_but_last: Vec<String> =
            (0..LENGTH - 1).map(|index| format!("G{index}=1")).collect();
        let problems = registry.set(&all_but_last.join(",")).unwrap_err();
        assert_eq!(problems.iter().count(), 1);
        registry.set("AllAlpha=true").unwrap();
        assert_eq!(registry.enabled("G0"), Some(true));
    }

    #[test]
    fn a_cycle_of_ten_thousand_gates_is_one_problem() {
        const LENGTH: usize = 10_000;
        let gate = |index: usize| {
            alpha(&format!("G{index}")).requires(format!("G{}", (index + 1) % LENGTH))
        };
        let problems =
            Registry::new(Version::new(1, 36)).register((0..LENGTH).map(gate)).unwrap_err();
        assert_eq!(problems.iter().count(), 1);
        assert!(matches!(
            problems.iter().next().unwrap().kind(),
            ProblemKind::InvalidDependency(DependencyError::Cycle { members, .. }) if members.len() == LENGTH
        ));
    }

    #[test]
    fn two_cycles_are_two_problems_and_a_gate_between_them_is_not_one() {
        let mut registry = registry(["A", "B", "Between", "C", "D", "Self"].map(alpha));
        let problems = registry
            .add_dependencies([
                ("A", ["B"]),
                ("B", ["A"]),
                ("B", ["Between"]),
                ("Between", ["C"]),
                ("C", ["D"]),
                ("D", ["C"]),
                ("Self", ["Self"]),
            ])
            .unwrap_err();
        let cycles: Vec<Vec<String>> = problems
            .into_iter()
            .filter_map(|problem| match problem.kind() {
                ProblemKind::InvalidDependency(DependencyError::Cycle { members, .. }) => {
                    Some(members.clone())
                }
                _ => None,
            })
            .collect();
        assert_eq!(cycles, [vec!["A", "B"], vec!["C", "D"], vec!["Self"]]);
    }

    #[test]
    fn an_unknown_name_is_reported_once_and_not_kept() {
        let mut registry = registry([alpha("A")]);
        registry.treat_unknown(Treatment::Notice);
        assert_eq!(registry.set("Later=true,A=true").unwrap().len(), 1);
        assert_eq!(registry.set("A=true").unwrap(), []);
        let names: Vec<_> = registry.requests().iter().map(|request| &request.name).collect();
        assert_eq!(names, ["A"]);
        registry.register([alpha("Later")]).unwrap();
        assert_eq!(registry.enabled("Later"), Some(false), "what was set before does not count");
    }

    #[test]
    fn a_policy_for_removed_gates_applies_to_all_requests_or_is_refused() {
        let removed = RawSpec::new("Gone").milestone(RawMilestone::beta("1.20")).removed("1.30");
        let mut registry = registry([removed]);
        registry.set("Gone=true").unwrap();
        assert!(registry.treat_removed(RemovedPolicy::Refuse).is_err());
        registry.set("Gone=true").unwrap();
        registry.reset("Gone").unwrap();
        registry.treat_removed(RemovedPolicy::Refuse).unwrap();
        assert!(registry.set("Gone=true").is_err());
    }

    #[test]
    fn a_former_name_overrides_the_default_of_its_gate() {
        let mut registry = registry([alpha("New").alias("Old")]);
        registry.override_default("Old", true).unwrap();
        assert_eq!(registry.enabled("New"), Some(true));
    }

    #[test]
    fn a_former_name_resets_its_gate() {
        let mut registry = registry([alpha("New").alias("Old")]);
        registry.set("New=true").unwrap();
        assert!(registry.explicitly_set("Old"));
        registry.reset("Old").unwrap();
        assert!(!registry.explicitly_set("New"));
        assert_eq!(registry.enabled("New"), Some(false));
    }

    #[test]
    fn what_is_registered_again_adds_to_what_is_known() {
        let mut registry = registry([alpha("A"), alpha("B"), alpha("C")]);
        registry.register([alpha("A").requires("B").alias("OldA")]).unwrap();
        registry.register([alpha("C").implies("B")]).unwrap();
        assert_eq!(registry.gates().get("A").unwrap().requires().collect::<Vec<_>>(), ["B"]);
        assert_eq!(registry.gates().get("C").unwrap().implies().collect::<Vec<_>>(), ["B"]);
        assert!(registry.set("OldA=true").is_err(), "B is off");
        registry.set("OldA=true,B=true").unwrap();
        let problems = registry.register([alpha("B").alias("OldA")]).unwrap_err();
        assert_eq!(
            problems.to_string(),
            "cannot add gate B, since OldA is already a name of gate A; rename one of them"
        );
        let other = RawSpec::new("A").milestone(RawMilestone::alpha("1.31"));
        assert_eq!(
            registry.register([other]).unwrap_err().to_string(),
            "gate A is already registered with another history; give both the same history, or rename one of them"
        );
    }

    #[cfg(feature = "std")]
    #[test]
    fn an_override_of_an_unknown_default_names_the_nearest() {
        let problems = registry([alpha("MemoryQoS")]).override_default("MemoryQos", true);
        assert_eq!(
            problems.unwrap_err().to_string(),
            "unknown gate MemoryQos; did you mean MemoryQoS?"
        );
    }

    #[test]
    fn a_group_takes_part_in_dependencies_as_a_gate() {
        let on = RawMilestone::beta("1.30");
        let mut registry = registry([
            alpha("A"),
            RawSpec::new("Off").milestone(RawMilestone::beta("1.30").with_default(false)),
            RawSpec::new("On").milestone(on),
        ]);
        registry.add_dependencies([("A", ["AllBeta"]), ("AllAlpha", ["Off"])]).unwrap();
        let mut problems = |text: &str| registry.set(text).unwrap_err().to_string();
        assert_eq!(
            problems("A=true"),
            "the program, column 1, \"A=true\": gate A is on but requires AllBeta, which is off; remove A=true"
        );
        assert_eq!(
            problems("AllAlpha=true,A=false"),
            "the program, column 1, \"AllAlpha=true\": gate AllAlpha is on but requires Off, which is off; also set Off=true, or remove AllAlpha=true"
        );
    }

    #[test]
    fn where_neither_end_can_change_the_group_is_given_up() {
        let locked = RawMilestone::ga("1.30").with_default(false);
        let mut registry = registry([
            RawSpec::new("Shut").milestone(locked),
            alpha("Middle"),
            alpha("Upper").requires("Middle"),
        ]);
        registry.add_dependencies([("Middle", ["Shut"])]).unwrap();
        let problems = registry.set("AllAlpha=true").unwrap_err();
        assert_eq!(
            problems.to_string(),
            "the program, column 1, \"AllAlpha=true\": gate Middle is on by AllAlpha but requires Shut (locked to false), which is off; remove AllAlpha=true"
        );
    }

    /// Each of the gates that are on misses all that lie behind its own one.
    #[test]
    fn the_advice_for_many_long_chains_is_short() {
        const LENGTH: usize = 4_000;
        let link = |index: usize| {
            let gate = alpha(&format!("Off{index}"));
            if index + 1 < LENGTH { gate.requires(format!("Off{}", index + 1)) } else { gate }
        };
        let user = |index: usize| {
            RawSpec::new(format!("On{index}"))
                .milestone(RawMilestone::alpha("1.30"))
                .requires(format!("Off{index}"))
        };
        let top = |index: usize| alpha(&format!("Top{index}")).requires(format!("On{index}"));
        let gates = (0..LENGTH).flat_map(|index| [link(index), user(index), top(index)]);
        let mut registry = registry(gates);
        let text: Vec<String> =
            (0..LENGTH).map(|index| format!("On{index}=1,Top{index}=1")).collect();
        let problems = registry.set(&text.join(",")).unwrap_err();
        assert_eq!(problems.iter().count(), LENGTH);
        let longest = problems.iter().map(|problem| problem.to_string().len()).max();
        assert!(longest.is_some_and(|longest| longest < 600), "{longest:?}");
        let first = problems.iter().next().unwrap().to_string();
        assert!(first.ends_with("Off9=true and more"), "{first}");
    }

    #[cfg(feature = "std")]
    #[test]
    fn the_nearest_name_is_looked_for_a_hundred_times() {
        let mut registry = registry([alpha("MemoryQoS")]);
        let text: Vec<String> = (0..150).map(|index| format!("MemoryQo{index}=1")).collect();
        let problems = registry.set(&text.join(",")).unwrap_err();
        let near = |problem: &&Problem| matches!(problem.kind(), ProblemKind::Unknown { nearest: Some(near) } if near == "MemoryQoS");
        assert_eq!(problems.iter().count(), 150);
        assert_eq!(problems.iter().take_while(near).count(), 100);
        assert_eq!(problems.iter().filter(near).count(), 100);
    }

    #[test]
    fn what_is_not_compiled_in_is_named_where_another_gate_requires_it() {
        let mut registry = registry([
            alpha("Absent").available(false),
            alpha("There"),
            alpha("A").requires("There").requires("Absent"),
        ]);
        let shown = registry.set("A=true,Absent=true").unwrap_err().to_string();
        assert!(shown.contains("gate A requires Absent, which is not compiled"), "{shown}");
        assert!(shown.contains("gate Absent is not compiled into this program"), "{shown}");
    }

    /// From data a gate may be on before it exists; it is not held to what it requires then.
    #[test]
    fn a_gate_that_does_not_exist_requires_nothing() {
        let early = RawMilestone::new("1.30", Stage::PreAlpha).with_default(true);
        let mut registry = registry([
            RawSpec::new("Early").milestone(early),
            RawSpec::new("Base").milestone(RawMilestone::beta("1.30")),
        ]);
        registry.add_dependencies([("Early", ["Base"])]).unwrap();
        registry.set("Base=false").unwrap();
        assert_eq!(registry.enabled("Early"), Some(true));
    }

    #[test]
    fn setting_by_a_map_reports_notices() {
        let mut registry =
            registry([RawSpec::new("Ga").milestone(RawMilestone::ga("1.30")), alpha("A")]);
        let notices = registry.set_map([("Ga", true), ("A", true)]).unwrap();
        assert_eq!(notices.iter().map(Notice::gate).collect::<Vec<_>>(), ["Ga"]);
        assert_eq!(registry.enabled("A"), Some(true));
    }
}
