//! The values in memory, and the check.
//!
//! A gate is one bit of a byte. Bytes, since every target has atomic loads and stores of them, and since
//! a mask of eight bits fits into the shortest instruction: on x86-64 a check is `movzx` and `test`, as
//! for a hand-written `AtomicBool`.
//!
//! How they are replaced while others read them, and with which orderings, is in `protocol.rs`, which `loom/`
//! explores. Not explored is what this file adds:
//!
//! - That the cells are statics with constant values: those are there before any thread runs, so nothing is to
//!   be ordered. Loom's atomics are made while a test runs.
//! - [`OnceBox`], for which the exploration has a byte with the orderings that `once_cell` has: `set` is one
//!   compare-and-exchange from null to the box that releases, `get` one load that acquires. So who gets the
//!   box sees what was written before it was set, as [`Once`] says.
//! - Machines. What loom knows is the memory model of Rust, in which a compare-and-exchange reads the latest
//!   value. A stress test on a machine that orders less than x86-64 does, such as aarch64, is missing; on
//!   x86-64 it would notice little, since there each load acquires and each store releases. It would have to
//!   start a process for each try, as a process installs once.

use core::sync::atomic::AtomicU8;
use core::sync::atomic::Ordering;

use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;
use once_cell::race::OnceBox;

use crate::protocol::{self, Byte, Once, Shared, State};
use crate::resolution::Resolved;

/// The values of an enum's gates, which begin with the defaults.
#[derive(Debug)]
pub struct Cells<const N: usize> {
    values: [AtomicU8; N],
    /// Gates that were read, in debug builds.
    #[cfg(debug_assertions)]
    read: [AtomicU8; N],
    state: State<AtomicU8>,
    installed: Installed,
}

type Installed = OnceBox<Arc<Resolved>>;

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
            state: State::new(AtomicU8::new(State::<AtomicU8>::FREE)),
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
        CellsRef(Shared {
            values: &self.values,
            #[cfg(debug_assertions)]
            read: &self.read,
            #[cfg(not(debug_assertions))]
            read: &[],
            state: &self.state,
            installed: &self.installed,
        })
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
    cells.read[byte].fetch_or(mask, Ordering::Relaxed);
    protocol::read(&cells.values[byte]) & mask != 0
}

/// [`Cells`] of any size.
#[derive(Clone, Copy, Debug)]
pub struct CellsRef(Shared<'static, AtomicU8, Installed>);

impl CellsRef {
    /// What tells them from those of other enums.
    #[cfg(feature = "testing")]
    pub(crate) fn address(self) -> usize {
        core::ptr::from_ref(self.0.state).addr()
    }

    /// The values that hold now.
    pub(crate) fn values(self) -> impl Iterator<Item = u8> {
        self.0.values()
    }

    /// What was installed.
    pub(crate) fn installed(self) -> Option<Arc<Resolved>> {
        Once::get(self.0.installed)
    }

    /// The values that they should get.
    pub(crate) fn claim(self, bits: Vec<u8>) -> Claim {
        Claim { cells: self.0, bits }
    }
}

/// The values that the cells of one enum should get.
pub(crate) type Claim = protocol::Claim<'static, AtomicU8, Installed>;

impl Byte for AtomicU8 {
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "it is the check, which must fold in its caller")]
    fn load(&self, order: Ordering) -> u8 {
        self.load(order)
    }

    fn store(&self, value: u8, order: Ordering) {
        self.store(value, order);
    }

    fn compare_exchange(
        &self,
        current: u8,
        new: u8,
        success: Ordering,
        failure: Ordering,
    ) -> Result<u8, u8> {
        self.compare_exchange(current, new, success, failure)
    }

    fn wait() {
        core::hint::spin_loop();
    }
}

impl Once<Arc<Resolved>> for Installed {
    fn set(&self, value: Arc<Resolved>) {
        // Whoever has claimed the cells is the only one to come here.
        let _ = self.set(Box::new(value));
    }

    fn get(&self) -> Option<Arc<Resolved>> {
        self.get().cloned()
    }
}
