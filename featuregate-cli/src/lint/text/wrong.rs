//! What is wrong with the settings of a text, by release.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use featuregate_core::__private::SUGGESTIONS;
use featuregate_core::{Group, Origin, Source, Stage};

use crate::config::extract::{ListId, ListKind, Setting, SettingId};
use crate::io::text::Lines;
use crate::lint::draft::{Action, Draft};
use crate::lint::rules;
use crate::lint::target::{Answer, Target, notation, value_of};
use crate::lint::text::check::{Part, TextCheck};

/// A setting with which something is wrong.
pub(crate) struct Wrong<'v> {
    /// Its number.
    pub(super) index: SettingId,
    pub(crate) setting: &'v Setting,
    /// The releases of its program.
    pub(super) targets: &'v [Target],
    /// The answer of each target, also of those that accept it.
    pub(super) answers: Box<[Arc<Answer>]>,
    /// That its list already has the gate, for each target; empty where that is so for none.
    pub(super) duplicates: Vec<Option<Draft>>,
}

impl Wrong<'_> {
    /// Whether a target refuses it.
    pub(crate) fn is_refused(&self) -> bool {
        let mut drafts = self.answers.iter().filter_map(|answer| answer.draft.as_ref());
        drafts.any(Draft::refuses) || self.duplicates.iter().flatten().any(Draft::refuses)
    }
}

impl<'a> TextCheck<'a> {
    /// The settings with which something is wrong, in their order.
    pub(crate) fn wrong(&self) -> Vec<Wrong<'a>> {
        let mut wrong: Vec<Wrong<'a>> = Vec::new();
        for part in &self.parts {
            wrong.extend(self.wrong_in(part));
        }
        wrong.sort_by_key(|wrong| wrong.index);
        wrong
    }

    fn wrong_in(&self, part: &Part<'a>) -> Vec<Wrong<'a>> {
        let targets = part.targets;
        let lines = OnceCell::new();
        let origin = |setting: &Setting| {
            let lines: &Lines<'_> = lines.get_or_init(|| Lines::of(self.text));
            let location = lines.location(setting.name_span.start);
            let source = Source::config(self.path).written(notation(setting));
            Origin::new(source).at(location.line, location.column)
        };
        let mut unmet: Vec<_> = targets
            .iter()
            .map(|target| (target.dependencies(&part.settings, &origin), 0))
            .collect();
        let mut duplicates = self.duplicates(part);
        let repeated: Vec<SettingId> = duplicates.keys().copied().collect();
        let repeats_defaults =
            self.policy.level(&rules::DEFAULT_VALUE).is_some() && !self.grouped();
        let mut wrong = Vec::new();
        let mut answers = Vec::with_capacity(targets.len());
        for &(index, setting) in &part.settings {
            let duplicates = duplicates.remove(&index).unwrap_or_default();
            answers.clear();
            answers.extend(targets.iter().zip(&mut unmet).map(|(target, (unmet, unknown))| {
                *unknown += usize::from(!target.knows(&setting.name));
                let alone = target.setting(setting, *unknown <= SUGGESTIONS);
                let refused = alone.draft.as_ref().is_some_and(Draft::refuses);
                match unmet.remove(&index) {
                    Some(draft) if !refused => Cow::Owned(Arc::new(Answer::from(draft))),
                    None if alone.draft.is_none() && duplicates.is_empty() => {
                        match remark(target, setting, &alone.action, repeats_defaults) {
                            Some(draft) => Cow::Owned(Arc::new(Answer::from(draft))),
                            None => alone,
                        }
                    }
                    _ => alone,
                }
            }));
            if !duplicates.is_empty() || is_wrong(answers.iter().map(|answer| &**answer)) {
                let answers = answers.drain(..).map(Cow::into_owned).collect();
                wrong.push(Wrong { index, setting, targets, answers, duplicates });
            }
        }
        self.leave_superseded(&repeated, &mut wrong);
        wrong
    }

    /// Of a name that a list repeats, only the last value counts: where a release accepts that, it does not look at the
    /// others, if they can be read.
    fn leave_superseded(&self, repeated: &[SettingId], wrong: &mut Vec<Wrong<'a>>) {
        let repeated = repeated.iter().map(|id| (*id, &self.settings()[*id]));
        let in_list = |(_, setting): &(SettingId, &Setting)| {
            self.extract.lists[setting.list].kind == ListKind::List
        };
        let last: HashMap<(ListId, &str), SettingId> = repeated
            .filter(in_list)
            .map(|(id, setting)| ((setting.list, setting.name.as_str()), id))
            .collect();
        if last.is_empty() {
            return;
        }
        let refuses = |answer: &Answer| answer.draft.as_ref().is_some_and(Draft::refuses);
        let pairs: HashSet<(SettingId, usize)> = wrong
            .iter()
            .flat_map(|wrong| {
                let answers = wrong.answers.iter().enumerate();
                answers.filter(|(_, it)| refuses(it)).map(|(target, _)| (wrong.index, target))
            })
            .collect();
        for Wrong { index, setting, answers, .. } in wrong.iter_mut() {
            let Some(last) = last.get(&(setting.list, setting.name.as_str())) else { continue };
            for (target, answer) in answers.iter_mut().enumerate() {
                let is_read =
                    answer.draft.as_ref().is_some_and(|it| *it.rule != rules::INVALID_VALUE);
                if last != index && is_read && refuses(answer) && !pairs.contains(&(*last, target))
                {
                    *answer = Arc::new(Answer { draft: None, action: Action::Keep });
                }
            }
        }
        wrong.retain(|wrong| !wrong.duplicates.is_empty() || is_wrong(wrong.answers.iter()));
    }
}

pub(super) fn is_wrong<'a>(mut answers: impl Iterator<Item = &'a Arc<Answer>>) -> bool {
    answers.any(|answer| answer.draft.is_some())
}

/// What is worth knowing about a setting that a release accepts.
fn remark(
    target: &Target,
    setting: &Setting,
    action: &Action,
    repeats_defaults: bool,
) -> Option<Draft> {
    let value = value_of(setting)?;
    let is_of_alpha = |group: &Group| group.selection().stages().any(|it| it == Stage::Alpha);
    if value && target.group(&setting.name).is_some_and(is_of_alpha) {
        return Some(Draft::all_alpha(&setting.name));
    }
    let repeats = repeats_defaults && *action == Action::Removable;
    repeats.then(|| Draft::default_value(&setting.name, value))
}
