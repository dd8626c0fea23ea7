//! A name that no gate has.

use core::fmt;

use alloc::borrow::ToOwned;
use alloc::string::String;

use featuregate_core::__private::{Name, nearest_by};
use featuregate_core::{GateSet, Version};

use crate::declare::found::{Found, removed};
use crate::declare::gate_enum::{self, GateEnum};

/// No gate of the enum has this name, or the gate that had it was removed.
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
    removed: Option<Version>,
}

impl UnknownGate {
    pub(crate) fn of<F: GateEnum>(name: &str) -> Self {
        let removed = removed::<F>(name);
        let (case, known) = (F::DECLARATION.case.unwrap_or_default(), F::DECLARATION.names());
        let nearest = nearest_by(case, name, known.iter().map(String::as_str));
        let nearest = nearest.filter(|_| removed.is_none());
        // For a former name, the present one.
        let present = |near: String| match Found::<F>::by(&near) {
            Some(found) => gate_enum::name(found.gate()).to_owned(),
            None => near,
        };
        Self { name: name.to_owned(), nearest: nearest.map(present), removed }
    }

    pub(crate) fn in_set(name: &str, gates: &GateSet) -> Self {
        Self { name: name.to_owned(), nearest: gates.nearest(name), removed: None }
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

    /// The first release without the gate, if it was removed.
    #[must_use]
    pub fn removed(&self) -> Option<Version> {
        self.removed
    }
}

impl fmt::Display for UnknownGate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(removed) = self.removed {
            return write!(f, "gate {} was removed in {removed}", Name(&self.name));
        }
        write!(f, "unknown gate {:?}", self.name)?;
        match &self.nearest {
            Some(nearest) => write!(f, "; did you mean {nearest}?"),
            None => Ok(()),
        }
    }
}

impl core::error::Error for UnknownGate {}
