//! The milestones of a gate.
//!
//! Those of a gate that the derive has packed are read where they are asked for, so that a program starts without a list
//! in memory for each of its gates.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::fmt;
use core::ops::Deref;

use once_cell::race::OnceBox;

use crate::declare::history::applies_at;
use crate::declare::milestone::Milestone;
use crate::declare::reader::Reader;
use crate::declare::version::Version;

/// Milestones, as a list or as the derive has packed them.
pub(crate) enum Milestones {
    Listed(Vec<Milestone>),
    Packed {
        table: &'static [u8],
        /// Whether each version has a patch part.
        patch: bool,
        /// Once the list was asked for.
        list: OnceBox<Vec<Milestone>>,
    },
}

impl Milestones {
    /// Those of a packed gate.
    pub(crate) const fn packed(table: &'static [u8], patch: bool) -> Self {
        Self::Packed { table, patch, list: OnceBox::new() }
    }

    /// What applies at an emulated version and a minimum compatibility version.
    pub(crate) fn at(&self, emulated: Version, min_compat: Version) -> Milestone {
        match self {
            Self::Listed(list) => applies_at(list, emulated, min_compat),
            // None of these needs a minimum compatibility version.
            Self::Packed { table, patch, .. } => {
                Reader::new("", table).milestone_at(*patch, emulated)
            }
        }
    }

    /// The last one, without the list in memory.
    pub(crate) fn last(&self) -> Option<Milestone> {
        match self {
            Self::Listed(list) => list.last().copied(),
            Self::Packed { table, patch, .. } => unpacked(table, *patch).last(),
        }
    }

    /// Changes the milestone at a position, if there is one.
    pub(crate) fn edit(&mut self, position: usize, edit: impl FnOnce(&mut Milestone)) {
        let mut list = self.to_vec();
        list.get_mut(position).map(edit);
        *self = list.into();
    }
}

/// Reads one milestone after the other.
fn unpacked(table: &'static [u8], patch: bool) -> impl Iterator<Item = Milestone> {
    let mut reader = Reader::new("", table);
    core::iter::from_fn(move || reader.milestone(patch))
}

impl Deref for Milestones {
    type Target = [Milestone];

    fn deref(&self) -> &[Milestone] {
        match self {
            Self::Listed(list) => list,
            Self::Packed { table, patch, list } => {
                list.get_or_init(|| Box::new(unpacked(table, *patch).collect()))
            }
        }
    }
}

impl From<Vec<Milestone>> for Milestones {
    fn from(list: Vec<Milestone>) -> Self {
        Self::Listed(list)
    }
}

impl Default for Milestones {
    fn default() -> Self {
        Self::Listed(Vec::new())
    }
}

impl Clone for Milestones {
    fn clone(&self) -> Self {
        match self {
            Self::Listed(list) => Self::Listed(list.clone()),
            Self::Packed { table, patch, .. } => Self::packed(table, *patch),
        }
    }
}

impl PartialEq for Milestones {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Milestones {}

impl fmt::Debug for Milestones {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
