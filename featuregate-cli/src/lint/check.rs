//! One text against releases: what is found, and the text mended.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use featuregate_core::Group;

use crate::config::extract::{self, Extract, Given, ListKind, Setting, Syntax};
use crate::config::mend;
use crate::finding::{Finding, Fix, Level};
use crate::io::text::Lines;
use crate::lint::judge::{Judge, Judgement, value_of};
use crate::lint::rules::check::{Remedy, Verdict, duplicate_gate, invalid_value};
use crate::lint::rules::{Policy, Rule};
use crate::program::releases::{Release, Releases};

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
        let judges = at.map(|release: Release| Judge::of(release)).collect();
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
        let mut mended: Option<String> = None;
        // The settings that are left, by what they were at first.
        let mut left: Option<Vec<usize>> = None;
        let mut settings = BTreeSet::new();
        for _ in 0..ROUNDS {
            let now = mended.as_deref().unwrap_or(text);
            let extract = extract::extract(syntax, now, &self.keys);
            let work = Work { checker: self, path: &path, text: now, extract: &extract };
            let plan = work.plan(&work.verdicts());
            if plan.is_empty() {
                return Ok(mended.map(|text| Mended { text, settings: settings.len() }));
            }
            let next = plan.apply(now, &extract).ok_or("the edits overlap")?;
            let after = extract::extract(syntax, &next, &self.keys);
            if !plan.agrees(&extract, &after) {
                return Err("after the edits it would not hold what it should".into());
            }
            let left = left.get_or_insert_with(|| (0..extract.settings.len()).collect());
            settings.extend(plan.settings().filter_map(|index| left.get(index).copied()));
            plan.keep(left);
            mended = Some(next);
        }
        Err("it would need more rounds of edits than is reasonable".into())
    }

    fn level(&self, verdict: &Verdict) -> Option<Level> {
        let level = self.policy.level(verdict.rule);
        if verdict.tolerated { level.map(|level| level.min(Level::Warning)) } else { level }
    }
}

/// For how many unknown names of a text the nearest one is looked for, as in the core: whoever has more of them
/// has another problem.
const SUGGESTIONS: usize = 100;

/// A setting with which something is wrong.
struct Judged<'v> {
    /// Which one.
    index: usize,
    /// What each target says of it, also those for which all is well.
    judgements: Vec<Cow<'v, Judgement>>,
    /// That its list has the gate before, for each target; empty where none says so.
    duplicates: Vec<Option<Verdict>>,
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
            judges.iter().map(|judge| (judge.dependencies(self.extract), 0)).collect();
        let mut duplicates = self.duplicates();
        let mut wrong = Vec::new();
        let mut judgements = Vec::with_capacity(judges.len());
        for (index, setting) in self.settings().iter().enumerate() {
            judgements.clear();
            judgements.extend(judges.iter().zip(&mut unmet).map(|(judge, (unmet, unknown))| {
                *unknown += usize::from(!judge.knows(&setting.name));
                let alone = judge.setting(setting, *unknown <= SUGGESTIONS);
                let refused = alone.verdict.as_ref().is_some_and(Verdict::refuses);
                match unmet.remove(&index) {
                    Some(verdict) if !refused => {
                        let remedy = verdict.remedy.clone();
                        Cow::Owned(Judgement { verdict: Some(verdict), remedy })
                    }
                    _ => alone,
                }
            }));
            let duplicates = duplicates.remove(&index).unwrap_or_default();
            if !duplicates.is_empty() || is_wrong(&judgements) {
                let judgements = std::mem::take(&mut judgements);
                wrong.push(Judged { index, judgements, duplicates });
            }
        }
        wrong
    }

    /// The settings whose list has the gate before, under this name or a former one, with what each target
    /// says of that.
    fn duplicates(&self) -> BTreeMap<usize, Vec<Option<Verdict>>> {
        let judges = &self.checker.judges;
        let mut found: BTreeMap<usize, Vec<Option<Verdict>>> = BTreeMap::new();
        let mut gates: Option<Vec<&str>> = None;
        let mut repeated = Vec::new();
        for (target, judge) in judges.iter().enumerate() {
            let now = self.settings().iter().map(|setting| judge.gate(&setting.name)).collect();
            // Most releases call the gates of a file the same.
            if gates.as_ref() != Some(&now) {
                repeated = self.repetitions(&now);
                gates = Some(now);
            }
            for (index, verdict) in &repeated {
                let told = found.entry(*index).or_insert_with(|| vec![None; judges.len()]);
                if let Some(told) = told.get_mut(target) {
                    *told = Some(verdict.clone());
                }
            }
        }
        found
    }

    /// The settings whose list has the gate before, where they are of these gates.
    fn repetitions(&self, gates: &[&str]) -> Vec<(usize, Verdict)> {
        let mut found = Vec::new();
        let settings = self.settings().iter().zip(gates).enumerate();
        let mut gates: Vec<(usize, &str, usize)> =
            settings.map(|(index, (setting, gate))| (setting.list, *gate, index)).collect();
        gates.sort_unstable();
        let mut lines = None;
        // The last settings of a gate, by the names that they have for it.
        let mut before: HashMap<&str, &Setting> = HashMap::new();
        for pair in gates.windows(2) {
            let [(list, gate, earlier), (of_list, same, index)] = *pair else { continue };
            if (list, gate) != (of_list, same) {
                before.clear();
                continue;
            }
            let settings = self.settings().get(earlier).zip(self.settings().get(index));
            let Some((earlier, setting)) = settings else { continue };
            before.insert(&earlier.name, earlier);
            let lines = lines.get_or_insert_with(|| Lines::of(self.text));
            let named = before.get(setting.name.as_str());
            let verdict = contradiction(gate, earlier, lines, setting)
                .or_else(|| self.repetition(named?, lines, setting));
            found.extend(verdict.map(|verdict| (index, verdict)));
        }
        found
    }

    /// That a setting repeats a name.
    fn repetition(
        &self,
        earlier: &Setting,
        lines: &Lines<'_>,
        setting: &Setting,
    ) -> Option<Verdict> {
        let line = lines.place(earlier.name_span.start).line;
        let kind = self.extract.lists.get(setting.list).copied().unwrap_or(ListKind::List);
        let told = || duplicate_gate::tell(&setting.name, kind, line, is_same(earlier, setting));
        (!setting.name.is_empty()).then(told)
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
            let again = mended && self.again(judged);
            let targets = self.checker.judges.iter().zip(&judged.judgements);
            for (target, (judge, judgement)) in targets.enumerate() {
                let duplicate = judged.duplicates.get(target).and_then(Option::as_ref);
                for verdict in judgement.verdict.iter().chain(duplicate) {
                    let Some(level) = self.checker.level(verdict) else { continue };
                    let fix = if *verdict.rule == duplicate_gate::RULE {
                        again.then(|| self.drop(judged.index, "drop the repetition")).flatten()
                    } else {
                        fix.clone()
                    };
                    findings.push(Finding {
                        rule: verdict.rule.name,
                        level,
                        target: Some(judge.target()),
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

    /// Whether a setting can go since every target says that it repeats another one.
    fn again(&self, judged: &Judged<'_>) -> bool {
        let dropped = |verdict: &Option<Verdict>| {
            let repetition = verdict.as_ref().filter(|it| it.remedy == Remedy::Drop);
            repetition.is_some_and(|verdict| self.checker.level(verdict).is_some())
        };
        !judged.duplicates.is_empty() && judged.duplicates.iter().all(dropped)
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
            if self.again(judged) {
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

/// That a setting gives a gate another value than an earlier one under another name.
fn contradiction(
    gate: &str,
    earlier: &Setting,
    lines: &Lines<'_>,
    setting: &Setting,
) -> Option<Verdict> {
    let line = || lines.place(earlier.name_span.start).line;
    let contradicts = earlier.name != setting.name && !is_same(earlier, setting);
    contradicts.then(|| duplicate_gate::contradiction(gate, &earlier.name, line()))
}

/// Whether two settings give the same value.
fn is_same(earlier: &Setting, setting: &Setting) -> bool {
    match (value_of(earlier), value_of(setting)) {
        (None, None) => earlier.value == setting.value,
        (earlier, value) => earlier == value,
    }
}

/// The value as it is written.
fn written(setting: &Setting) -> Option<String> {
    match &setting.value {
        Given::Text(text) => Some(text.clone().into_owned()),
        Given::Sign(value) => Some(value.to_string()),
        Given::Other(_) => None,
    }
}

/// What a finding points at: the value where that is wrong, otherwise the gate.
fn pointed(rule: &Rule, setting: &Setting) -> std::ops::Range<usize> {
    let value = *rule == invalid_value::RULE && !setting.value_span.is_empty();
    if value { setting.value_span.clone() } else { setting.name_span.clone() }
}
