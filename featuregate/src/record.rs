//! The recorder: which gates a run of tests reads, with which values, and in which tests.
//!
//! It is part of the runtime, and not of `featuregate-test`, because each check has to find it, also in a test that uses
//! nothing of that crate. Only the feature `record` compiles it in, and only the variable [`VARIABLE`] turns it on.

mod file;
mod test;

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::env;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use core::any::{TypeId, type_name};

use crate::declare::gate_enum::{self, GateEnum};
use file::{Record, VARIABLE};

pub use test::{of_thread, set_owner};

/// Records a check. What a test has read is written at once, so that it is not lost if the process is aborted.
pub(crate) fn read<F: GateEnum>(gate: F, value: bool) {
    static RECORDER: LazyLock<Option<Recorder>> = LazyLock::new(Recorder::of_process);
    if let Some(recorder) = &*RECORDER {
        recorder.read(gate, value);
    }
}

std::thread_local! {
    /// What this thread has recorded, if it belongs to one test.
    static KNOWN: RefCell<Known> = RefCell::default();
}

/// A cache of what a thread has recorded, since a test may check a gate a million times.
#[derive(Default)]
struct Known {
    /// Not known before the first check.
    is_of_one_test: Option<bool>,
    last: Option<Check>,
    checks: HashSet<Check>,
}

impl Known {
    /// Whether the check is recorded already; from now on, it is.
    fn has(&mut self, check: Check) -> bool {
        if self.last == Some(check) {
            return true;
        }
        if !*self.is_of_one_test.get_or_insert_with(test::is_of_one_test) {
            return false;
        }
        self.last = Some(check);
        !self.checks.insert(check)
    }
}

/// What this process has recorded.
struct Recorder {
    record: Record,
    /// The gates with their values, by test; what was read outside of a test has none.
    seen: Mutex<HashMap<Option<Arc<str>>, HashSet<Check>>>,
}

/// The enum, the position of the gate among its variants, and the value.
type Check = (TypeId, usize, bool);

impl Recorder {
    /// `None` if this run is not recorded.
    fn of_process() -> Option<Self> {
        let folder = env::var_os(VARIABLE).filter(|folder| !folder.is_empty())?;
        let record = Record::create(PathBuf::from(folder));
        Some(Self { record, seen: Mutex::default() })
    }

    fn read<F: GateEnum>(&self, gate: F, value: bool) {
        let check = (TypeId::of::<F>(), gate.position(), value);
        // A thread that ends has no cache.
        if KNOWN.try_with(|known| known.try_borrow_mut().is_ok_and(|mut known| known.has(check)))
            == Ok(true)
        {
            return;
        }
        let test = test::of_thread();
        let is_new = {
            let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
            match seen.get_mut(&test) {
                Some(seen) => seen.insert(check),
                None => seen.entry(test.clone()).or_default().insert(check),
            }
        };
        if is_new {
            let written = gate_enum::written(gate);
            self.record.add(type_name::<F>(), &written, value, test.as_deref());
        }
    }
}
