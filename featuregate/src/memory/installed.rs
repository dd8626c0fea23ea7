//! What the cells keep once it is installed: the resolution, and which of its gates belong to which enum.

use core::any::TypeId;

use alloc::sync::Arc;
use alloc::vec::Vec;
#[cfg(feature = "runtime")]
use featuregate_core::GateId;
use featuregate_core::{GateRange, Source};

use crate::memory::cells;
#[cfg(feature = "runtime")]
use crate::memory::changing::Lock;
#[cfg(feature = "runtime")]
use crate::memory::layer::RuntimeLayer;
#[cfg(feature = "runtime")]
use crate::memory::live::Changes;

/// The cells of an enum.
pub type Cells<const N: usize> = cells::Cells<N, Resolved>;
/// The cells of an enum, of any size.
pub type CellsRef = cells::CellsRef<Resolved>;

/// What was resolved, and the enums whose gates it has.
#[derive(Debug)]
pub struct Resolved {
    pub(crate) resolution: featuregate_core::Resolution,
    pub(crate) members: Vec<Member>,
    /// The flags and variables in which gates could be set.
    pub(crate) sources: Vec<Source>,
    /// What changes while the program runs, which all that follows from one start shares.
    #[cfg(feature = "runtime")]
    pub(crate) changes: Arc<Changes<Resolved, Changed>>,
}

/// What a change did: the gates that have another value now. [`Installed::change`](crate::Installed::change) returns it,
/// and observers see it.
///
/// ```
/// # use featuregate::FeatureGate;
/// # #[derive(Clone, Copy, Debug, PartialEq, FeatureGate)]
/// # #[feature_gate(runtime)]
/// # enum Feature {
/// # /// A cache in front of the disk.
/// #     #[gate(alpha)]
/// #     Cache,
/// # }
/// let installed = Feature::resolver().resolve()?.install()?;
/// let changed = installed.change(|layer| layer.set(Feature::Cache, true))?;
/// assert!(changed.of::<Feature>().eq([(Feature::Cache, true)]));
/// assert_eq!(changed.to_string(), "Cache=true");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[cfg(feature = "runtime")]
#[derive(Clone)]
pub struct Changed {
    pub(crate) resolved: Arc<Resolved>,
    pub(crate) gates: Vec<GateId>,
    pub(crate) layer: Arc<RuntimeLayer>,
}

/// An enum that was resolved with others.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) id: TypeId,
    pub(crate) cells: CellsRef,
    pub(crate) gates: GateRange,
}

impl Resolved {
    /// What is in effect since the last change, if this is what was installed.
    #[cfg(feature = "runtime")]
    pub(crate) fn current(self: Arc<Self>) -> Arc<Self> {
        let changed = self.changes.live.with(|live| live.state.resolved.clone());
        changed.unwrap_or(self)
    }

    /// What is in effect.
    #[cfg(not(feature = "runtime"))]
    pub(crate) fn current(self: Arc<Self>) -> Arc<Self> {
        self
    }

    /// The gates of an enum; `None` if it was not resolved with the others.
    pub(crate) fn gates_of(&self, id: TypeId) -> Option<GateRange> {
        self.members.iter().find(|member| member.id == id).map(|member| member.gates)
    }
}
