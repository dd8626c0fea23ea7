//! Values of gates under the rules of a program's start.

use alloc::vec::Vec;

use featuregate_core::{Assignment, Item, Origin, Problems, Registry, Source};

use crate::declare::gate_enum::{GateEnum, written};
use crate::resolve::gates::Gates;
use crate::resolve::resolution::Resolution;
use crate::resolve::resolver::Resolver;
use crate::resolve::unknown_gate::UnknownGate;

/// Under the rules of a program's start: locks, and what gates require and imply.
impl<F: GateEnum> Gates<F> {
    /// The same with another value of a gate, as for a session or a request. What the gate implies is turned on with it.
    ///
    /// ```
    /// use featuregate::{FeatureGate, Gates};
    ///
    /// #[derive(Clone, Copy, FeatureGate)]
    /// enum Feature {
    ///     /// A cache in front of the disk.
    ///     #[gate(alpha)]
    ///     Cache,
    ///     /// Fills the cache in advance.
    ///     #[gate(alpha, requires(Cache))]
    ///     Warming,
    /// }
    ///
    /// let process = Feature::snapshot();
    /// let session = process.with(Feature::Cache, true)?.with(Feature::Warming, true)?;
    /// assert!(session.enabled(Feature::Warming) && !process.enabled(Feature::Warming));
    /// assert_eq!(session.to_string(), "Cache=true,Warming=true");
    /// assert!(process.with(Feature::Warming, true).is_err(), "it requires Cache");
    /// # Ok::<(), featuregate::Problems>(())
    /// ```
    ///
    /// # Errors
    /// All problems that these values have. Gates of other enums that these require have their defaults. What a program
    /// [pins](Resolver::pin) is not known here: see [`items`](Self::items).
    pub fn with(self, gate: F, value: bool) -> Result<Self, Problems> {
        let last = Ok(Assignment::new(written(gate), value, origin()));
        let resolution = resolve::<F>(self.items().into_iter().chain([last]))?;
        Ok(resolution.gates())
    }

    /// These values as a resolution of the enum, which can be installed. It has its own defaults and locks, and no other
    /// source.
    ///
    /// ```
    /// # use featuregate::{FeatureGate, Gates};
    /// # #[derive(Clone, Copy, FeatureGate)]
    /// # enum Feature {
    /// #     /// Off.
    /// #     #[gate(alpha)]
    /// #     Cache,
    /// # }
    /// let gates: Gates<Feature> = [Feature::Cache].into_iter().collect();
    /// eprint!("{}", gates.resolve()?.install()?);
    /// assert!(Feature::Cache.enabled());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// All problems that these values have.
    pub fn resolve(self) -> Result<Resolution<F>, Problems> {
        let items = self.items().into_iter();
        Resolver::new().without_env().config(items).resolve()
    }

    /// The gates that do not have their default, as assignments of the program: a layer of another resolution, for a session
    /// whose pins or other sources count more than its set.
    ///
    /// ```
    /// # use featuregate::{FeatureGate, Gates};
    /// # #[derive(Clone, Copy, FeatureGate)]
    /// # enum Feature {
    /// #     /// Off.
    /// #     #[gate(alpha)]
    /// #     Cache,
    /// #     /// Off.
    /// #     #[gate(alpha)]
    /// #     Trace,
    /// # }
    /// let kept: Gates<Feature> = [Feature::Cache, Feature::Trace].into_iter().collect();
    /// let resolver = Feature::resolver().without_env().config(kept.items());
    /// let session = resolver.pin(Feature::Trace, false).resolve()?.gates();
    /// assert_eq!(session.to_string(), "Cache=true");
    /// # Ok::<(), featuregate::Problems>(())
    /// ```
    #[must_use]
    pub fn items(self) -> Vec<Item> {
        let item = |(gate, value)| Ok(Assignment::new(written(gate), value, origin()));
        self.changed().map(item).collect()
    }

    /// The values that a text, file or call gives.
    #[cfg(feature = "serde")]
    pub(crate) fn of_items(items: impl Iterator<Item = Item>) -> Result<Self, Problems> {
        resolve::<F>(items).map(|resolution| resolution.gates())
    }
}

/// The values of an enum's gates in a registry.
///
/// ```
/// # use featuregate::{FeatureGate, Gates, Registry};
/// # #[derive(Clone, Copy, FeatureGate)]
/// # enum Feature {
/// #     /// Off.
/// #     #[gate(alpha)]
/// #     Cache,
/// # }
/// let mut registry = Registry::of_gates(Feature::resolver().gates()?);
/// registry.set("Cache=true")?;
/// let gates = Gates::<Feature>::try_from(&registry)?;
/// assert!(gates.enabled(Feature::Cache));
/// assert_eq!(Registry::try_from(gates)?.enabled("Cache"), Some(true));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl<F: GateEnum> TryFrom<&Registry> for Gates<F> {
    /// The registry has no gate of that name.
    type Error = UnknownGate;

    fn try_from(registry: &Registry) -> Result<Self, UnknownGate> {
        let value = |gate: &F| {
            let name = written(*gate);
            let unknown = || UnknownGate::in_set(&name, registry.gates());
            Ok((*gate, registry.enabled(&name).ok_or_else(unknown)?))
        };
        F::ALL.iter().map(value).collect()
    }
}

/// A registry of an enum's gates with these values as its requests.
impl<F: GateEnum> TryFrom<Gates<F>> for Registry {
    /// All problems that these values have.
    type Error = Problems;

    fn try_from(gates: Gates<F>) -> Result<Self, Problems> {
        let mut registry = Self::of_gates(Resolver::<F>::new().with_required().gates()?);
        registry.apply(gates.items())?;
        Ok(registry)
    }
}

fn origin() -> Origin {
    Origin::new(Source::call())
}

fn resolve<F: GateEnum>(items: impl Iterator<Item = Item>) -> Result<Resolution<F>, Problems> {
    Resolver::new().without_env().with_required().config(items).resolve()
}
