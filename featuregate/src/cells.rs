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

use core::sync::atomic::AtomicU8;
use core::sync::atomic::Ordering::{Acquire, Relaxed, Release};

use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;
use once_cell::race::OnceBox;

use crate::resolution::Resolved;

/// The values of an enum's gates, which begin with the defaults.
#[derive(Debug)]
pub struct Cells<const N: usize> {
    values: [AtomicU8; N],
    /// Gates that were read, in debug builds.
    #[cfg(debug_assertions)]
    read: [AtomicU8; N],
    state: State,
    installed: OnceBox<Arc<Resolved>>,
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
            state: State::new(),
            installed: OnceBox::new(),
        }
    }

    #[cfg(feature = "testing")]
    fn address(&'static self) -> usize {
        self.as_ref().address()
    }

    /// The same without the size in its type.
    #[must_use]
    pub fn as_ref(&'static self) -> CellsRef {
        CellsRef {
            values: &self.values,
            #[cfg(debug_assertions)]
            read: &self.read,
            state: &self.state,
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
    #[cfg(feature = "testing")]
    if let Some(value) = crate::testing::overridden(cells.address(), position) {
        return value;
    }
    // Nothing folds while the hook is in, so that a test sees a locked gate's other side.
    if !crate::TESTING && fixed[byte] & mask != 0 {
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
    state: &'static State,
    installed: &'static OnceBox<Arc<Resolved>>,
}

impl CellsRef {
    /// What tells them from those of other enums.
    #[cfg(feature = "testing")]
    pub(crate) fn address(self) -> usize {
        core::ptr::from_ref(self.state).addr()
    }

    /// The values that hold now.
    pub(crate) fn values(self) -> impl Iterator<Item = u8> {
        self.values.iter().map(|byte| byte.load(Relaxed))
    }

    /// Writes the values, and returns for each byte the gates that were read before their value changed.
    fn write(self, bits: &[u8]) -> Vec<u8> {
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
        read_before.collect()
    }

    /// What was installed.
    pub(crate) fn installed(self) -> Option<Arc<Resolved>> {
        self.installed.get().cloned()
    }
}

/// The values that the cells of one enum should get.
#[derive(Debug)]
pub(crate) struct Claim {
    pub(crate) cells: CellsRef,
    pub(crate) bits: Vec<u8>,
}

/// Claims the cells of all enums, or of none if one is installed; and then writes.
///
/// Returns for each enum and byte the gates that were read before their value changed.
pub(crate) fn install(resolved: &Arc<Resolved>, claims: &[Claim]) -> Option<Vec<Vec<u8>>> {
    // Everybody claims in the same order, so that of two that overlap one gets everything.
    let mut states: Vec<&'static State> = claims.iter().map(|claim| claim.cells.state).collect();
    states.sort_unstable_by_key(|state| core::ptr::from_ref(*state).addr());
    for (claimed, state) in states.iter().enumerate() {
        if !state.claim() {
            states.iter().take(claimed).for_each(|state| state.release());
            return None;
        }
    }
    let write = |Claim { cells, bits }: &Claim| {
        // Whoever has claimed them is the only one to come here.
        let _ = cells.installed.set(Box::new(Arc::clone(resolved)));
        let read = cells.write(bits);
        cells.state.settle();
        read
    };
    Some(claims.iter().map(write).collect())
}

/// Whether cells are free, claimed by somebody who may still give up, or installed.
#[derive(Debug)]
struct State(AtomicU8);

impl State {
    const FREE: u8 = 0;
    const CLAIMED: u8 = 1;
    const INSTALLED: u8 = 2;

    const fn new() -> Self {
        Self(AtomicU8::new(Self::FREE))
    }

    /// Claims them; waits for one who has claimed them to give up or to install.
    fn claim(&self) -> bool {
        loop {
            match self.0.compare_exchange(Self::FREE, Self::CLAIMED, Acquire, Relaxed) {
                Ok(_) => return true,
                Err(Self::CLAIMED) => core::hint::spin_loop(),
                Err(_) => return false,
            }
        }
    }

    fn release(&self) {
        self.0.store(Self::FREE, Release);
    }

    fn settle(&self) {
        self.0.store(Self::INSTALLED, Release);
    }
}
