//! A value for each gate, eight to a byte. The first gate has the lowest bit of the first byte.

use alloc::vec::Vec;

/// The bits of an enum's gates: an array of bytes.
pub trait Bits: Copy + AsRef<[u8]> + AsMut<[u8]> + Send + Sync + 'static {}

impl<const N: usize> Bits for [u8; N] where [u8; N]: AsRef<[u8]> + AsMut<[u8]> {}

/// The bit of a gate.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a check folds in its caller, also for size without LTO")]
pub(crate) fn bit(bits: &[u8], position: usize) -> bool {
    bits.get(position / 8).is_some_and(|byte| byte & (1 << (position % 8)) != 0)
}

/// The same in constants, where slices have no `get`.
#[must_use]
pub const fn is_set(bits: &[u8], position: usize) -> bool {
    let Some((_, rest)) = bits.split_at_checked(position / 8) else {
        return false;
    };
    match rest.first() {
        Some(byte) => *byte & (1 << (position % 8)) != 0,
        None => false,
    }
}

/// Values as bits.
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

/// All bits, except those in the mask if a gate is not compiled in: its own, and those of the gates that
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

/// The bits, and those of the mask if the condition holds.
#[must_use]
#[expect(clippy::indexing_slicing, reason = "a const fn has no iterators; the bound is N")]
pub const fn on_if<const N: usize>(mut bits: [u8; N], condition: bool, mask: [u8; N]) -> [u8; N] {
    let mut byte = 0;
    while byte < N && condition {
        bits[byte] |= mask[byte];
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

/// The gates whose value cannot change: locked ones, and those that are not compiled in.
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
