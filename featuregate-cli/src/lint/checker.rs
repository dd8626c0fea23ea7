//! Checks the settings in a text against releases, and fixes them.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use featuregate_core::__private::IdVec;
use featuregate_core::{Group, Origin, Source, Stage};
use foldhash::fast::RandomState;

use crate::config::extract::{
    self, Extract, Given, Keys, ListId, ListKind, Setting, SettingId, Syntax,
};
use crate::config::fix;
use crate::finding::{About, Finding, Fix, Level};
use crate::io::text::Lines;
use crate::lint::draft::{Action, Draft};
use crate::lint::ignore::Ignores;
use crate::lint::owner::{Doubt, Owner, Owners, Remains};
use crate::lint::rule::{Policy, Rule};
use crate::lint::rules;
use crate::lint::target::{Answer, Target, value_of};
use crate::program::releases::Releases;

/// Checks texts against the releases that it was made for.
#[derive(Debug)]
pub struct Checker {
    owners: Owners,
    keys: Keys,
    policy: Policy,
}

/// What is found in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// By location, then by target.
    pub findings: Vec<Finding>,
    /// The parts that could not be read: the line, if not the whole text, and the reason.
    pub skipped: Vec<(Option<u32>, String)>,
    /// How many settings it has.
    pub settings: usize,
    /// Whether a release refuses one of them, whatever the levels of the rules are.
    pub refused: bool,
    /// How many findings comments accept: those of a setting for several targets are one.
    pub ignored: usize,
    /// The settings of programs whose gates are unknown, by program and in the order of the text.
    pub unjudged: Vec<Unjudged>,
}

/// Settings that are not judged, since the gates of their program are unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unjudged {
    /// The program; none of a map that is not of gates.
    pub program: Option<String>,
    /// The line of the first of them.
    pub line: u32,
    /// How many there are.
    pub settings: usize,
}

/// A text whose settings were fixed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    /// The text.
    pub text: String,
    /// How many settings were changed or removed.
    pub settings: usize,
}

impl Checker {
    /// A checker of the program at these releases. `keys` are names of maps of gates in addition to
    /// `featureGates` and its spellings.
    #[must_use]
    pub fn new(
        releases: &Releases,
        targets: &[featuregate_core::Version],
        keys: &[String],
    ) -> Self {
        let at = targets.iter().filter_map(|target| releases.at(*target));
        Self::of(Owners::one(at.map(Target::of).collect()), keys)
    }

    /// A checker of several programs.
    pub(crate) fn of(owners: Owners, keys: &[String]) -> Self {
        Self { owners, keys: Keys::of(keys), policy: Policy::default() }
    }

    /// The same with the levels that a policy gives to rules.
    #[must_use]
    pub(crate) fn under(mut self, policy: Policy) -> Self {
        self.policy = policy;
        self
    }

    /// Whether a text may have settings. This is quick; a text that does not mention a map of gates need not be
    /// checked.
    #[must_use]
    pub fn concerns(&self, text: &str) -> bool {
        self.keys.concern(text)
    }

    /// The program that reads a setting of a text, at the releases that should accept it; `None` if its gates are not
    /// known.
    pub(crate) fn reader(
        &self,
        path: &str,
        extract: &Extract,
        setting: &Setting,
    ) -> Option<&[Target]> {
        match self.owners.owner(Path::new(path), &extract.lists[setting.list]) {
            Owner::Known(targets) => Some(targets),
            Owner::Unknown(_) => self.owners.judges(&setting.name),
            Owner::Nobody => None,
        }
    }

    /// The settings of a text. A program of this library takes booleans in a map, and nothing else.
    pub(crate) fn extract(&self, syntax: Syntax, text: &str) -> Extract {
        let ours = self.owners.main().iter().all(Target::tolerates);
        let values = if ours { extract::Values::Booleans } else { extract::Values::Any };
        let gate = |name: &str| {
            let mut targets = self.owners.main().iter().rev();
            targets.find_map(|target| target.of_variable(name)).map(str::to_owned)
        };
        extract::extract_as(syntax, text, &self.keys, values).with_variables(gate)
    }

    /// Checks a text. The findings have this `path`.
    #[must_use]
    pub fn check(&self, path: &Arc<str>, syntax: Syntax, text: &str) -> Checked {
        let extract = self.extract(syntax, text);
        let work = TextCheck::new(self, path, text, &extract);
        let wrong = work.wrong();
        let unjudged = work.unjudged();
        let too_many = (wrong.len() > FIXABLE)
            .then(|| (None, "it has too many findings to fix them".to_owned()));
        let mut ignored = 0;
        let refused = wrong.iter().any(Wrong::is_refused);
        let mut findings =
            if wrong.is_empty() { Vec::new() } else { work.findings(wrong, &mut ignored) };
        work.unused_ignores(&mut findings);
        let settings = work.parts.iter().map(|part| part.settings.len()).sum();
        let mut skipped = extract.skipped;
        skipped.extend(too_many);
        Checked { findings, skipped, settings, refused, ignored, unjudged }
    }

    /// Fixes the settings for which there is exactly one right answer; `None` where there are none.
    ///
    /// # Errors
    /// Why the text is left unchanged, although there are findings with a fix.
    pub fn fix(&self, syntax: Syntax, text: &str) -> Result<Option<Fixed>, String> {
        self.fix_file(&Arc::from(""), syntax, text)
    }

    /// The same for a file, of which a project may say whose gates it sets.
    pub(crate) fn fix_file(
        &self,
        path: &Arc<str>,
        syntax: Syntax,
        text: &str,
    ) -> Result<Option<Fixed>, String> {
        self.fix_settings(path, syntax, text, &|_| true)
    }

    /// The same for some settings of a file.
    pub(crate) fn fix_settings(
        &self,
        path: &Arc<str>,
        syntax: Syntax,
        text: &str,
        is_wanted: &dyn Fn(&Setting) -> bool,
    ) -> Result<Option<Fixed>, String> {
        /// A corrected name may be that of a locked gate, and so on.
        const ROUNDS: usize = 8;
        let mut fixed: Option<String> = None;
        // The settings that are left, by their ids at first.
        let mut left: Option<IdVec<SettingId, SettingId>> = None;
        let mut settings = BTreeSet::new();
        let mut extract = self.extract(syntax, text);
        for _ in 0..ROUNDS {
            let now = fixed.as_deref().unwrap_or(text);
            let work = TextCheck::new(self, path, now, &extract);
            let mut wrong = work.wrong();
            wrong.retain(|wrong| is_wanted(wrong.setting));
            let plan = work.plan(&wrong);
            if plan.is_empty() {
                return Ok(fixed.map(|text| Fixed { text, settings: settings.len() }));
            }
            let next = plan.apply(now, &extract).ok_or("the edits overlap")?;
            let after = extract.again(&next);
            let before = left.unwrap_or_else(|| extract.settings.ids().collect());
            settings.extend(plan.settings().map(|id| before[id]));
            left = Some(plan.kept(&before));
            (fixed, extract) = (Some(next), after);
        }
        Err(format!("the fixes are not complete after {ROUNDS} rounds"))
    }
}

/// For how many unknown names of a text the nearest one is looked for, as in the core: a file with more of them has
/// another problem.
const SUGGESTIONS: usize = 100;

/// How many wrong settings a text may have so that they are fixed. How each of very many can be removed takes more memory
/// than all the rest, and such a file is written by a program.
const FIXABLE: usize = 100_000;

/// A setting with which something is wrong.
struct Wrong<'v> {
    /// Its number.
    index: SettingId,
    setting: &'v Setting,
    /// The releases of its program.
    targets: &'v [Target],
    /// The answer of each target, also of those that accept it.
    answers: Box<[Arc<Answer>]>,
    /// That its list already has the gate, for each target; empty where that is so for none.
    duplicates: Vec<Option<Draft>>,
}

impl Wrong<'_> {
    /// Whether a target refuses it.
    fn is_refused(&self) -> bool {
        let mut drafts = self.answers.iter().filter_map(|answer| answer.draft.as_ref());
        drafts.any(Draft::refuses) || self.duplicates.iter().flatten().any(Draft::refuses)
    }
}

fn is_wrong<'a>(mut answers: impl Iterator<Item = &'a Arc<Answer>>) -> bool {
    answers.any(|answer| answer.draft.is_some())
}

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

/// A check of one text.
struct TextCheck<'a> {
    checker: &'a Checker,
    path: &'a Arc<str>,
    text: &'a str,
    extract: &'a Extract,
    /// The settings by program.
    parts: Vec<Part<'a>>,
    /// Those of programs whose gates are unknown, with the program.
    others: Vec<(Option<&'a str>, &'a Setting)>,
    ignores: Ignores<'a>,
}

/// The settings of one program in a text.
struct Part<'a> {
    targets: &'a [Target],
    settings: Vec<(SettingId, &'a Setting)>,
}

impl<'a> TextCheck<'a> {
    fn new(checker: &'a Checker, path: &'a Arc<str>, text: &'a str, extract: &'a Extract) -> Self {
        let mut work = Self {
            checker,
            path,
            text,
            extract,
            parts: Vec::new(),
            others: Vec::new(),
            ignores: Ignores::of(text),
        };
        work.divide();
        work
    }

    /// Finds out whose gates the settings are.
    fn divide(&mut self) {
        let owners = &self.checker.owners;
        let path = Path::new(&**self.path);
        let doubtful = self.doubtful();
        let mut list = None;
        for (index, setting) in self.extract.settings.iter() {
            // The settings of a list follow each other.
            let owner = match list {
                Some((list, owner)) if list == setting.list => owner,
                _ => match owners.owner(path, &self.extract.lists[setting.list]) {
                    Owner::Known(targets) if std::ptr::eq(targets, owners.main()) => {
                        match doubtful.get(&setting.list) {
                            None => Owner::Known(targets),
                            Some(None) => Owner::Nobody,
                            Some(Some(reader)) => Owner::Unknown(reader),
                        }
                    }
                    owner => owner,
                },
            };
            list = Some((setting.list, owner));
            let (targets, program) = match owner {
                Owner::Known(targets) => (Some(targets), None),
                Owner::Unknown(program) => (owners.judges(&setting.name), Some(program)),
                Owner::Nobody => (None, None),
            };
            let Some(targets) = targets else {
                self.others.push((program, setting));
                continue;
            };
            let part = self.parts.iter_mut().find(|part| std::ptr::eq(part.targets, targets));
            match part {
                Some(part) => part.settings.push((index, setting)),
                None => self.parts.push(Part { targets, settings: vec![(index, setting)] }),
            }
        }
    }

    /// Which lists are those of other programs, with what these are called: nothing shows that the main one reads them,
    /// and neither do the names in them.
    fn doubtful(&self) -> HashMap<ListId, Option<&'a str>> {
        let owners = &self.checker.owners;
        let main = owners.main();
        let path = Path::new(&**self.path);
        let lists = self.extract.lists.iter();
        let lists = lists.filter_map(|(id, list)| Some((id, owners.doubt(path, list)?)));
        let mut doubts: HashMap<ListId, Doubt<'a>> = lists.collect();
        if doubts.is_empty() {
            return HashMap::new();
        }
        let capitals = main.iter().all(Target::has_capitals);
        for setting in self.settings().values() {
            let Some(doubt) = doubts.get(&setting.list) else { continue };
            let begins_like_one = || {
                let capital = setting.name.starts_with(|c: char| c.is_ascii_uppercase());
                !capitals || capital && !matches!(setting.value, Given::Other(_))
            };
            let known = || main.iter().any(|target| target.resembles(&setting.name));
            let certain = match doubt.remains {
                Remains::Always => false,
                Remains::UnlessKnown => known(),
                Remains::UnlessNamed => begins_like_one() || known(),
            };
            if certain {
                doubts.remove(&setting.list);
            }
        }
        doubts.into_iter().map(|(id, doubt)| (id, doubt.reader)).collect()
    }

    /// The settings that are not judged, by program.
    fn unjudged(&self) -> Vec<Unjudged> {
        let mut unjudged: Vec<Unjudged> = Vec::new();
        if self.others.is_empty() {
            return unjudged;
        }
        let lines = Lines::of(self.text);
        for (program, setting) in &self.others {
            match unjudged.iter_mut().find(|known| known.program.as_deref() == *program) {
                Some(known) => known.settings += 1,
                None => unjudged.push(Unjudged {
                    program: program.map(str::to_owned),
                    line: lines.location(setting.name_span.start).line,
                    settings: 1,
                }),
            }
        }
        unjudged
    }

    /// The level of a finding about a setting; `None` if its rule is off, or a comment accepts it.
    fn level(&self, setting: &Setting, draft: &Draft) -> Option<Level> {
        let level = draft.level(&self.checker.policy)?;
        (!self.ignores.accept(draft.rule, setting.name_span.start)).then_some(level)
    }

    /// Whether a finding about a setting is fixed where it can be; a note is not.
    fn is_fixed(&self, setting: &Setting, draft: &Draft) -> bool {
        self.level(setting, draft).is_some_and(|level| level > Level::Note)
    }

    /// Adds what is accepted and not found.
    fn unused_ignores(&self, findings: &mut Vec<Finding>) {
        let rule = &rules::UNUSED_IGNORE;
        let unused = self.ignores.unused();
        let Some(level) = self.checker.policy.level(rule).filter(|_| !unused.is_empty()) else {
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

    fn settings(&self) -> &'a IdVec<SettingId, Setting> {
        &self.extract.settings
    }

    /// The settings with which something is wrong, in their order.
    fn wrong(&self) -> Vec<Wrong<'a>> {
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
            Origin::new(Source::config(self.path)).at(location.line, location.column)
        };
        let mut unmet: Vec<_> = targets
            .iter()
            .map(|target| (target.dependencies(&part.settings, &origin), 0))
            .collect();
        let mut duplicates = self.duplicates(part);
        let repeated: Vec<SettingId> = duplicates.keys().copied().collect();
        let repeats_defaults =
            self.checker.policy.level(&rules::DEFAULT_VALUE).is_some() && !self.grouped();
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

    /// The settings whose list already has the gate, under this name or another one, with what that means to each
    /// target.
    fn duplicates(&self, part: &Part<'a>) -> BTreeMap<SettingId, Vec<Option<Draft>>> {
        let targets = part.targets;
        let mut found: BTreeMap<SettingId, Vec<Option<Draft>>> = BTreeMap::new();
        let mut gates: Option<Vec<&str>> = None;
        let mut repeated = Vec::new();
        for (before, target) in targets.iter().enumerate() {
            let now = part.settings.iter().map(|(_, setting)| target.gate(&setting.name)).collect();
            // Most releases have the same names for the gates of a file.
            if gates.as_ref() != Some(&now) {
                repeated = self.repetitions(part, &now);
                gates = Some(now);
            }
            for (index, draft) in &repeated {
                let drafts =
                    found.entry(*index).or_insert_with(|| Vec::with_capacity(targets.len()));
                drafts.resize(before, None);
                drafts.push(Some(draft.clone()));
            }
        }
        for drafts in found.values_mut() {
            drafts.resize(targets.len(), None);
        }
        found
    }

    /// The settings whose list already has the gate, where they are of these gates.
    fn repetitions(&self, part: &Part<'a>, gates: &[&'a str]) -> Vec<(SettingId, Draft)> {
        let mut found = Vec::new();
        let settings = part.settings.iter().zip(gates);
        let settings = settings.filter(|((_, setting), _)| setting.value != Given::Filled);
        let mut gates: Vec<(ListId, &str, SettingId, &Setting)> = settings
            .map(|((index, setting), gate)| (setting.list, *gate, *index, *setting))
            .collect();
        // In most files no list has a gate twice, which a table shows sooner than an order.
        let mut known = HashSet::with_capacity_and_hasher(gates.len(), RandomState::default());
        if gates.iter().all(|(list, gate, ..)| known.insert((*list, *gate))) {
            return found;
        }
        gates.sort_unstable_by_key(|(list, gate, index, _)| (*list, *gate, *index));
        let mut lines = None;
        for group in gates.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1)) {
            let Some((of_list, gate, ..)) = group.first().filter(|_| group.len() > 1) else {
                continue;
            };
            let is_list = self.extract.lists[*of_list].kind == ListKind::List;
            let lines = lines.get_or_insert_with(|| Lines::of(self.text));
            // A gate has few names.
            let last: HashMap<&str, SettingId> =
                group.iter().map(|(.., index, setting)| (setting.name.as_str(), *index)).collect();
            let mut before: BTreeMap<&str, (SettingId, &Setting)> = BTreeMap::new();
            for (.., index, setting) in group {
                let name = setting.name.as_str();
                // In a list, only the last value under each name counts.
                let counts = |name: &str, index| !is_list || last.get(name) == Some(&index);
                let others = before.iter().filter(|(other, (index, _))| counts(other, *index));
                let mut others =
                    others.filter(|(other, _)| **other != name && counts(name, *index));
                let draft = others
                    .find_map(|(_, (_, earlier))| contradiction(gate, earlier, lines, setting))
                    .or_else(|| self.repetition(before.get(name)?.1, lines, setting));
                found.extend(draft.map(|draft| (*index, draft)));
                before.insert(name, (*index, setting));
            }
        }
        found
    }

    /// That a setting repeats a name.
    fn repetition(&self, earlier: &Setting, lines: &Lines<'_>, setting: &Setting) -> Option<Draft> {
        let line = lines.location(earlier.name_span.start).line;
        let kind = self.extract.lists[setting.list].kind;
        let draft = || Draft::duplicate(&setting.name, kind, line, is_same(earlier, setting));
        (!setting.name.is_empty()).then(draft)
    }

    fn findings(&self, wrong: Vec<Wrong<'a>>, ignored: &mut usize) -> Vec<Finding> {
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
                        accepted.extend(draft.level(&self.checker.policy).map(|_| draft.rule.name));
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

    /// The change that is right for every target, if there is one.
    fn fix(&self, wrong: &Wrong<'_>, grouped: bool) -> Option<Fix> {
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

    fn remove(&self, wrong: &Wrong<'_>, description: &'static str) -> Option<Fix> {
        let edits = self.extract.removal(self.text, &[wrong.index])?.into();
        Some(Fix { description: description.into(), edits })
    }

    /// Whether a setting can be removed since for every target it repeats another one.
    fn repeats(&self, wrong: &Wrong<'_>) -> bool {
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

    /// Whether a group is set somewhere in the text, so that a gate at its default may be an exception.
    fn grouped(&self) -> bool {
        let is_group = |target: &Target, name: &str| target.group(name).is_some();
        self.parts.iter().any(|part| {
            let mut settings = part.settings.iter();
            settings.any(|(_, it)| part.targets.iter().any(|target| is_group(target, &it.name)))
        })
    }

    /// The changes that fix the whole text.
    fn plan(&self, wrong: &[Wrong<'a>]) -> fix::Plan {
        let mut plan = fix::Plan::default();
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

/// That a setting gives a gate another value than an earlier one under another name.
fn contradiction(
    gate: &str,
    earlier: &Setting,
    lines: &Lines<'_>,
    setting: &Setting,
) -> Option<Draft> {
    let line = || lines.location(earlier.name_span.start).line;
    let contradicts = earlier.name != setting.name && !is_same(earlier, setting);
    contradicts.then(|| Draft::contradiction(gate, &earlier.name, line()))
}

/// Whether two settings give the same value.
fn is_same(earlier: &Setting, setting: &Setting) -> bool {
    match (value_of(earlier), value_of(setting)) {
        (None, None) => earlier.value == setting.value,
        (earlier, value) => earlier == value,
    }
}

/// The value as it is written.
fn written(setting: &Setting) -> Option<Cow<'static, str>> {
    match &setting.value {
        Given::Text(text) | Given::Typed(text, _) => Some(text.clone()),
        Given::Sign(value) | Given::Boolean(value) => {
            Some(if *value { "true" } else { "false" }.into())
        }
        Given::Filled | Given::Missing | Given::Other(_) => None,
    }
}

/// What a finding points at: the value where that is wrong, otherwise the name.
fn pointed(rule: &Rule, setting: &Setting) -> std::ops::Range<usize> {
    let value = *rule == rules::INVALID_VALUE && !setting.value_span.is_empty();
    if value { setting.value_span.clone() } else { setting.name_span.clone() }
}
