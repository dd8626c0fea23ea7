//! What changes while the program runs: the values in effect, and who observes them.

use alloc::sync::Arc;
use core::fmt;
use std::sync::{Mutex, PoisonError};

use featuregate_core::{GateSet, Problems, Resolution};

use crate::memory::changing::{Live, Lock};
use crate::memory::layer::RuntimeLayer;
use crate::memory::start::Start;

/// What was resolved at the start, to resolve it again with other values above it.
pub(crate) struct Changes<T, E> {
    /// With the layer of the start.
    start: Start,
    pub(crate) turn: Guarded<()>,
    pub(crate) live: Guarded<Live<State<T>, E>>,
}

/// What is in effect.
pub(crate) struct State<T> {
    pub(crate) layer: Arc<RuntimeLayer>,
    /// `None` before the first change: then it is what was installed.
    pub(crate) resolved: Option<Arc<T>>,
}

impl<T, E> Changes<T, E> {
    pub(crate) fn new(start: Start, layer: RuntimeLayer) -> Self {
        let state = State { layer: Arc::new(layer), resolved: None };
        let live = Guarded::new(Live::new(state));
        Self { start, turn: Guarded::new(()), live }
    }

    /// The gates.
    pub(crate) fn gates(&self) -> &GateSet {
        &self.start.gates
    }

    /// What the settings of the start come to with another layer.
    pub(crate) fn resolve(&self, layer: &RuntimeLayer) -> Result<Resolution, Problems> {
        let mut start = self.start.clone();
        start.runtime = start.runtime.with_items(layer.items());
        start.resolve()
    }
}

impl<T, E> fmt::Debug for Changes<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Changes").finish_non_exhaustive()
    }
}

/// What one thread at a time has.
pub(crate) struct Guarded<T>(Mutex<T>);

impl<T> Guarded<T> {
    fn new(value: T) -> Self {
        Self(Mutex::new(value))
    }
}

impl<T> Lock<T> for Guarded<T> {
    fn with<R>(&self, run: impl FnOnce(&mut T) -> R) -> R {
        // What panics under a lock is code of the program, before anything has changed.
        let mut guarded = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        run(&mut guarded)
    }
}
