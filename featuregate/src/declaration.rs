//! What the derive hands over for an enum.

use alloc::vec::Vec;

use featuregate_core::declare::packed::{Packed, with_availability};
use featuregate_core::{GateSet, GateSpec, RemovedPolicy, Version};

use crate::gate::FeatureGate;

/// An enum's gates and settings, as constants.
#[derive(Clone, Debug)]
pub struct Declaration {
    packed: Packed,
    /// How many of the packed gates are variants; tombstones follow.
    gates: usize,
    pub(crate) version: Version,
    pub(crate) removed: RemovedPolicy,
    pub(crate) env: Option<&'static str>,
    component: Option<&'static str>,
}

impl Declaration {
    /// From the literals of the expansion.
    #[must_use]
    pub const fn new(
        text: &'static str,
        table: &'static [u8],
        gates: usize,
        (major, minor): (u32, u32),
        refuse_removed: bool,
        env: &[&'static str],
        component: &[&'static str],
    ) -> Self {
        let removed = if refuse_removed { RemovedPolicy::Refuse } else { RemovedPolicy::Tolerate };
        let version = Version::new(major, minor);
        let (env, component) = (only(env), only(component));
        Self { packed: Packed::new(text, table), gates, version, removed, env, component }
    }

    pub(crate) fn name(self, position: usize) -> Option<&'static str> {
        self.packed.name(position)
    }

    /// The declarations of the variants.
    pub(crate) fn specs<F: FeatureGate>(self) -> impl Iterator<Item = GateSpec> {
        let available = |position: usize| bit(F::AVAILABLE.as_ref(), position);
        self.packed
            .take(self.gates)
            .enumerate()
            .map(move |(position, spec)| with_availability(spec, available(position)))
    }

    /// The declaration of one variant.
    pub(crate) fn spec<F: FeatureGate>(self, position: usize) -> GateSpec {
        let spec = self.specs::<F>().nth(position);
        debug_assert!(spec.is_some(), "every variant has a declaration");
        spec.unwrap_or_default()
    }

    /// All gates of an enum with its tombstones.
    pub(crate) fn gate_set<F: FeatureGate>(self) -> GateSet {
        let tombstones = self.packed.clone().skip(self.gates);
        let component = self.component;
        let specs: Vec<GateSpec> = self.specs::<F>().chain(tombstones).collect();
        GateSet::of_declared(component, specs)
    }
}

/// The text that was given, if one was.
const fn only(given: &[&'static str]) -> Option<&'static str> {
    match given {
        [text, ..] => Some(text),
        [] => None,
    }
}

/// The bit of a gate.
pub(crate) fn bit(bits: &[u8], position: usize) -> bool {
    bits.get(position / 8).is_some_and(|byte| byte & (1 << (position % 8)) != 0)
}

/// All bits, but for the one in the mask if its gate is not compiled in.
#[must_use]
pub const fn available(condition: bool, mask: u8) -> u8 {
    if condition { u8::MAX } else { !mask }
}

/// The bits that are set in both.
#[must_use]
#[expect(clippy::indexing_slicing, reason = "a const fn has no iterators; the bound is N")]
pub const fn both<const N: usize>(mut bits: [u8; N], other: [u8; N]) -> [u8; N] {
    let mut byte = 0;
    while byte < N {
        bits[byte] &= other[byte];
        byte += 1;
    }
    bits
}

/// The gates whose value can't change: locked ones, and those that are not compiled in.
#[must_use]
#[expect(clippy::indexing_slicing, reason = "a const fn has no iterators; the bound is N")]
pub const fn fixed<const N: usize>(mut locked: [u8; N], available: [u8; N]) -> [u8; N] {
    let mut byte = 0;
    while byte < N {
        locked[byte] |= !available[byte];
        byte += 1;
    }
    locked
}
