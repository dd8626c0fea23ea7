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
            let of = |cross: &&Cross| cross.from == position;
            let crosses = F::CROSSES.iter().filter(of).filter_map(|cross| cross.written(own));
            with_availability(requiring(spec, crosses), bit(F::AVAILABLE, position))
        })
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

/// A gate that requires one of another enum.
#[derive(Clone, Debug)]
pub struct Cross {
    from: usize,
    to: (fn() -> Declaration, usize),
}

impl Cross {
    /// From the position of a gate to that of a gate of the enum `F`.
    #[must_use]
    pub const fn new<F: FeatureGate>(from: usize, to: usize) -> Self {
        Self { from, to: (|| F::DECLARATION, to) }
    }

    /// The name of the gate that is required, as one of another component writes it.
    fn written(&self, own: Option<&str>) -> Option<String> {
        let declaration = (self.to.0)();
        let (component, name) = (declaration.component, declaration.name(self.to.1)?);
        Some(match component {
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

/// Whether a gate of another enum is compiled in.
#[must_use]
#[expect(clippy::indexing_slicing, reason = "a variant's position is below the number of bits")]
pub const fn is_available<F: FeatureGate>(position: usize) -> bool {
    F::AVAILABLE[position / 8] & (1 << (position % 8)) != 0
}

/// Holds a gate of one enum to the rules for what it requires of another enum.
///
/// # Panics
/// Where it breaks one; this is called while a program is compiled.
pub const fn require<F: FeatureGate, G: FeatureGate, const N: usize, const M: usize>(
    gate: usize,
    needed: usize,
) {
    let (own, other) = (&F::DECLARATION, &G::DECLARATION);
    if !same(own.component, other.component) {
        return;
    }
    assert!(
        own.version.major() == other.version.major()
            && own.version.minor() == other.version.minor(),
        "the enums are of one component but of different releases, so their histories don't compare; give both one `version`, or one of them a `component` of its own"
    );
    let own: [Milestone; N] = own.packed.milestones(gate);
    let other: [Milestone; M] = other.packed.milestones(needed);
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
