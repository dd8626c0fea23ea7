//! What is resolved when a program starts.

use alloc::sync::Arc;
use alloc::vec::Vec;

use featuregate_core::{GateSet, Layer, Problems, Resolution};

/// The gates and their settings.
#[derive(Clone)]
pub(crate) struct Start {
    pub(crate) gates: Arc<GateSet>,
    /// A stronger one after a weaker one.
    pub(crate) layers: Vec<Layer>,
    /// The changes while a program ran, above the layers.
    pub(crate) runtime: Layer,
    /// Above all others.
    pub(crate) pins: Layer,
    /// How they are resolved: with all that breaks a rule as problems, or without it.
    pub(crate) resolve: Resolve,
}

/// A function and not a choice, so that a program has only the code of the one that it uses.
pub(crate) type Resolve = fn(Arc<GateSet>, Vec<Layer>) -> Result<Resolution, Problems>;

impl Start {
    pub(crate) fn resolve(self) -> Result<Resolution, Problems> {
        let Self { gates, mut layers, runtime, pins, resolve } = self;
        layers.extend([runtime, pins]);
        resolve(gates, layers)
    }
}
