//! From sources to a resolution.

use core::fmt;
use core::marker::PhantomData;

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use featuregate_core::{
    Emulation, GateSet, Item, Problems, Registry, Source, UnknownPolicy, Version, help, parse,
};

use crate::enums::{Enums, Part, composed, variables};
use crate::gate::Emulates;
use crate::resolution::Resolution;

/// The name of the flag where nothing else is said.
pub(crate) const FLAG: &str = "--feature-gates";

/// Collects the sources of the gates of an enum, or of several as a tuple, and resolves them.
///
/// Precedence does not depend on the order of the calls: configuration, then the environment variable,
/// then the flag; within each, later over earlier. They merge: a gate that the flag does not name keeps
/// what the configuration says.
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

/// Where the texts of the environment variables come from.
#[derive(Debug)]
enum Env {
    /// The process, for each variable that an enum names.
    Process,
    /// The text of the first one.
    Text(String),
    Ignored,
}

impl<F: Enums> Resolver<F> {
    /// No sources but the environment variable that the enum names, if it does.
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

    /// Adds assignments of a configuration, with their places. What is malformed in it is told among the
    /// other problems.
    #[must_use]
    pub fn config(mut self, items: impl IntoIterator<Item = Item>) -> Self {
        self.config.extend(items);
        self
    }

    /// Adds the text of `--feature-gates`. A flag may be repeated: all texts accumulate.
    #[must_use]
    pub fn flag(self, text: &str) -> Self {
        self.flag_named(FLAG, text)
    }

    /// Adds the text of a flag with another name, which messages will say.
    #[must_use]
    pub fn flag_named(mut self, name: &str, text: &str) -> Self {
        self.flags.extend(parse(text, &Source::flag(name)));
        self
    }

    /// Takes this text for that of the environment variable (of several, the first), instead of reading
    /// any.
    #[must_use]
    pub fn env_text(mut self, text: impl Into<String>) -> Self {
        self.env = Env::Text(text.into());
        self
    }

    /// Leaves environment variables out.
    #[must_use]
    pub fn without_env(mut self) -> Self {
        self.env = Env::Ignored;
        self
    }

    /// What an assignment to an unknown name is; a problem where nothing is said.
    #[must_use]
    pub fn unknown(mut self, policy: UnknownPolicy) -> Self {
        self.unknown = policy;
        self
    }

    /// Resolves all sources.
    ///
    /// # Errors
    /// Every problem of every source, in the order of precedence and within a source in its own order.
    /// Of several enums, first what keeps them from being composed: see [`Enums`]. Nothing has changed
    /// then.
    pub fn resolve(self) -> Result<Resolution<F>, Problems> {
        let env = self.env_items();
        let (gates, places) = composed::<F>(&self.emulations)?;
        let mut registry = Registry::of_gates(gates);
        registry.treat_unknown(self.unknown);
        registry.apply(self.config.into_iter().chain(env).chain(self.flags))?;
        Ok(Resolution::new(registry.into_resolution(), places))
    }

    /// All gates by name, with the groups and the removed ones, at the releases that they run as.
    ///
    /// # Errors
    /// What keeps several enums from being composed.
    pub fn gates(&self) -> Result<GateSet, Problems> {
        composed::<F>(&self.emulations).map(|(gates, _)| gates)
    }

    /// The lines of the flag's help: every gate that may be set, sorted by name, as in
    /// `MemoryQoS=true|false (ALPHA - default=false)`. None where several enums can't be composed, which
    /// resolving tells.
    #[must_use]
    pub fn known_gates(&self) -> Vec<String> {
        self.gates().map_or_else(|_| Vec::new(), |gates| help::known_gates(&gates))
    }

    /// Resolves as another release would: with its stages, defaults and locks. Of several enums, this is
    /// the release of the first one's component.
    ///
    /// A release after the program's own is accepted, as in Kubernetes' library; the group of arguments
    /// refuses it.
    #[must_use]
    pub fn emulate(self, version: Version) -> Self
    where
        F: Emulates,
    {
        self.emulate_first(version)
    }

    /// The same for any enum, as a test may: nothing folds while its hook is in. Not for programs; that an enum
    /// can emulate shows when resolving.
    #[doc(hidden)]
    #[must_use]
    pub fn emulate_first(self, version: Version) -> Self {
        let component = F::parts().first().and_then(Part::component);
        self.emulate_component(component, version)
    }

    /// Resolves one component as another release would. That there is one of that name, and that its enums can
    /// emulate, shows when resolving.
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
    /// The gates of an enum don't depend on it; it is for those that are registered from data, and for
    /// what a program does with it.
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
            // A text is not dropped because no enum names a variable for it.
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

/// The variable's text; what is not Unicode in it is replaced, and then no name or value.
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

impl<F> fmt::Debug for Resolver<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Resolver")
            .field("config", &self.config)
            .field("env", &self.env)
            .field("flags", &self.flags)
            .field("unknown", &self.unknown)
            .field("emulations", &self.emulations)
            .finish_non_exhaustive()
    }
}
