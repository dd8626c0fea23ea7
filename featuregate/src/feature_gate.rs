//! What can be done with an enum of gates.

use featuregate_core::{GateSpec, Version};

use crate::declare::found::Found;
use crate::declare::gate_enum::{self, All, GateEnum, Specs};
use crate::resolve::disabled::Disabled;
use crate::resolve::gates::Gates;
use crate::resolve::resolution::Resolution;
use crate::resolve::resolver::Resolver;
use crate::resolve::unknown_gate::UnknownGate;

/// An enum whose variants are feature gates: what a program can do with it. Every enum with
/// `#[derive(FeatureGate)]` implements it.
///
/// The derive also makes most of these methods inherent, so that `Feature::X.enabled()` needs no import. The trait
/// is for code that is generic over the enum.
///
/// ```
/// use featuregate::FeatureGate;
///
/// fn names_of_enabled_gates<F: FeatureGate>() -> Vec<&'static str> {
///     F::all().filter(|gate| gate.enabled()).map(|gate| gate.name()).collect()
/// }
///
/// #[derive(Clone, Copy, FeatureGate)]
/// enum Feature {
///     /// Off.
///     #[gate(alpha)]
///     New,
///     /// On.
///     #[gate(beta)]
///     Proven,
/// }
/// assert_eq!(names_of_enabled_gates::<Feature>(), ["Proven"]);
/// ```
pub trait FeatureGate: GateEnum {
    /// Whether this gate is on: its default until a [`Resolution`] is installed.
    #[must_use]
    #[inline]
    fn enabled(self) -> bool {
        self.__enabled()
    }

    /// Continues only if this gate is on.
    ///
    /// ```
    /// # use featuregate::FeatureGate;
    /// # #[derive(Clone, Copy, FeatureGate)]
    /// # enum Feature {
    /// #     /// Off.
    /// #     #[gate(alpha)]
    /// #     New,
    /// # }
    /// fn serve() -> Result<(), Box<dyn std::error::Error>> {
    ///     Feature::New.require()?;
    ///     Ok(())
    /// }
    /// assert!(serve().unwrap_err().to_string().starts_with("gate New (alpha) is off; "));
    /// ```
    ///
    /// # Errors
    /// [`Disabled`] says what is off, its stage, how to turn it on, and where it is tracked.
    #[inline]
    fn require(self) -> Result<(), Disabled> {
        if self.enabled() { Ok(()) } else { Err(Disabled::of(self)) }
    }

    /// The gate's name, as operators write it; the component's prefix is not part of it.
    #[must_use]
    fn name(self) -> &'static str {
        gate_enum::name(self)
    }

    /// The gate's declaration.
    ///
    /// ```
    /// # use featuregate::FeatureGate;
    /// # #[derive(Clone, Copy, FeatureGate)]
    /// # enum Feature {
    /// #     /// Off.
    /// #     #[gate(alpha)]
    /// #     New,
    /// # }
    /// assert_eq!(Feature::New.spec().doc(), "Off.");
    /// ```
    #[must_use]
    fn spec(self) -> GateSpec {
        gate_enum::spec(self)
    }

    /// All gates, in the order of declaration.
    #[must_use]
    fn all() -> All<Self> {
        All::new()
    }

    /// The declarations of all gates, in the order of declaration.
    #[must_use]
    fn specs() -> Specs {
        Specs::new::<Self>()
    }

    /// The release of the component: `#[feature_gate(version = …)]`, or the crate's own version.
    #[must_use]
    fn version() -> Version {
        Self::DECLARATION.version
    }

    /// The environment variable that sets gates of the enum, if `#[feature_gate(env = …)]` names one.
    #[must_use]
    fn env() -> Option<&'static str> {
        Self::DECLARATION.env
    }

    /// The gate with this name or former name, and which of them it is. The name may be written with the component of
    /// the enum, as in `etcd:MemoryQoS`.
    #[must_use]
    fn find(text: &str) -> Option<Found<Self>> {
        Found::by(text)
    }

    /// The gate with this name or former name. To report a former one, use [`find`](Self::find).
    ///
    /// # Errors
    /// [`UnknownGate`], with the nearest name, or the release in which the gate was removed.
    fn from_name(name: &str) -> Result<Self, UnknownGate> {
        Self::find(name).map(|found| found.gate()).ok_or_else(|| UnknownGate::of::<Self>(name))
    }

    /// Starts resolving the gates.
    #[must_use]
    fn resolver() -> Resolver<Self> {
        Resolver::new()
    }

    /// The values that hold where this is called, as a plain value. In a test, these are the values of its scope.
    #[must_use]
    fn snapshot() -> Gates<Self> {
        Gates::current()
    }

    /// What was installed, with what decided each gate; `None` before. A thread that gets it sees
    /// the installed values in every check.
    #[must_use]
    fn installed() -> Option<Resolution<Self>> {
        Resolution::installed()
    }
}

impl<F: GateEnum> FeatureGate for F {}
