//! How values that others may be reading are replaced, once: claim, write, publish, settle.
//!
//! The protocol is generic over its atomics. The program has those of `core`, and [`OnceBox`] for what was
//! installed (`cells.rs`). `loom/` includes this file with loom's atomics, and explores every order in which
//! threads can run it and every value that the orderings below allow a load to return.
//!
//! # What is promised, and the orderings that ensure it
//!
//! - **A check** sees, for each byte by itself, the default or the installed value. Bytes are read and written
//!   `Relaxed`: a gate's bit guards no other memory, since what a feature needs is set up by the thread that
//!   uses it, or passed on with a synchronisation of its own. If a program installs before it starts threads,
//!   starting them establishes a happens-before relation, and every thread sees every value.
//! - **A thread that sees what was installed** also sees its values, of all enums that were installed with it. They
//!   are written before it is set, which releases; seeing it acquires ([`Once`]).
//! - **A thread whose install fails** sees what the other one installed, and its values. The state is settled
//!   last, which releases; a claim that fails acquires.
//! - **Of installs that overlap**, one gets all of its enums, and the others get none. One state goes from
//!   free to claimed for one thread only, whatever the ordering, and all threads claim in the order of addresses.
//! - **A provisional install** writes values that a later install replaces. The later one comes second for every
//!   thread: settling and giving up release, and claiming acquires.
//!
//! [`OnceBox`]: once_cell::race::OnceBox

use core::sync::atomic::Ordering::{self, Acquire, Relaxed, Release};

use alloc::vec::Vec;

/// An atomic byte.
pub(crate) trait Byte {
    fn load(&self, order: Ordering) -> u8;
    fn store(&self, value: u8, order: Ordering);
    fn compare_exchange(
        &self,
        current: u8,
        new: u8,
        success: Ordering,
        failure: Ordering,
    ) -> Result<u8, u8>;
    /// Lets other threads continue while this one waits for them.
    fn wait();
}

/// A slot that is set once. Setting it releases, and seeing it set acquires.
pub(crate) trait Once<T> {
    fn set(&self, value: T);
    fn get(&self) -> Option<T>;
}

/// The byte with a gate's value, as the check reads it.
#[inline(always)]
#[expect(clippy::inline_always, reason = "it is the check, which must fold in its caller")]
pub(crate) fn read(byte: &impl Byte) -> u8 {
    byte.load(Relaxed)
}

/// What the threads share about one enum.
#[derive(Debug)]
pub(crate) struct Shared<'a, B, O> {
    pub(crate) values: &'a [B],
    /// Gates that were read; empty where this is not recorded.
    pub(crate) read: &'a [B],
    pub(crate) state: &'a State<B>,
    pub(crate) installed: &'a O,
}

impl<B, O> Clone for Shared<'_, B, O> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<B, O> Copy for Shared<'_, B, O> {}

impl<'a, B: Byte, O> Shared<'a, B, O> {
    /// The current values.
    pub(crate) fn values(self) -> impl Iterator<Item = u8> + use<'a, B, O> {
        self.values.iter().map(read)
    }

    /// Writes the values, and returns for each byte the gates that were read before their value changed. Gates count as
    /// read if that was with the value that they have.
    fn write(self, bits: &[u8]) -> Vec<u8> {
        let read = self.read.iter().map(Some).chain(core::iter::repeat(None));
        let write = |((cell, &bits), read): ((&B, &u8), Option<&B>)| {
            let before = cell.load(Relaxed);
            cell.store(bits, Relaxed);
            let changed = before ^ bits;
            read.map_or(0, |read| {
                let was_read = read.load(Relaxed);
                read.store(was_read & !changed, Relaxed);
                was_read & changed
            })
        };
        self.values.iter().zip(bits).zip(read).map(write).collect()
    }
}

/// The values that the cells of one enum should get.
#[derive(Debug)]
pub(crate) struct Claim<'a, B, O> {
    pub(crate) cells: Shared<'a, B, O>,
    pub(crate) bits: Vec<u8>,
}

impl<B: Byte, O> Claim<'_, B, O> {
    /// Replaces values that are installed. One thread at a time does this.
    #[cfg(feature = "runtime")]
    pub(crate) fn replace(&self) {
        for (cell, &bits) in self.cells.values.iter().zip(&self.bits) {
            cell.store(bits, Relaxed);
        }
    }
}

/// Claims the cells of all enums, each once, or of none if one is installed, and then installs the values.
///
/// Returns for each enum and byte the gates that were read before their value changed.
pub(crate) fn install<B: Byte, O: Once<T>, T: Clone>(
    what: &T,
    claims: &[Claim<'_, B, O>],
) -> Option<Vec<Vec<u8>>> {
    claimed(claims, State::<B>::INSTALLED, || {
        for claim in claims {
            claim.cells.installed.set(what.clone());
        }
    })
}

/// The same for values that a later install replaces. What they come from is not kept.
pub(crate) fn install_provisionally<B: Byte, O>(
    claims: &[Claim<'_, B, O>],
) -> Option<Vec<Vec<u8>>> {
    claimed(claims, State::<B>::PROVISIONAL, || {})
}

/// Claims the cells of all enums, or of none if one is installed, writes, publishes and settles.
fn claimed<B: Byte, O>(
    claims: &[Claim<'_, B, O>],
    settled: u8,
    publish: impl FnOnce(),
) -> Option<Vec<Vec<u8>>> {
    // All threads claim in the same order, so that of two installs that overlap one gets everything.
    let address = |state: &State<B>| core::ptr::from_ref(state).addr();
    let mut states: Vec<&State<B>> = Vec::new();
    for state in claims.iter().map(|claim| claim.cells.state) {
        let at = states.partition_point(|before| address(before) < address(state));
        states.insert(at, state);
    }
    let mut before: Vec<(&State<B>, u8)> = Vec::new();
    for state in &states {
        let Some(was) = state.claim() else {
            for (state, was) in before {
                state.set(was);
            }
            return None;
        };
        before.push((state, was));
    }
    let read = claims.iter().map(|Claim { cells, bits }| cells.write(bits)).collect();
    publish();
    for state in states {
        state.set(settled);
    }
    Some(read)
}

/// Whether cells are free, have provisional values, are claimed by a thread that may still give up, or installed.
#[derive(Debug)]
pub(crate) struct State<B>(B);

impl<B> State<B> {
    pub(crate) const FREE: u8 = 0;
    const CLAIMED: u8 = 1;
    const INSTALLED: u8 = 2;
    const PROVISIONAL: u8 = 3;

    /// Of a byte that is [`Self::FREE`].
    pub(crate) const fn new(free: B) -> Self {
        Self(free)
    }
}

impl<B: Byte> State<B> {
    /// Whether nothing was installed yet, not even provisionally.
    #[cfg(debug_assertions)]
    #[cfg_attr(test, allow(dead_code, reason = "loom does not explore it"))]
    pub(crate) fn is_free(&self) -> bool {
        self.0.load(Relaxed) == Self::FREE
    }

    /// Claims them, and returns what they were; `None` if they are installed. If another thread has claimed them,
    /// waits until it gives up or installs.
    fn claim(&self) -> Option<u8> {
        let mut expected = Self::FREE;
        loop {
            match self.0.compare_exchange(expected, Self::CLAIMED, Acquire, Acquire) {
                Ok(was) => return Some(was),
                Err(Self::CLAIMED) => B::wait(),
                Err(Self::INSTALLED) => return None,
                Err(other) => expected = other,
            }
        }
    }

    fn set(&self, state: u8) {
        self.0.store(state, Release);
    }
}
