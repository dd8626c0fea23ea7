//! Values of gates as a set: of those that are on.

use core::fmt;
use core::iter::FusedIterator;
use core::ops::{BitAnd, BitAndAssign, BitOr, BitOrAssign, BitXor, BitXorAssign, Sub, SubAssign};

use crate::declare::gate_enum::{GateEnum, name};
use crate::resolve::gates::{Gates, Values};

/// As a set of the gates that are on. A gate whose value cannot change keeps it.
///
/// These operations only set values; they apply no rule. [`with`](Gates::with) and [`resolve`](Gates::resolve) do.
impl<F: GateEnum> Gates<F> {
    /// No gate is on, except those that are locked on.
    ///
    /// ```
    /// # use featuregate::{FeatureGate, Gates};
    /// # #[derive(Clone, Copy, Debug, PartialEq, FeatureGate)]
    /// # enum Feature {
    /// #     /// On.
    /// #     #[gate(beta)]
    /// #     Cache,
    /// #     /// On and locked.
    /// #     #[gate(ga)]
    /// #     Proven,
    /// # }
    /// assert!(Gates::<Feature>::none().on().eq([Feature::Proven]));
    /// ```
    #[must_use]
    pub fn none() -> Self {
        Self::of_bytes(core::iter::repeat(0)).with_fixed()
    }

    /// The gates that are on, in the order of declaration.
    ///
    /// ```
    /// # use featuregate::{FeatureGate, Gates};
    /// # #[derive(Clone, Copy, Debug, PartialEq, FeatureGate)]
    /// # enum Feature {
    /// #     /// Off.
    /// #     #[gate(alpha)]
    /// #     Cache,
    /// #     /// On.
    /// #     #[gate(beta)]
    /// #     Quic,
    /// # }
    /// let gates: Gates<Feature> = Gates::default() | [Feature::Cache].into_iter().collect();
    /// assert!(gates.on().eq([Feature::Cache, Feature::Quic]));
    /// ```
    #[must_use]
    pub fn on(&self) -> On<F> {
        On { values: self.iter() }
    }

    /// The gates that have another value in `before`, each with its value here.
    ///
    /// ```
    /// # use featuregate::{FeatureGate, Gates};
    /// # #[derive(Clone, Copy, Debug, PartialEq, FeatureGate)]
    /// # enum Feature {
    /// #     /// Off.
    /// #     #[gate(alpha)]
    /// #     Cache,
    /// #     /// On.
    /// #     #[gate(beta)]
    /// #     Quic,
    /// # }
    /// let gates: Gates<Feature> = [Feature::Cache, Feature::Quic].into_iter().collect();
    /// assert!(gates.diff(&Gates::default()).eq([(Feature::Cache, true)]));
    /// ```
    #[must_use]
    pub fn diff(&self, before: &Self) -> Diff<F> {
        Diff { values: self.iter(), before: *before }
    }

    /// The gates that do not have their default: [`diff`](Self::diff) from the defaults.
    #[must_use]
    pub fn changed(&self) -> Diff<F> {
        self.diff(&Self::default())
    }

    /// The value of a gate, whatever the rules say.
    fn put(&mut self, gate: F, value: bool) {
        let position = gate.position();
        if let Some(byte) = self.bits.as_mut().get_mut(position / 8) {
            let mask = 1 << (position % 8);
            *byte = if value { *byte | mask } else { *byte & !mask };
        }
    }

    /// The gates whose value cannot change have it.
    fn with_fixed(mut self) -> Self {
        let (fixed, defaults) = (F::FIXED, F::DEFAULTS);
        let fixed = fixed.as_ref().iter().zip(defaults.as_ref());
        for (byte, (fixed, default)) in self.bits.as_mut().iter_mut().zip(fixed) {
            *byte = *byte & !fixed | default & fixed;
        }
        self
    }

    fn combine(mut self, other: Self, of: impl Fn(u8, u8) -> u8) -> Self {
        for (byte, other) in self.bits.as_mut().iter_mut().zip(other.bits.as_ref()) {
            *byte = of(*byte, *other);
        }
        self.with_fixed()
    }
}

/// These gates are on, and all others off.
impl<F: GateEnum> FromIterator<F> for Gates<F> {
    fn from_iter<I: IntoIterator<Item = F>>(gates: I) -> Self {
        let mut these = Self::of_bytes(core::iter::repeat(0));
        gates.into_iter().for_each(|gate| these.put(gate, true));
        these.with_fixed()
    }
}

/// These gates have these values, and all others their defaults. The last value of a gate counts.
impl<F: GateEnum> FromIterator<(F, bool)> for Gates<F> {
    fn from_iter<I: IntoIterator<Item = (F, bool)>>(gates: I) -> Self {
        let mut these = Self::default();
        gates.into_iter().for_each(|(gate, value)| these.put(gate, value));
        these.with_fixed()
    }
}

macro_rules! operators {
    ($($(#[$doc:meta])* $operator:ident $method:ident $assign:ident $assign_method:ident $of:expr;)*) => {$(
        $(#[$doc])*
        impl<F: GateEnum> $operator for Gates<F> {
            type Output = Self;

            fn $method(self, other: Self) -> Self {
                self.combine(other, $of)
            }
        }

        $(#[$doc])*
        impl<F: GateEnum> $assign for Gates<F> {
            fn $assign_method(&mut self, other: Self) {
                *self = self.combine(other, $of);
            }
        }
    )*};
}

operators! {
    /// On in one of them.
    BitOr bitor BitOrAssign bitor_assign |one, other| one | other;
    /// On in both.
    BitAnd bitand BitAndAssign bitand_assign |one, other| one & other;
    /// On in the first and not in the second.
    Sub sub SubAssign sub_assign |one, other| one & !other;
    /// On in one of them and not in both.
    BitXor bitxor BitXorAssign bitxor_assign |one, other| one ^ other;
}

/// The gates that do not have their default, as in `--feature-gates`: `Cache=true,Quic=false`. Nothing if all have it.
impl<F: GateEnum> fmt::Display for Gates<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.changed().enumerate().try_for_each(|(index, (gate, value))| {
            let comma = if index == 0 { "" } else { "," };
            f.write_str(comma)?;
            if let Some(component) = F::DECLARATION.component {
                write!(f, "{component}:")?;
            }
            write!(f, "{}={value}", name(gate))
        })
    }
}

/// The gates that are on: see [`Gates::on`].
#[derive(Clone, Debug)]
pub struct On<F: GateEnum> {
    values: Values<F>,
}

impl<F: GateEnum> Iterator for On<F> {
    type Item = F;

    fn next(&mut self) -> Option<F> {
        self.values.find_map(|(gate, value)| value.then_some(gate))
    }
}

impl<F: GateEnum> DoubleEndedIterator for On<F> {
    fn next_back(&mut self) -> Option<F> {
        self.values.by_ref().rev().find_map(|(gate, value)| value.then_some(gate))
    }
}

impl<F: GateEnum> FusedIterator for On<F> {}

/// Gates with values that differ from others: see [`Gates::diff`].
#[derive(Clone, Debug)]
pub struct Diff<F: GateEnum> {
    values: Values<F>,
    before: Gates<F>,
}

impl<F: GateEnum> Iterator for Diff<F> {
    type Item = (F, bool);

    fn next(&mut self) -> Option<(F, bool)> {
        let before = self.before;
        self.values.find(|(gate, value)| before.enabled(*gate) != *value)
    }
}

impl<F: GateEnum> DoubleEndedIterator for Diff<F> {
    fn next_back(&mut self) -> Option<(F, bool)> {
        let before = self.before;
        self.values.rfind(|(gate, value)| before.enabled(*gate) != *value)
    }
}

impl<F: GateEnum> FusedIterator for Diff<F> {}
