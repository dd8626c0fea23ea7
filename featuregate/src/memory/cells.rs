//! The values in memory, and the check.
//!
//! A gate is one bit of a byte. Bytes are used because every target has atomic loads and stores of them, and because
//! a mask of eight bits fits into the shortest instruction: on x86-64 a check is `movzx` and `test`, as
//! for a hand-written `AtomicBool`.
//!
//! How values are replaced while other threads read them, and with which orderings, is in `protocol.rs`, which
//! `loom/` explores. What this file adds is not explored:
//!
//! - The cells are statics with constant values. These exist before any thread runs, so nothing needs to
//!   be ordered. Loom's atomics are created while a test runs.
//! - For [`OnceBox`] the exploration has a byte with the orderings that `once_cell` has: `set` is one
//!   compare-and-exchange from null to the box that releases, and `get` is one load that acquires. So code that gets
//!   the box sees what was written before it was set, as [`Once`] says.
//! - Machines: loom knows the memory model of Rust, in which a compare-and-exchange reads the latest
//!   value. A stress test on a machine that orders less than x86-64 does, such as aarch64, is missing. On
//!   x86-64 it would find little, since there each load acquires and each store releases. It would have to
//!   start a process for each try, because a process installs once.

use core::sync::atomic::AtomicU8;
use core::sync::atomic::Ordering;

use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;
use once_cell::race::OnceBox;

#[cfg(feature = "testing")]
use crate::memory::hook::{EnumId, overridden};
use crate::memory::hook::{Named, TESTING};
use crate::memory::protocol::{self, Byte, Once, Shared, State};
#[cfg(debug_assertions)]
use crate::memory::unread::Unread;

/// The values of an enum's gates, which begin with the defaults, and the `T` that was installed.
#[derive(Debug)]
pub struct Cells<const N: usize, T: 'static> {
    values: [AtomicU8; N],
    /// Gates that were read, in debug builds.
    #[cfg(debug_assertions)]
    read: [AtomicU8; N],
    #[cfg(debug_assertions)]
    unread: Unread,
    state: State<AtomicU8>,
    installed: Installed<T>,
}

type Installed<T> = OnceBox<Arc<T>>;

impl<const N: usize, T> Cells<N, T> {
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
            #[cfg(debug_assertions)]
            unread: Unread::new(),
            state: State::new(AtomicU8::new(State::<AtomicU8>::FREE)),
            installed: OnceBox::new(),
        }
    }

    /// The same without the size in its type.
    #[must_use]
    pub fn as_ref(&'static self) -> CellsRef<T> {
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

/// The check. For a constant gate, everything but the load and the mask is known at compile time,
/// and for a fixed gate these are known too.
#[inline(always)]
#[must_use]
#[expect(
    clippy::inline_always,
    reason = "it must fold in its caller, also across crates without LTO"
)]
#[expect(clippy::indexing_slicing, reason = "a variant's position is below the number of bits")]
pub fn enabled<const N: usize, T>(
    position: usize,
    cells: &'static Cells<N, T>,
    fixed: &'static [u8; N],
    defaults: &'static [u8; N],
    named: Named,
) -> bool {
    let (byte, mask) = (position / 8, 1 << (position % 8));
    #[cfg(feature = "testing")]
    if let Some(value) = overridden(cells.as_ref().id(), position, named) {
        return value;
    }
    // Nothing folds while the hook is compiled in, so that a test can see a locked gate's other side.
    if !TESTING && fixed[byte] & mask != 0 {
        return defaults[byte] & mask != 0;
    }
    #[cfg(debug_assertions)]
    {
        cells.read[byte].fetch_or(mask, Ordering::Relaxed);
        if cells.state.is_free() {
            cells.unread.report(named, position);
        }
    }
    #[cfg(not(debug_assertions))]
    let _ = named;
    protocol::read(&cells.values[byte]) & mask != 0
}

/// [`Cells`] of any size.
#[derive(Debug)]
pub struct CellsRef<T: 'static>(Shared<'static, AtomicU8, Installed<T>>);

impl<T> Clone for CellsRef<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for CellsRef<T> {}

impl<T> CellsRef<T> {
    /// Distinguishes them from those of other enums.
    #[cfg(feature = "testing")]
    pub(crate) fn id(self) -> EnumId {
        EnumId::new(core::ptr::from_ref(self.0.state).addr())
    }

    /// The current values.
    pub(crate) fn values(self) -> impl Iterator<Item = u8> {
        self.0.values()
    }

    /// What was installed.
    pub(crate) fn installed(self) -> Option<Arc<T>> {
        Once::get(self.0.installed)
    }

    /// The values that they should get.
    pub(crate) fn claim(self, bits: Vec<u8>) -> Claim<T> {
        Claim { cells: self.0, bits }
    }
}

/// Claims the cells of all enums, or of none if one is installed, and then installs the values.
///
/// Returns for each enum and byte the gates that were read before their value changed.
pub(crate) fn install<T>(what: &Arc<T>, claims: &[Claim<T>]) -> Option<Vec<Vec<u8>>> {
    #[cfg(debug_assertions)]
    Unread::something_is_installed();
    protocol::install(what, claims)
}

/// The same for values that a later install replaces.
pub(crate) fn install_provisionally<T>(claims: &[Claim<T>]) -> Option<Vec<Vec<u8>>> {
    #[cfg(debug_assertions)]
    Unread::something_is_installed();
    protocol::install_provisionally(claims)
}

/// The values that the cells of one enum should get.
pub(crate) type Claim<T> = protocol::Claim<'static, AtomicU8, Installed<T>>;

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

impl<T> Once<Arc<T>> for Installed<T> {
    fn set(&self, value: Arc<T>) {
        // Only the thread that has claimed the cells gets here.
        let _ = self.set(Box::new(value));
    }

    fn get(&self) -> Option<Arc<T>> {
        self.get().cloned()
    }
}
