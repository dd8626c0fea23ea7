//! A bare hook for tests: whoever overrides gates for a scope is asked before each check.
//!
//! It is what `featuregate-test` builds on, and nothing for a program. With the feature `testing` no check is
//! folded to a constant, and each asks the hook; [`TESTING`](crate::TESTING) tells whether that is so.

use once_cell::race::OnceBox;

use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use featuregate_core::Problems;

use crate::declaration::bit;
use crate::enums::{Enums, Place, composed};
use crate::gate::FeatureGate;
use crate::resolution::Resolution;

/// What is asked before each check: the enum by its [`EnumId`], and the position of the gate among its
/// variants. `None` leaves the answer to the gate's own value.
pub type Hook = fn(EnumId, usize) -> Option<bool>;

/// An enum, by the place of its values in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EnumId(usize);

impl EnumId {
    /// The enum's.
    #[must_use]
    pub fn of<F: FeatureGate>() -> Self {
        Self(F::cells().address())
    }

    pub(crate) fn new(address: usize) -> Self {
        Self(address)
    }
}

/// The values of one enum in a resolution.
#[derive(Clone, Debug)]
pub struct Values {
    /// The enum.
    pub id: EnumId,
    /// For each gate its written name and its value, in the order of declaration.
    pub gates: Vec<(String, bool)>,
}

/// The values of each enum of a resolution.
#[must_use]
pub fn values<F: Enums>(resolution: &Resolution<F>) -> Vec<Values> {
    let untyped = resolution.untyped();
    let gates = |gates: core::ops::Range<usize>| {
        let names = gates.clone().map(|position| untyped.gates().written(position).into());
        names.zip(untyped.values(gates)).collect()
    };
    let values = |place: &Place| Values {
        id: EnumId::new(place.cells.address()),
        gates: gates(place.gates.clone()),
    };
    resolution.places().iter().map(values).collect()
}

/// The values that hold in the process, without regard to the hook.
///
/// # Errors
/// What keeps several enums from being composed.
pub fn process_values<F: Enums>() -> Result<Vec<Values>, Problems> {
    let (set, places) = composed::<F>(&[])?;
    let values = |place: &Place| {
        let bits: Vec<u8> = place.cells.values().collect();
        let gates = place.gates.clone().enumerate();
        let gate =
            |(index, position): (usize, usize)| (set.written(position).into(), bit(&bits, index));
        Values { id: EnumId::new(place.cells.address()), gates: gates.map(gate).collect() }
    };
    Ok(places.iter().map(values).collect())
}

/// A gate's name as it is written in a text, with its component if it has one.
#[must_use]
pub fn written<F: FeatureGate>(gate: F) -> String {
    match F::DECLARATION.component {
        Some(component) => format!("{component}:{}", gate.name()),
        None => gate.name().into(),
    }
}

static HOOK: OnceBox<Hook> = OnceBox::new();

/// Has a hook asked before each check, from now on; `false` if there is one already, which stays.
pub fn set_hook(hook: Hook) -> bool {
    HOOK.set(Box::new(hook)).is_ok()
}

/// What the hook answers.
#[must_use]
pub(crate) fn overridden(cells: usize, position: usize) -> Option<bool> {
    let hook = HOOK.get()?;
    hook(EnumId::new(cells), position)
}
