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
    pub(crate) places: Places,
}

/// Which gates of a set belong to which enum.
#[derive(Clone, Debug)]
pub(crate) struct Places(Vec<Place>);

#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) id: TypeId,
    pub(crate) cells: CellsRef,
    pub(crate) gates: core::ops::Range<usize>,
}

impl Places {
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Place> {
        self.0.iter()
    }

    /// The positions of an enum's gates; `None` if it was not resolved with the others.
    pub(crate) fn of(&self, id: TypeId) -> Option<core::ops::Range<usize>> {
        self.iter().find(|place| place.id == id).map(|place| place.gates.clone())
    }
}

impl FromIterator<Place> for Places {
    fn from_iter<I: IntoIterator<Item = Place>>(places: I) -> Self {
        Self(places.into_iter().collect())
    }
}
