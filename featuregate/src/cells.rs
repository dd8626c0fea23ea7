//! The values in memory, and the check.
//!
//! A gate is one bit of a byte. Bytes, since every target has atomic loads and stores of them, and since
//! a mask of eight bits fits into the shortest instruction: on x86-64 a check is `movzx` and `test`, as
//! for a hand-written `AtomicBool`.
//!
//! # Orderings
//!
//! Loads and stores are `Relaxed`. A gate's bit guards no other memory: what a feature needs is set up by
//! the thread that uses it, or handed over with a synchronisation of its own. Whoever installs before
//! starting threads has the happens-before of starting them, and every thread sees every value. A reader
//! that runs beside `install` sees, for each byte by itself, either the defaults or the installed values.

use core::sync::atomic::{AtomicU8, Ordering::Relaxed};

use alloc::boxed::Box;
use alloc::sync::Arc;
use once_cell::race::OnceBox;

use featuregate_core::Resolution;

/// The values of an enum's gates, which begin with the defaults.
#[derive(Debug)]
pub struct Cells<const N: usize> {
    values: [AtomicU8; N],
    /// Gates that were read, in debug builds.
    #[cfg(debug_assertions)]
    read: [AtomicU8; N],
    installed: OnceBox<Arc<Resolution>>,
}

impl<const N: usize> Cells<N> {
    /// Cells with these values.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "a const fn has no iterators; the bound is N")]
    pub const fn new(defaults: [u8; N]) -> Self {
        let mut values = [const { AtomicU8::new(0) }; N];
        let mut byte = 0;
        while byte < N {
            values[byte] = AtomicU8::new(defaults[byte]);
            byte += 1;
        }
        Self {
            values,
            #[cfg(debug_assertions)]
            read: [const { AtomicU8::new(0) }; N],
            installed: OnceBox::new(),
        }
    }

    /// The same without the size in its type.
    #[must_use]
    pub fn as_ref(&'static self) -> CellsRef {
        CellsRef {
            values: &self.values,
            #[cfg(debug_assertions)]
            read: &self.read,
            installed: &self.installed,
        }
    }
}

/// The check. For a constant gate everything but the load and the mask is known when it is compiled,
/// and for a fixed gate those too.
#[inline(always)]
#[must_use]
#[expect(
    clippy::inline_always,
    reason = "it must fold in its caller, also across crates without LTO"
)]
#[expect(clippy::indexing_slicing, reason = "a variant's position is below the number of bits")]
pub fn enabled<const N: usize>(
    position: usize,
    cells: &'static Cells<N>,
    fixed: &'static [u8; N],
    defaults: &'static [u8; N],
) -> bool {
    let (byte, mask) = (position / 8, 1 << (position % 8));
    if fixed[byte] & mask != 0 {
        return defaults[byte] & mask != 0;
    }
    #[cfg(debug_assertions)]
    cells.read[byte].fetch_or(mask, Relaxed);
    cells.values[byte].load(Relaxed) & mask != 0
}

/// [`Cells`] of any size.
#[derive(Clone, Copy, Debug)]
pub struct CellsRef {
    values: &'static [AtomicU8],
    #[cfg(debug_assertions)]
    read: &'static [AtomicU8],
    installed: &'static OnceBox<Arc<Resolution>>,
}

impl CellsRef {
    /// The values that hold now.
    pub(crate) fn values(self) -> impl Iterator<Item = u8> {
        self.values.iter().map(|byte| byte.load(Relaxed))
    }

    /// Claims the cells, once in a process, and then writes the values.
    ///
    /// Returns for each byte the gates that were read before their value changed.
    pub(crate) fn install(self, resolution: Arc<Resolution>, bits: &[u8]) -> Option<Box<[u8]>> {
        self.installed.set(Box::new(resolution)).ok()?;
        let changed = self.values.iter().zip(bits).map(|(cell, &bits)| {
            let before = cell.load(Relaxed);
            cell.store(bits, Relaxed);
            before ^ bits
        });
        #[cfg(debug_assertions)]
        let read_before =
            changed.zip(self.read).map(|(changed, read)| changed & read.load(Relaxed));
        #[cfg(not(debug_assertions))]
        let read_before = changed.map(|_| 0);
        Some(read_before.collect())
    }

    /// What was installed.
    pub(crate) fn installed(self) -> Option<Arc<Resolution>> {
        self.installed.get().cloned()
    }
}
