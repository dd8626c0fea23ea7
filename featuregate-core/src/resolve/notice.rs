//! What an operator should know about a change that succeeded. Notices are values; whoever receives
//! them prints or logs them.

use alloc::string::String;
use core::fmt;

use crate::declare::version::Version;
use crate::quote::{Name, on_or_off};
use crate::request::origin::Origin;

/// A remark on a setting that was accepted. `Display` is one sentence that begins with the place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub(crate) kind: NoticeKind,
    pub(crate) gate: String,
    pub(crate) value: bool,
    pub(crate) origin: Option<Origin>,
}

/// What the remark is about.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NoticeKind {
    /// A GA gate is set.
    SetGa,
    /// A deprecated gate is set.
    SetDeprecated,
    /// A removed gate is set to the value that it ended with.
    SetRemoved {
        /// The first release without it.
        removed: Version,
    },
    /// No gate has that name, and the program chose to say so and go on.
    Unknown {
        /// The nearest name that there is.
        nearest: Option<String>,
    },
    /// A gate is set under a former name.
    Alias {
        /// The former name.
        written: String,
    },
    /// The default of a GA gate is overridden.
    OverrideGa,
    /// The default of a deprecated gate is overridden.
    OverrideDeprecated,
}

impl Notice {
    /// What the remark is about.
    #[must_use]
    pub fn kind(&self) -> &NoticeKind {
        &self.kind
    }

    /// The gate.
    #[must_use]
    pub fn gate(&self) -> &str {
        &self.gate
    }

    /// The value that it is given.
    #[must_use]
    pub fn value(&self) -> bool {
        self.value
    }

    /// Where it is given.
    #[must_use]
    pub fn origin(&self) -> Option<&Origin> {
        self.origin.as_ref()
    }
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(origin) = &self.origin {
            write!(f, "{origin}: ")?;
        }
        let (gate, value) = (Name(&self.gate), self.value);
        match &self.kind {
            NoticeKind::SetGa => write!(
                f,
                "gate {gate} is GA and will go in a later release, so don't set it to {value} any more; drop it"
            ),
            NoticeKind::SetDeprecated => write!(
                f,
                "gate {gate} is deprecated and will go in a later release, so setting it to {value} will not last; plan to do without it"
            ),
            NoticeKind::SetRemoved { removed } => write!(
                f,
                "gate {gate} was removed in {removed} and stays {}; drop it",
                on_or_off(value)
            ),
            NoticeKind::Unknown { nearest } => {
                write!(f, "no gate is named {gate}, so this sets nothing")?;
                match nearest {
                    Some(nearest) => write!(f, "; did you mean {}?", Name(nearest)),
                    None => Ok(()),
                }
            }
            NoticeKind::Alias { written } => {
                write!(f, "{} is the former name of gate {gate}; write {gate}", Name(written))
            }
            NoticeKind::OverrideGa => {
                write!(f, "the default of gate {gate}, which is GA, is overridden with {value}")
            }
            NoticeKind::OverrideDeprecated => {
                write!(
                    f,
                    "the default of gate {gate}, which is deprecated, is overridden with {value}"
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::origin::Source;
    use alloc::format;
    use alloc::string::ToString;

    #[test]
    fn each_notice_says_where_and_what_to_do() {
        for (kind, value, said) in [
            (
                NoticeKind::SetGa,
                true,
                "gate A is GA and will go in a later release, so don't set it to true any more; drop it",
            ),
            (
                NoticeKind::SetDeprecated,
                false,
                "gate A is deprecated and will go in a later release, so setting it to false will not last; plan to do without it",
            ),
            (
                NoticeKind::SetRemoved { removed: Version::new(1, 30) },
                true,
                "gate A was removed in 1.30 and stays on; drop it",
            ),
            (
                NoticeKind::SetRemoved { removed: Version::new(1, 30) },
                false,
                "gate A was removed in 1.30 and stays off; drop it",
            ),
            (
                NoticeKind::Unknown { nearest: None },
                true,
                "no gate is named A, so this sets nothing",
            ),
            (
                NoticeKind::Unknown { nearest: Some("B".into()) },
                true,
                "no gate is named A, so this sets nothing; did you mean B?",
            ),
            (
                NoticeKind::Alias { written: "Old".into() },
                true,
                "Old is the former name of gate A; write A",
            ),
            (
                NoticeKind::OverrideGa,
                true,
                "the default of gate A, which is GA, is overridden with true",
            ),
            (
                NoticeKind::OverrideDeprecated,
                false,
                "the default of gate A, which is deprecated, is overridden with false",
            ),
        ] {
            let origin = Origin::new(Source::config("a.yaml")).at(7, 3);
            let notice = Notice { kind, gate: "A".into(), value, origin: Some(origin) };
            assert_eq!(notice.to_string(), format!("a.yaml:7:3: {said}"));
            assert_eq!((notice.gate(), notice.value()), ("A", value));
            let nowhere = Notice { origin: None, ..notice };
            assert_eq!(nowhere.to_string(), said);
        }
    }
}
