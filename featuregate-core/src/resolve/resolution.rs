//! The outcome of resolving: the value of every gate, and what decided it.

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;

use crate::declare::spec::GateSpec;
use crate::declare::stage::Stage;
use crate::gates::component::GateId;
use crate::gates::names::Lookup;
use crate::gates::set::{GateRange, GateSet};
use crate::gates::status::Status;
use crate::gates::versions::Versions;
use crate::id::IdVec;
use crate::problem::cause::Cause;
use crate::problem::notice::{Notice, NoticeKind};
use crate::problem::problems::Problem;
use crate::request::assignment::{Assignment, ItemId};
use crate::request::layer::LayerId;

crate::__id! {
    /// An assignment of a [`Resolution`].
    pub(crate) struct AssignmentId;
}

/// The value of every gate at the versions in effect. Immutable; made by [`resolve`](fn@crate::resolve).
///
/// Where it was resolved [leniently](crate::resolve_lenient), it has the [problems](Self::problems) of what was left out.
#[derive(Clone)]
pub struct Resolution {
    pub(crate) gates: Arc<GateSet>,
    /// What each gate is.
    pub(crate) statuses: Arc<IdVec<GateId, Status>>,
    pub(crate) assignments: IdVec<AssignmentId, Given>,
    pub(crate) decisions: IdVec<GateId, Decision>,
    pub(crate) notices: Vec<Notice>,
    pub(crate) problems: Vec<Problem>,
}

/// An assignment, which item of the input it is, and the gate that it names.
#[derive(Clone, Debug)]
pub(crate) struct Given {
    pub(crate) item: ItemId,
    pub(crate) layer: LayerId,
    pub(crate) assignment: Assignment,
    pub(crate) lookup: Option<Lookup>,
}

impl Given {
    /// The name that is written, where it is a former one.
    pub(crate) fn former_name(&self) -> Option<&str> {
        self.lookup.filter(|lookup| lookup.is_alias).map(|_| &*self.assignment.name)
    }
}

/// What was decided for one gate.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Decision {
    pub(crate) value: bool,
    pub(crate) cause: Cause<AssignmentId>,
    /// The gate that turned it on by implying it.
    pub(crate) implied_by: Option<GateId>,
}

impl Resolution {
    /// What applies if nothing is asked for.
    ///
    /// Dependencies are not checked: the defaults of gates that are declared consistently agree at the
    /// binary's version.
    pub(crate) fn of_defaults(gates: &Arc<GateSet>) -> Self {
        let statuses = gates.statuses();
        let decide = |gate| {
            let value = statuses[gate].default();
            Decision { value, cause: Cause::Default, implied_by: None }
        };
        Self {
            gates: Arc::clone(gates),
            assignments: IdVec::new(),
            decisions: gates.map(decide),
            statuses: Arc::new(statuses),
            notices: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// The value of a gate or group by its name; `None` for an unknown name (an alias is one).
    ///
    /// A gate that does not exist yet at the versions in effect is off.
    #[must_use]
    pub fn enabled(&self, name: &str) -> Option<bool> {
        self.gates.named(name).map(|gate| self.decisions[gate].value)
    }

    /// The gates in effect, in the order of declaration: without the groups, without removed gates, and
    /// without those that do not exist yet.
    pub fn iter(&self) -> impl Iterator<Item = GateState<'_>> {
        self.all().filter(|state| state.status().exists() && !self.gates.is_group(state.gate))
    }

    /// All gates, also groups, removed ones, and those that do not exist yet.
    pub fn all(&self) -> impl Iterator<Item = GateState<'_>> {
        self.gates.ids().map(|gate| self.at(gate))
    }

    /// The state of one gate or group by its name, whether it exists at the versions in effect or not.
    #[must_use]
    pub fn state(&self, name: &str) -> Option<GateState<'_>> {
        self.gates.named(name).map(|gate| self.at(gate))
    }

    /// The state of one gate or group.
    #[must_use]
    pub fn at(&self, gate: GateId) -> GateState<'_> {
        GateState { gate, resolution: self }
    }

    /// The values of gates, in the order in which they were added.
    pub fn values(&self, gates: GateRange) -> impl Iterator<Item = bool> + '_ {
        gates.iter().map(|gate| self.decisions[gate].value)
    }

    /// What the operator should know, in the order of the input.
    #[must_use]
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// What was left out because resolving was lenient, in the order of the input; empty otherwise.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The gates that were resolved.
    #[must_use]
    pub fn gates(&self) -> &GateSet {
        &self.gates
    }
}

impl fmt::Debug for Resolution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let on = self.iter().filter(GateState::enabled);
        f.debug_struct("Resolution").field("on", &on.count()).finish_non_exhaustive()
    }
}

/// A gate in a [`Resolution`].
#[derive(Clone, Copy)]
pub struct GateState<'a> {
    gate: GateId,
    resolution: &'a Resolution,
}

impl<'a> GateState<'a> {
    fn decision(&self) -> &'a Decision {
        &self.resolution.decisions[self.gate]
    }

    /// The gate's declaration.
    #[must_use]
    pub fn spec(&self) -> &'a GateSpec {
        self.resolution.gates.spec(self.gate)
    }

    /// The gate.
    #[must_use]
    pub fn id(&self) -> GateId {
        self.gate
    }

    /// Its name as it is written in a text, with the component's prefix if it has one.
    #[must_use]
    pub fn name(&self) -> &'a str {
        self.resolution.gates.written(self.gate)
    }

    /// The names of the gates that it requires, as they are written in a text.
    pub fn requires(&self) -> impl Iterator<Item = &'a str> {
        let gates: &'a GateSet = &self.resolution.gates;
        gates.requires(self.gate).iter().map(|&needed| gates.written(needed))
    }

    /// The names of the gates that it implies, as they are written in a text.
    pub fn implies(&self) -> impl Iterator<Item = &'a str> {
        let gates: &'a GateSet = &self.resolution.gates;
        gates.implies(self.gate).iter().map(|&implied| gates.written(implied))
    }

    /// The versions in effect for it.
    #[must_use]
    pub fn versions(&self) -> Versions {
        self.resolution.gates.versions(self.gate)
    }

    /// What it is at the versions in effect.
    #[must_use]
    pub fn status(&self) -> Status {
        self.resolution.statuses[self.gate]
    }

    /// Its stage at the versions in effect.
    #[must_use]
    pub fn stage(&self) -> Stage {
        self.status().stage()
    }

    /// Its default at the versions in effect.
    #[must_use]
    pub fn default(&self) -> bool {
        self.status().default()
    }

    /// Whether it can only have its default at the versions in effect.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        self.status().is_locked()
    }

    /// Its value.
    #[must_use]
    pub fn enabled(&self) -> bool {
        self.decision().value
    }

    /// What decided the value.
    #[must_use]
    pub fn cause(&self) -> Cause<&'a Assignment> {
        self.decision().cause.map(|id| &self.resolution.assignments[id].assignment)
    }

    /// The gate that turned it on by implying it, by its written name.
    #[must_use]
    pub fn implied_by(&self) -> Option<&'a str> {
        self.decision().implied_by.map(|gate| self.resolution.gates.written(gate))
    }

    /// What there is to say of a setting that gives this gate the value that it is locked to. Resolving says so
    /// of GA gates only, as Kubernetes does.
    #[must_use]
    pub fn redundant(&self) -> Option<Notice> {
        let (default, stage) = (self.default(), self.stage());
        let kind = match stage {
            _ if !self.is_locked() => return None,
            Stage::Ga => NoticeKind::SetGa { default, locked: true },
            stage => NoticeKind::SetLocked { stage },
        };
        let Cause::Own(id) = self.decision().cause else { return None };
        let given = &self.resolution.assignments[id];
        let Assignment { value, origin, .. } = given.assignment.clone();
        let notice = Notice::of_item(kind, self.name(), value, given.item, origin);
        Some(notice.set_as(given.former_name()))
    }
}

impl fmt::Debug for GateState<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GateState")
            .field("name", &self.name())
            .field("enabled", &self.enabled())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::declare::milestone::RawMilestone;
    use crate::declare::spec::RawSpec;
    use crate::declare::version::Version;
    use crate::registry::Registry;

    #[test]
    fn a_setting_of_a_locked_gate_is_redundant_at_every_stage() {
        let mut registry = Registry::new(Version::new(1, 36));
        let gate = |name: &str, milestone| RawSpec::new(name).milestone(milestone);
        registry
            .register([
                gate("Ga", RawMilestone::ga("1.30")),
                gate("Locked", RawMilestone::beta("1.30").with_lock(true)),
                gate("Free", RawMilestone::beta("1.30")),
                gate("Unset", RawMilestone::ga("1.30")),
            ])
            .unwrap();
        registry.set("Ga=true,Locked=true,Free=true").unwrap();
        let redundant = |name: &str| {
            let notice = registry.resolution().state(name).unwrap().redundant();
            notice.map(|notice| notice.kind().clone())
        };
        assert_eq!(redundant("Ga"), Some(NoticeKind::SetGa { default: true, locked: true }));
        assert_eq!(redundant("Locked"), Some(NoticeKind::SetLocked { stage: Stage::Beta }));
        assert_eq!(redundant("Free"), None);
        assert_eq!(redundant("Unset"), None, "there is no setting");
    }

    #[test]
    fn a_state_has_the_spec_of_its_gate_and_is_shown_by_name_and_value() {
        let mut registry = Registry::new(Version::new(1, 36));
        registry.register([RawSpec::new("A").milestone(RawMilestone::beta("1.30"))]).unwrap();
        let resolution = registry.resolution();
        let state = resolution.state("A").unwrap();
        assert_eq!(state.spec().name(), "A");
        assert_eq!(alloc::format!("{state:?}"), "GateState { name: \"A\", enabled: true, .. }");
    }
    #[test]
    fn a_state_says_what_its_gate_implies() {
        let mut registry = Registry::new(Version::new(1, 36));
        let gate = |name: &str| RawSpec::new(name).milestone(RawMilestone::alpha("1.30"));
        registry.register([gate("A").implies("B"), gate("B")]).unwrap();
        let resolution = registry.resolution();
        let implied = |name: &str| resolution.state(name).unwrap().implies().collect::<Vec<_>>();
        assert_eq!((implied("A"), implied("B")), (alloc::vec!["B"], alloc::vec![]));
        assert!(alloc::format!("{resolution:?}").starts_with("Resolution {"), "{resolution:?}");
        assert!(alloc::format!("{registry:?}").starts_with("Registry"), "{registry:?}");
    }

    #[test]
    fn a_state_names_what_turned_its_gate_on_by_implying_it() {
        let mut registry = Registry::new(Version::new(1, 36));
        let gate = |name: &str| RawSpec::new(name).milestone(RawMilestone::alpha("1.30"));
        registry.register([gate("A").implies("B"), gate("B"), gate("C").implies("A")]).unwrap();
        registry.set("C=true").unwrap();
        let by = |name: &str| registry.resolution().state(name).unwrap().implied_by();
        assert_eq!((by("A"), by("B"), by("C")), (Some("C"), Some("A"), None));
    }

    #[test]
    fn what_was_asked_for_implies_a_gate_before_what_is_on_by_default() {
        let mut registry = Registry::new(Version::new(1, 36));
        let gate = |name: &str, milestone| RawSpec::new(name).milestone(milestone);
        let (alpha, beta) = (|| RawMilestone::alpha("1.30"), || RawMilestone::beta("1.30"));
        registry
            .register([
                gate("Default", beta()).implies("A").implies("B").except_from_groups(true),
                gate("ByGroup", alpha()).implies("A").implies("B"),
                gate("Own", alpha()).implies("A").except_from_groups(true),
                gate("A", beta()),
                gate("B", beta()),
            ])
            .unwrap();
        registry.set("AllBeta=false,AllAlpha=true,Own=true").unwrap();
        let by = |name: &str| registry.resolution().state(name).unwrap().implied_by();
        assert_eq!((by("A"), by("B")), (Some("Own"), Some("ByGroup")));
    }
}
