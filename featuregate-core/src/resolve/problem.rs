//! Why a change is refused.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::declare::dependency::DependencyFault;
use crate::declare::lifecycle::Fault;
use crate::declare::stage::Stage;
use crate::declare::version::Version;
use crate::quote::{Name, Quoted, on_or_off};
use crate::request::assignment::Value;
use crate::request::origin::Origin;
use crate::request::parse::parse_bool;

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
    Unavailable {
        /// The gate that it requires and that is not compiled in, if it is itself.
        because: Option<String>,
    },
    /// The gate is on, but gates that it requires are off.
    Dependency {
        /// What turned it on.
        by: OnBy,
        /// The gates that are off, sorted by name.
        missing: Vec<Missing>,
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
    /// A gate is known already with another history.
    DifferentSpec,
    /// The name of a gate, or an alias of it, belongs to another gate.
    NameTaken {
        /// The name that is taken.
        name: String,
        /// The gate that has it.
        by: String,
    },
    /// Two enums declare a gate or alias of one name.
    DeclaredTwice {
        /// The type of the one enum.
        first: String,
        /// The type of the other.
        second: String,
    },
    /// A component that no enum has should run as another release.
    UnknownComponent,
    /// An enum without `emulation` should run as another release.
    CantEmulate {
        /// That release.
        version: Version,
    },
    /// Two enums of one component say different releases.
    ComponentVersions {
        /// The release that an enum says.
        version: Version,
        /// The release that another one said before.
        other: Version,
    },
    /// A dependency that can't hold.
    DependencyRule(DependencyFault),
}

/// What turned a gate on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OnBy {
    /// A request of its own.
    Request,
    /// The group of its stage, with its name.
    Group(String),
    /// Nothing: it is on by default.
    Default,
}

/// A gate that is required and off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// Its name.
    pub gate: String,
    /// Why it is off.
    pub off: Off,
}

/// Why a gate is off.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Off {
    /// By default.
    Default,
    /// An assignment turned it off.
    Set {
        /// The name that was assigned: its own, its alias, or its group's.
        name: String,
        /// Where.
        origin: Origin,
    },
    /// It is locked to false.
    Locked,
    /// It does not exist yet at the version in effect.
    NotYet {
        /// When it begins, if ever.
        introduced: Option<Version>,
    },
    /// It was removed while it was off.
    Removed {
        /// The first release without it.
        since: Version,
    },
    /// It is not compiled into this program.
    Unavailable,
}

/// The smallest change that makes a gate and what it requires fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mend {
    /// Switch on everything that is missing, directly or not.
    SwitchOn {
        /// Those gates, sorted by name.
        gates: Vec<String>,
        /// Whether there are more of them.
        more: bool,
        /// Whether all of them are set to false, so that this replaces what is asked for.
        instead: bool,
        /// The one request that turned the gate on, by the name that it assigns, where that could be
        /// dropped just as well.
        or_drop: Option<String>,
    },
    /// Drop the request that turned the gate on; it assigns this name.
    Drop(String),
    /// Turn this gate off.
    SwitchOff(String),
}

impl Problem {
    /// What is wrong.
    #[must_use]
    pub fn kind(&self) -> &ProblemKind {
        &self.kind
    }

    /// The gate by its name, with the component's prefix if it has one; as it was written where that
    /// names none or is a problem of its own; empty where no gate is concerned.
    #[must_use]
    pub fn gate(&self) -> &str {
        &self.gate
    }

    /// Where, if one place is to blame.
    #[must_use]
    pub fn origin(&self) -> Option<&Origin> {
        self.origin.as_ref()
    }

    /// A problem of a declaration or call, which has no place in a text.
    pub(crate) fn of_gate(kind: ProblemKind, gate: impl Into<String>) -> Self {
        Self { kind, gate: gate.into(), origin: None }
    }

    pub(crate) fn of_dependency(fault: DependencyFault) -> Self {
        let gate = match &fault {
            DependencyFault::UnknownDependent { gate } | DependencyFault::Unknown { gate, .. } => {
                gate.clone()
            }
            DependencyFault::Stage(mismatch)
            | DependencyFault::Default(mismatch)
            | DependencyFault::Lock(mismatch) => mismatch.gate.clone(),
            DependencyFault::Cycle { .. } => String::new(),
        };
        Self::of_gate(ProblemKind::DependencyRule(fault), gate)
    }

    pub(crate) fn closed(action: &'static str, gate: impl Into<String>) -> Self {
        Self::of_gate(ProblemKind::Closed { action }, gate)
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
        by: &OnBy,
        missing: &[Missing],
        mend: Option<&Mend>,
    ) -> fmt::Result {
        write!(f, "gate {} is on", Name(&self.gate))?;
        match by {
            OnBy::Request => {}
            OnBy::Group(group) => write!(f, " by {}", Name(group))?,
            OnBy::Default => f.write_str(" by default")?,
        }
        let own = self.origin.as_ref();
        let tell = |f: &mut fmt::Formatter<'_>, needed: &Missing| needed.write(f, own);
        let are_off = if missing.len() == 1 { "is off" } else { "are off" };
        write!(f, " but requires {}, which {are_off}", List(missing, false, tell))?;
        match mend {
            Some(Mend::SwitchOn { gates, more, instead, or_drop }) => {
                let set =
                    |f: &mut fmt::Formatter<'_>, name: &String| write!(f, "{}=true", Name(name));
                let gates = List(gates, *more, set);
                match instead {
                    true => write!(f, "; set {gates} instead")?,
                    false => write!(f, "; also set {gates}")?,
                }
                match or_drop {
                    Some(name) => write!(f, ", or drop {}=true", Name(name)),
                    None => Ok(()),
                }
            }
            Some(Mend::Drop(name)) => write!(f, "; drop {}=true", Name(name)),
            Some(Mend::SwitchOff(gate)) => write!(f, "; set {}=false", Name(gate)),
            None => Ok(()),
        }
    }

    fn write_what(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let gate = Name(&self.gate);
        match &self.kind {
            ProblemKind::MissingValue => self.write_value(f, None),
            ProblemKind::InvalidValue(value) => self.write_value(f, Some(value)),
            ProblemKind::Unknown { .. } if self.gate.is_empty() => {
                match self.origin.as_ref().and_then(Origin::item) {
                    Some(_) => f.write_str(
                        "the name before \"=\" is missing; write NAME=true or NAME=false",
                    ),
                    None => f.write_str("a gate has no name; fill it in, or drop the entry"),
                }
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
            ProblemKind::Unavailable { because: None } => write!(
                f,
                "gate {gate} is not compiled into this program, so it can't be turned on; drop it or use a build that has it"
            ),
            ProblemKind::Unavailable { because: Some(needed) } => write!(
                f,
                "gate {gate} requires {}, which is not compiled into this program, so it can't be turned on; drop it or use a build that has both",
                Name(needed)
            ),
            ProblemKind::Dependency { by, missing, mend } => {
                self.write_dependency(f, by, missing, mend.as_ref())
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
            ProblemKind::DifferentSpec => write!(
                f,
                "gate {gate} is known already with another history; give both the same, or rename one of them"
            ),
            ProblemKind::NameTaken { name, by } if name == by => write!(
                f,
                "gate {gate} can't be added, since there is a gate {} already; rename one of them",
                Name(name)
            ),
            ProblemKind::NameTaken { name, by } => write!(
                f,
                "gate {gate} can't be added, since {} is a name of gate {} already; rename one of them",
                Name(name),
                Name(by)
            ),
            ProblemKind::DeclaredTwice { first, second } => write!(
                f,
                "the name {gate} is declared by {first} and by {second}; rename one of them, or give one of the enums a component"
            ),
            ProblemKind::UnknownComponent => write!(
                f,
                "no component is named {gate}, so it can't run as another release; correct the name"
            ),
            ProblemKind::CantEmulate { version } => write!(
                f,
                "the gates of {gate} can't run as {version}, since its checks are folded; add `emulation` to its #[feature_gate(…)]"
            ),
            ProblemKind::ComponentVersions { version, other } => write!(
                f,
                "the gates of {gate} are of release {version}, while others of the same component are of {other}; give all of them one version, or these a component of their own"
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

impl Missing {
    /// The gate and why it is off, unless that is the problem's own place or the default.
    fn write(&self, f: &mut fmt::Formatter<'_>, problem: Option<&Origin>) -> fmt::Result {
        write!(f, "{}", Name(&self.gate))?;
        match &self.off {
            Off::Default => Ok(()),
            Off::Set { origin, .. } if Some(origin) == problem => Ok(()),
            Off::Set { name, origin } if *name == self.gate => {
                write!(f, " (set to false at {origin})")
            }
            Off::Set { name, origin } => write!(f, " ({}=false at {origin})", Name(name)),
            Off::Locked => f.write_str(" (locked to false)"),
            Off::NotYet { introduced: Some(since) } => write!(f, " (which begins with {since})"),
            Off::NotYet { introduced: None } => f.write_str(" (which does not exist yet)"),
            Off::Removed { since } => write!(f, " (removed in {since})"),
            Off::Unavailable => f.write_str(" (not compiled into this program)"),
        }
    }
}

/// An item that was written as in a YAML map: `A: true`.
fn with_colon(item: &str) -> Option<(&str, bool)> {
    let (name, value) = item.rsplit_once(':')?;
    let name = name.trim();
    parse_bool(value.trim()).filter(|_| !name.is_empty()).map(|value| (name, value))
}

/// `A`, `A and B`, `A, B and C`, each written in the same way; a long list is cut, and one that goes on
/// says so.
struct List<'a, T, W>(&'a [T], bool, W);

impl<T, W: Fn(&mut fmt::Formatter<'_>, &T) -> fmt::Result> fmt::Display for List<'_, T, W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 20;
        let Self(all, goes_on, write) = self;
        for (index, one) in all.iter().enumerate() {
            match index {
                0 => {}
                SHOWN => return write!(f, " and {} more", all.len() - SHOWN),
                _ if index + 1 == all.len() && !goes_on => f.write_str(" and ")?,
                _ => f.write_str(", ")?,
            }
            write(f, one)?;
        }
        if *goes_on { f.write_str(" and more") } else { Ok(()) }
    }
}

/// Every reason to refuse a change, in the order of the input; never empty. Nothing was changed.
///
/// `Display` writes one line for each.
#[derive(Clone, PartialEq, Eq)]
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

/// The same text as `Display`, with the number of problems if there are several: it is what a program shows whose
/// `main` returns them.
impl fmt::Debug for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let several @ 2.. = self.0.len() {
            writeln!(f, "{several} problems")?;
        }
        fmt::Display::fmt(self, f)
    }
}

impl core::error::Error for Problems {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::declare::version::Version;
    use crate::request::origin::Source;
    use alloc::format;
    use alloc::string::ToString;
    use alloc::vec;

    const AT: Version = Version::new(1, 30);

    fn origin(line: u32) -> Origin {
        Origin::new(Source::config("a.yaml")).at(line, 3)
    }

    #[test]
    #[expect(clippy::too_many_lines, reason = "a table")]
    fn each_problem_says_where_what_is_wrong_and_what_would_be_right() {
        let text = |text: &str| ProblemKind::InvalidValue(Value::Text(text.into()));
        let removed = |value, ended| ProblemKind::Removed { value, removed: AT, ended };
        for (gate, kind, said) in [
            (
                "",
                ProblemKind::MissingValue,
                "the item is blank; write NAME=true or NAME=false, or drop the comma",
            ),
            ("A", ProblemKind::MissingValue, "gate A has no value; write A=true or A=false"),
            (
                "A b",
                ProblemKind::MissingValue,
                "\"A b\" has no value; write NAME=true or NAME=false",
            ),
            (
                "A: false",
                ProblemKind::MissingValue,
                "gate A has no value, since a colon is no equals sign; write A=false",
            ),
            (
                ":true",
                ProblemKind::MissingValue,
                "gate :true has no value; write :true=true or :true=false",
            ),
            ("A", text(""), "the value of gate A is empty; write true or false"),
            ("A", text("x"), "the value \"x\" of gate A is not a boolean; write true or false"),
            (
                "A",
                ProblemKind::InvalidValue(Value::Quoted("true".into())),
                "the value of gate A is the text \"true\"; write true or false, without quotes",
            ),
            (
                "A",
                ProblemKind::InvalidValue(Value::Typed("the number 3".into())),
                "the value of gate A is the number 3; write true or false",
            ),
            (
                "",
                ProblemKind::Unknown { nearest: None },
                "a gate has no name; fill it in, or drop the entry",
            ),
            (
                "A",
                ProblemKind::Unknown { nearest: None },
                "no gate is named A; drop it or correct the name",
            ),
            (
                "A",
                ProblemKind::Unknown { nearest: Some("B".into()) },
                "no gate is named A; did you mean B?",
            ),
            (
                "A",
                ProblemKind::Locked { value: false, locked_to: true, stage: Stage::Ga },
                "gate A is GA and locked to true, so it can't be set to false; drop it",
            ),
            (
                "A",
                ProblemKind::NotYet {
                    value: true,
                    introduced: Some(AT),
                    emulated: Version::new(1, 29),
                },
                "gate A does not exist yet at 1.29, so it can't be set to true; drop it, or run as 1.30 or later",
            ),
            (
                "A",
                ProblemKind::NotYet { value: true, introduced: None, emulated: AT },
                "gate A does not exist yet at 1.30, so it can't be set to true; drop it",
            ),
            ("A", removed(true, true), "gate A was removed in 1.30 and stays on; drop it"),
            (
                "A",
                removed(true, false),
                "gate A was removed in 1.30 and stays off, so it can't be set to true; drop it",
            ),
            (
                "A",
                ProblemKind::Unavailable { because: None },
                "gate A is not compiled into this program, so it can't be turned on; drop it or use a build that has it",
            ),
            (
                "A",
                ProblemKind::Unavailable { because: Some("B".into()) },
                "gate A requires B, which is not compiled into this program, so it can't be turned on; drop it or use a build that has both",
            ),
            (
                "Old",
                ProblemKind::AliasConflict {
                    value: true,
                    other: "New".into(),
                    other_origin: origin(2),
                },
                "Old=true contradicts New=false at a.yaml:2:3, since both are names of one gate; keep one of them",
            ),
            (
                "A",
                ProblemKind::DifferentSpec,
                "gate A is known already with another history; give both the same, or rename one of them",
            ),
            (
                "A",
                ProblemKind::NameTaken { name: "A".into(), by: "A".into() },
                "gate A can't be added, since there is a gate A already; rename one of them",
            ),
            (
                "A",
                ProblemKind::NameTaken { name: "B".into(), by: "C".into() },
                "gate A can't be added, since B is a name of gate C already; rename one of them",
            ),
            (
                "",
                ProblemKind::Closed { action: "register gates" },
                "it is too late to register gates, since the gates were shown in the help of a flag; do it before",
            ),
        ] {
            let problem = Problem { kind, gate: gate.into(), origin: Some(origin(7)) };
            assert_eq!(problem.to_string(), format!("a.yaml:7:3: {said}"));
            let nowhere = Problem { origin: None, ..problem };
            assert_eq!(nowhere.to_string(), said);
        }
    }

    fn dependency(by: OnBy, missing: Vec<Missing>, mend: Option<Mend>) -> String {
        let kind = ProblemKind::Dependency { by, missing, mend };
        Problem { kind, gate: "A".into(), origin: Some(origin(7)) }
            .to_string()
            .replace("a.yaml:7:3: gate A is on", "…")
    }

    #[test]
    fn a_failed_dependency_says_why_the_other_gate_is_off() {
        let set = |name: &str, line| Off::Set { name: name.into(), origin: origin(line) };
        for (off, said) in [
            (Off::Default, ""),
            (set("B", 7), ""),
            (set("B", 2), " (set to false at a.yaml:2:3)"),
            (set("AllBeta", 2), " (AllBeta=false at a.yaml:2:3)"),
            (Off::Locked, " (locked to false)"),
            (Off::NotYet { introduced: Some(AT) }, " (which begins with 1.30)"),
            (Off::NotYet { introduced: None }, " (which does not exist yet)"),
            (Off::Removed { since: AT }, " (removed in 1.30)"),
            (Off::Unavailable, " (not compiled into this program)"),
        ] {
            let missing = vec![Missing { gate: "B".into(), off }];
            assert_eq!(
                dependency(OnBy::Request, missing, None),
                format!("… but requires B{said}, which is off")
            );
        }
    }

    #[test]
    fn a_failed_dependency_says_what_turned_the_gate_on_and_what_to_do() {
        let missing = |names: &[&str]| -> Vec<Missing> {
            names.iter().map(|name| Missing { gate: (*name).into(), off: Off::Default }).collect()
        };
        let switch_on = |names: &[&str], more, instead, or_drop: Option<&str>| {
            let gates = names.iter().map(|name| (*name).into()).collect();
            Some(Mend::SwitchOn { gates, more, instead, or_drop: or_drop.map(Into::into) })
        };
        let group = OnBy::Group("AllAlpha".into());
        for (by, names, mend, said) in [
            (
                OnBy::Request,
                &["B"][..],
                switch_on(&["B"], false, false, None),
                "… but requires B, which is off; also set B=true",
            ),
            (
                OnBy::Default,
                &["B", "C"],
                switch_on(&["B", "C"], false, true, Some("OldA")),
                "… by default but requires B and C, which are off; set B=true and C=true instead, or drop OldA=true",
            ),
            (
                group,
                &["B", "C", "D"],
                switch_on(&["B", "C", "D"], true, false, None),
                "… by AllAlpha but requires B, C and D, which are off; also set B=true, C=true, D=true and more",
            ),
            (
                OnBy::Request,
                &["B"],
                Some(Mend::Drop("OldA".into())),
                "… but requires B, which is off; drop OldA=true",
            ),
            (
                OnBy::Request,
                &["B"],
                Some(Mend::SwitchOff("A".into())),
                "… but requires B, which is off; set A=false",
            ),
        ] {
            assert_eq!(dependency(by, missing(names), mend), said);
        }
        let many: Vec<String> = (0..22).map(|number| format!("G{number}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let shown = many.get(..20).unwrap().join(", ");
        assert_eq!(
            dependency(OnBy::Request, missing(&many), None),
            format!("… but requires {shown} and 2 more, which are off")
        );
    }

    #[test]
    fn problems_are_lines_in_their_order() {
        let problem = |gate: &str| Problem::of_gate(ProblemKind::DifferentSpec, gate);
        let problems = Problems::none(vec![problem("A"), problem("B")]).unwrap_err();
        assert_eq!(problems.iter().map(Problem::gate).collect::<Vec<_>>(), ["A", "B"]);
        let lines = problems.to_string();
        assert_eq!(lines.lines().count(), 2);
        assert!(lines.starts_with("gate A ") && lines.contains("\ngate B "));
        assert_eq!((&problems).into_iter().count(), 2);
        assert_eq!(problems.into_iter().count(), 2);
        assert!(Problems::none(Vec::new()).is_ok());
        assert_eq!(Problems::from(problem("A")).iter().count(), 1);
    }
}
