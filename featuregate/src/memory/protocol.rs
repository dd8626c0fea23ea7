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
//!   What is given up again was not written, so claiming and giving up order nothing.
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

    /// Writes the values, and returns for each byte the gates that were read before their value changed.
    fn write(self, bits: &[u8]) -> Vec<u8> {
        let read = self.read.iter().map(Some).chain(core::iter::repeat(None));
        let write = |((cell, &bits), read): ((&B, &u8), Option<&B>)| {
            let before = cell.load(Relaxed);
            cell.store(bits, Relaxed);
            (before ^ bits) & read.map_or(0, |read| read.load(Relaxed))
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

/// Claims the cells of all enums, each once, or of none if one is installed, and then installs the values.
///
/// Returns for each enum and byte the gates that were read before their value changed.
pub(crate) fn install<B: Byte, O: Once<T>, T: Clone>(
    what: &T,
    claims: &[Claim<'_, B, O>],
) -> Option<Vec<Vec<u8>>> {
    // All threads claim in the same order, so that of two installs that overlap one gets everything.
    let mut states: Vec<&State<B>> = claims.iter().map(|claim| claim.cells.state).collect();
    states.sort_unstable_by_key(|state| core::ptr::from_ref(*state).addr());
    for (claimed, state) in states.iter().enumerate() {
        if !state.claim() {
            states.iter().take(claimed).for_each(|state| state.release());
            return None;
        }
    }
    let read = claims.iter().map(|Claim { cells, bits }| cells.write(bits)).collect();
    for claim in claims {
        claim.cells.installed.set(what.clone());
    }
    for state in states {
        state.settle();
    }
    Some(read)
}

/// Whether cells are free, claimed by a thread that may still give up, or installed.
#[derive(Debug)]
pub(crate) struct State<B>(B);

impl<B> State<B> {
    pub(crate) const FREE: u8 = 0;
    const CLAIMED: u8 = 1;
    const INSTALLED: u8 = 2;

    /// Of a byte that is [`Self::FREE`].
    pub(crate) const fn new(free: B) -> Self {
        Self(free)
    }
}

impl<B: Byte> State<B> {
    /// Claims them; if another thread has claimed them, waits until it gives up or installs.
    fn claim(&self) -> bool {
        loop {
            match self.0.compare_exchange(Self::FREE, Self::CLAIMED, Relaxed, Acquire) {
                Ok(_) => return true,
                Err(Self::CLAIMED) => B::wait(),
                Err(_) => return false,
            }
        }
    }

    fn release(&self) {
        self.0.store(Self::FREE, Relaxed);
    }

    fn settle(&self) {
        self.0.store(Self::INSTALLED, Release);
    }
}
