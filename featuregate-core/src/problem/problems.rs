//! Why a change is refused.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use crate::declare::lifecycle::LifecycleError;
use crate::declare::stage::Stage;
use crate::declare::version::Version;
use crate::gates::dependency::{DependencyError, Relation};
use crate::gates::set::{GateSet, NameTaken};
use crate::gates::status::Status;
use crate::problem::cause::Cause;
use crate::problem::code::Code;
use crate::problem::fix::Fix;
use crate::problem::subject::Subject;
use crate::quote::{Name, list, on_or_off};
use crate::request::assignment::{self, Assignment, ItemId, Value};
use crate::request::notation::Notation;
use crate::request::origin::Origin;

/// One reason to refuse a change.
///
/// It comes in parts: a [code](Self::code), the [gate](Self::gate), the [item](Self::item) of the input and its
/// [origin](Self::origin), a [message](Self::message), a [help text](Self::help), and the suggested change as
/// [data](Self::fix). `Display` is one line of them: `ORIGIN: MESSAGE; HELP`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    kind: ProblemKind,
    gate: String,
    item: Option<ItemId>,
    origin: Option<Origin>,
    /// The former name that is written.
    written: Option<String>,
    fix: Option<Fix>,
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
        /// The nearest name that exists.
        nearest: Option<String>,
    },
    /// A locked gate is set to the other value, or its default is overridden.
    Locked {
        /// The value that was given.
        value: bool,
        /// The value that it is locked to.
        locked_to: bool,
        /// Its stage.
        stage: Stage,
    },
    /// The gate does not exist yet at the emulated version; it cannot be set to false either.
    NotIntroduced {
        /// The value that was given.
        value: bool,
        /// When it begins, if ever.
        introduced: Option<Version>,
        /// The emulated version.
        emulated: Version,
    },
    /// The gate was removed.
    Removed {
        /// The value that was given.
        value: bool,
        /// The first release without it.
        removed: Version,
        /// The value that it ended with.
        ended: bool,
    },
    /// The gate is not compiled into this program and cannot be turned on.
    NotCompiledIn {
        /// The gate that it requires and that is not compiled in, if it is itself.
        because: Option<String>,
    },
    /// The gate is on, but gates that it requires or implies are off.
    UnmetDependency {
        /// What turned it on.
        cause: Cause<Assignment>,
        /// The gate that implies it, if that turned it on.
        implied_by: Option<String>,
        /// The gates that are off, sorted by name.
        missing: Vec<Missing>,
    },
    /// A gate and its former name are set differently in one source.
    AliasConflict {
        /// The value here.
        value: bool,
        /// The other name.
        other: String,
        /// Where the other name is set.
        other_origin: Origin,
    },
    /// Gates were shown in a flag's help, so no gate can be registered and no default overridden.
    Closed {
        /// What cannot be done: `register gates`.
        action: &'static str,
    },
    /// A declaration breaks a lifecycle rule.
    History(LifecycleError),
    /// A gate is already registered with another history.
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
    /// A release channel that no enum has is chosen.
    UnknownChannel {
        /// The nearest known name.
        nearest: Option<String>,
        /// The channels that there are, as declared.
        known: Vec<String>,
    },
    /// A component that no enum has should run as another release.
    UnknownComponent,
    /// An enum without `emulation` should run as another release.
    CannotEmulate {
        /// That release.
        version: Version,
    },
    /// Two enums of one component have different releases.
    ComponentVersions {
        /// The release of an enum.
        version: Version,
        /// The release of another one before it.
        other: Version,
    },
    /// A gate would change while the program runs, and does not allow it.
    NotRuntime {
        /// The value that it would have.
        value: bool,
    },
    /// A change while the program runs sets a gate that is pinned to the other value.
    Pinned {
        /// The value that it is pinned to.
        to: bool,
        /// Where.
        by: Origin,
    },
    /// A dependency breaks a rule.
    InvalidDependency(DependencyError),
}

/// A gate that is required or implied, and off.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Missing {
    /// Its name.
    pub gate: String,
    /// What it is at the versions in effect.
    pub status: Status,
    /// What turned it off.
    pub cause: Cause<Assignment>,
    /// Whether it is required or implied.
    pub relation: Relation,
    /// What the location of the problem, or another problem, says about it already.
    pub(crate) known: Known,
}

/// What is known of a missing gate without saying so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Known {
    /// Nothing.
    Nothing,
    /// The problem is reported where it was turned off.
    Blamed,
    /// It has a problem of its own, and resolving was lenient.
    LeftOut,
}

impl Problem {
    /// A problem of a declaration or call, which has no location in a text.
    pub(crate) fn of_gate(kind: ProblemKind, gate: impl Into<String>) -> Self {
        Self::of(kind, gate.into(), None)
    }

    /// A problem of an item.
    pub(crate) fn of_item(
        kind: ProblemKind,
        gate: impl Into<String>,
        item: ItemId,
        origin: Origin,
    ) -> Self {
        Self::of(kind, gate.into(), Some((item, origin)))
    }

    /// One copy for all types of names.
    fn of(kind: ProblemKind, gate: String, location: Option<(ItemId, Origin)>) -> Self {
        let fix = usual_fix(&kind, &gate);
        let (item, origin) = location.unzip();
        Self { kind, gate, item, origin, written: None, fix }
    }

    pub(crate) fn of_dependency(error: DependencyError) -> Self {
        let gate = error.gate().unwrap_or_default().to_string();
        Self::of_gate(ProblemKind::InvalidDependency(error), gate)
    }

    pub(crate) fn closed(action: &'static str, gate: impl Into<String>) -> Self {
        Self::of_gate(ProblemKind::Closed { action }, gate)
    }

    /// A name of a gate that is to be added belongs to another gate.
    pub(crate) fn name_taken(gates: &GateSet, gate: &str, taken: NameTaken) -> Self {
        let by = gates.written(taken.by).into();
        Self::of_gate(ProblemKind::NameTaken { name: taken.name.into(), by }, gate)
    }

    /// The same about a setting that is written with a former name.
    pub(crate) fn set_as(mut self, written: Option<&str>) -> Self {
        // Of two names that contradict each other, the problem is about the written one.
        let written = written.filter(|written| *written != self.gate);
        if let (Some(written), Some(Fix::Remove { name, .. })) = (written, &mut self.fix) {
            *name = written.into();
        }
        Self { written: written.map(Into::into), ..self }
    }

    pub(crate) fn with_fix(self, fix: Option<Fix>) -> Self {
        Self { fix, ..self }
    }

    /// The same about the item that is to blame, if one is.
    pub(crate) fn blaming(self, item: Option<(ItemId, &Origin)>) -> Self {
        let (item, origin) = item.unzip();
        Self { item, origin: origin.cloned(), ..self }
    }

    /// A name that no gate has; for sister crates that find the nearest name themselves.
    #[doc(hidden)]
    #[must_use]
    pub fn unknown(gate: &str, nearest: Option<String>) -> Self {
        Self::of_gate(ProblemKind::Unknown { nearest }, gate)
    }

    /// What is wrong, as data.
    #[must_use]
    pub fn kind(&self) -> &ProblemKind {
        &self.kind
    }

    /// The stable name of what is wrong.
    #[must_use]
    pub fn code(&self) -> Code {
        match &self.kind {
            ProblemKind::MissingValue | ProblemKind::InvalidValue(_) => Code::InvalidValue,
            ProblemKind::Unknown { .. } => Code::UnknownGate,
            ProblemKind::Locked { .. } => Code::LockedGate,
            ProblemKind::NotIntroduced { .. } => Code::NotYetIntroduced,
            ProblemKind::Removed { .. } => Code::RemovedGate,
            ProblemKind::NotCompiledIn { .. } => Code::NotCompiledIn,
            ProblemKind::UnmetDependency { .. } => Code::UnmetDependency,
            ProblemKind::AliasConflict { .. } => Code::ContraryNames,
            ProblemKind::Closed { .. } => Code::Closed,
            ProblemKind::History(_) => Code::InvalidHistory,
            ProblemKind::DifferentSpec => Code::DifferentHistory,
            ProblemKind::NameTaken { .. } | ProblemKind::DeclaredTwice { .. } => Code::NameTaken,
            ProblemKind::UnknownChannel { .. } => Code::UnknownChannel,
            ProblemKind::UnknownComponent => Code::UnknownComponent,
            ProblemKind::CannotEmulate { .. } => Code::CannotEmulate,
            ProblemKind::ComponentVersions { .. } => Code::ComponentVersions,
            ProblemKind::NotRuntime { .. } => Code::NotRuntime,
            ProblemKind::Pinned { .. } => Code::PinnedGate,
            ProblemKind::InvalidDependency(_) => Code::InvalidDependency,
        }
    }

    /// The gate by its name, with the component's prefix if it has one; as it was written where that is not
    /// the name of a gate, or is a problem itself; empty where no gate is concerned.
    #[must_use]
    pub fn gate(&self) -> &str {
        &self.gate
    }

    /// The former name that is written, if the setting to blame has one.
    #[must_use]
    pub fn written(&self) -> Option<&str> {
        self.written.as_deref()
    }

    /// The item of the input, if one is to blame. For a [`Registry`](crate::Registry) the requests that are in
    /// force come before the items of a call.
    #[must_use]
    pub fn item(&self) -> Option<ItemId> {
        self.item
    }

    /// Where, if one location is to blame.
    #[must_use]
    pub fn origin(&self) -> Option<&Origin> {
        self.origin.as_ref()
    }

    /// How the source to blame writes gates.
    fn notation(&self) -> &Notation {
        self.origin.as_ref().map_or(&Notation::Assignments, |origin| origin.source().notation())
    }

    /// The suggested change, where there is one.
    #[must_use]
    pub fn fix(&self) -> Option<&Fix> {
        self.fix.as_ref()
    }

    /// What is wrong: one clause, without its location.
    #[must_use]
    pub fn message(&self) -> String {
        let gate = Subject::new(&self.gate, self.written(), self.origin());
        match &self.kind {
            ProblemKind::MissingValue => assignment::message(&self.gate, None),
            ProblemKind::InvalidValue(value) => assignment::message(&self.gate, Some(value)),
            ProblemKind::Unknown { .. } if self.gate.is_empty() => {
                match self.origin.as_ref().and_then(Origin::item) {
                    Some(_) => "expected a name before \"=\"".to_string(),
                    None => "a gate has no name".to_string(),
                }
            }
            ProblemKind::Unknown { .. } => format!("unknown gate {gate}"),
            ProblemKind::Locked { value, locked_to, stage } => format!(
                "gate {gate} is {stage} and locked to {locked_to}, so it cannot be set to {value}"
            ),
            ProblemKind::NotIntroduced { value, emulated, .. } => {
                format!(
                    "gate {gate} does not exist yet in {emulated}, so it cannot be set to {value}"
                )
            }
            ProblemKind::Removed { value, removed, ended } => {
                let stays = on_or_off(*ended);
                if value == ended {
                    format!("gate {gate} was removed in {removed} and stays {stays}")
                } else {
                    format!(
                        "gate {gate} was removed in {removed} and stays {stays}, so it cannot be set to {value}"
                    )
                }
            }
            ProblemKind::NotCompiledIn { because: None } => {
                format!("gate {gate} is not compiled into this program, so it cannot be turned on")
            }
            ProblemKind::NotCompiledIn { because: Some(needed) } => format!(
                "gate {gate} requires {}, which is not compiled into this program, so it cannot be turned on",
                Name(needed)
            ),
            ProblemKind::UnmetDependency { cause, implied_by, missing } => {
                let by = match (cause, implied_by) {
                    (_, Some(gate)) => format!(" by {}, which implies it,", Name(gate)),
                    (Cause::Group(group), _) => format!(" by {}", Name(&group.name)),
                    (Cause::Default, _) => " by default".to_string(),
                    _ => String::new(),
                };
                let are_off = if missing.len() == 1 { "is off" } else { "are off" };
                format!("gate {gate} is on{by} but {}, which {are_off}", needs(missing))
            }
            ProblemKind::AliasConflict { value, other, other_origin } => format!(
                "{gate}={value} contradicts {}={} at {other_origin}, since both are names of one gate",
                Name(other),
                !value
            ),
            ProblemKind::Closed { action } => {
                format!("cannot {action} after the gates were shown in the help of a flag")
            }
            ProblemKind::History(error) => {
                format!("gate {}: {}", Name(error.gate()), error.message())
            }
            ProblemKind::DifferentSpec => {
                format!("gate {gate} is already registered with another history")
            }
            ProblemKind::NameTaken { name, by } if name == by => {
                format!("cannot add gate {gate}, since a gate {} exists already", Name(name))
            }
            ProblemKind::NameTaken { name, by } => format!(
                "cannot add gate {gate}, since {} is already a name of gate {}",
                Name(name),
                Name(by)
            ),
            ProblemKind::DeclaredTwice { first, second } => {
                format!("{first} and {second} both declare the name {gate}")
            }
            ProblemKind::UnknownChannel { .. } => format!("unknown channel {gate}"),
            ProblemKind::UnknownComponent => format!("unknown component {gate}"),
            ProblemKind::CannotEmulate { version } => {
                format!("the gates of {gate} cannot run as {version}, since its checks are folded")
            }
            ProblemKind::ComponentVersions { version, other } => format!(
                "the gates of {gate} are of release {version}, but others of the same component are of {other}"
            ),
            ProblemKind::NotRuntime { value } => {
                format!("gate {gate} cannot be turned {} while the program runs", on_or_off(*value))
            }
            ProblemKind::Pinned { to, by } => {
                let other = !to;
                format!(
                    "gate {gate} is pinned to {to} {}, so it cannot be set to {other}",
                    by.of_pin()
                )
            }
            ProblemKind::InvalidDependency(error) => error.message(),
        }
    }

    /// What to do: one clause; `None` where there is no advice.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        let text = |text: &str| Some(text.to_string());
        match &self.kind {
            ProblemKind::MissingValue => Some(assignment::help(&self.gate, None, self.notation())),
            ProblemKind::InvalidValue(value) => {
                Some(assignment::help(&self.gate, Some(value), self.notation()))
            }
            ProblemKind::Unknown { .. } if self.gate.is_empty() => {
                match self.origin.as_ref().and_then(Origin::item) {
                    Some(_) => text("write NAME=true or NAME=false"),
                    None => text("write its name, or remove the entry"),
                }
            }
            ProblemKind::Unknown { nearest: Some(nearest) } => {
                Some(format!("did you mean {}?", self.notation().name(nearest)))
            }
            ProblemKind::Unknown { nearest: None } => {
                text("remove the setting, or correct the name")
            }
            ProblemKind::NotIntroduced { introduced: Some(since), .. } => {
                Some(format!("remove the setting, or run as {since} or later"))
            }
            ProblemKind::Locked { value, .. } => Some(format!(
                "remove the setting; the gate can no longer be turned {}",
                on_or_off(*value)
            )),
            ProblemKind::NotIntroduced { .. } | ProblemKind::Removed { .. } => {
                text("remove the setting")
            }
            ProblemKind::NotCompiledIn { because: None } => {
                text("remove the setting, or use a build that has it")
            }
            ProblemKind::NotCompiledIn { because: Some(_) } => {
                text("remove the setting, or use a build that has both")
            }
            ProblemKind::UnmetDependency { missing, .. } => match &self.fix {
                Some(fix) => Some(fix.in_notation(self.notation())),
                None if missing.iter().all(|missing| missing.known == Known::LeftOut) => {
                    text("correct what is left out")
                }
                None => text("turn on what it requires, or turn off what requires it"),
            },
            ProblemKind::AliasConflict { .. } => text("keep one of them"),
            ProblemKind::Closed { .. } => text("do it before"),
            ProblemKind::History(error) => text(error.help()),
            ProblemKind::DifferentSpec => text("give both the same history, or rename one of them"),
            ProblemKind::NameTaken { .. } => text("rename one of them"),
            ProblemKind::DeclaredTwice { .. } => {
                text("rename one of them, or give one of the enums a component")
            }
            ProblemKind::UnknownChannel { nearest: Some(nearest), .. } => {
                Some(format!("did you mean {}?", Name(nearest)))
            }
            ProblemKind::UnknownChannel { known, .. } => Some(match &**known {
                [] => "declare it, as in #[feature_gate(channel(stable = []))]".into(),
                [only] => format!("the only channel is {}", Name(only)),
                known => {
                    let names: Vec<String> = known.iter().map(|it| Name(it).to_string()).collect();
                    format!("the channels are {}", list(&names, false))
                }
            }),
            ProblemKind::UnknownComponent => text("correct the name"),
            ProblemKind::CannotEmulate { .. } => text("add `emulation` to its #[feature_gate(…)]"),
            ProblemKind::ComponentVersions { .. } => {
                text("give all of them one version, or give these a component of their own")
            }
            ProblemKind::NotRuntime { .. } => {
                text("set it in the configuration, and start the program again")
            }
            ProblemKind::Pinned { .. } => {
                text("leave it as it is, or change the pin and start again")
            }
            ProblemKind::InvalidDependency(error) => Some(error.help()),
        }
    }
}

/// What a gate misses: `requires A and implies B`.
fn needs(missing: &[Missing]) -> String {
    let part = |relation: Relation| {
        let gates = missing.iter().filter(|missing| missing.relation == relation);
        let gates: Vec<String> = gates.map(Missing::shown).collect();
        (!gates.is_empty()).then(|| format!("{relation} {}", list(&gates, false)))
    };
    let parts = [part(Relation::Requires), part(Relation::Implies)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" and ")
}

/// The suggested change that follows from a kind; dependencies have others.
fn usual_fix(kind: &ProblemKind, gate: &str) -> Option<Fix> {
    match kind {
        ProblemKind::InvalidValue(value) => value.meant().map(|value| Fix::SetValue { value }),
        ProblemKind::Unknown { nearest } => nearest.clone().map(|to| Fix::Rename { to }),
        ProblemKind::Locked { value, .. }
        | ProblemKind::Removed { value, .. }
        | ProblemKind::NotIntroduced { value, .. }
        | ProblemKind::AliasConflict { value, .. } => {
            Some(Fix::Remove { name: gate.to_string(), value: *value })
        }
        ProblemKind::NotCompiledIn { .. } => {
            Some(Fix::Remove { name: gate.to_string(), value: true })
        }
        _ => None,
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_parts(f, self.origin.as_ref(), &self.message(), self.help().as_deref())
    }
}

/// A problem or notice in one line.
pub(crate) fn write_parts(
    f: &mut fmt::Formatter<'_>,
    origin: Option<&Origin>,
    message: &str,
    help: Option<&str>,
) -> fmt::Result {
    if let Some(origin) = origin {
        write!(f, "{origin}: ")?;
    }
    f.write_str(message)?;
    match help {
        Some(help) => write!(f, "; {help}"),
        None => Ok(()),
    }
}

impl core::error::Error for Problem {}

impl Missing {
    /// The gate and why it is off, unless that is known or its default.
    fn shown(&self) -> String {
        let gate = Name(&self.gate);
        match (&self.status, self.cause.as_ref().assignment()) {
            (Status::Removed { since, .. }, _) => format!("{gate} (removed in {since})"),
            (Status::NotIntroduced { introduced: Some(since), .. }, _) => {
                format!("{gate} (which begins with {since})")
            }
            (Status::NotIntroduced { introduced: None, .. }, _) => {
                format!("{gate} (which does not exist yet)")
            }
            (Status::NotCompiledIn { .. }, _) => format!("{gate} (not compiled into this program)"),
            _ if self.known == Known::LeftOut => format!("{gate} (left out)"),
            (_, Some(_)) if self.known == Known::Blamed => gate.to_string(),
            (_, Some(by)) if by.name == self.gate => {
                format!("{gate} (set to false at {})", by.origin)
            }
            (_, Some(by)) => match by.origin.source().notation().setting(&by.name, false) {
                Some(setting) => format!("{gate} ({setting} at {})", by.origin),
                None => format!("{gate} (turned off at {})", by.origin),
            },
            (Status::Locked { .. }, None) => format!("{gate} (locked to false)"),
            (Status::Free { .. }, None) => gate.to_string(),
        }
    }
}

/// Every reason to refuse a change, in the order of the input; never empty. Nothing was changed.
///
/// `Display` writes one line for each. `Debug` is what a `main` prints that returns them.
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

/// The same text as `Display`, after the number of problems if there are several.
impl fmt::Debug for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.len() > 1 {
            writeln!(f, "{} problems", self.0.len())?;
        }
        fmt::Display::fmt(self, f)
    }
}

impl core::error::Error for Problems {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::declare::milestone::Milestone;
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
    fn each_problem_says_where_what_is_wrong_and_what_to_do() {
        let text = |text: &str| ProblemKind::InvalidValue(Value::Text(text.into()));
        let removed = |value, ended| ProblemKind::Removed { value, removed: AT, ended };
        for (gate, kind, message, help) in [
            (
                "",
                ProblemKind::MissingValue,
                "the item is empty",
                "write NAME=true or NAME=false, or remove the comma",
            ),
            ("A", ProblemKind::MissingValue, "gate A has no value", "write A=true or A=false"),
            (
                "A b",
                ProblemKind::MissingValue,
                "\"A b\" has no value",
                "write NAME=true or NAME=false",
            ),
            (
                "A: false",
                ProblemKind::MissingValue,
                "gate A has no value, since a colon is not an equals sign",
                "write A=false",
            ),
            (
                ":true",
                ProblemKind::MissingValue,
                "gate :true has no value",
                "write :true=true or :true=false",
            ),
            ("A", text(""), "the value of gate A is empty", "write true or false"),
            ("A", text("x"), "the value \"x\" of gate A is not a boolean", "write true or false"),
            ("A", text("Off"), "the value \"Off\" of gate A is not a boolean", "write false"),
            (
                "A",
                ProblemKind::InvalidValue(Value::Quoted("true".into())),
                "the value of gate A is the text \"true\", not a boolean",
                "write true, without quotes",
            ),
            (
                "A",
                ProblemKind::InvalidValue(Value::Quoted("x".into())),
                "the value of gate A is the text \"x\", not a boolean",
                "write true or false",
            ),
            (
                "A",
                ProblemKind::InvalidValue(Value::Quoted("on".into())),
                "the value of gate A is the text \"on\", not a boolean",
                "write true",
            ),
            (
                "A",
                ProblemKind::InvalidValue(Value::Typed("the number 3".into())),
                "the value of gate A is the number 3, not a boolean",
                "write true or false",
            ),
            (
                "",
                ProblemKind::Unknown { nearest: None },
                "a gate has no name",
                "write its name, or remove the entry",
            ),
            (
                "A",
                ProblemKind::Unknown { nearest: None },
                "unknown gate A",
                "remove the setting, or correct the name",
            ),
            (
                "A",
                ProblemKind::Unknown { nearest: Some("B".into()) },
                "unknown gate A",
                "did you mean B?",
            ),
            (
                "A",
                ProblemKind::Locked { value: false, locked_to: true, stage: Stage::Ga },
                "gate A is GA and locked to true, so it cannot be set to false",
                "remove the setting; the gate can no longer be turned off",
            ),
            (
                "A",
                ProblemKind::NotIntroduced {
                    value: true,
                    introduced: Some(AT),
                    emulated: Version::new(1, 29),
                },
                "gate A does not exist yet in 1.29, so it cannot be set to true",
                "remove the setting, or run as 1.30 or later",
            ),
            (
                "A",
                ProblemKind::NotIntroduced { value: true, introduced: None, emulated: AT },
                "gate A does not exist yet in 1.30, so it cannot be set to true",
                "remove the setting",
            ),
            (
                "A",
                removed(true, true),
                "gate A was removed in 1.30 and stays on",
                "remove the setting",
            ),
            (
                "A",
                removed(true, false),
                "gate A was removed in 1.30 and stays off, so it cannot be set to true",
                "remove the setting",
            ),
            (
                "A",
                ProblemKind::NotCompiledIn { because: None },
                "gate A is not compiled into this program, so it cannot be turned on",
                "remove the setting, or use a build that has it",
            ),
            (
                "A",
                ProblemKind::NotCompiledIn { because: Some("B".into()) },
                "gate A requires B, which is not compiled into this program, so it cannot be turned on",
                "remove the setting, or use a build that has both",
            ),
            (
                "Old",
                ProblemKind::AliasConflict {
                    value: true,
                    other: "New".into(),
                    other_origin: origin(2),
                },
                "Old=true contradicts New=false at a.yaml:2:3, since both are names of one gate",
                "keep one of them",
            ),
            (
                "A",
                ProblemKind::DifferentSpec,
                "gate A is already registered with another history",
                "give both the same history, or rename one of them",
            ),
            (
                "A",
                ProblemKind::NameTaken { name: "A".into(), by: "A".into() },
                "cannot add gate A, since a gate A exists already",
                "rename one of them",
            ),
            (
                "A",
                ProblemKind::NameTaken { name: "B".into(), by: "C".into() },
                "cannot add gate A, since B is already a name of gate C",
                "rename one of them",
            ),
            (
                "",
                ProblemKind::Closed { action: "register gates" },
                "cannot register gates after the gates were shown in the help of a flag",
                "do it before",
            ),
        ] {
            let problem = Problem::of_gate(kind, gate);
            assert_eq!(
                (problem.message().as_str(), problem.help().as_deref()),
                (message, Some(help))
            );
            assert_eq!(problem.to_string(), format!("{message}; {help}"));
            let located = Problem { origin: Some(origin(7)), ..problem };
            assert_eq!(located.to_string(), format!("a.yaml:7:3: {message}; {help}"));
        }
    }

    #[test]
    fn the_suggested_change_is_data() {
        let fix = |kind| Problem::of_gate(kind, "A").fix().cloned();
        let value = |text: &str| ProblemKind::InvalidValue(Value::Text(text.into()));
        assert_eq!(fix(value("yes")), Some(Fix::SetValue { value: true }));
        assert_eq!(fix(value("2")), None);
        let near = |nearest| ProblemKind::Unknown { nearest };
        assert_eq!(fix(near(Some("B".into()))), Some(Fix::Rename { to: "B".into() }));
        assert_eq!(fix(near(None)), None);
        let removed = ProblemKind::Removed { value: true, removed: AT, ended: true };
        assert_eq!(fix(removed), Some(Fix::Remove { name: "A".into(), value: true }));
    }

    fn set(name: &str, line: u32) -> Assignment {
        Assignment::new(name, false, origin(line))
    }

    fn missing(gate: &str, status: Status, cause: Cause<Assignment>) -> Missing {
        Missing {
            gate: gate.into(),
            status,
            cause,
            relation: Relation::Requires,
            known: Known::Nothing,
        }
    }

    fn free(stage: Stage) -> Status {
        Status::Free { milestone: Milestone { stage, ..Milestone::BEFORE_THE_FIRST } }
    }

    fn dependency(cause: Cause<Assignment>, missing: Vec<Missing>, fix: Option<Fix>) -> String {
        let kind = ProblemKind::UnmetDependency { cause, implied_by: None, missing };
        let problem = Problem { origin: Some(origin(7)), ..Problem::of_gate(kind, "A") };
        let problem = problem.with_fix(fix);
        if problem.fix().is_none() {
            let advice = if problem.message().contains("left out") {
                "correct what is left out"
            } else {
                "turn on what it requires, or turn off what requires it"
            };
            assert_eq!(problem.help().as_deref(), Some(advice));
            return problem.message().replace("gate A is on", "…");
        }
        problem.to_string().replace("a.yaml:7:3: gate A is on", "…")
    }

    #[test]
    fn an_unmet_dependency_says_why_the_other_gate_is_off() {
        let milestone = Milestone::BEFORE_THE_FIRST;
        let later = |introduced| Status::NotIntroduced { introduced, milestone };
        let removed = Status::Removed { since: AT, value: false, stage: Stage::Alpha };
        for (status, cause, shown) in [
            (free(Stage::Alpha), Cause::Default, ""),
            (free(Stage::Alpha), Cause::Own(set("B", 2)), " (set to false at a.yaml:2:3)"),
            (free(Stage::Beta), Cause::Group(set("AllBeta", 2)), " (AllBeta=false at a.yaml:2:3)"),
            (Status::Locked { milestone }, Cause::Default, " (locked to false)"),
            (later(Some(AT)), Cause::Default, " (which begins with 1.30)"),
            (later(None), Cause::Default, " (which does not exist yet)"),
            (removed, Cause::Default, " (removed in 1.30)"),
            (
                Status::NotCompiledIn { milestone },
                Cause::Default,
                " (not compiled into this program)",
            ),
        ] {
            let own = || Cause::Own(set("A", 7));
            let missing = missing("B", status, cause);
            assert_eq!(
                dependency(own(), vec![missing.clone()], None),
                format!("… but requires B{shown}, which is off")
            );
            let implied = Missing { relation: Relation::Implies, ..missing.clone() };
            assert_eq!(
                dependency(own(), vec![implied.clone()], None),
                format!("… but implies B{shown}, which is off")
            );
            assert_eq!(
                dependency(own(), vec![implied, missing], None),
                format!("… but requires B{shown} and implies B{shown}, which are off")
            );
        }
    }

    #[test]
    fn what_is_known_of_a_missing_gate_is_not_said_again() {
        let missing = |known| {
            let cause = Cause::Own(set("B", 7));
            Vec::from([Missing { known, ..missing("B", free(Stage::Alpha), cause) }])
        };
        let shown = |known| dependency(Cause::Own(set("A", 7)), missing(known), None);
        // Another entry may have the same location.
        let elsewhere = "… but requires B (set to false at a.yaml:7:3), which is off";
        assert_eq!(shown(Known::Nothing), elsewhere);
        assert_eq!(shown(Known::Blamed), "… but requires B, which is off");
        assert_eq!(shown(Known::LeftOut), "… but requires B (left out), which is off");
    }

    #[test]
    fn what_implies_a_gate_is_named_as_what_turned_it_on() {
        let missing = Vec::from([missing("C", free(Stage::Alpha), Cause::Default)]);
        let (cause, implied_by) = (Cause::Implied(Some(set("A", 7))), Some("A".into()));
        let kind = ProblemKind::UnmetDependency { cause, implied_by, missing };
        assert_eq!(
            Problem::of_gate(kind, "B").message(),
            "gate B is on by A, which implies it, but requires C, which is off"
        );
    }

    #[test]
    fn a_former_name_that_is_written_is_named_and_is_what_is_removed() {
        let kind = ProblemKind::Locked { value: false, locked_to: true, stage: Stage::Ga };
        let problem = Problem::of_gate(kind, "New").set_as(Some("Old"));
        assert_eq!(
            problem.message(),
            "gate New (set as Old) is GA and locked to true, so it cannot be set to false"
        );
        let origin = Origin::item_at(&Source::flag("--gates"), 1, "Old=0");
        let at_an_item = Problem { origin: Some(origin), ..problem.clone() };
        assert_eq!(
            at_an_item.message(),
            "gate New is GA and locked to true, so it cannot be set to false",
            "its location shows what is written"
        );
        assert_eq!(problem.written(), Some("Old"));
        assert_eq!(problem.fix(), Some(&Fix::Remove { name: "Old".into(), value: false }));
    }

    #[test]
    fn an_unmet_dependency_says_what_turned_the_gate_on_and_what_to_do() {
        let missing = |names: &[&str]| -> Vec<Missing> {
            names.iter().map(|name| missing(name, free(Stage::Alpha), Cause::Default)).collect()
        };
        let turn_on = |names: &[&str], more, instead, or_remove: Option<&str>| {
            let gates = names.iter().map(|name| (*name).into()).collect();
            Some(Fix::TurnOn { gates, more, instead, or_remove: or_remove.map(Into::into) })
        };
        let own = || Cause::Own(set("A", 7));
        for (cause, names, fix, shown) in [
            (
                own(),
                &["B"][..],
                turn_on(&["B"], false, false, None),
                "… but requires B, which is off; also set B=true",
            ),
            (
                Cause::Default,
                &["B", "C"],
                turn_on(&["B", "C"], false, true, Some("OldA")),
                "… by default but requires B and C, which are off; set B=true and C=true instead, or remove OldA=true",
            ),
            (
                Cause::Group(set("AllAlpha", 7)),
                &["B", "C", "D"],
                turn_on(&["B", "C", "D"], true, false, None),
                "… by AllAlpha but requires B, C and D, which are off; also set B=true, C=true, D=true and more",
            ),
            (
                own(),
                &["B"],
                Some(Fix::Remove { name: "OldA".into(), value: true }),
                "… but requires B, which is off; remove OldA=true",
            ),
            (
                own(),
                &["B"],
                Some(Fix::TurnOff { gate: "A".into() }),
                "… but requires B, which is off; set A=false",
            ),
        ] {
            assert_eq!(dependency(cause, missing(names), fix), shown);
        }
        let many: Vec<String> = (0..22).map(|number| format!("G{number}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let shown = many.get(..20).unwrap().join(", ");
        assert_eq!(
            dependency(own(), missing(&many), None),
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

    #[test]
    fn a_panic_shows_problems_as_they_are_printed() {
        let problem = |gate: &str| Problem::of_gate(ProblemKind::MissingValue, gate);
        let one = Problems::none(vec![problem("A")]).unwrap_err();
        assert_eq!(format!("{one:?}"), one.to_string());
        let two = Problems::none(vec![problem("A"), problem("B")]).unwrap_err();
        assert_eq!(format!("{two:?}"), format!("2 problems\n{two}"));
    }

    #[test]
    fn a_problem_of_an_item_has_the_item_and_its_location() {
        let mut items: crate::id::IdVec<ItemId, ()> = crate::id::IdVec::new();
        let item = items.push(());
        let problem = Problem::of_item(ProblemKind::MissingValue, "A", item, origin(7));
        assert_eq!((problem.item(), problem.origin()), (Some(item), Some(&origin(7))));
        let problem = Problem::of_gate(ProblemKind::MissingValue, "A");
        assert_eq!((problem.item(), problem.origin()), (None, None));
    }

    #[test]
    fn the_help_is_in_the_notation_of_the_source() {
        let fix =
            Fix::TurnOn { gates: vec!["B".into()], more: false, instead: false, or_remove: None };
        let unmet = ProblemKind::UnmetDependency {
            cause: Cause::Default,
            implied_by: None,
            missing: vec![],
        };
        let help = |source: Source| {
            let origin = Origin::new(source);
            let id = crate::id::IdVec::<ItemId, ()>::from(vec![()]).ids().next().unwrap();
            let problem = Problem::of_gate(unmet.clone(), "A").with_fix(Some(fix.clone()));
            let problem = problem.blaming(Some((id, &origin)));
            assert_eq!((problem.item(), problem.origin()), (Some(id), Some(&origin)));
            problem.help().unwrap()
        };
        let flag = Source::flag("--enable");
        assert_eq!(help(flag.clone()), "also set B=true");
        assert_eq!(help(flag.written(Notation::On)), "also add B");
    }
}
