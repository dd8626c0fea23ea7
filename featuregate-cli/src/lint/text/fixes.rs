//! The changes that fix the settings of a text.

use crate::config::fix::{self, Plan};
use crate::finding::Fix;
use crate::lint::draft::{Action, Draft};
use crate::lint::text::check::TextCheck;
use crate::lint::text::wrong::Wrong;

/// How many wrong settings a text may have so that they are fixed. How each of very many can be removed takes more memory
/// than all the rest, and such a file is written by a program.
pub(crate) const FIXABLE: usize = 100_000;

impl<'a> TextCheck<'a> {
    /// The changes that fix the whole text.
    pub(crate) fn plan(&self, wrong: &[Wrong<'a>]) -> Plan {
        let mut plan = Plan::default();
        if wrong.len() > FIXABLE {
            return plan;
        }
        let grouped = self.grouped();
        for wrong in wrong {
            let Wrong { index, setting, .. } = *wrong;
            if self.repeats(wrong) {
                plan.remove(index);
                continue;
            }
            match self.action(wrong, grouped) {
                Some(Action::Remove) => plan.remove(index),
                Some(Action::Value(value)) => plan.value(index, setting, value),
                Some(Action::Name(name)) => plan.name(index, setting, name),
                _ => {}
            }
        }
        plan.settle(self.text, self.extract);
        plan
    }

    /// The change that is right for every target, if there is one.
    pub(super) fn fix(&self, wrong: &Wrong<'_>, grouped: bool) -> Option<Fix> {
        match self.action(wrong, grouped)? {
            Action::Remove => self.remove(wrong, "remove the setting"),
            Action::Value(value) => {
                let edits = [fix::value(wrong.setting, value)?].into();
                Some(Fix { description: format!("write {value}").into(), edits })
            }
            Action::Name(name) => {
                let description = format!("write {name}").into();
                Some(Fix { description, edits: [fix::name(wrong.setting, name)].into() })
            }
            _ => None,
        }
    }

    pub(super) fn remove(&self, wrong: &Wrong<'_>, description: &'static str) -> Option<Fix> {
        let edits = self.extract.removal(self.text, &[wrong.index])?.into();
        Some(Fix { description: description.into(), edits })
    }

    /// Whether a setting can be removed since for every target it repeats another one.
    pub(super) fn repeats(&self, wrong: &Wrong<'_>) -> bool {
        let removed = |draft: &Option<Draft>| {
            let repetition = draft.as_ref().filter(|it| it.action == Action::Remove);
            repetition.is_some_and(|draft| self.is_fixed(wrong.setting, draft))
        };
        !wrong.duplicates.is_empty() && wrong.duplicates.iter().all(removed)
    }

    /// What is right for every target, if there is one such action.
    fn action(&self, wrong: &Wrong<'_>, grouped: bool) -> Option<Action> {
        let shown = |draft: &Draft| self.is_fixed(wrong.setting, draft);
        let at = wrong.setting.name_span.start;
        let mut drafts = wrong.answers.iter().filter_map(|answer| answer.draft.as_ref());
        if drafts.any(|draft| self.ignores.accept(draft.rule, at)) {
            return None;
        }
        let mut wanted: Option<&Action> = None;
        let mut removable = true;
        let mut same = true;
        for answer in &wrong.answers {
            let action = &answer.action;
            removable &= match &answer.draft {
                Some(_) => matches!(action, Action::Remove | Action::Removable),
                None => *action == Action::Removable && !grouped,
            };
            if answer.draft.as_ref().is_some_and(shown) {
                same &= wanted.is_none_or(|wanted| wanted == action);
                wanted = Some(action);
            } else {
                same &=
                    answer.draft.is_none() && matches!(action, Action::Keep | Action::Removable);
            }
        }
        match wanted? {
            Action::Remove | Action::Removable => removable.then_some(Action::Remove),
            Action::Value(value) => same.then_some(Action::Value(value)),
            // In another release, the name as written may be that of a gate.
            Action::Name(name) => {
                let everywhere = wrong.answers.iter().all(|answer| answer.draft.is_some());
                (same && everywhere).then(|| Action::Name(name.clone()))
            }
            Action::Keep | Action::Unclear => None,
        }
    }
}
