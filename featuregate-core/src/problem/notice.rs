//! What an operator should know about a change that succeeded. Notices are values; the program that receives
//! them prints or logs them.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use crate::declare::stage::Stage;
use crate::declare::version::Version;
use crate::problem::code::Code;
use crate::problem::fix::Fix;
use crate::problem::problems::write_parts;
use crate::problem::subject::Subject;
use crate::quote::{Name, on_or_off};
use crate::request::assignment::{self, ItemId, Value};
use crate::request::notation::Notation;
use crate::request::origin::Origin;

/// A remark on a setting that was accepted.
///
/// It has the same parts as a [`Problem`](crate::Problem): a [code](Self::code), the [gate](Self::gate), the
/// [item](Self::item) and its [origin](Self::origin), a [message](Self::message), a [help text](Self::help), and
/// the suggested change as [data](Self::fix).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub(crate) kind: NoticeKind,
    pub(crate) gate: String,
    pub(crate) value: bool,
    pub(crate) item: Option<ItemId>,
    pub(crate) origin: Option<Origin>,
    /// The former name that is written.
    pub(crate) written: Option<String>,
}

/// What the remark is about.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NoticeKind {
    /// A GA gate is set.
    SetGa {
        /// The value without the setting.
        default: bool,
        /// Whether it can have another value.
        locked: bool,
    },
    /// A locked gate of another stage is set to the value that it is locked to. Resolving does not report it,
    /// as in Kubernetes: see [`GateState::redundant`](crate::GateState::redundant).
    SetLocked {
        /// Its stage.
        stage: Stage,
    },
    /// A deprecated gate is set.
    SetDeprecated {
        /// The value without the setting.
        default: bool,
        /// Since when it is deprecated.
        since: Version,
        /// The release in which it should be removed, if its declaration names one.
        remove_in: Option<Version>,
    },
    /// A removed gate is set: to the value that it ended with, unless the program chose to say so of any value.
    SetRemoved {
        /// The first release without it.
        removed: Version,
        /// The value that it ended with.
        ended: bool,
    },
    /// An item has no value, or one that is not a boolean, and the program chose to say so and go on.
    Invalid {
        /// What is written instead of a boolean.
        value: Option<Value>,
    },
    /// The program has pinned the gate to another value.
    Pinned {
        /// The value that it is pinned to.
        to: bool,
        /// Where.
        by: Origin,
    },
    /// No gate has that name, and the program chose to say so and go on.
    Unknown {
        /// The nearest name that exists.
        nearest: Option<String>,
    },
    /// A gate is set under a former name.
    Alias {
        /// The former name.
        written: String,
    },
    /// A group without a component's prefix is set, and there are components whose groups of that name are not.
    PartialGroup {
        /// Those groups, as they are written.
        others: Vec<String>,
    },
    /// The default of a GA gate is overridden.
    OverrideGa,
    /// The default of a deprecated gate is overridden.
    OverrideDeprecated,
}

impl Notice {
    pub(crate) fn of_item(
        kind: NoticeKind,
        gate: impl Into<String>,
        value: bool,
        item: ItemId,
        origin: Origin,
    ) -> Self {
        let (item, origin) = (Some(item), Some(origin));
        Self { kind, gate: gate.into(), value, item, origin, written: None }
    }

    /// The same about a setting that is written with a former name.
    pub(crate) fn set_as(self, written: Option<&str>) -> Self {
        let written = written.filter(|_| !matches!(self.kind, NoticeKind::Alias { .. }));
        Self { written: written.map(Into::into), ..self }
    }

    /// What the remark is about, as data.
    #[must_use]
    pub fn kind(&self) -> &NoticeKind {
        &self.kind
    }

    /// The stable name of what the remark is about.
    #[must_use]
    pub fn code(&self) -> Code {
        match &self.kind {
            NoticeKind::SetGa { .. } | NoticeKind::SetLocked { .. } => Code::RedundantGate,
            NoticeKind::SetDeprecated { .. } | NoticeKind::Alias { .. } => Code::DeprecatedGate,
            NoticeKind::SetRemoved { .. } => Code::RemovedGate,
            NoticeKind::Invalid { .. } => Code::InvalidValue,
            NoticeKind::Pinned { .. } => Code::PinnedGate,
            NoticeKind::Unknown { .. } => Code::UnknownGate,
            NoticeKind::PartialGroup { .. } => Code::PartialGroup,
            NoticeKind::OverrideGa | NoticeKind::OverrideDeprecated => Code::DefaultOverridden,
        }
    }

    /// The gate by its name, with the component's prefix if it has one; as it was written where that is unknown.
    #[must_use]
    pub fn gate(&self) -> &str {
        &self.gate
    }

    /// The former name that is written, where that is not what the remark is about.
    #[must_use]
    pub fn written(&self) -> Option<&str> {
        self.written.as_deref()
    }

    /// The value that it is given; `false` where that is not a boolean.
    #[must_use]
    pub fn value(&self) -> bool {
        self.value
    }

    /// The item of the input. For a [`Registry`](crate::Registry) the requests that are in force come before the
    /// items of a call.
    #[must_use]
    pub fn item(&self) -> Option<ItemId> {
        self.item
    }

    /// Where it is given.
    #[must_use]
    pub fn origin(&self) -> Option<&Origin> {
        self.origin.as_ref()
    }

    /// How its source writes gates.
    fn notation(&self) -> &Notation {
        self.origin.as_ref().map_or(&Notation::Assignments, |origin| origin.source().notation())
    }

    /// What there is to know: one clause, without its location.
    #[must_use]
    pub fn message(&self) -> String {
        let (gate, value) = (Subject::new(&self.gate, self.written(), self.origin()), self.value);
        match &self.kind {
            NoticeKind::SetGa { default, locked: true } => {
                format!("gate {gate} is GA and locked to {default}, so setting it changes nothing")
            }
            NoticeKind::SetGa { default, .. } if *default == value => {
                format!("gate {gate} is GA and {} by default", on_or_off(value))
            }
            NoticeKind::SetGa { default, .. } => format!(
                "gate {gate} is GA, and a later release will lock it to {default} or remove it"
            ),
            NoticeKind::SetLocked { stage } => {
                format!(
                    "gate {gate} is {stage} and locked to {value}, so setting it changes nothing"
                )
            }
            NoticeKind::SetDeprecated { since, remove_in: Some(release), .. } => format!(
                "gate {gate} is deprecated since {since} and should be removed in {release}"
            ),
            NoticeKind::SetDeprecated { since, remove_in: None, .. } => format!(
                "gate {gate} is deprecated since {since} and will be removed in a later release"
            ),
            NoticeKind::SetRemoved { removed, ended } => {
                let stays = on_or_off(*ended);
                if *ended == value {
                    format!("gate {gate} was removed in {removed} and stays {stays}")
                } else {
                    format!(
                        "gate {gate} was removed in {removed} and stays {stays}, so setting it to {value} changes nothing"
                    )
                }
            }
            NoticeKind::Invalid { value } => {
                format!("{}, so it is ignored", assignment::message(&self.gate, value.as_ref()))
            }
            NoticeKind::Pinned { to, by } => {
                let by = by.of_pin();
                format!(
                    "gate {gate} is pinned to {to} {by}, so setting it to {value} changes nothing"
                )
            }
            NoticeKind::Unknown { .. } => format!("unknown gate {gate} is ignored"),
            NoticeKind::Alias { written } => {
                format!("{} is a former name of gate {gate}", Name(written))
            }
            NoticeKind::PartialGroup { .. } => {
                format!("{gate} applies only to the gates without a component")
            }
            NoticeKind::OverrideGa => {
                format!("the default of GA gate {gate} is overridden with {value}")
            }
            NoticeKind::OverrideDeprecated => {
                format!("the default of deprecated gate {gate} is overridden with {value}")
            }
        }
    }

    /// Whether it asks to remove the setting, so that how it is written does not matter.
    pub(crate) fn asks_to_remove(&self) -> bool {
        matches!(self.fix(), Some(Fix::Remove { .. }))
    }

    /// What to do: one clause; `None` where there is nothing to do.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match &self.kind {
            NoticeKind::SetGa { default, .. } | NoticeKind::SetDeprecated { default, .. }
                if *default != self.value =>
            {
                Some("prepare to run without the setting".to_string())
            }
            NoticeKind::SetDeprecated { default, .. } => {
                Some(format!("remove the setting; {default} is the default"))
            }
            NoticeKind::SetGa { .. } | NoticeKind::SetLocked { .. } => Some(
                "remove the setting, which becomes an error once the gate is removed".to_string(),
            ),
            NoticeKind::SetRemoved { .. } | NoticeKind::Pinned { .. } => {
                Some("remove the setting".to_string())
            }
            NoticeKind::Invalid { value } => {
                Some(assignment::help(&self.gate, value.as_ref(), self.notation()))
            }
            NoticeKind::Unknown { nearest } => nearest
                .as_ref()
                .map(|nearest| format!("did you mean {}?", self.notation().name(nearest))),
            NoticeKind::Alias { .. } => Some(format!("write {}", self.notation().name(&self.gate))),
            NoticeKind::PartialGroup { others } => {
                let change = self.notation().change(others, self.value, false);
                Some(format!("to set all gates, also {change}"))
            }
            NoticeKind::OverrideGa | NoticeKind::OverrideDeprecated => None,
        }
    }

    /// The suggested change, where there is one that changes no value.
    #[must_use]
    pub fn fix(&self) -> Option<Fix> {
        let remove = || {
            let name = self.written.as_ref().unwrap_or(&self.gate).clone();
            Fix::Remove { name, value: self.value }
        };
        match &self.kind {
            NoticeKind::SetGa { default, .. } | NoticeKind::SetDeprecated { default, .. } => {
                (*default == self.value).then(remove)
            }
            NoticeKind::SetLocked { .. }
            | NoticeKind::SetRemoved { .. }
            | NoticeKind::Pinned { .. } => Some(remove()),
            NoticeKind::Invalid { value } => {
                let meant = value.as_ref().and_then(Value::meant)?;
                Some(Fix::SetValue { value: meant })
            }
            NoticeKind::Unknown { nearest } => nearest.clone().map(|to| Fix::Rename { to }),
            NoticeKind::Alias { .. } => Some(Fix::Rename { to: self.gate.clone() }),
            NoticeKind::PartialGroup { .. }
            | NoticeKind::OverrideGa
            | NoticeKind::OverrideDeprecated => None,
        }
    }
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_parts(f, self.origin.as_ref(), &self.message(), self.help().as_deref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::IdVec;
    use crate::request::origin::Source;

    #[test]
    fn a_notice_knows_its_item_and_what_is_written() {
        let kind = NoticeKind::SetGa { default: true, locked: true };
        let origin = Origin::new(Source::flag("--gates")).at(0, 3);
        let id = IdVec::<ItemId, ()>::from(alloc::vec![(), ()]).ids().nth(1).unwrap();
        let notice = Notice::of_item(kind, "A", true, id, origin.clone());
        assert_eq!(
            (notice.item(), notice.origin(), notice.written()),
            (Some(id), Some(&origin), None)
        );
        assert_eq!(notice.clone().set_as(Some("Old")).written(), Some("Old"));
        // What such a notice is about is the former name.
        let about = NoticeKind::Alias { written: "Old".into() };
        let notice = Notice { kind: about, ..notice };
        assert_eq!(notice.clone().set_as(Some("Old")).written(), None);
        assert!(!notice.asks_to_remove());
        let kind = NoticeKind::SetRemoved { removed: Version::new(1, 30), ended: true };
        assert!(Notice { kind, ..notice }.asks_to_remove());
    }

    #[test]
    fn each_notice_says_where_what_and_what_to_do() {
        let at = Version::new(1, 30);
        let deprecated =
            |default, remove_in| NoticeKind::SetDeprecated { default, since: at, remove_in };
        for (kind, value, message, help) in [
            (
                NoticeKind::SetGa { default: true, locked: true },
                true,
                "gate A is GA and locked to true, so setting it changes nothing",
                Some("remove the setting, which becomes an error once the gate is removed"),
            ),
            (
                NoticeKind::SetGa { default: true, locked: false },
                true,
                "gate A is GA and on by default",
                Some("remove the setting, which becomes an error once the gate is removed"),
            ),
            (
                NoticeKind::SetGa { default: true, locked: false },
                false,
                "gate A is GA, and a later release will lock it to true or remove it",
                Some("prepare to run without the setting"),
            ),
            (
                NoticeKind::SetLocked { stage: Stage::Beta },
                true,
                "gate A is Beta and locked to true, so setting it changes nothing",
                Some("remove the setting, which becomes an error once the gate is removed"),
            ),
            (
                deprecated(true, None),
                false,
                "gate A is deprecated since 1.30 and will be removed in a later release",
                Some("prepare to run without the setting"),
            ),
            (
                deprecated(false, Some(Version::new(1, 33))),
                false,
                "gate A is deprecated since 1.30 and should be removed in 1.33",
                Some("remove the setting; false is the default"),
            ),
            (
                NoticeKind::SetRemoved { removed: at, ended: true },
                true,
                "gate A was removed in 1.30 and stays on",
                Some("remove the setting"),
            ),
            (NoticeKind::Unknown { nearest: None }, true, "unknown gate A is ignored", None),
            (
                NoticeKind::Unknown { nearest: Some("B".into()) },
                true,
                "unknown gate A is ignored",
                Some("did you mean B?"),
            ),
            (
                NoticeKind::Alias { written: "Old".into() },
                true,
                "Old is a former name of gate A",
                Some("write A"),
            ),
            (
                NoticeKind::PartialGroup { others: ["net:A".into(), "store:A".into()].into() },
                true,
                "A applies only to the gates without a component",
                Some("to set all gates, also set net:A=true and store:A=true"),
            ),
            (
                NoticeKind::OverrideGa,
                true,
                "the default of GA gate A is overridden with true",
                None,
            ),
            (
                NoticeKind::OverrideDeprecated,
                false,
                "the default of deprecated gate A is overridden with false",
                None,
            ),
        ] {
            let origin = Some(Origin::new(Source::config("a.yaml")).at(7, 3));
            let notice =
                Notice { kind, gate: "A".into(), value, item: None, origin, written: None };
            assert_eq!((notice.message().as_str(), notice.help().as_deref()), (message, help));
            let line = help.map_or(message.to_string(), |help| format!("{message}; {help}"));
            assert_eq!(notice.to_string(), format!("a.yaml:7:3: {line}"));
            let nowhere = Notice { origin: None, ..notice };
            assert_eq!(nowhere.to_string(), line);
        }
    }

    #[test]
    fn a_notice_suggests_only_a_change_that_keeps_every_value() {
        let at = Version::new(1, 30);
        let remove = |value| Some(Fix::Remove { name: "A".into(), value });
        let rename = |to: &str| Some(Fix::Rename { to: to.into() });
        let deprecated =
            |default| NoticeKind::SetDeprecated { default, since: at, remove_in: None };
        for (kind, value, fix) in [
            (NoticeKind::SetGa { default: true, locked: false }, true, remove(true)),
            (NoticeKind::SetGa { default: true, locked: false }, false, None),
            (deprecated(false), false, remove(false)),
            (deprecated(false), true, None),
            (NoticeKind::SetLocked { stage: Stage::Beta }, true, remove(true)),
            (NoticeKind::SetRemoved { removed: at, ended: false }, false, remove(false)),
            (NoticeKind::Unknown { nearest: Some("B".into()) }, true, rename("B")),
            (NoticeKind::Unknown { nearest: None }, true, None),
            (NoticeKind::Alias { written: "Old".into() }, true, rename("A")),
            (NoticeKind::OverrideGa, true, None),
        ] {
            let (gate, item, origin, written) = ("A".into(), None, None, None);
            let notice = Notice { kind, gate, value, item, origin, written };
            assert_eq!(notice.fix(), fix, "{notice}");
            assert_eq!((notice.gate(), notice.value()), ("A", value));
        }
    }

    #[test]
    fn the_help_is_in_the_notation_of_the_source() {
        let notice = |source: Source| {
            let kind = NoticeKind::PartialGroup { others: alloc::vec!["net:AllBeta".into()] };
            let id = IdVec::<ItemId, ()>::from(alloc::vec![()]).ids().next().unwrap();
            Notice::of_item(kind, "AllBeta", true, id, Origin::new(source)).help().unwrap()
        };
        let flag = Source::flag("--enable");
        assert_eq!(notice(flag.clone()), "to set all gates, also set net:AllBeta=true");
        assert_eq!(notice(flag.written(Notation::On)), "to set all gates, also add net:AllBeta");
    }
}
