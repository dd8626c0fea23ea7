//! The trait that the derive implements.

use core::fmt;

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec;
use featuregate_core::nearest::nearest;
use featuregate_core::{GateSet, GateSpec, Version};

use crate::cells::CellsRef;
use crate::declaration::{Declaration, Required};
use crate::enums::Enums;
use crate::gates::{Bits, Gates};
use crate::resolution::Resolution;
use crate::resolver::Resolver;

/// An enum whose variants are feature gates. Derive it; it is not meant to be implemented by hand.
///
/// The derive also makes the methods inherent, so that `Feature::X.enabled()` needs no import. The trait
/// is for code that is generic over the enum.
///
/// ```
/// use featuregate::FeatureGate;
///
/// fn names_of_what_is_on<F: FeatureGate>() -> Vec<&'static str> {
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
/// assert_eq!(names_of_what_is_on::<Feature>(), ["Proven"]);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no enum of feature gates",
    label = "add `#[derive(FeatureGate)]` to it"
)]
pub trait FeatureGate: Copy + Send + Sync + 'static {
    #[doc(hidden)]
    type Bits: Bits;
    #[doc(hidden)]
    const DECLARATION: Declaration;
    #[doc(hidden)]
    const EMULATES: bool;
    #[doc(hidden)]
    const REQUIRED: &'static [(usize, Required)];
    #[doc(hidden)]
    const ALL: &'static [Self];
    #[doc(hidden)]
    const AVAILABLE: &'static [u8];
    #[doc(hidden)]
    const DEFAULTS: Self::Bits;
    #[doc(hidden)]
    const FIXED: Self::Bits;
    #[doc(hidden)]
    fn position(self) -> usize;
    #[doc(hidden)]
    fn cells() -> CellsRef;

    /// Whether this gate is on: its default until a [`Resolution`](crate::Resolution) is installed.
    fn enabled(self) -> bool;

    /// The gate's name, as operators write it; the component's prefix is not part of it.
    #[must_use]
    fn name(self) -> &'static str {
        Self::DECLARATION.name(self.position()).unwrap_or_default()
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
        Self::DECLARATION.spec::<Self>(self.position())
    }

    /// All gates, in the order of declaration.
    #[must_use]
    fn all() -> All<Self> {
        All { gates: Self::ALL.iter() }
    }

    /// The declarations of all gates, in the order of declaration.
    #[must_use]
    fn specs() -> Specs {
        let specs: vec::Vec<GateSpec> = Self::DECLARATION.specs::<Self>().collect();
        Specs { specs: specs.into_iter() }
    }

    /// The release of the component: `#[feature_gate(version = …)]`, or the crate's own.
    #[must_use]
    fn version() -> Version {
        Self::DECLARATION.version
    }

    /// The environment variable that sets its gates, if `#[feature_gate(env = …)]` names one.
    #[must_use]
    fn env() -> Option<&'static str> {
        Self::DECLARATION.env
    }

    /// The gate of that name, which is not an alias.
    ///
    /// # Errors
    /// [`UnknownGate`], with the nearest name.
    fn from_name(name: &str) -> Result<Self, UnknownGate> {
        Self::all().find(|gate| gate.name() == name).ok_or_else(|| UnknownGate {
            name: name.to_owned(),
            nearest: nearest(name, Self::all().map(Self::name)),
        })
    }

    /// Begins to resolve the gates.
    #[must_use]
    fn resolver() -> Resolver<Self> {
        Resolver::new()
    }

    /// The values that hold now.
    #[must_use]
    fn snapshot() -> Gates<Self> {
        Gates::of_bytes(Self::cells().values())
    }

    /// What was installed, with what decided each gate; nothing before. A thread to which it was given sees
    /// the installed values in every check.
    #[must_use]
    fn installed() -> Option<Resolution<Self>> {
        Self::cells().installed().map(Resolution::of_installed)
    }
}

/// An enum that can run as another release: `#[feature_gate(emulation)]`; or a tuple of enums of which the
/// first can.
///
/// Its checks are never folded to constants, since a gate may be unlocked at an earlier version.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't emulate another release",
    label = "add `#[feature_gate(emulation)]` to it"
)]
pub trait Emulates: Enums {}

/// All gates of an enum: see [`FeatureGate::all`].
#[derive(Clone, Debug)]
pub struct All<F: 'static> {
    gates: core::slice::Iter<'static, F>,
}

impl<F: Copy> Iterator for All<F> {
    type Item = F;

    fn next(&mut self) -> Option<F> {
        self.gates.next().copied()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.gates.size_hint()
    }
}

impl<F: Copy> ExactSizeIterator for All<F> {}

/// The declarations of an enum's gates: see [`FeatureGate::specs`].
#[derive(Clone, Debug)]
pub struct Specs {
    specs: vec::IntoIter<GateSpec>,
}

impl Iterator for Specs {
    type Item = GateSpec;

    fn next(&mut self) -> Option<GateSpec> {
        self.specs.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.specs.size_hint()
    }
}

impl ExactSizeIterator for Specs {}

/// No gate of the enum has that name.
///
/// ```
/// use featuregate::FeatureGate;
///
/// #[derive(Clone, Copy, Debug, FeatureGate)]
/// enum Feature {
///     /// Limits memory by quality of service.
///     #[gate(alpha)]
///     MemoryQoS,
/// }
/// let error = "memoryqos".parse::<Feature>().unwrap_err();
/// assert_eq!(error.to_string(), "no gate is named \"memoryqos\"; did you mean MemoryQoS?");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownGate {
    name: String,
    nearest: Option<String>,
}

impl UnknownGate {
    pub(crate) fn in_set(name: &str, gates: &GateSet) -> Self {
        Self { name: name.to_owned(), nearest: gates.nearest(name) }
    }

    /// The name that is none.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The nearest name that is one.
    #[must_use]
    pub fn nearest(&self) -> Option<&str> {
        self.nearest.as_deref()
    }
}

impl fmt::Display for UnknownGate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no gate is named {:?}", self.name)?;
        match &self.nearest {
            Some(nearest) => write!(f, "; did you mean {nearest}?"),
            None => Ok(()),
        }
    }
}

impl core::error::Error for UnknownGate {}
