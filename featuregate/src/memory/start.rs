//! What is resolved when a program starts.

use alloc::sync::Arc;
use alloc::vec::Vec;

use featuregate_core::{GateSet, Layer, Problems, Resolution, resolve_layers, resolve_lenient};

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
    pub(crate) is_lenient: bool,
}

impl Start {
    pub(crate) fn resolve(self) -> Result<Resolution, Problems> {
        let Self { gates, layers, runtime, pins, is_lenient } = self;
        let layers = layers.into_iter().chain([runtime, pins]);
        if is_lenient { resolve_lenient(gates, layers) } else { resolve_layers(gates, layers) }
    }
}
