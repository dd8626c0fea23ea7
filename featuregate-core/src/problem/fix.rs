//! The change that is suggested, as data.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::{fmt, slice};

use crate::quote::list;
use crate::request::notation::Notation;

/// A change that makes a problem or notice go away.
///
/// ```
/// use featuregate_core::{Fix, RawMilestone, RawSpec, Registry, Version};
///
/// let mut registry = Registry::new(Version::new(1, 36));
/// registry.register([RawSpec::new("MemoryQoS").milestone(RawMilestone::alpha("1.22"))])?;
/// let problems = registry.set("MemoryQsO=true").unwrap_err();
/// let fix = problems.iter().next().unwrap().fix();
/// assert_eq!(fix, Some(&Fix::Rename { to: "MemoryQoS".into() }));
/// # Ok::<(), featuregate_core::Problems>(())
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
    /// Give up several gates at once, since they require or imply one another.
    GiveUp {
        /// The names that the assignments assign which are to be removed, sorted.
        remove: Vec<String>,
        /// The gates to be turned off, sorted by name.
        turn_off: Vec<String>,
    },
}

/// What to do, as in `also set B=true, or remove A=true`.
impl fmt::Display for Fix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_notation(&Notation::Assignments))
    }
}

impl Fix {
    /// The same as it is written in a notation.
    ///
    /// ```
    /// use featuregate_core::{Fix, Notation};
    ///
    /// let fix = Fix::Remove { name: "fast".into(), value: true };
    /// assert_eq!(fix.to_string(), "remove fast=true");
    /// assert_eq!(fix.in_notation(&Notation::On), "remove fast");
    /// ```
    #[must_use]
    pub fn in_notation(&self, notation: &Notation) -> String {
        match self {
            Self::Remove { name, value } => notation.removal(name, *value),
            Self::Rename { to } => format!("write {}", notation.name(to)),
            Self::SetValue { value } => format!("write {value}"),
            Self::TurnOff { gate } => notation.change(slice::from_ref(gate), false, false),
            Self::GiveUp { remove, turn_off } => {
                let settings = remove.iter().map(|name| notation.setting(name, true));
                let remove = match settings.collect::<Option<Vec<_>>>() {
                    Some(settings) if settings.is_empty() => None,
                    Some(settings) => Some(format!("remove {}", list(&settings, false))),
                    None => Some("remove the settings".into()),
                };
                let off = (!turn_off.is_empty()).then(|| notation.change(turn_off, false, false));
                remove.into_iter().chain(off).collect::<Vec<_>>().join(" and ")
            }
            Self::TurnOn { gates, more, instead, or_remove } => {
                let change = match instead {
                    true => notation.change_instead(gates, true, *more),
                    false => format!("also {}", notation.change(gates, true, *more)),
                };
                match or_remove {
                    Some(name) => format!("{change}, or {}", notation.removal(name, true)),
                    None => change,
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn several_gates_are_given_up_in_one_clause() {
        let names = |names: &[&str]| names.iter().map(|name| (*name).into()).collect();
        let fix =
            |remove, turn_off| Fix::GiveUp { remove: names(remove), turn_off: names(turn_off) };
        let both = fix(&["A", "B"], &["C", "D"]);
        assert_eq!(both.to_string(), "remove A=true and B=true and set C=false and D=false");
        assert_eq!(both.in_notation(&Notation::On), "remove A and B and turn off C and D");
        assert_eq!(both.in_notation(&Notation::Off), "remove the settings and add C and D");
        assert_eq!(fix(&["A"], &[]).to_string(), "remove A=true");
        assert_eq!(fix(&[], &["C"]).to_string(), "set C=false");
    }
}
