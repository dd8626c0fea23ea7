//! The outcome of resolving: the value of every gate, and why.

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::ops::Range;

use crate::declare::gate_set::GateSet;
use crate::declare::milestone::Milestone;
use crate::declare::spec::GateSpec;
use crate::declare::stage::Stage;
use crate::declare::versions::Versions;
use crate::request::assignment::Assignment;
use crate::request::origin::Origin;
use crate::resolve::notice::Notice;

/// The value of every gate at the versions in effect. Immutable; made by [`resolve`](fn@crate::resolve).
#[derive(Clone, Debug)]
pub struct Resolution {
    pub(crate) gates: Arc<GateSet>,
    pub(crate) assignments: Vec<Assignment>,
    pub(crate) decisions: Vec<Decision>,
    pub(crate) notices: Vec<Notice>,
}

/// What was decided for one gate.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "four independent answers about a gate")]
pub(crate) struct Decision {
    /// Whether the gate exists at the versions in effect.
    pub(crate) exists: bool,
    pub(crate) stage: Stage,
    pub(crate) default: bool,
    pub(crate) locked: bool,
    pub(crate) value: bool,
    pub(crate) cause: Cause,
}

impl Decision {
    /// What holds for a gate that nothing is asked of.
    pub(crate) fn by_default(gates: &GateSet, position: usize) -> Self {
        let Versions { binary, emulated, min_compat } = gates.versions(position);
        let gone = |gate: &GateSpec| gate.removal.filter(|removal| removal.since <= binary);
        let gate = gates.gates().get(position);
        if let Some((gate, removal)) = gate.and_then(|gate| Some((gate, gone(gate)?))) {
            return Self {
                exists: false,
                stage: gate.milestones.last().map_or(Stage::Ga, |last| last.stage),
                default: removal.value,
                locked: true,
                value: removal.value,
                cause: Cause::Default,
            };
        }
        let now = gate.map_or(Milestone::BEFORE_THE_FIRST, |gate| gate.at(emulated, min_compat));
        let available = gates.available(position);
        let default = now.default && available;
        Self {
            exists: now.stage != Stage::PreAlpha,
            stage: now.stage,
            default,
            // What is not compiled in can't be changed either.
            locked: now.locked || !available,
            value: default,
            cause: Cause::Default,
        }
    }
}

/// Where a value comes from, by the index of the assignment.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Cause {
    Default,
    Assignment(usize),
    Group { group: usize, index: usize },
}

impl Cause {
    pub(crate) fn assignment(self) -> Option<usize> {
        match self {
            Self::Default => None,
            Self::Assignment(index) | Self::Group { index, .. } => Some(index),
        }
    }
}

impl Resolution {
    /// What holds if nothing is asked for.
    ///
    /// Dependencies are not checked: the defaults of gates that are declared consistently agree at the
    /// binary's version.
    pub(crate) fn of_defaults(gates: &Arc<GateSet>) -> Self {
        let decide = |position| Decision::by_default(gates, position);
        Self {
            gates: Arc::clone(gates),
            assignments: Vec::new(),
            decisions: gates.positions().map(decide).collect(),
            notices: Vec::new(),
        }
    }

    /// The value of a gate or group by its name; `None` for a name that is none (an alias isn't).
    ///
    /// A gate that does not exist yet at the versions in effect is off.
    #[must_use]
    pub fn enabled(&self, name: &str) -> Option<bool> {
        let position = self.gates.position(name)?;
        self.decisions.get(position).map(|decision| decision.value)
    }

    /// The gates in effect, in the order of declaration: without the groups, without removed gates, and
    /// without those that do not exist yet.
    pub fn iter(&self) -> impl Iterator<Item = GateState<'_>> {
        self.all().filter(|state| state.decision.exists && !self.gates.is_group(state.position))
    }

    /// All gates, also groups, removed ones, and those that do not exist yet.
    pub fn all(&self) -> impl Iterator<Item = GateState<'_>> {
        self.gates.positions().filter_map(|position| self.at(position))
    }

    /// The state of one gate or group by its name, whether it exists at the versions in effect or not.
    #[must_use]
    pub fn state(&self, name: &str) -> Option<GateState<'_>> {
        self.at(self.gates.position(name)?)
    }

    pub(crate) fn at(&self, position: usize) -> Option<GateState<'_>> {
        let spec = self.gates.gates().get(position)?;
        let decision = self.decisions.get(position)?;
        Some(GateState { position, spec, decision, resolution: self })
    }

    /// The values of the gates at these positions, in the order in which they were added.
    pub fn values(&self, positions: Range<usize>) -> impl Iterator<Item = bool> + '_ {
        let decisions = self.decisions.get(positions).unwrap_or(&[]);
        decisions.iter().map(|decision| decision.value)
    }

    /// What the operator should know, in the order of the input.
    #[must_use]
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// The gates that were resolved.
    #[must_use]
    pub fn gates(&self) -> &GateSet {
        &self.gates
    }
}

/// A gate in a [`Resolution`].
#[derive(Clone, Copy, Debug)]
pub struct GateState<'a> {
    position: usize,
    spec: &'a GateSpec,
    decision: &'a Decision,
    resolution: &'a Resolution,
}

impl<'a> GateState<'a> {
    /// The gate's declaration.
    #[must_use]
    pub fn spec(&self) -> &'a GateSpec {
        self.spec
    }

    pub(crate) fn position(&self) -> usize {
        self.position
    }

    /// Its name as it is written in a text, with the component's prefix if it has one.
    #[must_use]
    pub fn name(&self) -> &'a str {
        self.resolution.gates.written(self.position)
    }

    /// The names of the gates that it requires, as they are written in a text.
    pub fn requires(&self) -> impl Iterator<Item = &'a str> {
        let gates: &'a GateSet = &self.resolution.gates;
        gates.requires(self.position).iter().map(|&needed| gates.written(needed))
    }

    /// The versions in effect for it.
    #[must_use]
    pub fn versions(&self) -> Versions {
        self.resolution.gates.versions(self.position)
    }

    /// Its stage at the versions in effect.
    #[must_use]
    pub fn stage(&self) -> Stage {
        self.decision.stage
    }

    /// Its default at the versions in effect.
    #[must_use]
    pub fn default(&self) -> bool {
        self.decision.default
    }

    /// Whether it is locked to its default at the versions in effect.
    #[must_use]
    pub fn locked(&self) -> bool {
        self.decision.locked
    }

    /// Its value.
    #[must_use]
    pub fn enabled(&self) -> bool {
        self.decision.value
    }

    /// What decided the value.
    #[must_use]
    pub fn by(&self) -> By<'a> {
        let assignment = |index: usize| self.resolution.assignments.get(index);
        match self.decision.cause {
            Cause::Default => By::Default,
            Cause::Assignment(index) => {
                assignment(index).map_or(By::Default, |given| By::Assignment(&given.origin))
            }
            Cause::Group { group, index } => {
                let name = self.resolution.gates.written(group);
                assignment(index)
                    .map_or(By::Default, |given| By::Group { name, origin: &given.origin })
            }
        }
    }
}

/// What decided the value of a gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By<'a> {
    /// Its default at the versions in effect.
    Default,
    /// An assignment of its own.
    Assignment(&'a Origin),
    /// An assignment to the group of its stage.
    Group {
        /// `AllAlpha` or `AllBeta`, with the component's prefix if it has one.
        name: &'a str,
        /// Where the group was set.
        origin: &'a Origin,
    },
}

#[cfg(test)]
mod tests {
    use crate::declare::milestone::RawMilestone;
    use crate::declare::spec::RawSpec;
    use crate::declare::version::Version;
    use crate::registry::Registry;
    use alloc::vec::Vec;

    #[test]
    fn values_are_those_at_the_positions() {
        let mut registry = Registry::new(Version::new(1, 36));
        let gate = |name: &str, milestone| RawSpec::new(name).milestone(milestone);
        registry
            .register([
                gate("A", RawMilestone::beta("1.30")),
                gate("B", RawMilestone::alpha("1.30")),
                gate("C", RawMilestone::beta("1.30")),
            ])
            .unwrap();
        let values = |range| registry.resolution().values(range).collect::<Vec<_>>();
        assert_eq!(values(2..5), [true, false, true]);
        assert_eq!(values(3..4), [false]);
        assert_eq!(values(9..12), [] as [bool; 0]);
    }
}
