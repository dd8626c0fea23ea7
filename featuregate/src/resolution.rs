//! The outcome of resolving an enum's gates.

use core::marker::PhantomData;

use alloc::sync::Arc;
use featuregate_core::{GateState, Notice, Version};

use crate::declaration::bit;
use crate::gate::FeatureGate;
use crate::gates::Gates;
use crate::install::{AlreadyInstalled, Installed};

/// The value of every gate of an enum, and why; made by [`Resolver::resolve`](crate::Resolver::resolve).
///
/// It changes nothing by itself: [`install`](Self::install) it, or take its [`gates`](Self::gates).
#[derive(Clone, Debug)]
#[must_use = "a resolution changes nothing until it is installed"]
pub struct Resolution<F: FeatureGate> {
    resolved: Arc<featuregate_core::Resolution>,
    of: PhantomData<F>,
}

impl<F: FeatureGate> Resolution<F> {
    pub(crate) fn new(resolved: Arc<featuregate_core::Resolution>) -> Self {
        Self { resolved, of: PhantomData }
    }

    /// Whether a gate is on.
    #[must_use]
    pub fn enabled(&self, gate: F) -> bool {
        self.gates().enabled(gate)
    }

    /// The values, as a plain value.
    #[must_use]
    pub fn gates(&self) -> Gates<F> {
        Gates::of_values(self.resolved.values().take(F::ALL.len()))
    }

    /// The gates in effect, in the order of declaration: without the groups, without removed gates, and
    /// without those that don't exist yet at the version in effect.
    pub fn iter(&self) -> impl Iterator<Item = GateState<'_>> {
        self.resolved.iter()
    }

    /// What the operator should know, in the order of the input.
    #[must_use]
    pub fn notices(&self) -> &[Notice] {
        self.resolved.notices()
    }

    /// The release whose stages, defaults and locks hold.
    #[must_use]
    pub fn emulated_version(&self) -> Version {
        self.resolved.versions().emulated
    }

    /// Makes these the values that `Feature::X.enabled()` answers with, once in a process.
    ///
    /// Install before threads start that check gates. A check that runs meanwhile sees old or new
    /// values, for eight neighbouring gates together, but for no more of them.
    ///
    /// # Errors
    /// [`AlreadyInstalled`] the second time; then nothing has changed.
    pub fn install(self) -> Result<Installed<F>, AlreadyInstalled> {
        let gates = self.gates();
        let read = F::cells().install(self.resolved, gates.bytes()).ok_or(AlreadyInstalled)?;
        let read = F::all().filter(|gate| bit(&read, gate.position()));
        Ok(Installed::new(read.collect()))
    }
}
