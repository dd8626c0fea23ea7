//! What the derive's expansion needs. Not for anybody else: it changes without notice.

pub use core::fmt;
pub use core::primitive::{bool, str, u8, usize};
pub use core::result::Result;
pub use core::str::FromStr;

pub use crate::cells::{Cells, CellsRef, enabled};
pub use crate::declaration::{Declaration, Required, both, compiled_in, fixed, milestones};
pub use crate::gate::{All, Emulates, FeatureGate, Specs, UnknownGate};
pub use crate::gates::Gates;
pub use crate::resolver::Resolver;
pub use featuregate_core::GateSpec;

// The methods of the trait as functions. A method asks at each call for what its trait builds on, and so
// an enum that is not `Copy` would be told that many times.

#[inline(always)]
#[must_use]
#[expect(clippy::inline_always, reason = "it is part of the check, which must fold in its caller")]
pub fn position<F: FeatureGate>(gate: F) -> usize {
    gate.position()
}

#[inline]
#[must_use]
pub fn name<F: FeatureGate>(gate: F) -> &'static str {
    gate.name()
}

#[inline]
#[must_use]
pub fn spec<F: FeatureGate>(gate: F) -> GateSpec {
    gate.spec()
}

#[inline]
#[must_use]
pub fn all<F: FeatureGate>() -> All<F> {
    F::all()
}

#[inline]
#[must_use]
pub fn specs<F: FeatureGate>() -> Specs {
    F::specs()
}

#[inline]
#[must_use]
pub fn snapshot<F: FeatureGate>() -> Gates<F> {
    F::snapshot()
}

#[inline]
pub fn from_name<F: FeatureGate>(name: &str) -> Result<F, UnknownGate> {
    F::from_name(name)
}

#[inline]
pub fn display<F: FeatureGate>(gate: &F, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.pad(gate.name())
}
