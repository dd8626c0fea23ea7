//! What the cells keep once it is installed: the resolution, and which of its gates belong to which enum.

use core::any::TypeId;

use alloc::vec::Vec;
use featuregate_core::GateRange;

use crate::memory::cells;

/// The cells of an enum.
pub type Cells<const N: usize> = cells::Cells<N, Resolved>;
/// The cells of an enum, of any size.
pub type CellsRef = cells::CellsRef<Resolved>;

/// What was resolved, and the enums whose gates it has.
#[derive(Debug)]
pub struct Resolved {
    pub(crate) resolution: featuregate_core::Resolution,
    pub(crate) members: Vec<Member>,
}

/// An enum that was resolved with others.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) id: TypeId,
    pub(crate) cells: CellsRef,
    pub(crate) gates: GateRange,
}

impl Resolved {
    /// The gates of an enum; `None` if it was not resolved with the others.
    pub(crate) fn gates_of(&self, id: TypeId) -> Option<GateRange> {
        self.members.iter().find(|member| member.id == id).map(|member| member.gates)
    }
}
