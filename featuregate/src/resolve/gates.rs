//! The values of an enum's gates as a plain value.

pub(crate) mod set;

use core::fmt;
use core::hash::{Hash, Hasher};
use core::iter::FusedIterator;
use core::marker::PhantomData;

#[cfg(feature = "testing")]
use alloc::vec::Vec;

use crate::declare::bits::bit;
#[cfg(feature = "testing")]
use crate::declare::bits::packed;
#[cfg(feature = "testing")]
use crate::declare::gate_enum::named;
use crate::declare::gate_enum::{All, GateEnum, name};
use crate::memory::hook::TESTING;
#[cfg(feature = "testing")]
use crate::memory::hook::overridden;

/// The values of all gates of an enum, for programs that pass them around instead of installing them.
///
/// It has one bit for each gate, and reading one costs as much as reading an installed one.
///
/// ```
/// use featuregate::{FeatureGate, Gates};
///
/// #[derive(Clone, Copy, FeatureGate)]
/// enum Feature {
///     /// A cache in front of the disk.
///     #[gate(alpha)]
///     Cache,
/// }
///
/// fn serve(gates: Gates<Feature>) -> &'static str {
///     if gates.enabled(Feature::Cache) { "from the cache" } else { "from the disk" }
/// }
///
/// assert_eq!(serve(Gates::default()), "from the disk");
/// let resolution = Feature::resolver().flag("Cache=true").resolve()?;
/// assert_eq!(serve(resolution.gates()), "from the cache");
/// # Ok::<(), featuregate::Problems>(())
/// ```
pub struct Gates<F: GateEnum> {
    bits: F::Bits,
    of: PhantomData<F>,
}

impl<F: GateEnum> Gates<F> {
    /// Whether a gate is on.
    #[inline(always)]
    #[must_use]
    #[expect(
        clippy::inline_always,
        reason = "it must fold in its caller, as the installed check does"
    )]
    pub fn enabled(&self, gate: F) -> bool {
        let value = self.value(gate);
        #[cfg(feature = "record")]
        crate::record::read(gate, value);
        value
    }

    /// The same, not as a check of the program.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "it is the check, which must fold in its caller")]
    fn value(&self, gate: F) -> bool {
        let position = gate.position();
        if !TESTING && bit(F::FIXED.as_ref(), position) {
            return bit(F::DEFAULTS.as_ref(), position);
        }
        bit(self.bits.as_ref(), position)
    }

    /// All gates with their values, in the order of declaration.
    #[must_use]
    pub fn iter(&self) -> Values<F> {
        Values { values: *self, gates: All::new() }
    }

    /// The current values where this is called.
    #[cfg(not(feature = "testing"))]
    pub(crate) fn current() -> Self {
        Self::of_bytes(F::cells().values())
    }

    /// The current values where this is called: those of a test's scope, if there is one.
    #[cfg(feature = "testing")]
    pub(crate) fn current() -> Self {
        let process: Vec<u8> = F::cells().values().collect();
        let value = |(position, _)| {
            overridden(F::cells().id(), position, named::<F>)
                .unwrap_or_else(|| bit(&process, position))
        };
        Self::of_bytes(packed(F::ALL.iter().enumerate().map(value)))
    }

    /// The current values of the process, without those of a test.
    #[cfg(feature = "tokio")]
    pub(crate) fn of_process() -> Self {
        Self::of_bytes(F::cells().values())
    }

    pub(crate) fn of_bytes(bytes: impl IntoIterator<Item = u8>) -> Self {
        let mut bits = F::DEFAULTS;
        for (cell, byte) in bits.as_mut().iter_mut().zip(bytes) {
            *cell = byte;
        }
        Self { bits, of: PhantomData }
    }
}

impl<F: GateEnum> Default for Gates<F> {
    /// The defaults at the component's version.
    fn default() -> Self {
        Self { bits: F::DEFAULTS, of: PhantomData }
    }
}

#[expect(clippy::expl_impl_clone_on_copy, reason = "a derive would ask it of the bits' bound too")]
impl<F: GateEnum> Clone for Gates<F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F: GateEnum> Copy for Gates<F> {}

impl<F: GateEnum> PartialEq for Gates<F> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().zip(other).all(|((_, one), (_, other))| one == other)
    }
}

impl<F: GateEnum> Eq for Gates<F> {}

impl<F: GateEnum> Hash for Gates<F> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.iter().for_each(|(_, value)| value.hash(state));
    }
}

/// How many gates are on, and which ones differ from their default.
impl<F: GateEnum> fmt::Debug for Gates<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let changed = self.iter().zip(Self::default());
        let changed = changed.filter(|((_, value), (_, default))| value != default);
        f.debug_struct("Gates")
            .field("enabled", &self.iter().filter(|(_, value)| *value).count())
            .field("of", &F::ALL.len())
            .field("changed", &Changed(changed.map(|((gate, value), _)| (name(gate), value))))
            .finish()
    }
}

/// `{"A": true, "B": false}`.
struct Changed<I>(I);

impl<I: Iterator<Item = (&'static str, bool)> + Clone> fmt::Debug for Changed<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.0.clone()).finish()
    }
}

impl<F: GateEnum> IntoIterator for Gates<F> {
    type Item = (F, bool);
    type IntoIter = Values<F>;

    fn into_iter(self) -> Values<F> {
        self.iter()
    }
}

impl<F: GateEnum> IntoIterator for &Gates<F> {
    type Item = (F, bool);
    type IntoIter = Values<F>;

    fn into_iter(self) -> Values<F> {
        self.iter()
    }
}

/// All gates of an enum with their values: see [`Gates::iter`].
#[derive(Clone, Debug)]
pub struct Values<F: GateEnum> {
    values: Gates<F>,
    gates: All<F>,
}

impl<F: GateEnum> Values<F> {
    fn with_value(&self, gate: F) -> (F, bool) {
        (gate, self.values.value(gate))
    }
}

impl<F: GateEnum> Iterator for Values<F> {
    type Item = (F, bool);

    fn next(&mut self) -> Option<(F, bool)> {
        let gate = self.gates.next()?;
        Some(self.with_value(gate))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.gates.size_hint()
    }
}

impl<F: GateEnum> DoubleEndedIterator for Values<F> {
    fn next_back(&mut self) -> Option<(F, bool)> {
        let gate = self.gates.next_back()?;
        Some(self.with_value(gate))
    }
}

impl<F: GateEnum> ExactSizeIterator for Values<F> {}

impl<F: GateEnum> FusedIterator for Values<F> {}
