//! The values of an enum's gates as a plain value.

use core::fmt;
use core::marker::PhantomData;

use alloc::vec::Vec;

use crate::declaration::bit;
use crate::gate::FeatureGate;

/// The bits of an enum's gates: an array of bytes.
pub trait Bits: Copy + AsRef<[u8]> + AsMut<[u8]> + Send + Sync + 'static {}

impl<const N: usize> Bits for [u8; N] where [u8; N]: AsRef<[u8]> + AsMut<[u8]> {}

/// The values of all gates of an enum, for programs that hand them around instead of installing them.
///
/// It is a bit for each gate, and reading one costs what reading the installed one costs.
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
pub struct Gates<F: FeatureGate> {
    bits: F::Bits,
    of: PhantomData<F>,
}

impl<F: FeatureGate> Gates<F> {
    /// Whether a gate is on.
    #[inline(always)]
    #[must_use]
    #[expect(
        clippy::inline_always,
        reason = "it must fold in its caller, as the installed check does"
    )]
    pub fn enabled(&self, gate: F) -> bool {
        let position = gate.position();
        if !crate::TESTING && bit(F::FIXED.as_ref(), position) {
            return bit(F::DEFAULTS.as_ref(), position);
        }
        bit(self.bits.as_ref(), position)
    }

    /// All gates with their values, in the order of declaration.
    pub fn iter(&self) -> impl Iterator<Item = (F, bool)> {
        F::all().map(move |gate| (gate, self.enabled(gate)))
    }

    pub(crate) fn of_bytes(bytes: impl IntoIterator<Item = u8>) -> Self {
        let mut bits = F::DEFAULTS;
        for (cell, byte) in bits.as_mut().iter_mut().zip(bytes) {
            *cell = byte;
        }
        Self { bits, of: PhantomData }
    }
}

/// Values as bits, eight to a byte.
pub(crate) fn packed(values: impl Iterator<Item = bool>) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (position, value) in values.enumerate() {
        if position % 8 == 0 {
            bytes.push(0);
        }
        if let Some(byte) = bytes.last_mut() {
            *byte |= u8::from(value) << (position % 8);
        }
    }
    bytes
}

impl<F: FeatureGate> Default for Gates<F> {
    /// The defaults at the component's version.
    fn default() -> Self {
        Self { bits: F::DEFAULTS, of: PhantomData }
    }
}

#[expect(clippy::expl_impl_clone_on_copy, reason = "a derive would ask it of the bits' bound too")]
impl<F: FeatureGate> Clone for Gates<F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F: FeatureGate> Copy for Gates<F> {}

impl<F: FeatureGate> PartialEq for Gates<F> {
    fn eq(&self, other: &Self) -> bool {
        F::all().all(|gate| self.enabled(gate) == other.enabled(gate))
    }
}

impl<F: FeatureGate> Eq for Gates<F> {}

impl<F: FeatureGate> fmt::Debug for Gates<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map()
            .entries(F::specs().zip(self.iter()).map(|(spec, (_, value))| {
                let name = alloc::string::String::from(spec.name());
                (name, value)
            }))
            .finish()
    }
}
