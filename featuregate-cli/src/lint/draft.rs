//! What `check` reports about a setting. The core words its problems and notices; only what it has no objection to, such
//! as a list that repeats a gate, is worded here.

use featuregate_core::__private::{Name, on_or_off};
use featuregate_core::{Code, Fix, Notice, Problem};

use crate::config::extract::ListKind;
use crate::finding::Level;
use crate::lint::rule::{Policy, Rule};
use crate::lint::rules;

/// A finding about a setting at a release, without its location and level.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    /// The rule that the setting breaks.
    pub(crate) rule: &'static Rule,
    /// Whether the release accepts the setting although the rule is an error.
    pub(crate) tolerated: bool,
    /// What is wrong.
    pub(crate) message: String,
    /// What to do about it.
    pub(crate) help: String,
    /// The change that does it.
    pub(crate) action: Action,
}

/// How a setting is fixed at a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    /// Removing it is the one right answer.
    Remove,
    /// Removing it changes nothing at that release.
    Removable,
    /// Another value.
    Value(&'static str),
    /// Another name.
    Name(String),
    /// Nothing is wrong, and removing it would change something.
    Keep,
    /// There is no one right answer.
    Unclear,
}

impl Draft {
    /// A problem of the core; `None` if it is not about a setting.
    pub(crate) fn of_problem(problem: &Problem) -> Option<Self> {
        Some(Self {
            rule: rules::of_code(problem.code())?,
            tolerated: false,
            message: problem.message(),
            help: problem.help().unwrap_or_default(),
            action: Action::of(problem.code(), problem.fix()),
        })
    }

    /// A notice of the core; `None` if no rule is about it.
    pub(crate) fn of_notice(notice: &Notice) -> Option<Self> {
        Some(Self {
            rule: rules::of_code(notice.code())?,
            tolerated: true,
            message: notice.message(),
            help: notice.help().unwrap_or_default(),
            action: Action::of(notice.code(), notice.fix().as_ref()),
        })
    }

    /// A group that turns on every alpha gate.
    pub(crate) fn all_alpha(group: &str) -> Self {
        Self {
            rule: &rules::ALL_ALPHA,
            tolerated: false,
            message: format!("{} is true, so every alpha gate is on", Name(group)),
            help: "turn on only the alpha gates that are needed; an alpha gate may change or be removed without notice".to_owned(),
            action: Action::Keep,
        }
    }

    /// A gate that is set to its default.
    pub(crate) fn default_value(gate: &str, value: bool) -> Self {
        let on = on_or_off(value);
        Self {
            rule: &rules::DEFAULT_VALUE,
            tolerated: false,
            message: format!(
                "gate {} is {on} by default, so setting it changes nothing",
                Name(gate)
            ),
            help: format!(
                "remove the setting, unless the gate should stay {on} when a release changes its default"
            ),
            action: Action::Removable,
        }
    }

    /// A gate that a map or list already sets on that line, to the `same` value or the other one.
    pub(crate) fn duplicate(gate: &str, kind: ListKind, line: u32, same: bool) -> Self {
        let (what, tolerated) = match kind {
            ListKind::Map => ("map", false),
            ListKind::List => ("list", true),
        };
        let value = if same { "to the same value" } else { "to the other value" };
        let (help, action) = match (same, kind) {
            (true, _) => ("remove one of them", Action::Remove),
            (false, ListKind::List) => ("keep one of them; the last one applies", Action::Unclear),
            (false, ListKind::Map) => ("keep one of them", Action::Unclear),
        };
        Self {
            rule: &rules::DUPLICATE_GATE,
            tolerated,
            message: format!(
                "gate {} is already set {value} on line {line} of this {what}",
                Name(gate)
            ),
            help: help.to_owned(),
            action,
        }
    }

    /// A gate that is already set on that line, under another name and to the other value.
    pub(crate) fn contradiction(gate: &str, earlier: &str, line: u32) -> Self {
        Self {
            rule: &rules::DUPLICATE_GATE,
            tolerated: false,
            message: format!(
                "gate {} is already set to the other value on line {line}, under its name {}",
                Name(gate),
                Name(earlier)
            ),
            help: "keep one of them".to_owned(),
            action: Action::Unclear,
        }
    }

    /// The level of a finding about it; `None` if its rule is off.
    pub(crate) fn level(&self, policy: &Policy) -> Option<Level> {
        let level = policy.level(self.rule);
        let tolerated = self.tolerated && self.rule.level == Level::Error;
        if tolerated { level.map(|level| level.min(Level::Warning)) } else { level }
    }

    /// Whether the release refuses the setting.
    pub(crate) fn refuses(&self) -> bool {
        self.rule.level == Level::Error && !self.tolerated
    }
}

impl Action {
    /// How the change that the core suggests is applied.
    fn of(code: Code, fix: Option<&Fix>) -> Self {
        match (code, fix) {
            (
                Code::RemovedGate | Code::LockedGate | Code::UnmetDependency,
                Some(Fix::Remove { .. }),
            ) => Self::Remove,
            (Code::RedundantGate | Code::DeprecatedGate, Some(Fix::Remove { .. })) => {
                Self::Removable
            }
            (Code::RedundantGate | Code::DeprecatedGate, None) => Self::Keep,
            (Code::DeprecatedGate, Some(Fix::Rename { to })) => Self::Name(to.clone()),
            (Code::InvalidValue, Some(Fix::SetValue { value })) => {
                Self::Value(if *value { "true" } else { "false" })
            }
            _ => Self::Unclear,
        }
    }
}
