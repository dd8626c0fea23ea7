//! What few gates have, and the types of single facts.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::vec::Vec;
use core::ops::{Deref, DerefMut};

use crate::declare::version::Version;

/// Text that is borrowed from the program where a gate was declared in code, and owned where it
/// came from data. It is what lets [`GateSpec`](crate::GateSpec) be one type for both.
pub(crate) type Text = Cow<'static, str>;

/// Where a tombstone's gate went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Removal {
    /// The first release without the gate.
    pub(crate) since: Version,
    /// The value that the gate ended with.
    pub(crate) value: bool,
}

/// What few gates have: see the methods of [`GateSpec`](crate::GateSpec).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Facts {
    pub(crate) implies: Vec<Text>,
    pub(crate) owner: Option<Text>,
    pub(crate) issue: Option<Text>,
    pub(crate) remove_in: Option<Version>,
    pub(crate) aliases: Vec<Text>,
    pub(crate) removal: Option<Removal>,
    /// Sorted by key.
    pub(crate) meta: Vec<(Text, Text)>,
    pub(crate) tags: Vec<Text>,
}

impl Facts {
    const NONE: &'static Self = &Self {
        implies: Vec::new(),
        owner: None,
        issue: None,
        remove_in: None,
        aliases: Vec::new(),
        removal: None,
        meta: Vec::new(),
        tags: Vec::new(),
    };
}

/// The same, which takes no room in a gate that has none of it: a program has all of its gates in memory when it
/// starts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rare(Option<Box<Facts>>);

impl From<Facts> for Rare {
    fn from(facts: Facts) -> Self {
        Self((facts != *Facts::NONE).then(|| Box::new(facts)))
    }
}

impl Deref for Rare {
    type Target = Facts;

    fn deref(&self) -> &Facts {
        self.0.as_deref().unwrap_or(Facts::NONE)
    }
}

impl DerefMut for Rare {
    fn deref_mut(&mut self) -> &mut Facts {
        self.0.get_or_insert_default()
    }
}

impl PartialEq for Rare {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Rare {}
