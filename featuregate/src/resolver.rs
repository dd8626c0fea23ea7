//! From sources to a resolution.

use core::fmt;
use core::marker::PhantomData;

use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use featuregate_core::{Item, Problems, Registry, Source, UnknownPolicy, Version, help, parse};

use crate::gate::{Emulates, FeatureGate};
use crate::resolution::Resolution;

/// The name of the flag where nothing else is said.
pub(crate) const FLAG: &str = "--feature-gates";

/// Collects the sources of an enum's gates, and resolves them.
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
    emulated: Option<Version>,
    of: PhantomData<F>,
}

/// Where the text of the environment variable comes from.
#[derive(Debug)]
enum Env {
    /// The process, if the enum names a variable.
    Process,
    Text(String),
    Ignored,
}

impl<F: FeatureGate> Resolver<F> {
    /// No sources but the environment variable that the enum names, if it does.
    #[must_use]
    pub fn new() -> Self {
        Self {
            config: Vec::new(),
            env: Env::Process,
            flags: Vec::new(),
            unknown: UnknownPolicy::default(),
            emulated: None,
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

    /// Takes this text for that of the environment variable, instead of reading it.
    #[must_use]
    pub fn env_text(mut self, text: impl Into<String>) -> Self {
        self.env = Env::Text(text.into());
        self
    }

    /// Leaves the environment variable out.
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
    /// Nothing has changed then.
    pub fn resolve(self) -> Result<Resolution<F>, Problems> {
        let env = self.env_items();
        let mut registry = Registry::of_gates(F::gate_set(), F::version())
            .with_unknown(self.unknown)
            .with_removed(F::DECLARATION.removed);
        if let Some(version) = self.emulated {
            registry = registry.emulating(version);
        }
        registry.apply(self.config.into_iter().chain(env).chain(self.flags))?;
        Ok(Resolution::new(Arc::new(registry.into_resolution())))
    }

    /// The lines of the flag's help: every gate that may be set, sorted by name, as in
    /// `MemoryQoS=true|false (ALPHA - default=false)`.
    #[must_use]
    pub fn known_gates(&self) -> Vec<String> {
        let versions = featuregate_core::Versions::of_binary(F::version());
        let versions = self.emulated.map_or(versions, |version| versions.emulating(version));
        help::known_gates(&F::gate_set(), versions)
    }

    /// Resolves as another release would: with its stages, defaults and locks.
    ///
    /// A release after the program's own is accepted, as in Kubernetes' library; the group of arguments
    /// refuses it.
    #[must_use]
    pub fn emulate(mut self, version: Version) -> Self
    where
        F: Emulates,
    {
        self.emulated = Some(version);
        self
    }

    fn env_items(&self) -> Vec<Item> {
        let Some(variable) = F::env() else {
            return Vec::new();
        };
        let text = match &self.env {
            Env::Process => process_env(variable),
            Env::Text(text) => Some(text.clone()),
            Env::Ignored => None,
        };
        text.map_or_else(Vec::new, |text| parse(&text, &Source::env(variable)))
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

impl<F: FeatureGate> Default for Resolver<F> {
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
            .field("emulated", &self.emulated)
            .finish_non_exhaustive()
    }
}
