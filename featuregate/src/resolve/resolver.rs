//! From sources to a resolution.

use core::fmt;
use core::marker::PhantomData;

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use featuregate_core::{
    Emulation, GateSet, Item, Problems, Registry, Source, UnknownPolicy, Version, help, parse,
};

use crate::resolve::enums::{Emulates, Enums, Part, composed, variables};
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
    env: Env,
    flags: Vec<Item>,
    unknown: UnknownPolicy,
    emulations: Vec<Emulation>,
    of: PhantomData<F>,
}

/// The source of the environment variables' texts.
#[derive(Debug)]
enum Env {
    /// The environment of the process, for each variable that an enum names.
    Process,
    /// The text of the first variable.
    Text(String),
    Ignored,
}

impl<F: Enums> Resolver<F> {
    /// A resolver without settings, except those of the environment variable that the enum names, if it names one.
    #[must_use]
    pub fn new() -> Self {
        Self {
            config: Vec::new(),
            env: Env::Process,
            flags: Vec::new(),
            unknown: UnknownPolicy::default(),
            emulations: Vec::new(),
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

    /// Uses this text for the environment variable (if there are several, for the first one) instead of reading
    /// the environment.
    #[must_use]
    pub fn env_text(mut self, text: impl Into<String>) -> Self {
        self.env = Env::Text(text.into());
        self
    }

    /// Ignores environment variables.
    #[must_use]
    pub fn without_env(mut self) -> Self {
        self.env = Env::Ignored;
        self
    }

    /// What an assignment to an unknown name is; a problem by default.
    #[must_use]
    pub fn unknown(mut self, policy: UnknownPolicy) -> Self {
        self.unknown = policy;
        self
    }

    /// Resolves all sources.
    ///
    /// # Errors
    /// Every problem of every source, in the order of precedence, and within a source in the order of its settings.
    /// If several enums cannot be composed (see [`Enums`]), the reasons. Nothing has changed in either case.
    pub fn resolve(self) -> Result<Resolution<F>, Problems> {
        let env = self.env_items();
        let (gates, members) = composed::<F>(&self.emulations)?;
        let mut registry = Registry::of_gates(gates);
        registry.treat_unknown(self.unknown);
        registry.apply(self.config.into_iter().chain(env).chain(self.flags))?;
        Ok(Resolution::new(registry.into_resolution(), members))
    }

    /// All gates by name, with the groups and the removed gates, at the releases in effect.
    ///
    /// # Errors
    /// Why several enums cannot be composed.
    pub fn gates(&self) -> Result<GateSet, Problems> {
        composed::<F>(&self.emulations).map(|(gates, _)| gates)
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

    fn env_items(&self) -> Vec<Item> {
        let mut variables = variables::<F>();
        if variables.is_empty() && matches!(self.env, Env::Text(_)) {
            // A text is used even if no enum names a variable for it.
            variables.push("the environment");
        }
        let texts = variables.into_iter().enumerate().filter_map(|(index, variable)| {
            let text = match &self.env {
                Env::Process => process_env(variable).map(Cow::Owned),
                Env::Text(text) if index == 0 => Some(Cow::Borrowed(text.as_str())),
                Env::Text(_) | Env::Ignored => None,
            };
            Some(parse(&text?, &Source::env(variable)))
        });
        texts.flatten().collect()
    }
}

/// The variable's text. What is not Unicode in it is replaced, and is then not a valid name or value.
#[cfg(feature = "std")]
fn process_env(variable: &str) -> Option<String> {
    std::env::var_os(variable).map(|text| text.to_string_lossy().into_owned())
}

#[cfg(not(feature = "std"))]
fn process_env(_variable: &str) -> Option<String> {
    None
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
            .field("env", &self.env)
            .field("flags", &self.flags.len())
            .field("unknown", &self.unknown)
            .field("emulations", &self.emulations.len())
            .finish()
    }
}
