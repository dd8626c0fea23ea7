//! One text against releases: what is found, and the text mended.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use featuregate_core::Group;

use crate::extract::{self, Extract, Given, ListKind, Setting, Syntax};
use crate::finding::{Finding, Fix, Level};
use crate::judge::{Judge, Judgement, value_of};
use crate::mend;
use crate::releases::{Release, Releases};
use crate::rules::check::{Remedy, Verdict, duplicate_gate, invalid_value};
use crate::rules::{Policy, Rule};
use crate::text::Lines;

/// Checks texts against the releases that it was made for.
#[derive(Debug)]
pub struct Checker {
    judges: Vec<Judge>,
    keys: Vec<String>,
    policy: Policy,
}

/// What is found in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// By place, then by target.
    pub findings: Vec<Finding>,
    /// The parts that could not be read: the line, if not the whole text, and the reason.
    pub skipped: Vec<(Option<u32>, String)>,
}

/// A text after its settings were mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mended {
    /// The text.
    pub text: String,
    /// How many settings were changed or dropped.
    pub settings: usize,
}

impl Checker {
    /// A checker of the program at these releases. `keys` are names of maps of gates beside `featureGates`
    /// and its spellings.
    #[must_use]
    pub fn new(
        releases: &Releases,
        targets: &[featuregate_core::Version],
        keys: Vec<String>,
    ) -> Self {
        let at = targets.iter().filter_map(|target| releases.at(*target));
        let judges = at.map(|release: Release| Judge::of(&release)).collect();
        Self { judges, keys, policy: Policy::default() }
    }

    /// The same with the levels that a policy gives to rules.
    #[must_use]
    pub(crate) fn under(mut self, policy: Policy) -> Self {
        self.policy = policy;
        self
    }

    /// Whether a text may have settings at all. It is quick; a text that does not mention a map of gates
    /// need not be checked.
    #[must_use]
    pub fn concerns(&self, text: &str) -> bool {
        extract::mentions(text, &self.keys)
    }

    /// Checks a text. `path` is what the findings say.
    #[must_use]
    pub fn check(&self, path: &Arc<str>, syntax: Syntax, text: &str) -> Checked {
        let extract = extract::extract(syntax, text, &self.keys);
        let work = Work { checker: self, path, text, extract: &extract };
        let judged = work.verdicts();
        let findings = if judged.is_empty() { Vec::new() } else { work.findings(&judged) };
        Checked { findings, skipped: extract.skipped }
    }

    /// Mends what has one right answer; `None` where nothing has.
    ///
    /// # Errors
    /// Why the text is left as it is, although there are findings with a fix.
    pub fn mend(&self, syntax: Syntax, text: &str) -> Result<Option<Mended>, String> {
        /// A mended name may be that of a locked gate, and so on.
        const ROUNDS: usize = 8;
        let path = Arc::from("");
        let mut mended: Option<Mended> = None;
        for _ in 0..ROUNDS {
            let now = mended.as_ref().map_or(text, |mended| &mended.text);
            let extract = extract::extract(syntax, now, &self.keys);
            let work = Work { checker: self, path: &path, text: now, extract: &extract };
            let plan = work.plan(&work.verdicts());
            if plan.is_empty() {
                return Ok(mended);
            }
            let next = plan.apply(now, &extract).ok_or("the edits overlap")?;
            let after = extract::extract(syntax, &next, &self.keys);
            if !plan.agrees(&extract, &after) {
                return Err("after the edits it would not hold what it should".into());
            }
            let settings = mended.map_or(0, |mended| mended.settings) + plan.len();
            mended = Some(Mended { text: next, settings });
        }
        Err("it would need more rounds of edits than is reasonable".into())
    }

    fn level(&self, verdict: &Verdict) -> Option<Level> {
        let level = self.policy.level(verdict.rule);
        if verdict.tolerated { level.map(|level| level.min(Level::Warning)) } else { level }
    }
}

/// A setting with which something is wrong.
struct Judged<'v> {
    /// Which one.
    index: usize,
    /// What each target says of it, also those for which all is well.
    judgements: Vec<Cow<'v, Judgement>>,
    /// That its list has the gate before.
    duplicate: Option<Verdict>,
}

impl Judged<'_> {
    fn wrong(&self) -> bool {
        is_wrong(&self.judgements)
    }
}

fn is_wrong(judgements: &[Cow<'_, Judgement>]) -> bool {
    judgements.iter().any(|it| it.verdict.is_some())
}

/// A text on its way.
struct Work<'a> {
    checker: &'a Checker,
    path: &'a Arc<str>,
    text: &'a str,
    extract: &'a Extract,
}

impl<'a> Work<'a> {
    fn settings(&self) -> &'a [Setting] {
        &self.extract.settings
    }

    /// The settings with which something is wrong, in their order.
    fn verdicts(&self) -> Vec<Judged<'a>> {
        let judges = &self.checker.judges;
        let mut unmet: Vec<_> =
            judges.iter().map(|judge| judge.dependencies(self.extract)).collect();
        let mut duplicates = self.duplicates();
        let mut wrong = Vec::new();
        let mut judgements = Vec::with_capacity(judges.len());
        for (index, setting) in self.settings().iter().enumerate() {
            judgements.clear();
            judgements.extend(judges.iter().zip(&mut unmet).map(|(judge, unmet)| {
                let alone = judge.setting(setting);
                let refused = alone.verdict.as_ref().is_some_and(Verdict::refuses);
                match unmet.remove(&index) {
                    Some(verdict) if !refused => {
                        let remedy = verdict.remedy.clone();
                        Cow::Owned(Judgement { verdict: Some(verdict), remedy })
                    }
                    _ => alone,
                }
            }));
            let duplicate = duplicates.remove(&index);
            if duplicate.is_some() || is_wrong(&judgements) {
                let judgements = std::mem::take(&mut judgements);
                wrong.push(Judged { index, judgements, duplicate });
            }
        }
        wrong
    }

    /// The settings whose list has the gate before, under this name or a former one.
    fn duplicates(&self) -> BTreeMap<usize, Verdict> {
        let mut found = BTreeMap::new();
        let mut lines = None;
        let judge = self.checker.judges.first();
        let gates = self.settings().iter().enumerate().map(|(index, setting)| {
            let gate = judge.map_or(setting.name.as_str(), |judge| judge.gate(&setting.name));
            (setting.list, gate, index)
        });
        let mut gates: Vec<(usize, &str, usize)> = gates.collect();
        gates.sort_unstable();
        for pair in gates.windows(2) {
            let [(list, gate, earlier), (of_list, same, index)] = *pair else { continue };
            if (list, gate) != (of_list, same) {
                continue;
            }
            let settings = self.settings().get(earlier).zip(self.settings().get(index));
            let Some((earlier, setting)) = settings else { continue };
            let lines = lines.get_or_insert_with(|| Lines::of(self.text));
            let line = lines.place(earlier.name_span.start).line;
            if let Some(verdict) = self.repeated(gate, earlier, line, setting) {
                found.insert(index, verdict);
            }
        }
        found
    }

    fn repeated(
        &self,
        gate: &str,
        earlier: &Setting,
        line: u32,
        setting: &Setting,
    ) -> Option<Verdict> {
        let same = match (value_of(earlier), value_of(setting)) {
            (None, None) => earlier.value == setting.value,
            (earlier, value) => earlier == value,
        };
        if earlier.name != setting.name {
            return (!same).then(|| duplicate_gate::contradiction(gate, &earlier.name, line));
        }
        let kind = self.extract.lists.get(setting.list).copied().unwrap_or(ListKind::List);
        (!gate.is_empty()).then(|| duplicate_gate::tell(&setting.name, kind, line, same))
    }

    fn findings(&self, judged: &[Judged<'_>]) -> Vec<Finding> {
        let lines = Lines::of(self.text);
        let plan = self.plan(judged);
        let grouped = self.grouped();
        let mut findings = Vec::new();
        for judged in judged {
            let Some(setting) = self.settings().get(judged.index) else { continue };
            let mended = plan.has(judged.index);
            let fix =
                (judged.wrong() && mended).then(|| self.fix(setting, judged, grouped)).flatten();
            let place = lines.place(setting.name_span.start);
            for (judge, judgement) in self.checker.judges.iter().zip(&judged.judgements) {
                let of_target = judgement.verdict.iter().chain(&judged.duplicate);
                for verdict in of_target {
                    let Some(level) = self.checker.level(verdict) else { continue };
                    let fix = if *verdict.rule == duplicate_gate::RULE {
                        mended.then(|| self.drop_again(judged.index, verdict)).flatten()
                    } else {
                        fix.clone()
                    };
                    findings.push(Finding {
                        rule: verdict.rule.name,
                        level,
                        target: Some(judge.target),
                        gate: setting.name.clone(),
                        value: written(setting),
                        path: Arc::clone(self.path),
                        place,
                        span: pointed(verdict.rule, setting),
                        message: verdict.message.clone(),
                        help: verdict.help.clone(),
                        fix,
                    });
                }
            }
        }
        findings
    }

    /// The change that is right for every target, if there is one.
    fn fix(&self, setting: &Setting, judged: &Judged<'_>, grouped: bool) -> Option<Fix> {
        match self.remedy(judged, grouped)? {
            Remedy::Drop => self.drop(judged.index, "drop the setting"),
            Remedy::Value(value) => {
                let edits = vec![mend::value(setting, value)?];
                Some(Fix { description: format!("write {value}"), edits })
            }
            Remedy::Name(name) => {
                let description = format!("write {name}");
                Some(Fix { description, edits: vec![mend::name(setting, name)] })
            }
            _ => None,
        }
    }

    fn drop(&self, index: usize, description: &str) -> Option<Fix> {
        let edits = self.extract.removal(self.text, &[index])?;
        Some(Fix { description: description.into(), edits })
    }

    /// Of a gate that is set twice to one value, the second one can go.
    fn drop_again(&self, index: usize, verdict: &Verdict) -> Option<Fix> {
        let drop = verdict.remedy == Remedy::Drop;
        drop.then(|| self.drop(index, "drop the repetition")).flatten()
    }

    fn remedy(&self, judged: &Judged<'_>, grouped: bool) -> Option<Remedy> {
        let shown = |verdict: &Verdict| self.checker.level(verdict).is_some();
        let mut wanted: Option<&Remedy> = None;
        let mut droppable = true;
        let mut same = true;
        for judgement in &judged.judgements {
            let remedy = &judgement.remedy;
            droppable &= match &judgement.verdict {
                Some(_) => matches!(remedy, Remedy::Drop | Remedy::Droppable),
                None => *remedy == Remedy::Droppable && !grouped,
            };
            if judgement.verdict.as_ref().is_some_and(shown) {
                same &= wanted.is_none_or(|wanted| wanted == remedy);
                wanted = Some(remedy);
            } else {
                same &= judgement.verdict.is_none()
                    && matches!(remedy, Remedy::Keep | Remedy::Droppable);
            }
        }
        match wanted? {
            Remedy::Drop | Remedy::Droppable => droppable.then_some(Remedy::Drop),
            Remedy::Value(value) => same.then_some(Remedy::Value(value)),
            // Under another release the name as written may be a gate's.
            Remedy::Name(name) => {
                let everywhere = judged.judgements.iter().all(|it| it.verdict.is_some());
                (same && everywhere).then(|| Remedy::Name(name.clone()))
            }
            Remedy::Keep | Remedy::Unclear => None,
        }
    }

    /// Whether a group is set somewhere in the text, so that a gate at its default may be an exception.
    fn grouped(&self) -> bool {
        self.settings().iter().any(|setting| Group::named(&setting.name).is_some())
    }

    /// What mending the whole text takes.
    fn plan(&self, judged: &[Judged<'_>]) -> mend::Plan {
        let mut plan = mend::Plan::default();
        let grouped = self.grouped();
        for judged in judged {
            let index = judged.index;
            let Some(setting) = self.settings().get(index) else { continue };
            let again = judged.duplicate.as_ref().filter(|it| it.remedy == Remedy::Drop);
            let again = again.is_some_and(|verdict| self.checker.level(verdict).is_some());
            if again {
                plan.drop(index);
                continue;
            }
            match self.remedy(judged, grouped) {
                Some(Remedy::Drop) => plan.drop(index),
                Some(Remedy::Value(value)) => plan.value(index, setting, value),
                Some(Remedy::Name(name)) => plan.name(index, setting, name),
                _ => {}
            }
        }
        plan.settle(self.text, self.extract);
        plan
    }
}

/// The value as it is written.
fn written(setting: &Setting) -> Option<String> {
    match &setting.value {
        Given::Text(text) => Some(text.clone()),
        Given::Sign(value) => Some(value.to_string()),
        Given::Other(_) => None,
    }
}

/// What a finding points at: the value where that is wrong, otherwise the gate.
fn pointed(rule: &Rule, setting: &Setting) -> std::ops::Range<usize> {
    let value = *rule == invalid_value::RULE && !setting.value_span.is_empty();
    if value { setting.value_span.clone() } else { setting.name_span.clone() }
}
