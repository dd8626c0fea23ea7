//! What the threads of a process share, with loom's atomics in it.

use core::sync::atomic::Ordering::{self, Acquire, Relaxed, Release};

use std::sync::Arc;

use loom::sync::Mutex;
use loom::sync::atomic::AtomicU8;

use crate::changing::{self, Live, Lock, Next};
use crate::protocol::{self, Byte, Claim, Once, Shared, State};

/// An atomic byte of loom's.
#[derive(Debug)]
pub(crate) struct Atomic<const WEAK: bool>(AtomicU8);

/// With orderings that are too weak, to see that it is noticed.
fn weaker<const WEAK: bool>(order: Ordering) -> Ordering {
    if WEAK { Relaxed } else { order }
}

impl<const WEAK: bool> Byte for Atomic<WEAK> {
    fn load(&self, order: Ordering) -> u8 {
        self.0.load(weaker::<WEAK>(order))
    }

    fn store(&self, value: u8, order: Ordering) {
        self.0.store(value, weaker::<WEAK>(order));
    }

    fn compare_exchange(
        &self,
        current: u8,
        new: u8,
        success: Ordering,
        failure: Ordering,
    ) -> Result<u8, u8> {
        let (success, failure) = (weaker::<WEAK>(success), weaker::<WEAK>(failure));
        self.0.compare_exchange(current, new, success, failure)
    }

    fn wait() {
        loom::thread::yield_now();
    }
}

/// Represents `once_cell`'s `OnceBox`, with its orderings; 0 is never installed.
#[derive(Debug)]
pub(crate) struct Slot<const WEAK: bool>(AtomicU8);

impl<const WEAK: bool> Once<u8> for Slot<WEAK> {
    fn set(&self, value: u8) {
        let before = self.0.compare_exchange(0, value, weaker::<WEAK>(Release), Acquire);
        assert_eq!(before, Ok(0), "only the thread that has claimed it sets it");
    }

    fn get(&self) -> Option<u8> {
        Some(self.0.load(Acquire)).filter(|&value| value != 0)
    }
}

const BYTES: usize = 2;

/// An enum's cells, as the program has them in a static.
#[derive(Debug)]
struct Cells<const WEAK_STATE: bool, const WEAK_SLOT: bool> {
    values: [Atomic<WEAK_STATE>; BYTES],
    state: State<Atomic<WEAK_STATE>>,
    installed: Slot<WEAK_SLOT>,
}

/// Two enums, `A` and `B`.
#[derive(Debug)]
pub(crate) struct Process<const WEAK_STATE: bool = false, const WEAK_SLOT: bool = false>(
    [Cells<WEAK_STATE, WEAK_SLOT>; 2],
);

pub(crate) const A: usize = 0;
pub(crate) const B: usize = 1;

impl<const WEAK_STATE: bool, const WEAK_SLOT: bool> Process<WEAK_STATE, WEAK_SLOT> {
    pub(crate) fn new() -> Self {
        let cells = |_| Cells {
            values: [0; BYTES].map(|default| Atomic(AtomicU8::new(default))),
            state: State::new(Atomic(AtomicU8::new(State::<()>::FREE))),
            installed: Slot(AtomicU8::new(0)),
        };
        Self([A, B].map(cells))
    }

    fn shared(&self, of: usize) -> Shared<'_, Atomic<WEAK_STATE>, Slot<WEAK_SLOT>> {
        let Cells { values, state, installed } = &self.0[of];
        Shared { values, read: &[], state, installed }
    }

    /// Installs a resolution of these enums, whose bytes all are its number; whether no other thread was earlier.
    pub(crate) fn install(&self, enums: &[usize], number: u8) -> bool {
        let claim = |&of| Claim { cells: self.shared(of), bits: vec![number; BYTES] };
        let claims: Vec<_> = enums.iter().map(claim).collect();
        protocol::install(&number, &claims).is_some()
    }

    /// The same for now.
    pub(crate) fn install_provisionally(&self, enums: &[usize], number: u8) -> bool {
        let claim = |&of| Claim { cells: self.shared(of), bits: vec![number; BYTES] };
        let claims: Vec<_> = enums.iter().map(claim).collect();
        protocol::install_provisionally(&claims).is_some()
    }

    /// The values of an enum, as its checks see them.
    pub(crate) fn values(&self, of: usize) -> [u8; BYTES] {
        let values: Vec<u8> = self.shared(of).values().collect();
        values.try_into().unwrap()
    }

    /// What of an enum was installed.
    pub(crate) fn installed(&self, of: usize) -> Option<u8> {
        self.shared(of).installed.get()
    }
}

/// A lock of loom's.
struct Guarded<T>(Mutex<T>);

impl<T> Lock<T> for Guarded<T> {
    fn with<R>(&self, run: impl FnOnce(&mut T) -> R) -> R {
        run(&mut self.0.lock().unwrap())
    }
}

/// What an observer has seen.
#[derive(Clone)]
pub(crate) struct Seen(Arc<Mutex<Vec<u8>>>);

impl Seen {
    pub(crate) fn take(&self) -> Vec<u8> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

/// A process whose gates change while it runs: each change sets a bit, in effect and in both bytes.
pub(crate) struct Changing {
    process: Arc<Process>,
    turn: Guarded<()>,
    live: Guarded<Live<u8, u8>>,
    first: Seen,
}

impl Changing {
    /// With these values at the start, and with an observer.
    pub(crate) fn new(start: u8) -> Self {
        let process = Arc::new(<Process>::new());
        assert!(process.install(&[A], start));
        let live = Guarded(Mutex::new(Live::new(start)));
        let first = Seen(Arc::new(Mutex::new(Vec::new())));
        let this = Self { process, turn: Guarded(Mutex::new(())), live, first };
        this.call(this.first.clone());
        this
    }

    fn call(&self, seen: Seen) {
        let process = Arc::clone(&self.process);
        self.live.with(|live| {
            live.observe(move |&event| {
                let values = process.values(A);
                assert!(values.iter().all(|value| value & event == event), "{values:?}");
                seen.0.lock().unwrap().push(event);
                true
            });
        });
    }

    /// One more observer.
    pub(crate) fn observe(&self) -> Seen {
        let seen = Seen(Arc::new(Mutex::new(Vec::new())));
        self.call(seen.clone());
        seen
    }

    /// Sets a bit.
    pub(crate) fn change(&self, bit: u8) {
        let changed = changing::change(&self.turn, &self.live, || {
            let state = self.in_effect() | bit;
            let values = vec![Claim { cells: self.process.shared(A), bits: vec![state; BYTES] }];
            Ok::<_, ()>((Next { state, values, event: Some(state) }, ()))
        });
        assert_eq!(changed, Ok(()));
    }

    /// A change that is refused.
    pub(crate) fn refuse(&self) -> bool {
        type Refused<'a> = (Next<'a, Atomic<false>, Slot<false>, u8, u8>, ());
        changing::change(&self.turn, &self.live, || Err::<Refused<'_>, ()>(())).is_ok()
    }

    pub(crate) fn in_effect(&self) -> u8 {
        self.live.with(|live| live.state)
    }

    pub(crate) fn values(&self) -> [u8; BYTES] {
        self.process.values(A)
    }

    /// What the first observer has seen.
    pub(crate) fn seen(&self) -> Vec<u8> {
        self.first.take()
    }
}
