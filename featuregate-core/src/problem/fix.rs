//! The change that is suggested, as data.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::quote::{Name, list};

/// A change that makes a problem or notice go away.
///
/// ```
/// use featuregate_core::{Fix, Registry, Version};
///
/// let mut registry = Registry::new(Version::new(1, 36));
/// let problems = registry.set("AllBeat=true").unwrap_err();
/// let fix = problems.iter().next().unwrap().fix();
/// assert_eq!(fix, Some(&Fix::Rename { to: "AllBeta".into() }));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Fix {
    /// Remove the setting.
    Remove {
        /// The name that it assigns.
        name: String,
        /// The value that it gives.
        value: bool,
    },
    /// Write another name.
    Rename {
        /// That name.
        to: String,
    },
    /// Write another value.
    SetValue {
        /// That value.
        value: bool,
    },
    /// Turn on all gates that a gate requires, directly or not, and that are off.
    TurnOn {
        /// Those gates, sorted by name.
        gates: Vec<String>,
        /// Whether there are more of them.
        more: bool,
        /// Whether all of them are set to false, so that this replaces what is set.
        instead: bool,
        /// The name that the only assignment which turns the gate on assigns, where it could be removed just
        /// as well.
        or_remove: Option<String>,
    },
    /// Turn off the gate that requires others.
    TurnOff {
        /// That gate.
        gate: String,
    },
}

/// What to do, as in `also set B=true, or remove A=true`.
impl fmt::Display for Fix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Remove { name, value } => write!(f, "remove {}={value}", Name(name)),
            Self::Rename { to } => write!(f, "write {}", Name(to)),
            Self::SetValue { value } => write!(f, "write {value}"),
            Self::TurnOff { gate } => write!(f, "set {}=false", Name(gate)),
            Self::TurnOn { gates, more, instead, or_remove } => {
                let gates = list(gates.iter().map(|name| format!("{}=true", Name(name))), *more);
                match instead {
                    true => write!(f, "set {gates} instead")?,
                    false => write!(f, "also set {gates}")?,
                }
                match or_remove {
                    Some(name) => write!(f, ", or remove {}=true", Name(name)),
                    None => Ok(()),
                }
            }
        }
    }
}
