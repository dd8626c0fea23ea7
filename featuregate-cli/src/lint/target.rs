//! A release that settings are checked against.
//!
//! Every answer is one of the core's: the setting is resolved against the release's gates, and the problem, notice or
//! state that results is worded as the rule that it breaks. No rule about gates is decided here.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::OnceLock;

use featuregate_core::{
    Assignment, Group, Item, Malformed, NoticeKind, Origin, Problem, ProblemKind, Registry, Source,
    Version, parse_bool,
};
use foldhash::fast::RandomState;

use crate::config::extract::{Extract, Given, Setting};
use crate::lint::rules;
use crate::lint::wording::{self, Action, Draft};
use crate::program::releases::{Release, broken};

/// The answer of a release to a setting: what is wrong, if anything, and what changing it would do.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) draft: Option<Draft>,
    pub(crate) action: Action,
}

impl From<Draft> for Answer {
    fn from(draft: Draft) -> Self {
        Self { action: draft.action.clone(), draft: Some(draft) }
    }
}

/// The gates of a release, to check settings against.
#[derive(Debug)]
pub(crate) struct Target {
    /// The release, whose registry has the gates with what they require.
    release: Release,
    /// The gates each by itself, when first needed: what one requires of another is checked by list.
    alone: OnceLock<Registry>,
    /// The gates that are on by default without what they require, which is not an error of a file.
    broken: Vec<String>,
    /// Which names take part in a dependency, and so decide whether a list has to be resolved whole.
    linked: HashSet<String>,
    /// The gates by their former names.
    former: HashMap<String, String>,
    /// The answers for the names that exist, when first needed.
    known: HashMap<String, Answers, RandomState>,
    /// The names by what they are without case and separators; `None` where several names are the same.
    folded: HashMap<String, Option<String>>,
}

/// The answers to setting a name off, and on.
type Answers = [OnceLock<Answer>; 2];

impl Target {
    pub(crate) fn version(&self) -> Version {
        self.release.target
    }

    pub(crate) fn of(release: Release) -> Self {
        let mut former = HashMap::new();
        let mut known: HashMap<String, Answers, RandomState> = HashMap::default();
        let mut folded: HashMap<String, Option<String>> = HashMap::new();
        let mut linked: HashSet<String> = HashSet::new();
        for gate in release.manifest.gates() {
            let spec = &gate.spec;
            former.extend(spec.aliases.iter().map(|alias| (alias.clone(), spec.name.clone())));
            for name in spec.aliases.iter().chain([&spec.name]) {
                known.insert(name.clone(), Answers::default());
                folded
                    .entry(fold(name))
                    .and_modify(|known| *known = None)
                    .or_insert_with(|| Some(name.clone()));
            }
            if !spec.requires.is_empty() {
                linked.insert(spec.name.clone());
                linked.extend(spec.requires.iter().cloned());
            }
        }
        for group in Group::ALL {
            known.insert(group.name.to_owned(), Answers::default());
            folded.insert(fold(group.name), Some(group.name.to_owned()));
        }
        if !linked.is_empty() {
            linked.extend(Group::ALL.map(|group| group.name.to_owned()));
        }
        let broken = broken(&release.registry);
        Self { release, alone: OnceLock::new(), broken, linked, former, known, folded }
    }

    /// The gate of that name or former name; the name itself where there is none.
    pub(crate) fn gate<'a>(&'a self, name: &'a str) -> &'a str {
        self.former.get(name).map_or(name, String::as_str)
    }

    /// Whether the release has a gate or group of that name.
    pub(crate) fn knows(&self, name: &str) -> bool {
        self.known.contains_key(name)
    }

    /// The answer to a setting by itself. For an unknown name, finding the nearest one costs time; without `nearest` it
    /// is left out.
    pub(crate) fn setting(&self, setting: &Setting, nearest: bool) -> Cow<'_, Answer> {
        match (self.known.get(&setting.name), value_of(setting)) {
            (Some([off, on]), Some(value)) => {
                let answer = if value { on } else { off };
                Cow::Borrowed(answer.get_or_init(|| self.resolve(setting)))
            }
            (None, Some(_)) if !nearest => {
                let draft = wording::unknown_gate(&setting.name, self.same(setting), None);
                Cow::Owned(Answer::from(draft))
            }
            _ => Cow::Owned(self.resolve(setting)),
        }
    }

    /// The name that differs in case and separators only.
    fn same(&self, setting: &Setting) -> Option<String> {
        self.folded.get(&fold(&setting.name)).cloned().flatten()
    }

    /// What a setting by itself is resolved against: its gate, or all where a group or an unknown name needs them.
    fn alone(&self, name: &str) -> Registry {
        if let Some(gate) = self.release.manifest.get(self.gate(name)) {
            return self.release.alone(std::slice::from_ref(gate));
        }
        let all = || self.release.alone(self.release.manifest.gates());
        self.alone.get_or_init(all).clone()
    }

    fn resolve(&self, setting: &Setting) -> Answer {
        let mut registry = self.alone(&setting.name);
        let notices = match registry.apply([item(setting, Origin::new(Source::Call))]) {
            Ok(notices) => notices,
            Err(problems) => {
                let draft = problems.iter().find_map(|problem| self.problem(setting, problem));
                return draft.map_or(Answer { draft: None, action: Action::Unclear }, Answer::from);
            }
        };
        let resolution = registry.resolution();
        let gate = notices.iter().map(featuregate_core::Notice::gate).next();
        let state = resolution.state(gate.unwrap_or(&setting.name));
        let same = state.as_ref().is_some_and(|state| state.enabled() == state.default());
        let accepted = if same { Action::Removable } else { Action::Keep };

        let mut drafts = notices.iter().filter_map(|notice| match (notice.kind(), &state) {
            (NoticeKind::SetRemoved { removed }, _) => {
                Some(wording::removed_gate(notice.gate(), *removed, notice.value(), true))
            }
            (NoticeKind::SetGa, Some(state)) => Some(wording::ga(state)),
            (NoticeKind::SetDeprecated, Some(state)) if !state.locked() => {
                Some(wording::deprecated(state, self.release.target))
            }
            (NoticeKind::Alias { written }, _) => {
                Some(wording::former_name(written, notice.gate()))
            }
            _ => None,
        });
        let mut draft = drafts.next();
        if let Some(state) = &state
            && state.locked()
            && draft.as_ref().is_none_or(|found| *found.rule == rules::DEPRECATED_GATE)
        {
            draft = Some(wording::locked(state));
        }
        draft.map_or(Answer { draft: None, action: accepted }, Answer::from)
    }

    fn problem(&self, setting: &Setting, problem: &Problem) -> Option<Draft> {
        let gate = problem.gate();
        Some(match problem.kind() {
            ProblemKind::MissingValue | ProblemKind::InvalidValue(_) => {
                wording::invalid_value(setting)
            }
            ProblemKind::Unknown { nearest } => {
                wording::unknown_gate(gate, self.same(setting), nearest.as_deref())
            }
            ProblemKind::Removed { removed, ended, .. } => {
                wording::removed_gate(gate, *removed, *ended, false)
            }
            ProblemKind::NotYet { introduced, emulated, .. } => {
                wording::not_yet_introduced(gate, *introduced, *emulated)
            }
            ProblemKind::Locked { value, locked_to, stage } => {
                wording::locked_gate(gate, *value, *locked_to, *stage)
            }
            _ => return None,
        })
    }

    /// What one setting of a file requires of the others of its list: what is wrong with which setting, by its number.
    /// Settings that are refused by themselves take no part.
    pub(crate) fn dependencies(&self, extract: &Extract) -> BTreeMap<usize, Draft> {
        let mut found = BTreeMap::new();
        if self.linked.is_empty() {
            return found;
        }
        let mut lists: BTreeMap<usize, Vec<(usize, &Setting)>> = BTreeMap::new();
        for (index, setting) in extract.settings.iter().enumerate() {
            lists.entry(setting.list).or_default().push((index, setting));
        }
        for members in lists.into_values() {
            let linked = |setting: &Setting| self.linked.contains(self.gate(&setting.name));
            if !members.iter().any(|(_, setting)| linked(setting)) {
                continue;
            }
            let items = members.iter().filter_map(|(index, setting)| {
                let alone = self.setting(setting, false);
                let refused = alone.draft.as_ref().is_some_and(Draft::refuses);
                (!refused).then(|| item(setting, numbered(*index)))
            });
            let Err(problems) = self.release.registry.clone().apply(items) else { continue };
            for problem in &problems {
                if self.broken.iter().any(|gate| gate == problem.gate()) {
                    continue;
                }
                if let Some((index, draft)) = wording::unmet_dependency(problem, number) {
                    found.entry(index).or_insert(draft);
                }
            }
        }
        found
    }
}

/// The boolean that a setting gives, if it is one.
pub(crate) fn value_of(setting: &Setting) -> Option<bool> {
    match &setting.value {
        Given::Text(text) => parse_bool(text),
        Given::Sign(_) if setting.name.is_empty() => None,
        Given::Sign(value) => Some(*value),
        Given::Other(_) => None,
    }
}

/// An origin whose line is the number of a setting, so that a problem leads back to it.
fn numbered(index: usize) -> Origin {
    let origin = Origin::new(Source::Call);
    u32::try_from(index).map_or(origin.clone(), |line| origin.at(line, 1))
}

/// A setting as the core takes it.
fn item(setting: &Setting, origin: Origin) -> Item {
    match value_of(setting) {
        Some(value) => Ok(Assignment::new(&setting.name, value, origin)),
        None => Err(Malformed { name: setting.name.clone(), value: None, origin }),
    }
}

/// The number of the setting that has that origin.
fn number(origin: &Origin) -> Option<usize> {
    origin.line().and_then(|line| usize::try_from(line).ok())
}

/// A name without case and separators.
fn fold(name: &str) -> String {
    let kept = name.chars().filter(|letter| letter.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}
