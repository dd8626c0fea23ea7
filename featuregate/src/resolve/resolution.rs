//! The outcome of resolving the gates of one enum or several.

use core::any::TypeId;
use core::fmt;
use core::marker::PhantomData;

use alloc::sync::Arc;
use featuregate_core::{Component, Explanation, Explanations, GateState, Notice, Problem, Version};

use crate::declare::bits::packed;
use crate::declare::gate_enum::GateEnum;
use crate::memory::installed::Resolved;
use crate::resolve::enums::Enums;
use crate::resolve::gates::Gates;
use crate::resolve::unknown_gate::UnknownGate;

/// The value of every gate of an enum, or of several enums, and the reason for it; made by
/// [`Resolver::resolve`](crate::Resolver::resolve).
///
/// It changes nothing by itself: [`install`](Self::install) it, or take its [`gates`](Self::gates).
#[must_use = "a resolution changes nothing until it is installed, and its notices are for the operator"]
pub struct Resolution<F> {
    pub(crate) resolved: Arc<Resolved>,
    of: PhantomData<F>,
}

/// How many gates are in effect, and which ones differ from their default.
impl<F> fmt::Debug for Resolution<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let resolution = &self.resolved.resolution;
        f.debug_struct("Resolution")
            .field("gates", &resolution.iter().count())
            .field("changed", &Changed(resolution))
            .field("notices", &resolution.notices().len())
            .finish()
    }
}

/// `{"A": true, "B": false}`.
struct Changed<'a>(&'a featuregate_core::Resolution);

impl fmt::Debug for Changed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let changed = self.0.iter().filter(|gate| gate.enabled() != gate.default());
        f.debug_map().entries(changed.map(|gate| (gate.name(), gate.enabled()))).finish()
    }
}

impl<F> Clone for Resolution<F> {
    fn clone(&self) -> Self {
        Self { resolved: Arc::clone(&self.resolved), of: PhantomData }
    }
}

impl<F: Enums> Resolution<F> {
    pub(crate) fn new(resolved: Resolved) -> Self {
        Self::of_resolved(Arc::new(resolved))
    }

    pub(crate) fn of_resolved(resolved: Arc<Resolved>) -> Self {
        Self { resolved, of: PhantomData }
    }

    /// The gates in effect, in the order of declaration: without the groups, without removed gates, and
    /// without those that do not exist yet at the version in effect.
    pub fn iter(&self) -> impl Iterator<Item = GateState<'_>> {
        self.resolved.resolution.iter()
    }

    /// What the operator should know, in the order of the input.
    #[must_use]
    pub fn notices(&self) -> &[Notice] {
        self.resolved.resolution.notices()
    }

    /// What was left out, in the order of the input, where it was resolved
    /// [leniently](crate::Resolver::resolve_lenient); empty otherwise.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        self.resolved.resolution.problems()
    }

    /// Why a gate or group has its value, by its name or an alias: the chain of its settings, with
    /// what was overridden and by what. This includes removed gates and gates that do not exist yet. `Display` is a
    /// table.
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

    /// The same resolution without the enum's type: its gates are looked up by name.
    #[must_use]
    pub fn untyped(&self) -> &featuregate_core::Resolution {
        &self.resolved.resolution
    }

    /// The same resolution with the type of one of its enums, for access to its gates; `None` if the enum
    /// was not resolved with the others. Installing it installs all of them.
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
    pub fn of<One: GateEnum>(&self) -> Option<Resolution<One>> {
        self.resolved.gates_of(TypeId::of::<One>())?;
        Some(Resolution { resolved: Arc::clone(&self.resolved), of: PhantomData })
    }
}

impl<F: GateEnum> Resolution<F> {
    /// What was installed, with the changes since.
    pub(crate) fn installed() -> Option<Self> {
        let resolved = F::cells().installed()?.current();
        Some(Self { resolved, of: PhantomData })
    }

    /// Whether a gate is on.
    #[must_use]
    pub fn enabled(&self, gate: F) -> bool {
        self.gates().enabled(gate)
    }

    /// The values, as a plain value.
    #[must_use]
    pub fn gates(&self) -> Gates<F> {
        let gates = self.resolved.gates_of(TypeId::of::<F>());
        let values = gates.into_iter().flat_map(|gates| self.resolved.resolution.values(gates));
        Gates::of_bytes(packed(values))
    }

    /// The release whose stages, defaults and locks apply to this enum.
    #[must_use]
    pub fn emulated_version(&self) -> Version {
        let own = |component: &&Component| component.name() == F::DECLARATION.component;
        let component = self.untyped().gates().components().iter().find(own);
        component.map_or(F::DECLARATION.version, |component| component.versions().emulated)
    }
}
