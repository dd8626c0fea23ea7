//! How gates change while the program runs: one change after the other, each handed over to observers once.
//!
//! Like `protocol.rs`, this is explored by `loom/`, with locks of loom's.
//!
//! # What is promised, and what ensures it
//!
//! - **No change is lost.** Each is decided on what is in effect, while it has the turn. The bytes of all gates are
//!   stored as a whole, so a change of one gate keeps its neighbours.
//! - **A check** sees, for each byte by itself, old or new values, and no old ones after new ones: as when installing.
//! - **A thread that sees what is in effect** also sees its values. They are stored under the lock that guards it.
//! - **An observer** sees each change that is made after it came, once and in the order of the changes, since one
//!   thread at a time hands them over. Before it is called, it sees the values.

use core::marker::PhantomData;

use alloc::boxed::Box;
use alloc::collections::VecDeque;
use alloc::vec::Vec;

use super::protocol::{Byte, Claim};

/// A lock: what it guards is changed by one thread at a time, which sees what the threads before it did.
pub(crate) trait Lock<T> {
    fn with<R>(&self, run: impl FnOnce(&mut T) -> R) -> R;
}

/// What is in effect and changes, and who is to know of it.
pub(crate) struct Live<S, E> {
    /// What is in effect.
    pub(crate) state: S,
    /// How many changes there were.
    changes: u64,
    /// The changes that are not handed over yet, each with its number.
    pending: VecDeque<(u64, E)>,
    observers: Vec<Observer<E>>,
    /// Whether a thread is handing changes over.
    is_handing_over: bool,
}

/// Who is to know of changes after one of them, until it returns `false`.
struct Observer<E> {
    after: u64,
    call: Box<dyn FnMut(&E) -> bool + Send>,
}

impl<S, E> Live<S, E> {
    pub(crate) fn new(state: S) -> Self {
        Self {
            state,
            changes: 0,
            pending: VecDeque::new(),
            observers: Vec::new(),
            is_handing_over: false,
        }
    }

    /// Has a function called with every change from now on, until it returns `false`.
    pub(crate) fn observe(&mut self, call: impl FnMut(&E) -> bool + Send + 'static) {
        self.observers.push(Observer { after: self.changes, call: Box::new(call) });
    }
}

/// What a change comes to.
pub(crate) struct Next<'a, B, O, S, E> {
    /// What is in effect then.
    pub(crate) state: S,
    /// The values of the enums of which some change.
    pub(crate) values: Vec<Claim<'a, B, O>>,
    /// What observers are to know; nothing if no value changes.
    pub(crate) event: Option<E>,
}

/// Changes what is in effect, or nothing if `decide` refuses, and hands the change over to the observers. Returns what
/// `decide` adds.
///
/// One thread decides at a time. Others see what is in effect meanwhile.
pub(crate) fn change<'a, B: Byte + 'a, O: 'a, S, E, R, X>(
    turn: &impl Lock<()>,
    live: &impl Lock<Live<S, E>>,
    decide: impl FnOnce() -> Result<(Next<'a, B, O, S, E>, R), X>,
) -> Result<R, X> {
    let decided = turn.with(|()| {
        let (Next { state, values, event }, decided) = decide()?;
        live.with(|live| {
            values.iter().for_each(Claim::replace);
            live.state = state;
            if let Some(event) = event {
                live.changes += 1;
                live.pending.push_back((live.changes, event));
            }
        });
        Ok(decided)
    })?;
    hand_over(live);
    Ok(decided)
}

/// Hands over what is pending, unless another thread is doing so, which then continues with it. No lock is held
/// meanwhile, so an observer may itself change something.
fn hand_over<S, E>(live: &impl Lock<Live<S, E>>) {
    let next = || {
        live.with(|live| {
            let pending = if live.is_handing_over { None } else { live.pending.pop_front() };
            live.is_handing_over |= pending.is_some();
            pending.map(|pending| (pending, core::mem::take(&mut live.observers)))
        })
    };
    while let Some(((number, event), observers)) = next() {
        let mut handing = HandingOver { live, observers, state: PhantomData };
        handing
            .observers
            .retain_mut(|observer| number <= observer.after || (observer.call)(&event));
    }
}

/// Gives the observers back, also where one of them panics.
struct HandingOver<'a, L: Lock<Live<S, E>>, S, E> {
    live: &'a L,
    observers: Vec<Observer<E>>,
    state: PhantomData<S>,
}

impl<L: Lock<Live<S, E>>, S, E> Drop for HandingOver<'_, L, S, E> {
    fn drop(&mut self) {
        let mut observers = core::mem::take(&mut self.observers);
        self.live.with(|live| {
            // New ones came meanwhile.
            observers.append(&mut live.observers);
            live.observers = observers;
            live.is_handing_over = false;
        });
    }
}
