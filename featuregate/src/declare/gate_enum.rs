//! What the derive implements.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::iter::FusedIterator;

use featuregate_core::__private::written_with;
use featuregate_core::GateSpec;

use crate::declare::bits::Bits;
use crate::declare::declaration::{Declaration, Required};
use crate::memory::installed::CellsRef;

/// An enum whose variants are feature gates: what the derive declares of it.
///
/// It has no items for programs: [`FeatureGate`](crate::FeatureGate), which every such enum implements, has what
/// can be done with it. Derive it; do not implement it by hand.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an enum of feature gates",
    label = "add `#[derive(FeatureGate)]` to it"
)]
pub trait GateEnum: Copy + Send + Sync + 'static {
    #[doc(hidden)]
    type Bits: Bits;
    #[doc(hidden)]
    const DECLARATION: Declaration;
    #[doc(hidden)]
    const EMULATES: bool;
    #[doc(hidden)]
    const REQUIRED: &'static [(usize, Required)];
    #[doc(hidden)]
    const ALL: &'static [Self];
    #[doc(hidden)]
    const AVAILABLE: &'static [u8];
    /// In the order of the variants; empty where each is the position of its variant.
    #[doc(hidden)]
    const DISCRIMINANTS: &'static [i128];
    #[doc(hidden)]
    const DEFAULTS: Self::Bits;
    #[doc(hidden)]
    const FIXED: Self::Bits;
    #[doc(hidden)]
    fn position(self) -> usize;
    #[doc(hidden)]
    fn __enabled(self) -> bool;
    #[doc(hidden)]
    fn cells() -> CellsRef;
}

/// The name of a gate.
pub(crate) fn name<F: GateEnum>(gate: F) -> &'static str {
    F::DECLARATION.name(gate.position())
}

/// The type of the enum, and the name of its gate at a position.
#[must_use]
pub fn named<F: GateEnum>(position: usize) -> (&'static str, &'static str) {
    (core::any::type_name::<F>(), F::DECLARATION.name(position))
}

/// The name of a gate in a text, with its component if it has one.
pub(crate) fn written<F: GateEnum>(gate: F) -> String {
    written_with(F::DECLARATION.component, name(gate))
}

/// The declaration of one variant.
pub(crate) fn spec<F: GateEnum>(gate: F) -> GateSpec {
    F::DECLARATION.variant(gate.position(), F::REQUIRED, F::AVAILABLE)
}

/// All gates of an enum: see [`FeatureGate::all`](crate::FeatureGate::all).
#[derive(Clone, Debug)]
pub struct All<F: 'static> {
    gates: core::slice::Iter<'static, F>,
}

impl<F: GateEnum> All<F> {
    pub(crate) fn new() -> Self {
        Self { gates: F::ALL.iter() }
    }
}

impl<F: Copy> Iterator for All<F> {
    type Item = F;

    fn next(&mut self) -> Option<F> {
        self.gates.next().copied()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.gates.size_hint()
    }
}

impl<F: Copy> DoubleEndedIterator for All<F> {
    fn next_back(&mut self) -> Option<F> {
        self.gates.next_back().copied()
    }
}

impl<F: Copy> ExactSizeIterator for All<F> {}

impl<F: Copy> FusedIterator for All<F> {}

/// The declarations of an enum's gates: see [`FeatureGate::specs`](crate::FeatureGate::specs).
#[derive(Clone, Debug)]
pub struct Specs {
    specs: vec::IntoIter<GateSpec>,
}

impl Specs {
    pub(crate) fn new<F: GateEnum>() -> Self {
        let mut specs = Vec::new();
        F::DECLARATION.variants(F::REQUIRED, F::AVAILABLE)(&mut |spec| specs.push(spec));
        Self { specs: specs.into_iter() }
    }
}

impl Iterator for Specs {
    type Item = GateSpec;

    fn next(&mut self) -> Option<GateSpec> {
        self.specs.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.specs.size_hint()
    }
}

impl DoubleEndedIterator for Specs {
    fn next_back(&mut self) -> Option<GateSpec> {
        self.specs.next_back()
    }
}

impl ExactSizeIterator for Specs {}

impl FusedIterator for Specs {}
