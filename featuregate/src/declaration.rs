//! What the derive hands over for an enum.

use alloc::format;
use alloc::string::String;

use featuregate_core::declare::dependency::history::{PairRule, breach};
use featuregate_core::declare::packed::{Packed, requiring, with_availability};
use featuregate_core::{GateSpec, Milestone, RemovedPolicy, Version};

use crate::gate::FeatureGate;

/// An enum's gates and settings, as constants.
#[derive(Clone, Debug)]
pub struct Declaration {
    packed: Packed,
    /// How many of the packed gates are variants; tombstones follow.
    pub(crate) gates: usize,
    pub(crate) version: Version,
    pub(crate) removed: RemovedPolicy,
    pub(crate) env: Option<&'static str>,
    pub(crate) component: Option<&'static str>,
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

    /// The declarations of the variants, with what they require of other enums.
    pub(crate) fn specs<F: FeatureGate>(self) -> impl Iterator<Item = GateSpec> {
        let own = self.component;
        self.packed.take(self.gates).enumerate().map(move |(position, spec)| {
            let others = F::REQUIRED.iter().filter(|(from, _)| *from == position);
            let others = others.filter_map(|(_, required)| required.written(own));
            with_availability(requiring(spec, others), bit(F::AVAILABLE, position))
        })
    }

    /// The declarations of variants and tombstones, as the enum itself says them.
    #[cfg(feature = "manifest")]
    pub(crate) fn own_specs(self) -> impl Iterator<Item = GateSpec> {
        self.packed
    }

    /// The declaration of one variant.
    pub(crate) fn spec<F: FeatureGate>(self, position: usize) -> GateSpec {
        let spec = self.specs::<F>().nth(position);
        debug_assert!(spec.is_some(), "every variant has a declaration");
        spec.unwrap_or_default()
    }

    /// The declarations of the variants, and after them the tombstones.
    pub(crate) fn all_specs<F: FeatureGate>(self) -> impl Iterator<Item = GateSpec> {
        let tombstones = self.packed.clone().skip(self.gates);
        self.specs::<F>().chain(tombstones)
    }
}

/// A gate of another enum, which is required.
#[derive(Clone, Debug)]
pub struct Required {
    declaration: Declaration,
    position: usize,
    available: bool,
}

impl Required {
    /// The gate of the enum `F` at a position.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "a variant's position is below the number of bits")]
    pub const fn new<F: FeatureGate>(position: usize) -> Self {
        let available = F::AVAILABLE[position / 8] & (1 << (position % 8)) != 0;
        Self { declaration: F::DECLARATION, position, available }
    }

    /// Whether it is compiled in.
    #[must_use]
    pub const fn available(&self) -> bool {
        self.available
    }

    /// How many milestones it has.
    #[must_use]
    pub const fn milestones(&self) -> usize {
        self.declaration.packed.milestone_count(self.position)
    }

    /// Holds a gate of the enum `F` to the rules for what it requires of another enum. `N` and `M` are the numbers
    /// of milestones.
    ///
    /// # Panics
    /// Where it breaks one; this is called while a program is compiled.
    pub const fn check<F: FeatureGate, const N: usize, const M: usize>(&self, gate: usize) {
        let (own, other) = (&F::DECLARATION, &self.declaration);
        // An enum with a mistake has no gates, and has its own error.
        if M == 0 || !same(own.component, other.component) {
            return;
        }
        assert!(
            own.version.major() == other.version.major()
                && own.version.minor() == other.version.minor(),
            "the enums are of one component but of different releases, so their histories don't compare; give both one `version`, or one of them a `component` of its own"
        );
        let own: [Milestone; N] = own.packed.milestones(gate);
        let other: [Milestone; M] = other.packed.milestones(self.position);
        assert!(
            breach(PairRule::Stage, &own, &other).is_none(),
            "at some version the gate is more stable than this one, which it requires; what it requires must be as stable"
        );
        assert!(
            breach(PairRule::Default, &own, &other).is_none(),
            "at some version the gate is on by default but this one, which it requires, is off by default; make the gate off by default, or this one on"
        );
        assert!(
            breach(PairRule::Lock, &own, &other).is_none(),
            "at some version the gate is locked but this one, which it requires, is not; lock this one, or don't lock the gate"
        );
    }

    /// The name of the gate, as one of that component writes it.
    fn written(&self, own: Option<&str>) -> Option<String> {
        let name = self.declaration.packed.clone().name(self.position)?;
        Some(match self.declaration.component {
            component if component == own => name.into(),
            component => format!("{}:{name}", component.unwrap_or_default()),
        })
    }
}

/// How many milestones a gate has.
#[must_use]
pub const fn milestones<F: FeatureGate>(position: usize) -> usize {
    F::DECLARATION.packed.milestone_count(position)
}

#[expect(
    clippy::indexing_slicing,
    reason = "a const fn has no iterators; the bounds are the lengths"
)]
const fn same(one: Option<&str>, other: Option<&str>) -> bool {
    let (one, other) = match (one, other) {
        (None, None) => return true,
        (Some(one), Some(other)) => (one.as_bytes(), other.as_bytes()),
        _ => return false,
    };
    let mut byte = 0;
    while byte < one.len() && byte < other.len() && one[byte] == other[byte] {
        byte += 1;
    }
    byte == one.len() && byte == other.len()
}

/// The text that was given, if one was.
const fn only(given: &[&'static str]) -> Option<&'static str> {
    match given {
        [text, ..] => Some(text),
        [] => None,
    }
}

/// The bit of a gate.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a check folds in its caller, also for size without LTO")]
pub(crate) fn bit(bits: &[u8], position: usize) -> bool {
    bits.get(position / 8).is_some_and(|byte| byte & (1 << (position % 8)) != 0)
}

/// All bits, but for those in the mask if a gate is not compiled in: its own, and those of the gates that
/// require it.
#[must_use]
#[expect(clippy::indexing_slicing, reason = "a const fn has no iterators; the bound is N")]
pub const fn compiled_in<const N: usize>(condition: bool, mask: [u8; N]) -> [u8; N] {
    let mut bits = [u8::MAX; N];
    let mut byte = 0;
    while byte < N && !condition {
        bits[byte] = !mask[byte];
        byte += 1;
    }
    bits
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
