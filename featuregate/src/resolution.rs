//! The outcome of resolving the gates of one enum or several.

use core::fmt;
use core::marker::PhantomData;

use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use featuregate_core::{Explanation, Explanations, GateState, Notice, Version};

use crate::cells::Claim;
use crate::enums::{Enums, Places};
use crate::gate::{FeatureGate, UnknownGate};
use crate::gates::{Gates, packed};
use crate::install::{AlreadyInstalled, Installed};
use crate::protocol;

/// The value of every gate of an enum, or of several, and why; made by
/// [`Resolver::resolve`](crate::Resolver::resolve).
///
/// It changes nothing by itself: [`install`](Self::install) it, or take its [`gates`](Self::gates).
#[must_use = "a resolution changes nothing until it is installed"]
pub struct Resolution<F> {
    resolved: Arc<Resolved>,
    of: PhantomData<F>,
}

/// What was resolved, and whose gates are where in it.
#[derive(Debug)]
pub(crate) struct Resolved {
    pub(crate) resolution: featuregate_core::Resolution,
    pub(crate) places: Places,
}

impl<F> fmt::Debug for Resolution<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.resolved.resolution.fmt(f)
    }
}

impl<F> Clone for Resolution<F> {
    fn clone(&self) -> Self {
        Self { resolved: Arc::clone(&self.resolved), of: PhantomData }
    }
}

impl<F: Enums> Resolution<F> {
    pub(crate) fn new(resolution: featuregate_core::Resolution, places: Places) -> Self {
        Self { resolved: Arc::new(Resolved { resolution, places }), of: PhantomData }
    }

    /// The gates in effect, in the order of declaration: without the groups, without removed gates, and
    /// without those that don't exist yet at the version in effect.
    pub fn iter(&self) -> impl Iterator<Item = GateState<'_>> {
        self.resolved.resolution.iter()
    }

    /// What the operator should know, in the order of the input.
    #[must_use]
    pub fn notices(&self) -> &[Notice] {
        self.resolved.resolution.notices()
    }

    /// Why a gate or group has its value, by its name or an alias: the chain of what was said of it, with
    /// what was overridden and by what. Also for removed gates and for such that don't exist yet.
    ///
    /// # Errors
    /// [`UnknownGate`], with the nearest name.
    pub fn explain(&self, name: &str) -> Result<Explanation<'_>, UnknownGate> {
        self.untyped()
            .explain(name)
            .ok_or_else(|| UnknownGate::in_set(name, self.untyped().gates()))
    }

    /// Why each gate in effect has its value, sorted by name. `Display` is a table.
    #[must_use]
    pub fn explain_all(&self) -> Explanations<'_> {
        self.untyped().explain_all().sorted()
    }

    #[cfg(feature = "testing")]
    pub(crate) fn places(&self) -> &Places {
        &self.resolved.places
    }

    /// The same without types, by name.
    #[must_use]
    pub fn untyped(&self) -> &featuregate_core::Resolution {
        &self.resolved.resolution
    }

    /// The same resolution with the type of one of its enums, so that its gates can be asked for; nothing if it
    /// was not resolved with the others. Whoever installs it installs all.
    ///
    /// ```
    /// # use featuregate::{FeatureGate, Resolver};
    /// # #[derive(Clone, Copy, FeatureGate)]
    /// # enum Feature {
    /// #     /// Off.
    /// #     #[gate(alpha)]
    /// #     Cache,
    /// # }
    /// # #[derive(Clone, Copy, FeatureGate)]
    /// # enum Store {
    /// #     /// Off.
    /// #     #[gate(alpha)]
    /// #     Compaction,
    /// # }
    /// let both = Resolver::<(Feature, Store)>::new().flag("Compaction=true").resolve()?;
    /// assert!(both.of::<Store>().is_some_and(|store| store.enabled(Store::Compaction)));
    /// # Ok::<(), featuregate::Problems>(())
    /// ```
    #[must_use]
    pub fn of<One: FeatureGate>(&self) -> Option<Resolution<One>> {
        self.resolved.places.of::<One>()?;
        Some(Resolution { resolved: Arc::clone(&self.resolved), of: PhantomData })
    }

    /// Makes these the values that `Feature::X.enabled()` answers with, once in a process; of several
    /// enums all or none.
    ///
    /// Install before threads start that check gates. A check that runs meanwhile sees old or new
    /// values, for eight neighbouring gates together, but for no more of them. From when it sees what was
    /// [`installed`](FeatureGate::installed), a thread sees all new values, of all of these enums.
    ///
    /// # Errors
    /// [`AlreadyInstalled`] if one of the enums is; then nothing has changed, and the values of that
    /// one are seen from now on.
    pub fn install(self) -> Result<Installed, AlreadyInstalled> {
        let Resolved { resolution, places } = &*self.resolved;
        let claims: Vec<Claim> = places
            .iter()
            .map(|place| place.cells.claim(packed(resolution.values(place.gates.clone()))))
            .collect();
        let read = protocol::install(&self.resolved, &claims).ok_or(AlreadyInstalled)?;
        let names = places.iter().zip(read).flat_map(|(place, read)| {
            let read = move |position: &usize| {
                let of = position - place.gates.start;
                crate::declaration::bit(&read, of)
            };
            place.gates.clone().filter(read)
        });
        let names = names.map(|position| resolution.gates().written(position).into());
        Ok(Installed::new(names.collect::<Vec<String>>()))
    }
}

impl<F: FeatureGate> Resolution<F> {
    pub(crate) fn of_installed(resolved: Arc<Resolved>) -> Self {
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
        let places = self.resolved.places.of::<F>().unwrap_or_default();
        Gates::of_bytes(packed(self.resolved.resolution.values(places)))
    }

    /// The release whose stages, defaults and locks hold.
    #[must_use]
    pub fn emulated_version(&self) -> Version {
        let places = self.resolved.places.of::<F>().unwrap_or_default();
        let mut states = self.resolved.resolution.all().skip(places.start);
        states.next().map_or(F::version(), |state| state.versions().emulated)
    }
}
