//! Gates that change while the program runs.

use core::any::TypeId;
use core::fmt;

use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use featuregate_core::__private::changed;
use featuregate_core::{GateRange, GateState, Notice, Problems};

use crate::declare::bits::packed;
use crate::declare::gate_enum::{All, GateEnum, written};
use crate::memory::cells::Claim;
use crate::memory::changing::{self, Lock, Next};
use crate::memory::installed::{Changed, Member, Resolved};
use crate::memory::layer::RuntimeLayer;
use crate::memory::live::{Changes, State};
use crate::resolve::enums::{Enums, Runtime};
use crate::resolve::install::Installed;

impl<F: Enums> Installed<F> {
    /// Changes gates while the program runs: edits the [layer](RuntimeLayer) above all sources, and resolves everything
    /// again, by all rules. If it resolves, all gates get their values, and observers see the change once; otherwise
    /// nothing has changed.
    ///
    /// ```
    /// use featuregate::FeatureGate;
    ///
    /// #[derive(Clone, Copy, FeatureGate)]
    /// #[feature_gate(runtime)]
    /// enum Feature {
    ///     /// A cache in front of the disk.
    ///     #[gate(alpha)]
    ///     Cache,
    ///     /// Fills the cache in advance.
    ///     #[gate(alpha, requires(Cache))]
    ///     Warming,
    /// }
    ///
    /// let installed = Feature::resolver().resolve()?.install()?;
    /// let changed = installed.change(|layer| {
    ///     layer.by("alice");
    ///     layer.set(Feature::Cache, true);
    /// })?;
    /// assert!(Feature::Cache.enabled());
    /// assert_eq!(changed.to_string(), "Cache=true");
    ///
    /// // All or nothing.
    /// installed.change(|layer| layer.set(Feature::Warming, true))?;
    /// assert!(installed.change(|layer| layer.set(Feature::Cache, false)).is_err());
    /// assert!(Feature::Cache.enabled() && Feature::Warming.enabled());
    ///
    /// let explained = installed.resolution().explain("Cache")?.to_string();
    /// assert!(explained.contains("a change by alice at "));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// Changes are made one after the other, and checks do not wait for them. A check on another thread sees the new
    /// value soon, and a thread that sees this call return, or an observer called, sees it at once. The closure must not
    /// itself change gates: that would wait for the end of this change.
    ///
    /// # Errors
    /// All problems of the values that would be in effect, and every gate that may not change while the program runs.
    pub fn change(&self, edit: impl FnOnce(&mut RuntimeLayer)) -> Result<Changed, Problems>
    where
        F: Runtime,
    {
        let Changes { turn, live, .. } = &*self.resolved.changes;
        changing::change(turn, live, || {
            let (before, layer) = self.in_effect();
            let mut edited = RuntimeLayer::clone(&layer);
            edit(&mut edited);
            let changed = self.next(&before, &layer, edited)?;
            let state = State {
                layer: Arc::clone(&changed.layer),
                resolved: Some(Arc::clone(&changed.resolved)),
            };
            let event = (!changed.is_empty()).then(|| changed.clone());
            Ok((Next { state, values: changed.values(), event }, changed))
        })
    }

    /// The values that gates were given while the program ran, to be kept for the next start.
    ///
    /// ```
    /// # use featuregate::FeatureGate;
    /// # #[derive(Clone, Copy, Debug, PartialEq, FeatureGate)]
    /// # #[feature_gate(runtime)]
    /// # enum Feature {
    /// #     /// A cache in front of the disk.
    /// #     #[gate(alpha)]
    /// #     Cache,
    /// # }
    /// let installed = Feature::resolver().resolve()?.install()?;
    /// installed.change(|layer| layer.set(Feature::Cache, true))?;
    /// let next = Feature::resolver().runtime(installed.layer()).resolve()?;
    /// assert!(next.enabled(Feature::Cache));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn layer(&self) -> RuntimeLayer {
        RuntimeLayer::clone(&self.in_effect().1)
    }

    /// Has a function called with each change from now on, on the thread that makes it or on another one that is just
    /// making one, in the order of the changes and one at a time. A change that gives no gate another value is not
    /// reported. The function may itself change gates.
    ///
    /// ```
    /// # use featuregate::FeatureGate;
    /// # #[derive(Clone, Copy, Debug, PartialEq, FeatureGate)]
    /// # #[feature_gate(runtime)]
    /// # enum Feature {
    /// #     /// A cache in front of the disk.
    /// #     #[gate(alpha)]
    /// #     Cache,
    /// # }
    /// let installed = Feature::resolver().resolve()?.install()?;
    /// installed.on_change(|changed| eprintln!("features changed: {changed}"));
    /// installed.change(|layer| layer.set(Feature::Cache, true))?; // features changed: Cache=true
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn on_change(&self, mut call: impl FnMut(&Changed) + Send + 'static) {
        self.resolved.changes.live.with(|live| {
            live.observe(move |changed| {
                call(changed);
                true
            });
        });
    }

    fn in_effect(&self) -> (Arc<Resolved>, Arc<RuntimeLayer>) {
        self.resolved.changes.live.with(|live| {
            let resolved = live.state.resolved.as_ref().unwrap_or(&self.resolved);
            (Arc::clone(resolved), Arc::clone(&live.state.layer))
        })
    }

    /// What an edited layer comes to.
    fn next(
        &self,
        before: &Resolved,
        layer: &RuntimeLayer,
        mut edited: RuntimeLayer,
    ) -> Result<Changed, Problems> {
        let changes = &self.resolved.changes;
        let asked = edited.complete(layer, changes.gates());
        let resolution = changes.resolve(&edited)?;
        let asked = asked.iter().map(String::as_str);
        let gates = changed(&before.resolution, &resolution, asked)?;
        let (members, sources) = (before.members.clone(), before.sources.clone());
        let changes = Arc::clone(&before.changes);
        let resolved = Arc::new(Resolved { resolution, members, sources, changes });
        Ok(Changed { resolved, gates, layer: Arc::new(edited) })
    }
}

impl RuntimeLayer {
    /// Gives a gate a value.
    pub fn set<G: GateEnum + Runtime>(&mut self, gate: G, value: bool) {
        self.set_named(&written(gate), value);
    }

    /// Takes back the value of a gate, which has the value of the start again.
    pub fn reset<G: GateEnum + Runtime>(&mut self, gate: G) {
        self.reset_named(&written(gate));
    }
}

impl Changed {
    /// The gates that have another value now, in the order of declaration, with their values and what decided them.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = GateState<'_>> {
        self.gates.iter().map(|gate| self.resolved.resolution.at(*gate))
    }

    /// The gates of an enum that have another value now, with that value.
    pub fn of<F: GateEnum>(&self) -> impl Iterator<Item = (F, bool)> {
        let gates = self.resolved.gates_of(TypeId::of::<F>());
        let gates = gates.into_iter().flat_map(GateRange::iter).zip(All::new());
        let is_changed = |(gate, _): &(_, F)| self.gates.contains(gate);
        gates.filter(is_changed).map(|(gate, of)| (of, self.resolved.resolution.at(gate).enabled()))
    }

    /// Whether every gate has the value that it had before.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.gates.is_empty()
    }

    /// The layer after the change, to be kept for the next start.
    #[must_use]
    pub fn layer(&self) -> &RuntimeLayer {
        &self.layer
    }

    /// What the operator should know of the values in the layer.
    pub fn notices(&self) -> impl Iterator<Item = &Notice> {
        let of_layer = |notice: &&Notice| {
            notice.origin().is_some_and(|origin| origin.source().kind() == "runtime")
        };
        self.resolved.resolution.notices().iter().filter(of_layer)
    }

    /// The new values of the enums of which some gates changed.
    fn values(&self) -> Vec<Claim<Resolved>> {
        let Resolved { resolution, members, .. } = &*self.resolved;
        let is_changed =
            |member: &&Member| member.gates.iter().any(|gate| self.gates.contains(&gate));
        let claim = |member: &Member| member.cells.claim(packed(resolution.values(member.gates)));
        members.iter().filter(is_changed).map(claim).collect()
    }
}

/// The gates with their new values, as in `Cache=true,Pipelining=false`.
impl fmt::Display for Changed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.iter().enumerate().try_for_each(|(index, gate)| {
            let comma = if index == 0 { "" } else { "," };
            write!(f, "{comma}{}={}", gate.name(), gate.enabled())
        })
    }
}

impl fmt::Debug for Changed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let gates = self.iter().map(|gate| (gate.name(), gate.enabled()));
        f.debug_map().entries(gates).finish()
    }
}
