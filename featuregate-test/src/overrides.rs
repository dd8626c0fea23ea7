//! Overrides: the values that gates should have within a scope.
#![expect(clippy::panic, reason = "it makes a test fail")]

use std::marker::PhantomData;

use featuregate::{
    Assignment, Enums, FeatureGate, GateState, Origin, Problems, Resolution, Resolver, Source,
    UntypedResolution, Version,
};
use featuregate_core::parse;

use crate::hook::{Values, name_in_text};
use crate::scope::{Entered, Scope};

/// Overrides for the gates of an enum, or of a tuple of enums: see [`Overrides`]. If gates of an enum require those of
/// another one, the scope covers that one too.
pub fn overrides<F: Enums>() -> Overrides<F> {
    Overrides { requests: Vec::new(), version: None, is_strict: false, of: PhantomData }
}

/// Gates that should be on or off within a scope.
///
/// The other gates keep the values of the scope around it, or those of the process. The rules are those of a
/// program's start, by the same code: a locked gate keeps its value, and everything that an enabled gate requires is
/// on. As in Kubernetes' test helper, turning a gate off also turns off the gates that require it.
///
/// ```
/// use featuregate::FeatureGate;
/// use featuregate_test::overrides;
///
/// #[derive(Clone, Copy, FeatureGate)]
/// #[feature_gate(version = "1.36")]
/// enum Feature {
///     /// A cache in front of the disk.
///     #[gate(beta = "1.34")]
///     Cache,
///     /// Fills the cache in advance.
///     #[gate(beta = "1.35", requires(Cache))]
///     Warming,
///     /// Locked since 1.36.
///     #[gate(beta = "1.30", ga = "1.36")]
///     Pipelining,
/// }
///
/// overrides::<Feature>().off(Feature::Cache).run(|| {
///     assert!(!Feature::Cache.enabled() && !Feature::Warming.enabled());
/// });
/// // With the defaults and locks of another release. No check is folded in a test.
/// overrides::<Feature>().at("1.34").off(Feature::Pipelining).run(|| {
///     assert!(!Feature::Pipelining.enabled() && !Feature::Warming.enabled());
/// });
/// assert!(overrides::<Feature>().off(Feature::Pipelining).try_scope().is_err(), "it is locked");
/// ```
#[derive(Debug)]
#[must_use = "overrides do nothing until they are entered"]
pub struct Overrides<F> {
    requests: Vec<(String, bool)>,
    version: Option<Version>,
    is_strict: bool,
    of: PhantomData<F>,
}

impl<F: Enums> Overrides<F> {
    /// Turns a gate on.
    pub fn on<G: FeatureGate>(self, gate: G) -> Self {
        self.set(gate, true)
    }

    /// Turns a gate off, and also the gates that require or imply it and have no override of their own.
    pub fn off<G: FeatureGate>(self, gate: G) -> Self {
        self.set(gate, false)
    }

    /// Sets the value of a gate.
    pub fn set<G: FeatureGate>(mut self, gate: G, value: bool) -> Self {
        self.requests.push((name_in_text(gate), value));
        self
    }

    /// Sets the value of a gate by its name in a text.
    pub fn named(mut self, name: &str, value: bool) -> Self {
        self.requests.push((name.into(), value));
        self
    }

    /// Sets values of gates by a text, as in `--feature-gates`.
    ///
    /// # Panics
    /// If an item cannot be parsed.
    #[track_caller]
    pub fn text(mut self, text: &str) -> Self {
        for item in parse(text, &Source::call()) {
            match item {
                Ok(Assignment { name, value, .. }) => self.requests.push((name, value)),
                Err(malformed) => {
                    panic!("cannot parse {:?}; write NAME=true or NAME=false", malformed.name)
                }
            }
        }
        self
    }

    /// Applies the stages, defaults and locks of another release, of the first enum's component. The values around
    /// the scope do not apply then.
    ///
    /// # Panics
    /// If the text is not a version, as in `1.34`.
    #[track_caller]
    pub fn at(mut self, version: &str) -> Self {
        match version.parse() {
            Ok(version) => self.version = Some(version),
            Err(error) => panic!("{error}"),
        }
        self
    }

    /// Allows no read of a gate without a scope that covers its enum, as long as the scope exists: within it, reading a
    /// gate of another enum is a panic, and without one, reading a gate of this enum is a panic on every thread, also
    /// that of another test.
    ///
    /// ```should_panic
    /// # use featuregate::FeatureGate;
    /// use featuregate_test::overrides;
    ///
    /// # #[derive(Clone, Copy, FeatureGate)]
    /// # enum Feature {
    /// #     /// A cache in front of the disk.
    /// #     #[gate(alpha)]
    /// #     Cache,
    /// # }
    /// # #[derive(Clone, Copy, FeatureGate)]
    /// # enum Store {
    /// #     /// Compacts data in the background.
    /// #     #[gate(alpha)]
    /// #     Compaction,
    /// # }
    /// let _scope = overrides::<Feature>().on(Feature::Cache).strict().enter();
    /// Store::Compaction.enabled();
    /// ```
    pub fn strict(mut self) -> Self {
        self.is_strict = true;
        self
    }

    /// The scope, which can be entered here or elsewhere.
    ///
    /// # Errors
    /// All problems that a program's start would report for these values.
    pub fn try_scope(self) -> Result<Scope, Problems> {
        let around = Scope::current();
        let mut requests = match self.version {
            Some(_) => Vec::new(),
            None => Self::around(&around)?,
        };
        let before = self.resolve(&requests)?;
        let gates = before.untyped();
        for (off, _) in self.requests.iter().filter(|(_, value)| !value) {
            for dependent in dependents(gates, off) {
                let has_request = self.requests.iter().any(|(name, _)| name == dependent);
                if gates.enabled(dependent) == Some(true) && !has_request {
                    requests.push((dependent.into(), false));
                }
            }
        }
        requests.extend(self.requests.iter().cloned());
        let resolution = self.resolve(&requests)?;
        Ok(Scope::within(&around, Values::resolved(&resolution), &requests, self.is_strict))
    }

    /// The scope, which can be entered here or elsewhere.
    ///
    /// # Panics
    /// With all problems that a program's start would report for these values.
    #[must_use = "a scope does nothing until it is entered"]
    #[track_caller]
    pub fn scope(self) -> Scope {
        match self.try_scope() {
            Ok(scope) => scope,
            Err(problems) => panic!("the gates cannot have these values:\n{problems}"),
        }
    }

    /// Enters the scope on this thread until the guard is dropped.
    ///
    /// # Panics
    /// As [`scope`](Self::scope).
    #[must_use = "the scope is left when the guard is dropped"]
    #[track_caller]
    pub fn enter(self) -> Entered {
        self.scope().enter()
    }

    /// Runs a closure within the scope.
    ///
    /// # Panics
    /// As [`scope`](Self::scope).
    #[track_caller]
    pub fn run<R>(self, run: impl FnOnce() -> R) -> R {
        self.scope().run(run)
    }

    /// The values around the scope, as requests: those of the scope that is entered, or the installed values.
    fn around(scope: &Scope) -> Result<Vec<(String, bool)>, Problems> {
        let defaults = Resolver::<F>::new().without_env().with_required().resolve()?;
        let known = |name: &str| defaults.untyped().gates().knows(name);
        let mut requests: Vec<(String, bool)> = Vec::new();
        for values in Values::of_process::<F>()? {
            let differs =
                |(name, value): &(&str, bool)| defaults.untyped().enabled(name) != Some(*value);
            let own = |(name, value): (&str, bool)| (name.to_owned(), value);
            let of_enum = match scope.requests(values.id) {
                Some(requests) => requests.to_vec(),
                None => values.iter().filter(differs).map(own).collect(),
            };
            requests.extend(of_enum.into_iter().filter(|(name, _)| known(name)));
        }
        Ok(requests)
    }

    fn resolve(&self, requests: &[(String, bool)]) -> Result<Resolution<F>, Problems> {
        let origin = Origin::new(Source::call());
        let item = |(name, value): &(String, bool)| {
            Ok(Assignment::new(name.as_str(), *value, origin.clone()))
        };
        let resolver =
            Resolver::<F>::new().without_env().with_required().config(requests.iter().map(item));
        match self.version {
            None => resolver.resolve(),
            Some(version) => resolver.emulate_first(version).resolve(),
        }
    }
}

/// The gates that require or imply a gate, directly or not.
fn dependents<'r>(gates: &'r UntypedResolution, name: &str) -> Vec<&'r str> {
    let mut found: Vec<&str> = Vec::new();
    loop {
        let needs = |state: &GateState<'r>| {
            let is_off = |needed: &str| needed == name || found.contains(&needed);
            !found.contains(&state.name()) && state.requires().chain(state.implies()).any(is_off)
        };
        let more: Vec<&str> = gates.all().filter(needs).map(|state| state.name()).collect();
        if more.is_empty() {
            return found;
        }
        found.extend(more);
    }
}
