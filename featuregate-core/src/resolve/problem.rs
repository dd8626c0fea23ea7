//! Why a change is refused.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::declare::dependency::DependencyFault;
use crate::declare::lifecycle::Fault;
use crate::declare::stage::Stage;
use crate::declare::version::Version;
use crate::quote::{Name, Quoted};
use crate::request::assignment::Value;
use crate::request::origin::Origin;
use crate::request::parse::parse_bool;
use crate::resolve::notice::on_or_off;

/// One reason to refuse a change. `Display` is one sentence: the place, what is wrong, and what would
/// be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub(crate) kind: ProblemKind,
    pub(crate) gate: String,
    pub(crate) origin: Option<Origin>,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProblemKind {
    /// An item has no `=`.
    MissingValue,
    /// A value is not a boolean.
    InvalidValue(Value),
    /// No gate has that name.
    Unknown {
        /// The nearest name that there is.
        nearest: Option<String>,
    },
    /// A locked gate is set to the other value, or its default is overridden.
    Locked {
        /// The value asked for.
        value: bool,
        /// The value that it is locked to.
        locked_to: bool,
        /// Its stage.
        stage: Stage,
    },
    /// The gate does not exist yet at the emulated version; also to set it to false is refused.
    NotYet {
        /// The value asked for.
        value: bool,
        /// When it begins, if ever.
        introduced: Option<Version>,
        /// The emulated version.
        emulated: Version,
    },
    /// The gate is gone.
    Removed {
        /// The value asked for.
        value: bool,
        /// The first release without it.
        removed: Version,
        /// The value that it ended with.
        ended: bool,
    },
    /// The gate is not compiled into this program and can't be turned on.
    Unavailable,
    /// The gate is on, but gates that it requires are off.
    Dependency {
        /// The gates that are off, sorted by name.
        missing: Vec<String>,
        /// The smallest change that mends it.
        mend: Option<Mend>,
    },
    /// A gate and its former name are set differently in one source.
    AliasConflict {
        /// The value here.
        value: bool,
        /// The other name.
        other: String,
        /// Where the other name stands.
        other_origin: Origin,
    },
    /// Gates were shown in a flag's help, so none can be registered and no default overridden any more.
    Closed {
        /// What can't be done: `register gates`.
        action: &'static str,
    },
    /// A declaration breaks a lifecycle rule.
    History(Fault),
    /// A gate is known already with another history, or its name or alias is taken.
    DifferentSpec {
        /// The name that is taken.
        taken: String,
    },
    /// A dependency that can't hold.
    DependencyRule(DependencyFault),
}

/// The smallest change that makes a gate and what it requires fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mend {
    /// Switch on everything that is missing, directly or not.
    SwitchOn {
        /// Those gates, sorted by name.
        gates: Vec<String>,
        /// Whether all of them are set to false, so that this replaces what is asked for.
        instead: bool,
        /// Whether the one request that turned the gate on could be dropped just as well.
        or_drop: bool,
    },
    /// Drop the request that turned the gate on.
    Drop,
    /// Turn the gate off.
    SwitchOff,
}

impl Problem {
    /// What is wrong.
    #[must_use]
    pub fn kind(&self) -> &ProblemKind {
        &self.kind
    }

    /// The gate, as it was written; empty where none is concerned.
    #[must_use]
    pub fn gate(&self) -> &str {
        &self.gate
    }

    /// Where, if one place is to blame.
    #[must_use]
    pub fn origin(&self) -> Option<&Origin> {
        self.origin.as_ref()
    }

    pub(crate) fn closed(action: &'static str, gate: impl Into<String>) -> Self {
        Self { kind: ProblemKind::Closed { action }, gate: gate.into(), origin: None }
    }

    fn write_value(&self, f: &mut fmt::Formatter<'_>, value: Option<&Value>) -> fmt::Result {
        let gate = Name(&self.gate);
        match value {
            None if self.gate.is_empty() => {
                f.write_str("the item is blank; write NAME=true or NAME=false, or drop the comma")
            }
            None => match with_colon(&self.gate) {
                Some((name, value)) => write!(
                    f,
                    "gate {} has no value, since a colon is no equals sign; write {0}={value}",
                    Name(name)
                ),
                None if gate.is_plain() => {
                    write!(f, "gate {gate} has no value; write {gate}=true or {gate}=false")
                }
                None => write!(f, "{gate} has no value; write NAME=true or NAME=false"),
            },
            Some(Value::Text(text)) if text.is_empty() => {
                write!(f, "the value of gate {gate} is empty; write true or false")
            }
            Some(Value::Text(text)) => write!(
                f,
                "the value {} of gate {gate} is not a boolean; write true or false",
                Quoted(text)
            ),
            Some(Value::Quoted(text)) => write!(
                f,
                "the value of gate {gate} is the text {}; write true or false, without quotes",
                Quoted(text)
            ),
            Some(Value::Typed(what)) => {
                write!(f, "the value of gate {gate} is {what}; write true or false")
            }
        }
    }

    fn write_dependency(
        &self,
        f: &mut fmt::Formatter<'_>,
        missing: &[String],
        mend: Option<&Mend>,
    ) -> fmt::Result {
        let gate = Name(&self.gate);
        let are_off = if missing.len() == 1 { "is off" } else { "are off" };
        write!(f, "gate {gate} is on but requires {}, which {are_off}", List(missing, ""))?;
        match mend {
            Some(Mend::SwitchOn { gates, instead, or_drop }) => {
                let gates = List(gates, "=true");
                match instead {
                    true => write!(f, "; set {gates} instead")?,
                    false => write!(f, "; also set {gates}")?,
                }
                if *or_drop { write!(f, ", or drop {gate}=true") } else { Ok(()) }
            }
            Some(Mend::Drop) => write!(f, "; drop {gate}=true"),
            Some(Mend::SwitchOff) => write!(f, "; set {gate}=false"),
            None => Ok(()),
        }
    }

    fn write_what(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let gate = Name(&self.gate);
        match &self.kind {
            ProblemKind::MissingValue => self.write_value(f, None),
            ProblemKind::InvalidValue(value) => self.write_value(f, Some(value)),
            ProblemKind::Unknown { .. } if self.gate.is_empty() => {
                f.write_str("the name before \"=\" is missing; write NAME=true or NAME=false")
            }
            ProblemKind::Unknown { nearest: Some(nearest) } => {
                write!(f, "no gate is named {gate}; did you mean {}?", Name(nearest))
            }
            ProblemKind::Unknown { nearest: None } => {
                write!(f, "no gate is named {gate}; drop it or correct the name")
            }
            ProblemKind::Locked { value, locked_to, stage } => write!(
                f,
                "gate {gate} is {stage} and locked to {locked_to}, so it can't be set to {value}; drop it"
            ),
            ProblemKind::NotYet { value, introduced, emulated } => {
                write!(
                    f,
                    "gate {gate} does not exist yet at {emulated}, so it can't be set to {value}; drop it"
                )?;
                match introduced {
                    Some(since) => write!(f, ", or run as {since} or later"),
                    None => Ok(()),
                }
            }
            ProblemKind::Removed { value, removed, ended } if value == ended => write!(
                f,
                "gate {gate} was removed in {removed} and stays {}; drop it",
                on_or_off(*ended)
            ),
            ProblemKind::Removed { value, removed, ended } => write!(
                f,
                "gate {gate} was removed in {removed} and stays {}, so it can't be set to {value}; drop it",
                on_or_off(*ended)
            ),
            ProblemKind::Unavailable => write!(
                f,
                "gate {gate} is not compiled into this program, so it can't be turned on; drop it or use a build that has it"
            ),
            ProblemKind::Dependency { missing, mend } => {
                self.write_dependency(f, missing, mend.as_ref())
            }
            ProblemKind::AliasConflict { value, other, other_origin } => write!(
                f,
                "{gate}={value} contradicts {}={} at {other_origin}, since both are names of one gate; keep one of them",
                Name(other),
                !value
            ),
            ProblemKind::Closed { action } => write!(
                f,
                "it is too late to {action}, since the gates were shown in the help of a flag; do it before"
            ),
            ProblemKind::History(fault) => write!(f, "{fault}"),
            ProblemKind::DifferentSpec { taken } => write!(
                f,
                "gate {gate} can't be registered, since {} is known already with another history; rename one of them",
                Name(taken)
            ),
            ProblemKind::DependencyRule(fault) => write!(f, "{fault}"),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(origin) = &self.origin {
            write!(f, "{origin}: ")?;
        }
        self.write_what(f)
    }
}

/// An item that was written as in a YAML map: `A: true`.
fn with_colon(item: &str) -> Option<(&str, bool)> {
    let (name, value) = item.rsplit_once(':')?;
    parse_bool(value.trim()).map(|value| (name.trim(), value))
}

/// `A`, `A and B`, `A, B and C`, each with the same ending; a long list is cut.
struct List<'a>(&'a [String], &'static str);

impl fmt::Display for List<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 20;
        let Self(names, ending) = self;
        for (index, name) in names.iter().enumerate() {
            match index {
                0 => {}
                SHOWN => return write!(f, " and {} more", names.len() - SHOWN),
                _ if index + 1 == names.len() => f.write_str(" and ")?,
                _ => f.write_str(", ")?,
            }
            write!(f, "{}{ending}", Name(name))?;
        }
        Ok(())
    }
}

/// Every reason to refuse a change, in the order of the input; never empty. Nothing was changed.
///
/// `Display` writes one line for each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// `Err` with the problems, or `Ok` if there are none.
    pub(crate) fn none(problems: Vec<Problem>) -> Result<(), Self> {
        if problems.is_empty() { Ok(()) } else { Err(Self(problems)) }
    }

    /// The problems, in the order of the input.
    pub fn iter(&self) -> core::slice::Iter<'_, Problem> {
        self.0.iter()
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Self(Vec::from([problem]))
    }
}

impl IntoIterator for Problems {
    type Item = Problem;
    type IntoIter = alloc::vec::IntoIter<Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Problems {
    type Item = &'a Problem;
    type IntoIter = core::slice::Iter<'a, Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

impl core::error::Error for Problems {}
