//! Gates that are released together.

use alloc::collections::BTreeMap;

use crate::declare::spec::{RemovedPolicy, Text};
use crate::declare::stage::Stage;
use crate::gates::group::Group;
use crate::gates::versions::Versions;

crate::__id! {
    /// A gate of a [`GateSet`](crate::GateSet), which created the id.
    pub struct GateId;
    /// A component of a [`GateSet`](crate::GateSet), which created the id.
    pub struct ComponentId;
}

/// Gates that share a prefix, a history of releases, and groups.
#[derive(Clone, Debug)]
pub struct Component {
    pub(crate) name: Option<Text>,
    pub(crate) versions: Versions,
    pub(crate) removed: RemovedPolicy,
    /// In the order of [`Group::EACH`].
    pub(crate) groups: [GateId; Group::EACH.len()],
    /// The gates by each of their names.
    pub(crate) index: BTreeMap<Text, Lookup>,
}

/// The gate that a name refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lookup {
    pub(crate) gate: GateId,
    /// Whether the name is an alias of the gate.
    pub(crate) is_alias: bool,
}

impl Component {
    /// The prefix before the colon; `None` for the component whose gates are written without one.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The versions in effect.
    #[must_use]
    pub fn versions(&self) -> Versions {
        self.versions
    }

    /// How an assignment to a removed gate is treated.
    #[must_use]
    pub fn removed(&self) -> RemovedPolicy {
        self.removed
    }

    /// The group that sets the gates of a stage.
    pub(crate) fn group(&self, stage: Stage) -> Option<GateId> {
        let groups = Group::EACH.iter().zip(self.groups);
        groups.into_iter().find(|(group, _)| group.stage == stage).map(|(_, gate)| gate)
    }
}
