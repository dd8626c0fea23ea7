//! What the derive's expansion needs. It is not for other code: it changes without notice.

pub use core::fmt;
pub use core::option::Option;
pub use core::primitive::{bool, i128, str, u8, usize};
pub use core::result::Result;
pub use core::str::FromStr;

pub use crate::declare::bits::{both, compiled_in, fixed, is_set, on_if};
pub use crate::declare::declaration::{Declaration, Required};
pub use crate::declare::found::Found;
pub use crate::declare::gate_enum::{All, GateEnum, Specs, named};
pub use crate::declare::requires::milestones;
pub use crate::memory::cells::enabled;
pub use crate::memory::installed::{Cells, CellsRef};
pub use crate::resolve::disabled::Disabled;
pub use crate::resolve::enums::{Emulates, Runtime};
pub use crate::resolve::gates::Gates;
pub use crate::resolve::resolver::Resolver;
pub use crate::resolve::unknown_gate::UnknownGate;
pub use featuregate_core::__private::packed::Packed;
pub use featuregate_core::{GateSpec, Stage};

use crate::declare::gate_enum;
use crate::feature_gate::FeatureGate;

// The methods of the traits as functions. At each call of a method, the compiler checks the supertraits of its
// trait, so an enum that is not `Copy` would give an error for each method.

#[inline(always)]
#[must_use]
#[expect(clippy::inline_always, reason = "it is part of the check, which must fold in its caller")]
pub fn position<F: GateEnum>(gate: F) -> usize {
    gate.position()
}

#[inline]
#[must_use]
pub fn find<F: GateEnum>(text: &str) -> Option<Found<F>> {
    F::find(text)
}

#[inline]
#[must_use]
pub fn spec<F: GateEnum>(gate: F) -> GateSpec {
    gate_enum::spec(gate)
}

#[inline]
#[must_use]
pub fn all<F: GateEnum>() -> All<F> {
    All::new()
}

#[inline]
#[must_use]
pub fn specs<F: GateEnum>() -> Specs {
    Specs::new::<F>()
}

#[inline]
#[must_use]
pub fn snapshot<F: GateEnum>() -> Gates<F> {
    Gates::current()
}

#[inline]
pub fn require<F: GateEnum>(gate: F) -> Result<(), Disabled> {
    gate.require()
}

#[inline]
pub fn from_name<F: GateEnum>(name: &str) -> Result<F, UnknownGate> {
    F::from_name(name)
}

#[inline]
pub fn display<F: GateEnum>(gate: &F, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.pad(gate_enum::name(*gate))
}

#[cfg(feature = "record")]
pub fn recorded<F: GateEnum>(position: usize, value: bool) {
    if let Some(gate) = F::ALL.get(position) {
        crate::record::read(*gate, value);
    }
}
