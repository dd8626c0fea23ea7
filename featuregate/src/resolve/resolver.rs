//! From sources to a resolution.

use core::fmt;
use core::marker::PhantomData;

use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;
use featuregate_core::__private::{choose_channel, resolve_independent, sorted};
use featuregate_core::{
    Assignment, Emulation, GateSet, Item, Layer, Origin, Policy, Problems, Source, SourceKind,
    Treatment, Version, help, parse, resolve_layers, resolve_lenient,
};

use crate::declare::declaration::Part;
use crate::declare::gate_enum::{GateEnum, written};
use crate::memory::installed::{Member, Resolved};
#[cfg(feature = "runtime")]
use crate::memory::layer::RuntimeLayer;
#[cfg(feature = "runtime")]
use crate::memory::live::Changes;
use crate::memory::start::{Resolve, Start};
use crate::resolve::enums::{Emulates, Enums, composed, parts_with_required};
use crate::resolve::environment::{Environment, Texts, Variable};
use crate::resolve::resolution::Resolution;

/// The name of the flag if no other one is given.
pub(crate) const FLAG: &str = "--feature-gates";

/// Collects the settings of an enum's gates, or of several enums as a tuple, from all sources, and resolves them.
///
/// Precedence does not depend on the order of the calls: the environment variable overrides the configuration,
/// and the flag overrides both. Within a source, a later setting overrides an earlier one. Sources are merged: a
/// gate that the flag does not name keeps its value from the configuration. A program with another order asks for
/// [that of its calls](Self::in_call_order), and what nobody may change is [pinned](Self::pin).
///
/// ```
/// use featuregate::{Assignment, FeatureGate, Origin, Source};
///
/// #[derive(Clone, Copy, FeatureGate)]
/// #[feature_gate(env = "APP_FEATURE_GATES")]
/// enum Feature {
///     /// A cache in front of the disk.
///     #[gate(alpha)]
///     Cache,
///     /// Fewer round trips.
///     #[gate(beta)]
///     Pipelining,
/// }
///
/// let file = Origin::new(Source::config("app.yaml")).at(7, 3);
/// let resolution = Feature::resolver()
///     .flag("Pipelining=true")
///     .env_text("Pipelining=false")
///     .config([Ok(Assignment::new("Cache", true, file))])
///     .resolve()?;
/// assert!(resolution.enabled(Feature::Cache));
/// assert!(resolution.enabled(Feature::Pipelining));
/// # Ok::<(), featuregate::Problems>(())
/// ```
pub struct Resolver<F> {
    /// In the order of the calls.
    entries: Vec<Entry>,
    in_call_order: bool,
    pins: Vec<Item>,
    env: Environment,
    /// The flags and variables in which gates can be set, whether or not they are.
    sources: Vec<Source>,
    /// How settings of a source that has no policy of its own are treated.
    policy: Policy,
    /// The policies of kinds of sources; the last one of a kind counts.
    policies: Vec<(SourceKind, Policy)>,
    emulations: Vec<Emulation>,
    channel: Option<(String, ChooseChannel)>,
    /// The enums that take part.
    parts: fn() -> Vec<Part>,
    #[cfg(feature = "runtime")]
    layer: RuntimeLayer,
    of: PhantomData<F>,
}

/// What one call adds.
#[derive(Clone, Debug)]
enum Entry {
    Items(SourceKind, Vec<Item>),
    /// Where the environment is read.
    Environment,
}

impl Entry {
    fn kind(&self) -> SourceKind {
        match self {
            Self::Items(kind, _) => *kind,
            Self::Environment => SourceKind::Env,
        }
    }
}

/// A function that is only in programs that choose a channel.
type ChooseChannel = fn(&mut GateSet, &str) -> Result<(), Problems>;

impl<F: Enums> Resolver<F> {
    /// A resolver without settings, except those of the environment variable that the enum names, if it names one.
    #[must_use]
    pub fn new() -> Self {
        Self {
            entries: Vec::new(),
            in_call_order: false,
            pins: Vec::new(),
            env: Environment::default(),
            sources: Vec::new(),
            policy: Policy::new(),
            policies: Vec::new(),
            emulations: Vec::new(),
            channel: None,
            parts: F::parts,
            #[cfg(feature = "runtime")]
            layer: RuntimeLayer::new(),
            of: PhantomData,
        }
    }

    /// Adds assignments of a configuration, with their locations. Malformed ones are reported with the
    /// other problems. With the feature `serde`, `data::GateMap` reads them from any format.
    ///
    /// Each call adds a layer above those of the calls before: the system's file, then the user's, then the
    /// project's; or two sections of one file.
    #[must_use]
    pub fn config(mut self, items: impl IntoIterator<Item = Item>) -> Self {
        self.entries.push(Entry::Items(SourceKind::Config, items.into_iter().collect()));
        self
    }

    /// Adds the text of `--feature-gates`: items `NAME=VALUE` with commas between them. The flag may be repeated:
    /// all texts accumulate.
    ///
    /// The values are those of Kubernetes' flag: `true`, `True`, `TRUE`, `t`, `T`, `1`, and the same for `false`, with
    /// `0`. Whitespace around names and values does not count, and nothing between two commas is skipped. The
    /// environment variable is read in the same way.
    #[must_use]
    pub fn flag(self, text: &str) -> Self {
        self.flag_named(FLAG, text)
    }

    /// Adds the text of a flag with another name, which messages show.
    #[must_use]
    pub fn flag_named(self, name: &str, text: &str) -> Self {
        self.text(&Source::flag(name), text)
    }

    /// Lets the order of the calls be the order of precedence: each call of [`config`](Self::config),
    /// [`env`](Self::env) and [`flag`](Self::flag) overrides those before it, also those before this call.
    ///
    /// Where `env` is not called, the environment comes directly after the last configuration.
    ///
    /// ```
    /// use featuregate::{Assignment, FeatureGate, Origin, Source};
    ///
    /// #[derive(Clone, Copy, FeatureGate)]
    /// enum Feature {
    ///     /// A cache in front of the disk.
    ///     #[gate(alpha)]
    ///     Cache,
    /// }
    ///
    /// // What the administrator has decided applies whatever the flag says.
    /// let managed = Origin::new(Source::config("/etc/app/managed.toml")).at(2, 1);
    /// let resolution = Feature::resolver()
    ///     .in_call_order()
    ///     .flag("Cache=true")
    ///     .config([Ok(Assignment::new("Cache", false, managed))])
    ///     .resolve()?;
    /// assert!(!resolution.enabled(Feature::Cache));
    /// # Ok::<(), featuregate::Problems>(())
    /// ```
    #[must_use]
    pub fn in_call_order(mut self) -> Self {
        self.in_call_order = true;
        self
    }

    /// Reads the environment at this step of the [order of calls](Self::in_call_order).
    #[must_use]
    pub fn env(mut self) -> Self {
        self.entries.retain(|entry| !matches!(entry, Entry::Environment));
        self.entries.push(Entry::Environment);
        self
    }

    /// Pins a gate: it has this value whatever the other sources say. A setting that says otherwise is a notice, and
    /// no problem suggests to change the pin.
    ///
    /// ```
    /// use featuregate::FeatureGate;
    ///
    /// #[derive(Clone, Copy, FeatureGate)]
    /// enum Feature {
    ///     /// A cache in front of the disk.
    ///     #[gate(alpha)]
    ///     Cache,
    /// }
    ///
    /// let resolution = Feature::resolver().pin(Feature::Cache, false).flag("Cache=true").resolve()?;
    /// assert!(!resolution.enabled(Feature::Cache));
    /// assert_eq!(
    ///     resolution.notices()[0].message(),
    ///     "gate Cache is pinned to false by the program, so setting it to true changes nothing"
    /// );
    /// # Ok::<(), featuregate::Problems>(())
    /// ```
    #[must_use]
    pub fn pin<One: GateEnum>(mut self, gate: One, value: bool) -> Self {
        self.pins.push(Ok(Assignment::new(written(gate), value, Origin::new(Source::pin()))));
        self
    }

    /// Pins gates by assignments with locations, such as those of a file that only an administrator can write.
    #[must_use]
    pub fn pins(mut self, items: impl IntoIterator<Item = Item>) -> Self {
        self.pins.extend(items);
        self
    }

    /// Adds the text of a source, which is read in the source's [notation](Source::written): lists of names, or the
    /// value of one gate. Its precedence is that of its kind.
    ///
    /// ```
    /// use featuregate::{FeatureGate, Notation, Source};
    ///
    /// #[derive(Clone, Copy, FeatureGate)]
    /// enum Feature {
    ///     /// A cache in front of the disk.
    ///     #[gate(alpha)]
    ///     Cache,
    ///     /// Fewer round trips.
    ///     #[gate(beta)]
    ///     Pipelining,
    /// }
    ///
    /// let resolution = Feature::resolver()
    ///     .text(&Source::flag("--enable").written(Notation::On), "Cache")
    ///     .text(&Source::flag("--disable").written(Notation::Off), "Pipelining")
    ///     .resolve()?;
    /// assert!(resolution.enabled(Feature::Cache) && !resolution.enabled(Feature::Pipelining));
    /// # Ok::<(), featuregate::Problems>(())
    /// ```
    #[must_use]
    pub fn text(self, source: &Source, text: &str) -> Self {
        self.offer(source).read(source, text)
    }

    /// The same for a source that is known, or that turns no gate on.
    pub(crate) fn read(mut self, source: &Source, text: &str) -> Self {
        let items = parse(text, source);
        match source.source_kind() {
            SourceKind::Env => self.env.variables.push(Variable::Read(items)),
            SourceKind::Flag => match self.entries.last_mut() {
                // Flags that follow one another are one layer.
                Some(Entry::Items(SourceKind::Flag, flags)) => flags.extend(items),
                _ => self.entries.push(Entry::Items(SourceKind::Flag, items)),
            },
            _ => return self.config(items),
        }
        self
    }

    /// Notes a flag or variable of the program, so that the error of a gate that is off can name it.
    pub(crate) fn offer(mut self, source: &Source) -> Self {
        if !self.sources.contains(source) {
            self.sources.push(source.clone());
        }
        self
    }

    /// Also reads another environment variable, in the notation of its source. It overrides those of the enums and of
    /// the calls before.
    ///
    /// ```
    /// use featuregate::{FeatureGate, Notation, Source};
    ///
    /// #[derive(Clone, Copy, FeatureGate)]
    /// enum Feature {
    ///     /// A cache in front of the disk.
    ///     #[gate(alpha)]
    ///     Cache,
    /// }
    ///
    /// let resolution = Feature::resolver()
    ///     .variable(Source::env("APP_PREVIEW").written(Notation::value("AllAlpha")))
    ///     .variable(Source::env("APP_PREVIEW_FEATURES").written(Notation::On))
    ///     .resolve()?;
    /// # assert!(!resolution.enabled(Feature::Cache));
    /// # Ok::<(), featuregate::Problems>(())
    /// ```
    #[must_use]
    pub fn variable(self, source: Source) -> Self {
        let mut resolver = self.offer(&source);
        resolver.env.variables.push(Variable::ToRead(source));
        resolver
    }

    /// Uses this text for the environment variable (if there are several, for the first one) instead of reading
    /// the environment.
    #[must_use]
    pub fn env_text(mut self, text: impl Into<String>) -> Self {
        self.env.texts = Texts::Text(text.into());
        self
    }

    /// Ignores environment variables.
    #[must_use]
    pub fn without_env(mut self) -> Self {
        self.env.texts = Texts::Ignored;
        self
    }

    /// Chooses the release channel of the program, such as `nightly`: gates that the enum's `channel(…)` names are on by
    /// default. The name may come from the build (`option_env!`) or be found out at start.
    ///
    /// Until a resolution is installed, gates have the defaults without a channel.
    ///
    /// ```
    /// use featuregate::FeatureGate;
    ///
    /// #[derive(Clone, Copy, FeatureGate)]
    /// #[feature_gate(channel(stable = [], nightly = [alpha]))]
    /// enum Feature {
    ///     /// A cache in front of the disk.
    ///     #[gate(alpha)]
    ///     Cache,
    /// }
    ///
    /// let channel = option_env!("APP_CHANNEL").unwrap_or("nightly");
    /// let resolution = Feature::resolver().channel(channel).resolve()?;
    /// assert!(resolution.enabled(Feature::Cache));
    /// assert_eq!(
    ///     Feature::resolver().channel("nightyl").resolve().unwrap_err().to_string(),
    ///     "unknown channel nightyl; did you mean nightly?"
    /// );
    /// # Ok::<(), featuregate::Problems>(())
    /// ```
    #[must_use]
    pub fn channel(mut self, name: impl Into<String>) -> Self {
        self.channel = Some((name.into(), choose_channel));
        self
    }

    /// How unknown names are treated by all sources that have no [policy](Self::policy) of their own; they are
    /// problems by default.
    #[must_use]
    pub fn unknown(mut self, treatment: Treatment) -> Self {
        self.policy = self.policy.unknown(treatment);
        self
    }

    /// How settings of a kind of source are treated that cannot be used: unknown names, removed gates, and values
    /// that are not booleans.
    ///
    /// ```
    /// use featuregate::{Assignment, FeatureGate, Origin, Policy, Source, SourceKind, Treatment};
    ///
    /// #[derive(Clone, Copy, FeatureGate)]
    /// enum Feature {
    ///     /// A cache in front of the disk.
    ///     #[gate(alpha)]
    ///     Cache,
    /// }
    ///
    /// // A configuration may have been written for another release; what is typed is meant for this one.
    /// let file = Origin::new(Source::config("app.toml")).at(7, 1);
    /// let resolver = Feature::resolver()
    ///     .policy(SourceKind::Config, Policy::of(Treatment::Notice))
    ///     .config([Ok(Assignment::new("Later", true, file))]);
    /// assert_eq!(resolver.clone().resolve()?.notices().len(), 1);
    /// assert!(resolver.flag("Cahce=true").resolve().is_err());
    /// # Ok::<(), featuregate::Problems>(())
    /// ```
    #[must_use]
    pub fn policy(mut self, kind: SourceKind, policy: Policy) -> Self {
        self.policies.push((kind, policy));
        self
    }

    /// Adds the values that gates were given while an earlier process ran, above all sources.
    /// [`Installed::layer`](crate::Installed::layer) has them.
    #[cfg(feature = "runtime")]
    #[must_use]
    pub fn runtime(mut self, layer: RuntimeLayer) -> Self {
        self.layer = layer;
        self
    }

    /// Resolves the enums whose gates are required too, which is for tests of a part of a program.
    #[doc(hidden)]
    #[must_use]
    pub fn with_required(mut self) -> Self {
        self.parts = parts_with_required::<F>;
        self
    }

    /// Resolves all sources.
    ///
    /// # Errors
    /// Every problem of every source, in the order of precedence, and within a source in the order of its settings.
    /// If several enums cannot be composed (see [`Enums`]), the reasons. Nothing has changed in either case.
    pub fn resolve(self) -> Result<Resolution<F>, Problems> {
        self.resolve_with(if F::EXTRAS.is_some() { resolve_layers } else { resolve_independent })
    }

    /// Resolves all sources without what breaks a rule, for programs that warn and go on. What was left out is in
    /// [`Resolution::problems`].
    ///
    /// Left out are settings that are refused, and both of two names of one gate that contradict each other. Then
    /// each gate is off that requires or implies one that is off. What a locked gate requires is not turned off.
    ///
    /// ```
    /// use featuregate::FeatureGate;
    ///
    /// #[derive(Clone, Copy, FeatureGate)]
    /// enum Feature {
    ///     /// A cache in front of the disk.
    ///     #[gate(alpha, requires(Disk))]
    ///     Cache,
    ///     /// A disk.
    ///     #[gate(alpha)]
    ///     Disk,
    ///     /// Fewer round trips.
    ///     #[gate(alpha)]
    ///     Pipelining,
    /// }
    ///
    /// let resolution = Feature::resolver().flag("Cache=true,Pipelining=true").resolve_lenient()?;
    /// for problem in resolution.problems() {
    ///     eprintln!("warning: {problem}");
    /// }
    /// assert!(!resolution.enabled(Feature::Cache), "nothing is on without what it requires");
    /// assert!(resolution.enabled(Feature::Pipelining));
    /// # Ok::<(), featuregate::Problems>(())
    /// ```
    ///
    /// # Errors
    /// If several enums cannot be composed (see [`Enums`]), or a locked gate of one of them requires a gate of
    /// another one that is off by default: then no setting is at fault.
    pub fn resolve_lenient(self) -> Result<Resolution<F>, Problems> {
        self.resolve_with(resolve_lenient)
    }

    fn resolve_with(mut self, resolve: Resolve) -> Result<Resolution<F>, Problems> {
        let (gates, members) = self.composed()?;
        let sources = core::mem::take(&mut self.sources);
        #[cfg(feature = "runtime")]
        let layer = self.layer.clone();
        let start = self.start(gates, resolve);
        #[cfg(feature = "runtime")]
        let changes = Arc::new(Changes::new(start.clone(), layer));
        Ok(Resolution::new(Resolved {
            resolution: start.resolve()?,
            members,
            sources,
            #[cfg(feature = "runtime")]
            changes,
        }))
    }

    /// The gates of all enums, at the releases and in the channel that were chosen.
    fn composed(&self) -> Result<(GateSet, Vec<Member>), Problems> {
        let (mut gates, members) = composed((self.parts)(), &self.emulations, F::EXTRAS)?;
        if let Some((channel, choose)) = &self.channel {
            choose(&mut gates, channel)?;
        }
        Ok((gates, members))
    }

    /// The settings of all sources.
    fn start(self, gates: GateSet, resolve: Resolve) -> Start {
        #[cfg(feature = "runtime")]
        let runtime = self.layer.items();
        #[cfg(not(feature = "runtime"))]
        let runtime = [];
        let Self { mut entries, in_call_order, pins, env, policy, policies, .. } = self;
        let mut env = Some(env.items::<F>());
        if !entries.iter().any(|entry| matches!(entry, Entry::Environment)) {
            let is_config = |entry: &Entry| entry.kind() == SourceKind::Config;
            let at = entries.iter().rposition(is_config).map_or(0, |last| last + 1);
            entries.insert(at, Entry::Environment);
        }
        if !in_call_order {
            entries = sorted(entries, &|a, b| a.kind().cmp(&b.kind()));
        }
        let policy_of = |kind: SourceKind| {
            let own = policies.iter().rfind(|(of, _)| *of == kind);
            own.map_or(policy, |(_, policy)| *policy)
        };
        let layer = |entry: Entry| {
            let kind = entry.kind();
            let items = match entry {
                Entry::Items(_, items) => items,
                Entry::Environment => env.take().unwrap_or_default(),
            };
            Layer::new(items).policy(policy_of(kind))
        };
        Start {
            gates: Arc::new(gates),
            layers: entries.into_iter().map(layer).collect(),
            runtime: Layer::new(runtime).policy(policy_of(SourceKind::Runtime)),
            pins: Layer::new(pins).pinned(),
            resolve,
        }
    }

    /// All gates by name, with the groups and the removed gates, at the releases in effect.
    ///
    /// # Errors
    /// Why several enums cannot be composed.
    pub fn gates(&self) -> Result<GateSet, Problems> {
        self.composed().map(|(gates, _)| gates)
    }

    /// The lines of the flag's help: every gate that may be set, sorted by name, as in
    /// `MemoryQoS=true|false (ALPHA - default=false)`. Empty if several enums cannot be composed, which
    /// [`resolve`](Self::resolve) reports.
    #[must_use]
    pub fn known_gates(&self) -> Vec<String> {
        self.gates().map_or_else(|_| Vec::new(), |gates| help::known_gates(&gates))
    }

    /// Resolves as another release would: with its stages, defaults and locks. If there are several enums, this is
    /// the release of the first one's component.
    ///
    /// A release after the program's own is accepted, as in Kubernetes' library; `args::EmulationArgs`
    /// rejects it.
    #[must_use]
    pub fn emulate(self, version: Version) -> Self
    where
        F: Emulates,
    {
        self.emulate_first(version)
    }

    /// The same for any enum, which is for tests: nothing folds while their hook is compiled in. Whether the enum
    /// can emulate is checked when resolving.
    #[doc(hidden)]
    #[must_use]
    pub fn emulate_first(self, version: Version) -> Self {
        let component = F::parts().first().and_then(Part::component);
        self.emulate_component(component, version)
    }

    /// Resolves one component as another release would. Whether there is a component with that name, and whether
    /// its enums can emulate, is checked when resolving.
    #[must_use]
    pub fn emulate_component(mut self, component: Option<&str>, version: Version) -> Self {
        self.emulations.push(Emulation {
            component: component.map(ToString::to_string),
            emulated: Some(version),
            min_compat: None,
        });
        self
    }

    /// Resolves for a process that must work with releases of a component since this one.
    ///
    /// The gates of an enum do not depend on it. It is for gates that are registered from data, and for
    /// programs that use it themselves.
    #[must_use]
    pub fn min_compatibility(mut self, component: Option<&str>, version: Version) -> Self {
        self.emulations.push(Emulation {
            component: component.map(ToString::to_string),
            emulated: None,
            min_compat: Some(version),
        });
        self
    }
}

impl<F> Clone for Resolver<F> {
    fn clone(&self) -> Self {
        Self {
            entries: self.entries.clone(),
            in_call_order: self.in_call_order,
            pins: self.pins.clone(),
            env: self.env.clone(),
            sources: self.sources.clone(),
            policy: self.policy,
            policies: self.policies.clone(),
            emulations: self.emulations.clone(),
            channel: self.channel.clone(),
            parts: self.parts,
            #[cfg(feature = "runtime")]
            layer: self.layer.clone(),
            of: PhantomData,
        }
    }
}

impl<F: Enums> Default for Resolver<F> {
    fn default() -> Self {
        Self::new()
    }
}

/// How many items each kind of source has.
impl<F> fmt::Debug for Resolver<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = |kind| {
            let of_kind = self.entries.iter().filter_map(move |entry| match entry {
                Entry::Items(of, items) if *of == kind => Some(items.len()),
                _ => None,
            });
            of_kind.sum::<usize>()
        };
        f.debug_struct("Resolver")
            .field("config", &count(SourceKind::Config))
            .field("env", &self.env.texts)
            .field("flags", &count(SourceKind::Flag))
            .field("pins", &self.pins.len())
            .field("emulations", &self.emulations.len())
            .finish_non_exhaustive()
    }
}
