//! A milestone: `beta`, `beta = "1.33"` or `beta(since = "1.33", default = false, locked = true)`;
//! only of GA, `ga(since = "1.36", locked = false, switchable)`.

use featuregate_core::Stage;

use crate::diagnostic::{Code, Range, Sink};
use crate::entry::{Conditional, Entry, Form, Grammar, Once, Spanned, entries};

pub(super) const STAGES: [(&str, Stage); 4] = [
    ("alpha", Stage::Alpha),
    ("beta", Stage::Beta),
    ("ga", Stage::Ga),
    ("deprecated", Stage::Deprecated),
];

/// The key of a stage in an attribute; `None` for pre-alpha, which only specs from data have.
///
/// ```
/// use featuregate_core::Stage;
/// use featuregate_syntax::milestone_key;
///
/// assert_eq!(milestone_key(Stage::Ga), Some("ga"));
/// assert_eq!(milestone_key(Stage::PreAlpha), None);
/// ```
#[must_use]
pub fn milestone_key(stage: Stage) -> Option<&'static str> {
    STAGES.into_iter().find(|(_, of)| *of == stage).map(|(key, _)| key)
}

pub(super) const MILESTONE_KEYS: [&str; 4] = ["since", "default", "locked", "switchable"];

/// `beta`, `beta = "1.33"` or `beta(since = "1.33", default = false, locked = true)`.
#[derive(Debug)]
pub(crate) struct RawMilestone {
    pub(crate) stage: Stage,
    pub(crate) range: Range,
    /// From the stage to the end of its entry.
    pub(crate) entry: Range,
    pub(crate) since: Once<Spanned<String>>,
    pub(crate) default: Once<Spanned<Conditional>>,
    pub(crate) locked: Once<Spanned<bool>>,
    /// Where it is.
    pub(crate) switchable: Once<Range>,
}

impl RawMilestone {
    pub(super) fn read(stage: Stage, entry: &Entry, errors: &mut Sink) -> Self {
        let mut milestone = Self {
            stage,
            range: Range::from(&entry.key),
            entry: entry.range,
            since: Once::default(),
            default: Once::default(),
            locked: Once::default(),
            switchable: Once::default(),
        };
        match &entry.form {
            Form::Bare => {}
            Form::Value(_) => milestone.since.set(entry, entry.string("1.36", errors), errors),
            Form::List(list) => {
                let list_name = format!("{}(…)", entry.key);
                let grammar = Grammar { list: &list_name, keys: &MILESTONE_KEYS, version: "since" };
                for inner in entries(list.clone(), grammar, errors) {
                    milestone.entry(&inner, grammar, errors);
                }
            }
        }
        milestone
    }

    fn entry(&mut self, entry: &Entry, grammar: Grammar<'_>, errors: &mut Sink) {
        match entry.key.to_string().as_str() {
            "since" => self.since.set(entry, entry.string("1.36", errors), errors),
            "default" => self.default.set(entry, entry.boolean_or_condition(errors), errors),
            "locked" => self.locked.set(entry, entry.boolean(errors), errors),
            "switchable" if self.stage == Stage::Ga => {
                self.switchable.set(entry, entry.bare(errors).then_some(entry.range), errors);
            }
            "switchable" => errors.add(
                Code::Attribute,
                entry.range,
                "`switchable` can only be used in `ga(…)`",
                "remove it, since a gate is a switch until GA",
            ),
            _ => grammar.unknown(entry, errors),
        }
    }
}
