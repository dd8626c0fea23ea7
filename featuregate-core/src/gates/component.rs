//! Gates that are released together.

use alloc::vec::Vec;

use crate::declare::group::{Channel, Group};
use crate::declare::spec::{RemovedPolicy, Text};
pub use crate::gates::names::GateId;
use crate::gates::names::Names;
use crate::gates::versions::Versions;

crate::__id! {
    /// A component of a [`GateSet`](crate::GateSet), which created the id.
    pub struct ComponentId;
}

/// Gates that share a prefix, a history of releases, and groups.
#[derive(Clone, Debug)]
pub struct Component {
    pub(crate) name: Option<Text>,
    pub(crate) versions: Versions,
    pub(crate) removed: RemovedPolicy,
    /// Those of Kubernetes first.
    pub(crate) groups: Vec<(GateId, Group)>,
    pub(crate) channels: Vec<Channel>,
    /// Whether the help also lists unlocked GA gates and deprecated ones.
    pub(crate) lists_all_settable: bool,
    /// The channel in effect, if it is one of them.
    pub(crate) channel: Option<Channel>,
    /// The gates by each of their names.
    pub(crate) names: Names,
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

    /// The groups, each with the gate that it is; a later one counts more.
    #[must_use]
    pub fn groups(&self) -> &[(GateId, Group)] {
        &self.groups
    }

    pub(crate) fn is_group(&self, gate: GateId) -> bool {
        self.groups.iter().any(|(group, _)| *group == gate)
    }

    /// The release channels in which other gates are on by default.
    #[must_use]
    pub fn channels(&self) -> &[Channel] {
        &self.channels
    }

    /// Whether the help lists all gates that can be set: also GA gates that are not locked, and deprecated ones.
    #[must_use]
    pub fn lists_all_settable(&self) -> bool {
        self.lists_all_settable
    }

    /// The channel in effect.
    #[must_use]
    pub fn channel(&self) -> Option<&Channel> {
        self.channel.as_ref()
    }
}
