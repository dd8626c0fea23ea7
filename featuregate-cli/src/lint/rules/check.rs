//! The rules of `check`, in the order in which they are tried.

pub(crate) mod deprecated_gate;
pub(crate) mod duplicate_gate;
pub(crate) mod invalid_value;
pub(crate) mod locked_gate;
pub(crate) mod not_yet_introduced;
pub(crate) mod redundant_gate;
pub(crate) mod removed_gate;
pub(crate) mod unknown_gate;
pub(crate) mod unmet_dependency;

use super::Rule;
use crate::finding::Level;

/// All of them. Of the first eight a setting breaks one at most; the last stands beside them.
pub(super) const RULES: &[&Rule] = &[
    &invalid_value::RULE,
    &unknown_gate::RULE,
    &removed_gate::RULE,
    &not_yet_introduced::RULE,
    &locked_gate::RULE,
    &unmet_dependency::RULE,
    &redundant_gate::RULE,
    &deprecated_gate::RULE,
    &duplicate_gate::RULE,
];

/// What is wrong with a setting at a release.
#[derive(Clone, Debug)]
pub(crate) struct Verdict {
    /// The rule that it breaks.
    pub(crate) rule: &'static Rule,
    /// Whether the release accepts it all the same, where the rule is an error otherwise.
    pub(crate) tolerated: bool,
    /// What is wrong.
    pub(crate) message: String,
    /// What would be right.
    pub(crate) help: String,
    /// How to mend it.
    pub(crate) remedy: Remedy,
}

impl Verdict {
    /// Whether the release refuses the setting.
    pub(crate) fn refuses(&self) -> bool {
        self.rule.level == Level::Error && !self.tolerated
    }
}

/// What mends a setting at a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Remedy {
    /// Dropping it is the one right answer.
    Drop,
    /// Dropping it changes nothing there.
    Droppable,
    /// Another value.
    Value(&'static str),
    /// Another name.
    Name(String),
    /// Nothing is wrong, and dropping it would change something.
    Keep,
    /// There is no one right answer.
    Unclear,
}
