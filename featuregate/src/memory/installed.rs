//! What the cells keep once it is installed: the resolution, and which of its gates belong to which enum.

use core::any::TypeId;

use alloc::vec::Vec;

use crate::memory::cells;

/// The cells of an enum.
pub type Cells<const N: usize> = cells::Cells<N, Resolved>;
/// The cells of an enum, of any size.
pub type CellsRef = cells::CellsRef<Resolved>;

/// What was resolved, and which gates in it belong to which enum.
#[derive(Debug)]
pub struct Resolved {
    pub(crate) resolution: featuregate_core::Resolution,
    pub(crate) members: Members,
}

/// The enums that were resolved together.
#[derive(Clone, Debug)]
pub(crate) struct Members(Vec<Member>);

/// An enum, its cells, and which gates of the set are its own.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) id: TypeId,
    pub(crate) cells: CellsRef,
    pub(crate) gates: core::ops::Range<usize>,
}

impl Members {
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Member> {
        self.0.iter()
    }

    /// The positions of an enum's gates; `None` if it was not resolved with the others.
    pub(crate) fn of(&self, id: TypeId) -> Option<core::ops::Range<usize>> {
        self.iter().find(|member| member.id == id).map(|member| member.gates.clone())
    }
}

impl FromIterator<Member> for Members {
    fn from_iter<I: IntoIterator<Item = Member>>(members: I) -> Self {
        Self(members.into_iter().collect())
    }
}
