//! The recorder: which gates a run of tests reads, with which values, and in which tests.
//!
//! It is part of the runtime, and not of `featuregate-test`, because each check has to find it, also in a test that uses
//! nothing of that crate. Only the feature `record` compiles it in, and only the variable [`VARIABLE`] turns it on.

mod file;
mod test;

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
        let test = test::of_thread();
        let check = (TypeId::of::<F>(), gate.position(), value);
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
