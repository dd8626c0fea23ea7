//! The rules for a gate that requires one of another enum, which apply while the program is compiled.

use featuregate_core::__private::history::{PairRule, first_mismatch};
use featuregate_core::Milestone;

use crate::declare::declaration::Required;
use crate::declare::gate_enum::GateEnum;
use crate::declare::part;

impl Required {
    /// A gate of the enum `F` with that discriminant.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "a variant's position is below the number of bits")]
    pub const fn new<F: GateEnum>(_: F, discriminant: i128) -> Self {
        let position = position(F::DISCRIMINANTS, discriminant);
        let available = F::AVAILABLE[position / 8] & (1 << (position % 8)) != 0;
        Self { part: part::of::<F>, declaration: F::DECLARATION, position, available }
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

    /// Checks that a gate of the enum `F` follows the rules for what it requires of another enum. `N` and `M` are
    /// the numbers of milestones.
    ///
    /// # Panics
    /// If it breaks a rule; this is called while a program is compiled.
    pub const fn check<F: GateEnum, const N: usize, const M: usize>(&self, gate: usize) {
        let (own, other) = (&F::DECLARATION, &self.declaration);
        // An enum with a mistake has no gates, and has its own error.
        if M == 0 || !same(own.component, other.component) {
            return;
        }
        assert!(
            own.version.major() == other.version.major()
                && own.version.minor() == other.version.minor()
                && own.version.patch() == other.version.patch(),
            "the enums have the same component but different releases, so their histories cannot be compared; give both the same `version`, or one of them its own `component`"
        );
        let own: [Milestone; N] = own.milestones(gate);
        let other: [Milestone; M] = other.milestones(self.position);
        assert!(
            first_mismatch(PairRule::Stage, &own, &other).is_none(),
            "at some version the gate is more stable than this gate, which it requires; a required gate must be at least as stable"
        );
        assert!(
            first_mismatch(PairRule::Default, &own, &other).is_none(),
            "at some version the gate is on by default, but this gate, which it requires, is off by default; make the gate off by default, or this gate on"
        );
        assert!(
            first_mismatch(PairRule::Lock, &own, &other).is_none(),
            "at some version the gate is locked, but this gate, which it requires, is not; lock this gate, or do not lock the gate that requires it"
        );
    }
}

/// The position of a variant: its number, unless there is a list of discriminants.
#[expect(
    clippy::indexing_slicing,
    clippy::cast_sign_loss,
    reason = "a const fn has no iterators and no `try_from`; a variant's number is its position"
)]
const fn position(discriminants: &[i128], discriminant: i128) -> usize {
    let mut position = 0;
    while position < discriminants.len() {
        if discriminants[position] == discriminant {
            return position;
        }
        position += 1;
    }
    discriminant as usize
}

/// How many milestones a gate has.
#[must_use]
pub const fn milestones<F: GateEnum>(position: usize) -> usize {
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
