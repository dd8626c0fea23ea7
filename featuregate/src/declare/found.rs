//! A gate that was found by its name or a former one.

use featuregate_core::Version;

use crate::declare::gate_enum::GateEnum;

/// A gate that was found by a name: see [`FeatureGate::find`](crate::FeatureGate::find).
///
/// ```
/// use featuregate::FeatureGate;
///
/// #[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
/// enum Feature {
///     /// Reads ahead.
///     #[gate(beta, alias = "Prefetch")]
///     ReadAhead,
/// }
/// let found = Feature::find("Prefetch").unwrap();
/// assert_eq!((found.gate(), found.former_name()), (Feature::ReadAhead, Some("Prefetch")));
/// assert_eq!(Feature::find("ReadAhead").unwrap().former_name(), None);
/// assert_eq!(Feature::find("readahead"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Found<F> {
    gate: F,
    former_name: Option<&'static str>,
}

impl<F: GateEnum> Found<F> {
    pub(crate) fn by(text: &str) -> Option<Self> {
        let named = F::DECLARATION.find(text)?;
        let gate = *F::ALL.get(named.position)?;
        Some(Self { gate, former_name: named.former })
    }

    /// The gate.
    #[must_use]
    pub fn gate(&self) -> F {
        self.gate
    }

    /// The name that was used, if it is a former one.
    #[must_use]
    pub fn former_name(&self) -> Option<&'static str> {
        self.former_name
    }
}

/// The release without the gate of that name, if it is a removed one.
pub(crate) fn removed<F: GateEnum>(text: &str) -> Option<Version> {
    F::DECLARATION.packed.spec(F::DECLARATION.find(text)?.position)?.removed()
}
