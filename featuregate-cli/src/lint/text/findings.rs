//! The findings of a text.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use crate::config::extract::{Given, Setting};
use crate::finding::{About, Finding};
use crate::io::text::Lines;
use crate::lint::rule::Rule;
use crate::lint::rules;
use crate::lint::text::check::TextCheck;
use crate::lint::text::wrong::{Wrong, is_wrong};

/// What several findings are about. A file in which few are the same does not make it larger than this.
#[derive(Default)]
struct Shared(HashSet<Arc<About>>);

impl Shared {
    const MOST: usize = 4096;

    fn about(&mut self, about: About) -> Arc<About> {
        if let Some(known) = self.0.get(&about) {
            return Arc::clone(known);
        }
        let new = Arc::new(about);
        if self.0.len() < Self::MOST {
            self.0.insert(Arc::clone(&new));
        }
        new
    }
}

impl<'a> TextCheck<'a> {
    pub(crate) fn findings(&self, wrong: Vec<Wrong<'a>>, ignored: &mut usize) -> Vec<Finding> {
        let lines = Lines::of(self.text);
        let plan = self.plan(&wrong);
        let grouped = self.grouped();
        let mut findings = Vec::new();
        let mut shared = Shared::default();
        for wrong in wrong {
            let setting = wrong.setting;
            let fixed = plan.has(wrong.index);
            let fix = || {
                if plan.removes(wrong.index) {
                    self.remove(&wrong, "remove the setting")
                } else {
                    self.fix(&wrong, grouped)
                }
            };
            let fix = (is_wrong(wrong.answers.iter()) && fixed).then(fix).flatten().map(Arc::new);
            let location = lines.location(setting.name_span.start);
            let repeats = fixed && self.repeats(&wrong);
            let repetition = repeats.then(|| self.remove(&wrong, "remove the repetition"));
            let repetition = repetition.flatten().map(Arc::new);
            let mut duplicates = wrong.duplicates.iter();
            let mut accepted = BTreeSet::new();
            for (target, answer) in wrong.targets.iter().zip(&wrong.answers) {
                let duplicate = duplicates.next().and_then(Option::as_ref);
                for draft in answer.draft.iter().chain(duplicate) {
                    let Some(level) = self.level(setting, draft) else {
                        accepted.extend(draft.level(self.policy).map(|_| draft.rule.name));
                        continue;
                    };
                    let is_duplicate = *draft.rule == rules::DUPLICATE_GATE;
                    let fix = if is_duplicate { &repetition } else { &fix }.clone();
                    let about = About {
                        rule: draft.rule.name,
                        gate: setting.name.as_str().into(),
                        value: written(setting).map(Into::into),
                        message: draft.message.as_str().into(),
                        help: draft.help.as_str().into(),
                    };
                    findings.push(Finding {
                        about: shared.about(about),
                        level,
                        target: Some(target.version()),
                        path: Arc::clone(self.path),
                        location,
                        span: pointed(draft.rule, setting),
                        fix,
                    });
                }
            }
            *ignored += accepted.len();
        }
        findings
    }

    /// Adds what is accepted and not found.
    pub(crate) fn unused_ignores(&self, findings: &mut Vec<Finding>) {
        let rule = &rules::UNUSED_IGNORE;
        let unused = self.ignores.unused();
        let Some(level) = self.policy.level(rule).filter(|_| !unused.is_empty()) else {
            return;
        };
        let lines = Lines::of(self.text);
        findings.extend(unused.into_iter().map(|unused| Finding {
            about: Arc::new(About {
                rule: rule.name,
                message: unused.message.into(),
                help: unused.help.into(),
                ..About::default()
            }),
            level,
            target: None,
            path: Arc::clone(self.path),
            location: lines.location(unused.span.start),
            span: unused.span,
            fix: None,
        }));
        findings.sort_by_key(|finding| finding.location);
    }
}

/// The value as it is written.
fn written(setting: &Setting) -> Option<Cow<'static, str>> {
    match &setting.value {
        Given::Text(text) | Given::Typed(text, _) | Given::Unexpected(text, _) => {
            Some(text.clone())
        }
        Given::Sign(value)
        | Given::Listed(value)
        | Given::Switch(value)
        | Given::Boolean(value) => Some(if *value { "true" } else { "false" }.into()),
        Given::Filled | Given::Missing | Given::Other(_) => None,
    }
}

/// What a finding points at: the value where that is wrong, otherwise the name.
fn pointed(rule: &Rule, setting: &Setting) -> std::ops::Range<usize> {
    let value = *rule == rules::INVALID_VALUE && !setting.value_span.is_empty();
    if value { setting.value_span.clone() } else { setting.name_span.clone() }
}
