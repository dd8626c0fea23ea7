//! What a release says of a setting.
//!
//! Every answer is one of the core's: the setting is resolved against the release's gates, and what comes
//! of it, a problem, a notice or a state, is told by the file of the rule that it breaks. No rule about
//! gates stands here.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::OnceLock;

use featuregate_core::{
    Assignment, Group, Item, Malformed, NoticeKind, Origin, Problem, ProblemKind, Registry, Source,
    Version, parse_bool,
};
use foldhash::fast::RandomState;

use crate::config::extract::{Extract, Given, Setting};
use crate::lint::rules::check::{self as rules, Remedy, Verdict};
use crate::program::releases::{Release, broken};

/// A setting at a release: what is wrong, if anything, and what dropping it would do.
#[derive(Clone, Debug)]
pub(crate) struct Judgement {
    pub(crate) verdict: Option<Verdict>,
    pub(crate) remedy: Remedy,
}

/// Judges settings against the gates of a release.
#[derive(Debug)]
pub(crate) struct Judge {
    /// The release, whose registry has the gates with what they require.
    release: Release,
    /// The gates each by itself, when first asked for: what one requires of another is judged by list.
    alone: OnceLock<Registry>,
    /// The gates that are on by default without what they require, which is no fault of a file.
    broken: Vec<String>,
    /// Which names take part in a dependency, and so decide whether a list has to be resolved whole.
    linked: HashSet<String>,
    /// The gates by their former names.
    former: HashMap<String, String>,
    /// The answers for the names that there are, when first asked for.
    known: HashMap<String, Known, RandomState>,
    /// The names by what they are without case and separators; nothing where that says several.
    folded: HashMap<String, Option<String>>,
}

/// What is known of a name.
#[derive(Debug)]
struct Known {
    /// The gate, as an index into those of the manifest; none for a group.
    gate: Option<usize>,
    /// What is said of it off, and on.
    answers: [OnceLock<Judgement>; 2],
}

impl Known {
    fn of(gate: Option<usize>) -> Self {
        Self { gate, answers: [const { OnceLock::new() }; 2] }
    }
}

impl Judge {
    /// The release.
    pub(crate) fn target(&self) -> Version {
        self.release.target
    }

    pub(crate) fn of(release: Release) -> Self {
        let mut former = HashMap::new();
        let mut known = HashMap::default();
        let mut folded: HashMap<String, Option<String>> = HashMap::new();
        let mut linked: HashSet<String> = HashSet::new();
        for (index, gate) in release.manifest.gates().iter().enumerate() {
            let spec = &gate.spec;
            former.extend(spec.aliases.iter().map(|alias| (alias.clone(), spec.name.clone())));
            for name in spec.aliases.iter().chain([&spec.name]) {
                known.insert(name.clone(), Known::of(Some(index)));
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
            known.insert(group.name.to_owned(), Known::of(None));
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

    /// Whether the release has anything of that name.
    pub(crate) fn knows(&self, name: &str) -> bool {
        self.known.contains_key(name)
    }

    /// What the release says of a setting by itself. For a name that it does not know the nearest one costs time,
    /// and is left out if `nearest` says so.
    pub(crate) fn setting(&self, setting: &Setting, nearest: bool) -> Cow<'_, Judgement> {
        match (self.known.get(&setting.name), value_of(setting)) {
            (Some(known), Some(value)) => {
                let [off, on] = &known.answers;
                let answer = if value { on } else { off };
                Cow::Borrowed(answer.get_or_init(|| self.judge(setting)))
            }
            (None, Some(_)) if !nearest => {
                let verdict = rules::unknown_gate::tell(&setting.name, self.same(setting), None);
                let remedy = verdict.remedy.clone();
                Cow::Owned(Judgement { verdict: Some(verdict), remedy })
            }
            _ => Cow::Owned(self.judge(setting)),
        }
    }

    /// The name that differs in case and separators only.
    fn same(&self, setting: &Setting) -> Option<String> {
        self.folded.get(&fold(&setting.name)).cloned().flatten()
    }

    /// What a setting by itself is resolved against: its gate, or all where a group or an unknown name needs them.
    fn alone(&self, name: &str) -> Registry {
        let gates = self.release.manifest.gates();
        let gate = self.known.get(name).and_then(|known| gates.get(known.gate?));
        match gate {
            Some(gate) => self.release.alone(std::slice::from_ref(gate)),
            None => self.alone.get_or_init(|| self.release.alone(gates)).clone(),
        }
    }

    fn judge(&self, setting: &Setting) -> Judgement {
        let mut registry = self.alone(&setting.name);
        let notices = match registry.apply([item(setting, 0)]) {
            Ok(notices) => notices,
            Err(problems) => {
                let verdict = problems.iter().find_map(|problem| self.problem(setting, problem));
                let remedy = verdict.as_ref().map_or(Remedy::Unclear, |it| it.remedy.clone());
                return Judgement { verdict, remedy };
            }
        };
        let resolution = registry.resolution();
        let gate = notices.iter().map(featuregate_core::Notice::gate).next();
        let state = resolution.state(gate.unwrap_or(&setting.name));
        let same = state.as_ref().is_some_and(|state| state.enabled() == state.default());
        let accepted = if same { Remedy::Droppable } else { Remedy::Keep };

        let told = notices.iter().map(|notice| (notice.kind(), notice));
        let mut verdict = None;
        for (kind, notice) in told {
            let found = match (kind, &state) {
                (NoticeKind::SetRemoved { removed }, _) => {
                    rules::removed_gate::tolerated(notice.gate(), *removed, notice.value())
                }
                (NoticeKind::SetGa, Some(state)) => rules::redundant_gate::ga(state),
                (NoticeKind::SetDeprecated, Some(state)) if !state.locked() => {
                    rules::deprecated_gate::deprecated(state, self.release.target)
                }
                (NoticeKind::Alias { written }, _) => {
                    rules::deprecated_gate::former_name(written, notice.gate())
                }
                _ => continue,
            };
            verdict.get_or_insert(found);
        }
        if let Some(state) = &state
            && state.locked()
            && verdict.as_ref().is_none_or(|found| *found.rule == rules::deprecated_gate::RULE)
        {
            verdict = Some(rules::redundant_gate::locked(state));
        }
        let remedy = verdict.as_ref().map_or(accepted, |it| it.remedy.clone());
        Judgement { verdict, remedy }
    }

    fn problem(&self, setting: &Setting, problem: &Problem) -> Option<Verdict> {
        let gate = problem.gate();
        Some(match problem.kind() {
            ProblemKind::MissingValue | ProblemKind::InvalidValue(_) => {
                rules::invalid_value::tell(setting)
            }
            ProblemKind::Unknown { nearest } => {
                rules::unknown_gate::tell(gate, self.same(setting), nearest.as_deref())
            }
            ProblemKind::Removed { removed, ended, .. } => {
                rules::removed_gate::refused(gate, *removed, *ended)
            }
            ProblemKind::NotYet { introduced, emulated, .. } => {
                rules::not_yet_introduced::tell(gate, *introduced, *emulated)
            }
            ProblemKind::Locked { value, locked_to, stage } => {
                rules::locked_gate::tell(gate, *value, *locked_to, *stage)
            }
            _ => return None,
        })
    }

    /// What one setting of a file requires of the others of its list: for each setting to blame, by index,
    /// what is wrong. Settings that are refused by themselves take no part.
    pub(crate) fn dependencies(&self, extract: &Extract) -> BTreeMap<usize, Verdict> {
        let mut found = BTreeMap::new();
        if self.linked.is_empty() {
            return found;
        }
        let mut lists: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (index, setting) in extract.settings.iter().enumerate() {
            lists.entry(setting.list).or_default().push(index);
        }
        for members in lists.into_values() {
            let linked = |index: &usize| {
                let setting = extract.settings.get(*index);
                setting.is_some_and(|setting| self.linked.contains(self.gate(&setting.name)))
            };
            if !members.iter().any(linked) {
                continue;
            }
            let items = members.iter().filter_map(|index| {
                let setting = extract.settings.get(*index)?;
                let alone = self.setting(setting, false);
                let refused = alone.verdict.as_ref().is_some_and(Verdict::refuses);
                (!refused).then(|| item(setting, *index))
            });
            let Err(problems) = self.release.registry.clone().apply(items) else { continue };
            for problem in &problems {
                if self.broken.iter().any(|gate| gate == problem.gate()) {
                    continue;
                }
                if let Some((index, verdict)) = rules::unmet_dependency::tell(problem, number) {
                    found.entry(index).or_insert(verdict);
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

/// A setting as the core takes it. Its number stands where a source has its line, so that a problem leads
/// back to it.
fn item(setting: &Setting, index: usize) -> Item {
    let line = u32::try_from(index).unwrap_or(u32::MAX);
    let origin = Origin::new(Source::Call).at(line, 1);
    match value_of(setting) {
        Some(value) => Ok(Assignment::new(&setting.name, value, origin)),
        None => Err(Malformed { name: setting.name.clone(), value: None, origin }),
    }
}

/// The number of the setting that an origin stands for.
fn number(origin: &Origin) -> Option<usize> {
    origin.line().and_then(|line| usize::try_from(line).ok())
}

/// A name without case and separators.
fn fold(name: &str) -> String {
    let kept = name.chars().filter(|letter| letter.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}
