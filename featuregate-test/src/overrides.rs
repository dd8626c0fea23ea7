//! What a scope overrides.
#![expect(clippy::panic, reason = "a test fails so")]

use std::marker::PhantomData;

use featuregate::testing::{Values, process_values, values, written};
use featuregate::{
    Assignment, Enums, FeatureGate, Origin, Problems, Resolution, Resolver, Source, Version,
};
use featuregate_core::parse;

use crate::scope::{Entered, Scope};

/// Begins to override gates of an enum, or of several as a tuple: see [`Overrides`].
pub fn overrides<F: Enums>() -> Overrides<F> {
    Overrides { asked: Vec::new(), version: None, of: PhantomData }
}

/// Gates that should be on or off for a scope.
///
/// The other gates keep the values of the scope around it, or those of the process. The rules are those of a
/// program's start, by the same code: a locked gate keeps its value, a gate that is on has on what it
/// requires. As in Kubernetes' test helper, turning a gate off turns off what requires it.
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
///     /// Fills it beforehand.
///     #[gate(beta = "1.35", requires(Cache))]
///     Warming,
///     /// There for good.
///     #[gate(beta = "1.30", ga = "1.36")]
///     Pipelining,
/// }
///
/// overrides::<Feature>().off(Feature::Cache).run(|| {
///     assert!(!Feature::Cache.enabled() && !Feature::Warming.enabled());
/// });
/// // With the defaults and locks of another release: nothing folds in a test.
/// overrides::<Feature>().at("1.34").off(Feature::Pipelining).run(|| {
///     assert!(!Feature::Pipelining.enabled() && !Feature::Warming.enabled());
/// });
/// assert!(overrides::<Feature>().off(Feature::Pipelining).try_scope().is_err(), "it is locked");
/// ```
#[derive(Debug)]
#[must_use = "overrides do nothing until they are entered"]
pub struct Overrides<F> {
    asked: Vec<(String, bool)>,
    version: Option<Version>,
    of: PhantomData<F>,
}

impl<F: Enums> Overrides<F> {
    /// Turns a gate on.
    pub fn on<G: FeatureGate>(self, gate: G) -> Self {
        self.set(gate, true)
    }

    /// Turns a gate off, and with it what requires it, unless that is asked for too.
    pub fn off<G: FeatureGate>(self, gate: G) -> Self {
        self.set(gate, false)
    }

    /// Gives a gate a value.
    pub fn set<G: FeatureGate>(mut self, gate: G, value: bool) -> Self {
        self.asked.push((written(gate), value));
        self
    }

    /// Gives a gate a value by its name as it is written in a text.
    pub fn named(mut self, name: &str, value: bool) -> Self {
        self.asked.push((name.into(), value));
        self
    }

    /// Gives gates values by a text, as in `--feature-gates`.
    ///
    /// # Panics
    /// If an item can't be read.
    #[track_caller]
    pub fn text(mut self, text: &str) -> Self {
        for item in parse(text, &Source::Call) {
            match item {
                Ok(Assignment { name, value, .. }) => self.asked.push((name, value)),
                Err(malformed) => {
                    panic!("{:?} can't be read; write NAME=true or NAME=false", malformed.name)
                }
            }
        }
        self
    }

    /// Takes the stages, defaults and locks of another release, of the first enum's component; the values
    /// around the scope don't count then.
    ///
    /// # Panics
    /// If it is no version, as in `1.34`.
    #[track_caller]
    pub fn at(mut self, version: &str) -> Self {
        match version.parse() {
            Ok(version) => self.version = Some(version),
            Err(error) => panic!("{error}"),
        }
        self
    }

    /// The scope, which is entered here or elsewhere.
    ///
    /// # Errors
    /// Every problem that a program's start would have with these values.
    pub fn try_scope(self) -> Result<Scope, Problems> {
        let around = Scope::current();
        let mut requests = match self.version {
            Some(_) => Vec::new(),
            None => Self::around(&around)?,
        };
        let before = self.resolve(&requests)?;
        let states = before.untyped();
        for (off, _) in self.asked.iter().filter(|(_, value)| !value) {
            for dependent in states.gates().dependents_of(off) {
                let asked = self.asked.iter().any(|(name, _)| name == dependent);
                let on = states.enabled(dependent) == Some(true);
                if on && !asked {
                    requests.push((dependent.into(), false));
                }
            }
        }
        requests.extend(self.asked.iter().cloned());
        let resolution = self.resolve(&requests)?;
        Ok(Scope::within(&around, values(&resolution), &requests))
    }

    /// The scope, which is entered here or elsewhere.
    ///
    /// # Panics
    /// With every problem that a program's start would have with these values.
    #[must_use = "a scope does nothing until it is entered"]
    #[track_caller]
    pub fn scope(self) -> Scope {
        match self.try_scope() {
            Ok(scope) => scope,
            Err(problems) => panic!("these gates can't have these values:\n{problems}"),
        }
    }

    /// Enters the scope on this thread until the guard goes.
    ///
    /// # Panics
    /// As [`scope`](Self::scope).
    #[must_use = "the scope is left when the guard is dropped"]
    #[track_caller]
    pub fn enter(self) -> Entered {
        self.scope().enter()
    }

    /// Runs something within the scope.
    ///
    /// # Panics
    /// As [`scope`](Self::scope).
    #[track_caller]
    pub fn run<R>(self, run: impl FnOnce() -> R) -> R {
        self.scope().run(run)
    }

    /// What holds around the scope, as requests: those of the scope that is entered, or what was installed.
    fn around(scope: &Scope) -> Result<Vec<(String, bool)>, Problems> {
        let defaults = Resolver::<F>::new().without_env().resolve()?;
        let known = |name: &str| defaults.untyped().gates().knows(name);
        let mut requests: Vec<(String, bool)> = Vec::new();
        for Values { id, gates } in process_values::<F>()? {
            let of_scope = scope.requests(id).map(<[_]>::to_vec);
            let installed = || {
                let differs = |(name, value): &(String, bool)| {
                    defaults.untyped().enabled(name) != Some(*value)
                };
                gates.into_iter().filter(differs).collect()
            };
            let more: Vec<_> = of_scope.unwrap_or_else(installed);
            requests.extend(more.into_iter().filter(|(name, _)| known(name)));
        }
        Ok(requests)
    }

    fn resolve(&self, requests: &[(String, bool)]) -> Result<Resolution<F>, Problems> {
        let origin = Origin::new(Source::Call);
        let item = |(name, value): &(String, bool)| {
            Ok(Assignment::new(name.as_str(), *value, origin.clone()))
        };
        let resolver = Resolver::<F>::new().without_env().config(requests.iter().map(item));
        match self.version {
            None => resolver.resolve(),
            Some(version) => resolver.emulate_first(version).resolve(),
        }
    }
}
