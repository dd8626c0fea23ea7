//! From sources to a resolution.

use core::fmt;
use core::marker::PhantomData;

use alloc::string::{String, ToString};
#[cfg(feature = "runtime")]
use alloc::sync::Arc;
use alloc::vec::Vec;
use featuregate_core::{
    Emulation, GateSet, Item, Problems, Registry, Source, UnknownPolicy, Version, help, parse,
};

use crate::declare::declaration::Part;
use crate::memory::installed::Resolved;
#[cfg(feature = "runtime")]
use crate::memory::layer::RuntimeLayer;
#[cfg(feature = "runtime")]
use crate::memory::live::Changes;
use crate::resolve::enums::{Emulates, Enums, composed, parts, parts_with_required};
use crate::resolve::environment::{Environment, Texts, Variable};
use crate::resolve::resolution::Resolution;

/// The name of the flag if no other one is given.
pub(crate) const FLAG: &str = "--feature-gates";

/// Collects the settings of an enum's gates, or of several enums as a tuple, from all sources, and resolves them.
///
/// Precedence does not depend on the order of the calls: the environment variable overrides the configuration,
/// and the flag overrides both. Within a source, a later setting overrides an earlier one. Sources are merged: a
/// gate that the flag does not name keeps its value from the configuration.
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
    config: Vec<Item>,
    env: Environment,
    flags: Vec<Item>,
    unknown: UnknownPolicy,
    emulations: Vec<Emulation>,
    /// Whether the enums whose gates are required take part, without being named.
    with_required: bool,
    #[cfg(feature = "runtime")]
    layer: RuntimeLayer,
    of: PhantomData<F>,
}

impl<F: Enums> Resolver<F> {
    /// A resolver without settings, except those of the environment variable that the enum names, if it names one.
    #[must_use]
    pub fn new() -> Self {
        Self {
            config: Vec::new(),
            env: Environment::default(),
            flags: Vec::new(),
            unknown: UnknownPolicy::default(),
            emulations: Vec::new(),
            with_required: false,
            #[cfg(feature = "runtime")]
            layer: RuntimeLayer::new(),
            of: PhantomData,
        }
    }

    /// Adds assignments of a configuration, with their locations. Malformed ones are reported with the
    /// other problems. With the feature `serde`, `data::GateMap` reads them from any format.
    #[must_use]
    pub fn config(mut self, items: impl IntoIterator<Item = Item>) -> Self {
        self.config.extend(items);
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
    pub fn flag_named(mut self, name: &str, text: &str) -> Self {
        self.flags.extend(parse(text, &Source::flag(name)));
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
    pub fn text(mut self, source: &Source, text: &str) -> Self {
        let items = parse(text, source);
        match source.kind() {
            "env" => self.env.variables.push(Variable::Read(items)),
            "flag" => self.flags.extend(items),
            _ => self.config.extend(items),
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
    pub fn variable(mut self, source: Source) -> Self {
        self.env.variables.push(Variable::ToRead(source));
        self
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

    /// What an assignment to an unknown name is; a problem by default.
    #[must_use]
    pub fn unknown(mut self, policy: UnknownPolicy) -> Self {
        self.unknown = policy;
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
        self.with_required = true;
        self
    }

    fn parts(&self) -> Vec<Part> {
        if self.with_required { parts_with_required::<F>() } else { parts::<F>() }
    }

    /// Resolves all sources.
    ///
    /// # Errors
    /// Every problem of every source, in the order of precedence, and within a source in the order of its settings.
    /// If several enums cannot be composed (see [`Enums`]), the reasons. Nothing has changed in either case.
    pub fn resolve(self) -> Result<Resolution<F>, Problems> {
        let env = self.env.items::<F>();
        let (gates, members) = composed(self.parts(), &self.emulations)?;
        let mut registry = Registry::of_gates(gates);
        registry.treat_unknown(self.unknown);
        let items: Vec<Item> = self.config.into_iter().chain(env).chain(self.flags).collect();
        #[cfg(feature = "runtime")]
        let (items, changes) = {
            let changes = Changes::new(registry.clone(), items.clone(), self.layer.clone());
            (items.into_iter().chain(self.layer.items()), Arc::new(changes))
        };
        registry.apply(items)?;
        Ok(Resolution::new(Resolved {
            resolution: registry.into_resolution(),
            members,
            #[cfg(feature = "runtime")]
            changes,
        }))
    }

    /// All gates by name, with the groups and the removed gates, at the releases in effect.
    ///
    /// # Errors
    /// Why several enums cannot be composed.
    pub fn gates(&self) -> Result<GateSet, Problems> {
        composed(self.parts(), &self.emulations).map(|(gates, _)| gates)
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
            config: self.config.clone(),
            env: self.env.clone(),
            flags: self.flags.clone(),
            unknown: self.unknown,
            emulations: self.emulations.clone(),
            with_required: self.with_required,
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

/// How many items each source has.
impl<F> fmt::Debug for Resolver<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Resolver")
            .field("config", &self.config.len())
            .field("env", &self.env.texts)
            .field("flags", &self.flags.len())
            .field("unknown", &self.unknown)
            .field("emulations", &self.emulations.len())
            .finish_non_exhaustive()
    }
}
