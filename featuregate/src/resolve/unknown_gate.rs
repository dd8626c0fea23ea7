//! A name that no gate has.

use core::fmt;

use alloc::borrow::ToOwned;
use alloc::string::String;

use featuregate_core::__private::nearest;
use featuregate_core::GateSet;

/// No gate of the enum has this name.
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
/// assert_eq!(error.to_string(), "unknown gate \"memoryqos\"; did you mean MemoryQoS?");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UnknownGate {
    name: String,
    nearest: Option<String>,
}

impl UnknownGate {
    pub(crate) fn among(name: &str, known: impl Iterator<Item = &'static str>) -> Self {
        Self { name: name.to_owned(), nearest: nearest(name, known) }
    }

    pub(crate) fn in_set(name: &str, gates: &GateSet) -> Self {
        Self { name: name.to_owned(), nearest: gates.nearest(name) }
    }

    /// The unknown name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The nearest known name.
    #[must_use]
    pub fn nearest(&self) -> Option<&str> {
        self.nearest.as_deref()
    }
}

impl fmt::Display for UnknownGate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown gate {:?}", self.name)?;
        match &self.nearest {
            Some(nearest) => write!(f, "; did you mean {nearest}?"),
            None => Ok(()),
        }
    }
}

impl core::error::Error for UnknownGate {}
