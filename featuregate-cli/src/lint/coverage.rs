//! Which values of the declared gates tests have read.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use featuregate_core::Stage;

use crate::lint::transition::{is_removed, milestone_at, spec};
use crate::records::read::{Sides, Tested};
use crate::source::component::Component;
use crate::source::declared::{Declared, Enum};

/// A declared gate, and what tests have read of it.
#[derive(Debug)]
pub(crate) struct Covered<'a> {
    /// The gate's name in a text.
    pub(crate) name: String,
    pub(crate) declared: &'a Declared,
    /// Its enum.
    pub(crate) of: &'a Enum,
    pub(crate) stage: Stage,
    /// The value that it is locked to in the release of its component.
    pub(crate) locked: Option<bool>,
    pub(crate) sides: Sides,
}

impl<'a> Covered<'a> {
    /// The gates of a component that are not removed, by name.
    pub(crate) fn of(component: &'a Component, tested: Tested<'_>) -> Vec<Self> {
        let release = component.version;
        let covered = |(of, declared): (&'a Enum, &'a Declared)| {
            let milestone = milestone_at(&spec(&declared.gate), release);
            let name = component.written(declared.gate.name());
            Self {
                sides: tested.records.sides(tested.crates, &of.name, &name),
                name,
                declared,
                of,
                stage: milestone.stage(),
                locked: milestone.is_locked().then(|| milestone.default()),
            }
        };
        let gates = component.enums().flat_map(|of| of.gates.values().map(move |gate| (of, gate)));
        let gates = gates.filter(|(_, declared)| !is_removed(&declared.gate));
        let mut all: BTreeMap<String, Self> = BTreeMap::new();
        for gate in gates.map(covered) {
            match all.entry(gate.name.clone()) {
                // One of two that are compiled under different conditions.
                Entry::Occupied(mut known) => known.get_mut().sides.join(&gate.sides),
                Entry::Vacant(new) => {
                    new.insert(gate);
                }
            }
        }
        all.into_values().collect()
    }
}

impl Covered<'_> {
    /// The values that the program can have in its release, and that no test has read, `on` first.
    pub(crate) fn untested(&self) -> impl Iterator<Item = bool> {
        let exists = self.stage != Stage::PreAlpha;
        [true, false].into_iter().filter(move |value| {
            exists
                && self.locked.is_none_or(|locked| locked == *value)
                && !self.sides.side(*value).read
        })
    }

    /// Whether it was read at all.
    pub(crate) fn is_read(&self) -> bool {
        self.sides.on.read || self.sides.off.read
    }
}
