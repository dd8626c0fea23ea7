//! A release that settings are checked against.
//!
//! Every answer is one of the core's: the setting is resolved against the release's gates, and the problem or notice that
//! results is an instance of a rule. There is no rule about gates here.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use featuregate_core::__private::{IdVec, is_variable_of, letters, variable};
use featuregate_core::manifest::{Gate, Syntax};
use featuregate_core::{
    Assignment, Group, Item, ItemError, ItemId, Notation, Origin, Problem, Registry, Resolution,
    Source, Value, Variables, Version, parse_bool,
};
use foldhash::fast::RandomState;

use crate::config::extract::{Given, ListId, Setting, SettingId};
use crate::lint::draft::{Action, Draft};
use crate::lint::rules;
use crate::program::gates::{Gates, group, groups};
use crate::program::releases::{Release, broken};

/// The answer of a release to a setting: what is wrong, if anything, and what changing it would do.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) draft: Option<Draft>,
    pub(crate) action: Action,
}

impl Answer {
    /// The answer where the default of a gate depends on a condition: what both sides say, or else that it depends.
    fn of_sides(without: Self, with: Self, condition: &str) -> Self {
        let (off, on) = match (without.draft, with.draft) {
            (None, None) => {
                let action =
                    if without.action == with.action { without.action } else { Action::Keep };
                return Self { draft: None, action };
            }
            (Some(off), Some(on)) if off.message == on.message && off.action == on.action => {
                return off.into();
            }
            sides => sides,
        };
        let is_refused = on.as_ref().is_some_and(Draft::refuses);
        let (draft, word) = match (off, on) {
            (Some(off), _) if off.refuses() || !is_refused => (Some(off), "unless"),
            (_, on) => (on, "if"),
        };
        let depends = |draft: Draft| Draft {
            message: format!("{}, {word} {condition}", draft.message),
            help: "keep the setting only where the build needs it".to_owned(),
            action: Action::Unclear,
            ..draft
        };
        Self { draft: draft.map(depends), action: Action::Unclear }
    }
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
    /// The gates with what is known about them, when first needed.
    gates: OnceLock<Gates>,
    /// The names by what they are without case and separators; `None` where several names are the same, or it is a group.
    folded: HashMap<String, Option<String>>,
}

/// The answers to what a name can be set to. The advice in them is written as the setting is.
#[derive(Debug, Default)]
struct Answers {
    /// With the values false and true.
    assigned: [OnceLock<Arc<Answer>>; 2],
    /// In lists of names that are off, and on.
    listed: [OnceLock<Arc<Answer>>; 2],
    /// With a minus, and with a plus or nothing.
    signed: [OnceLock<Arc<Answer>>; 2],
}

impl Answers {
    /// That to this value, written in this way.
    fn of(&self, given: &Given, value: bool) -> &OnceLock<Arc<Answer>> {
        let [off, on] = match given {
            Given::Listed(_) => &self.listed,
            Given::Sign(_) => &self.signed,
            _ => &self.assigned,
        };
        if value { on } else { off }
    }
}

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
            if !spec.requires.is_empty() || !spec.implies.is_empty() {
                linked.insert(spec.name.clone());
                linked.extend(spec.requires.iter().chain(&spec.implies).cloned());
            }
        }
        for (name, _) in groups(&release.registry) {
            if !linked.is_empty() {
                linked.insert(name.to_owned());
            }
            // A group is never suggested, since it turns on more than one gate.
            folded.insert(fold(name), None);
            known.insert(name.to_owned(), Answers::default());
        }
        let broken = broken(&release.registry);
        Self {
            release,
            alone: OnceLock::new(),
            gates: OnceLock::new(),
            broken,
            linked,
            former,
            known,
            folded,
        }
    }

    /// The group of that name.
    pub(crate) fn group(&self, name: &str) -> Option<&Group> {
        group(&self.release.registry, name)
    }

    /// The group that is the master switch of the program.
    pub(crate) fn master(&self) -> Option<&str> {
        groups(&self.release.registry).find_map(|(name, group)| group.is_master().then_some(name))
    }

    /// The gates with what is known about them.
    pub(crate) fn gates(&self) -> &Gates {
        self.gates.get_or_init(|| Gates::of(self.release.clone()))
    }

    /// Its gates, in which gates can be set.
    pub(crate) fn registry(&self) -> &Registry {
        &self.release.registry
    }

    /// The gate of that name or former name; the name itself where there is none.
    pub(crate) fn gate<'a>(&'a self, name: &'a str) -> &'a str {
        self.former.get(name).map_or(name, String::as_str)
    }

    /// The names of its gates, also of the removed ones.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.release.manifest.gates().iter().map(Gate::name)
    }

    /// How the program writes gates.
    pub(crate) fn syntax(&self) -> Syntax {
        self.release.manifest.syntax()
    }

    /// Whether the names of all gates begin with a capital.
    pub(crate) fn has_capitals(&self) -> bool {
        self.known.keys().all(|name| name.starts_with(|c: char| c.is_ascii_uppercase()))
    }

    /// Whether a name is that of a gate but for case and separators.
    pub(crate) fn resembles(&self, name: &str) -> bool {
        self.folded.contains_key(&fold(name))
    }

    /// Whether the release has a gate or group of that name.
    pub(crate) fn knows(&self, name: &str) -> bool {
        self.known.contains_key(name)
    }

    /// The answer to a setting by itself. For an unknown name, finding the nearest one costs time; without `nearest` it
    /// is left out. The answers to names that exist are lent, since threads would wait for each other to count them.
    pub(crate) fn setting(&self, setting: &Setting, nearest: bool) -> Cow<'_, Arc<Answer>> {
        let new = |answer| Cow::Owned(Arc::new(answer));
        if setting.value == Given::Filled {
            return new(self.filled(setting));
        }
        if let Cow::Owned(on) = self.read(setting) {
            return Cow::Owned(self.setting(&on, nearest).into_owned());
        }
        if let Some(prefix) = &setting.variable {
            return new(self.variable(setting, prefix));
        }
        if self.is_switch_of_another(setting) {
            return new(Answer { draft: None, action: Action::Keep });
        }
        let origin = || Origin::new(Source::call().written(notation(setting)));
        match (self.known.get(&setting.name), value_of(setting)) {
            (Some(answers), Some(value)) => {
                let answer = answers.of(&setting.value, value);
                Cow::Borrowed(answer.get_or_init(|| Arc::new(self.resolve(setting, &origin()))))
            }
            (None, Some(_)) if !nearest => {
                new(self.refused(setting, [&Problem::unknown(&setting.name, self.same(setting))]))
            }
            _ => new(self.resolve(setting, &origin())),
        }
    }

    /// Whether a setting is a boolean in place of a list, which is the master switch of another release or program.
    fn is_switch_of_another(&self, setting: &Setting) -> bool {
        matches!(setting.value, Given::Switch(_)) && self.master() != Some(&*setting.name)
    }

    /// A setting as the program reads it: a name without a value may be on.
    fn read<'s>(&self, setting: &'s Setting) -> Cow<'s, Setting> {
        if setting.value == Given::Missing && self.syntax() == Syntax::OpenTelemetry {
            Cow::Owned(Setting { value: Given::Sign(true), ..setting.clone() })
        } else {
            Cow::Borrowed(setting)
        }
    }

    /// The answer to a variable with the value of one gate. Its name is not that of the gate, so it is not corrected.
    fn variable(&self, setting: &Setting, prefix: &Arc<str>) -> Answer {
        let source = Source::env(variable(prefix, &setting.name)).written(notation(setting));
        let mut answer = self.resolve(setting, &Origin::new(source));
        let draft = answer.draft.as_mut().map(|draft| &mut draft.action);
        for action in draft.into_iter().chain([&mut answer.action]) {
            if matches!(action, Action::Name(_)) {
                *action = Action::Unclear;
            }
        }
        answer
    }

    /// The gate or former name whose variable has this name after the prefix.
    pub(crate) fn of_variable(&self, name: &str) -> Option<&str> {
        let bare = |known: &str| is_variable_of(name, known.rsplit(':').next().unwrap_or(known));
        self.known.keys().map(String::as_str).find(|known| bare(known))
    }

    /// The name that differs in case and separators only.
    fn same(&self, setting: &Setting) -> Option<String> {
        self.folded.get(&fold(&setting.name)).cloned().flatten()
    }

    /// What a setting by itself is resolved against: its gate, or all where a group or an unknown name needs them.
    fn alone(&self, name: &str) -> Cow<'_, Registry> {
        if let Some(gate) = self.release.manifest.get(self.gate(name)) {
            return Cow::Owned(self.release.alone(std::slice::from_ref(gate)));
        }
        let all = || self.release.alone(self.release.manifest.gates());
        Cow::Borrowed(self.alone.get_or_init(all))
    }

    /// The answer to a value that is filled in: a removed gate that is refused with either value.
    fn filled(&self, setting: &Setting) -> Answer {
        let is_removed = |draft: &Draft| *draft.rule == rules::REMOVED_GATE;
        let refused = |value: bool| self.refusal(&setting.name, value).filter(is_removed);
        Answer { draft: refused(false).and(refused(true)), action: Action::Unclear }
    }

    /// Why a gate cannot have a value, however it is written.
    fn refusal(&self, gate: &str, value: bool) -> Option<Draft> {
        let item = Ok(Assignment::new(gate, value, Origin::new(Source::call())));
        let problems = self.alone(gate).resolve([item]).err()?;
        problems.into_iter().find_map(|problem| Draft::of_problem(&problem))
    }

    /// Why a gate could not have the value that is meant by one that is not a boolean; any value, if that is not known.
    fn refusal_of_meant(&self, setting: &Setting) -> Option<Draft> {
        let meant = match &setting.value {
            Given::Text(text) | Given::Typed(text, _) => parse_bool(text),
            _ => None,
        };
        match meant {
            Some(value) => self.refusal(&setting.name, value),
            None => self.refusal(&setting.name, false).and(self.refusal(&setting.name, true)),
        }
    }

    fn resolve(&self, setting: &Setting, origin: &Origin) -> Answer {
        let without = self.resolve_in(&self.alone(&setting.name), setting, origin);
        let Some((gate, condition)) = self.with_condition(&setting.name) else { return without };
        let with = self.resolve_in(&self.release.alone(&[gate]), setting, origin);
        Answer::of_sides(without, with, &condition)
    }

    /// A gate whose default depends on a condition, as it is where the condition holds, and the condition.
    fn with_condition(&self, name: &str) -> Option<(Gate, String)> {
        let mut gate = self.release.manifest.get(self.gate(name))?.clone();
        let mut found = None;
        for milestone in &mut gate.spec.milestones {
            if let Some(condition) = milestone.condition.take() {
                milestone.default = true;
                found = Some(condition);
            }
        }
        found.map(|condition| (gate, condition))
    }

    fn resolve_in(&self, registry: &Registry, setting: &Setting, origin: &Origin) -> Answer {
        match registry.resolve([item(setting, origin.clone())]) {
            Ok(resolution) => self.accepted(setting, &resolution),
            Err(problems) => self.refused(setting, &problems),
        }
    }

    fn accepted(&self, setting: &Setting, resolution: &Resolution) -> Answer {
        let state = resolution.state(self.gate(&setting.name));
        let mut draft = resolution.notices().iter().find_map(Draft::of_notice);
        // That a setting has no effect matters more than that its gate, or the name of it, is on its way out.
        if draft.as_ref().is_none_or(|draft| *draft.rule == rules::DEPRECATED_GATE) {
            let redundant = state.and_then(|state| state.redundant());
            draft = redundant.and_then(|notice| Draft::of_notice(&notice)).or(draft);
        }
        if let Some(draft) = draft {
            Answer::from(draft)
        } else {
            let same = state.is_some_and(|state| state.enabled() == state.default());
            Answer { draft: None, action: if same { Action::Removable } else { Action::Keep } }
        }
    }

    fn refused<'p>(
        &self,
        setting: &Setting,
        problems: impl IntoIterator<Item = &'p Problem>,
    ) -> Answer {
        let Some(mut draft) = problems.into_iter().find_map(Draft::of_problem) else {
            return Answer { draft: None, action: Action::Unclear };
        };
        if *draft.rule == rules::UNKNOWN_GATE
            && is_name(&setting.name)
            && let Some(same) = self.same(setting)
        {
            draft.action = Action::Name(same);
        }
        // Written otherwise, it would be refused as well.
        if *draft.rule == rules::INVALID_VALUE
            && self.knows(&setting.name)
            && let Some(Draft { message, help, action, .. }) = self.refusal_of_meant(setting)
        {
            draft.message = format!("{}, and {message}", draft.message);
            draft.help = help;
            draft.action = action;
        }
        // Another value does not help an unknown name.
        if matches!(draft.action, Action::Value(_)) && !self.knows(&setting.name) {
            draft.action = Action::Unclear;
        }
        Answer::from(draft)
    }

    /// What one of these settings of a file requires of the others of its list: what is wrong with which setting, by its id.
    /// Settings that are refused by themselves take no part.
    pub(crate) fn dependencies(
        &self,
        settings: &[(SettingId, &Setting)],
        origin: &dyn Fn(&Setting) -> Origin,
    ) -> BTreeMap<SettingId, Draft> {
        let mut found = BTreeMap::new();
        if self.linked.is_empty() {
            return found;
        }
        let mut lists: BTreeMap<ListId, Vec<(SettingId, &Setting)>> = BTreeMap::new();
        for (index, setting) in settings {
            lists.entry(setting.list).or_default().push((*index, *setting));
        }
        for members in lists.into_values() {
            let linked = |setting: &Setting| self.linked.contains(self.gate(&setting.name));
            let filled = |setting: &Setting| setting.value == Given::Filled;
            // What is filled in may be what another gate requires.
            if !members.iter().any(|(_, setting)| linked(setting))
                || members.iter().any(|(_, setting)| linked(setting) && filled(setting))
            {
                continue;
            }
            let is_accepted = |(_, setting): &(SettingId, &Setting)| {
                !filled(setting)
                    && !self.is_switch_of_another(setting)
                    && !self.setting(setting, false).draft.as_ref().is_some_and(Draft::refuses)
            };
            let members: IdVec<ItemId, _> = members.into_iter().filter(is_accepted).collect();
            let resolve = |origin: &dyn Fn(&Setting) -> Origin| {
                let items = members.values();
                let items = items.map(|(_, setting)| item(&self.read(setting), origin(setting)));
                self.release.registry.resolve(items)
            };
            // The locations are needed only if something is wrong.
            if resolve(&|_| Origin::new(Source::call())).is_ok() {
                continue;
            }
            for problem in resolve(origin).err().iter().flatten() {
                if self.broken.iter().any(|gate| gate == problem.gate()) {
                    continue;
                }
                if let (Some(item), Some(draft)) = (problem.item(), Draft::of_problem(problem)) {
                    let (index, _) = members[item];
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
        Given::Sign(value)
        | Given::Listed(value)
        | Given::Switch(value)
        | Given::Boolean(value) => Some(*value),
        Given::Unexpected(..)
        | Given::Filled
        | Given::Missing
        | Given::Typed(..)
        | Given::Other(_) => None,
    }
}

/// How a file writes what it gives to a gate.
pub(crate) fn notation(setting: &Setting) -> Notation {
    if let Some(prefix) = &setting.variable {
        let gate = Arc::from(setting.name.as_str());
        return Notation::Value { gate, variables: Some(Variables::new(prefix)) };
    }
    match &setting.value {
        Given::Listed(true) | Given::Unexpected(_, true) => Notation::On,
        Given::Listed(false) | Given::Unexpected(_, false) => Notation::Off,
        Given::Sign(_) => Notation::Signs,
        _ => Notation::Assignments,
    }
}

/// A setting as the core takes it.
fn item(setting: &Setting, origin: Origin) -> Item {
    if let Some(value) = value_of(setting) {
        return Ok(Assignment::new(&setting.name, value, origin));
    }
    let value = match &setting.value {
        Given::Text(text) => Some(Value::Text(text.to_string())),
        Given::Other(what) | Given::Typed(_, what) => Some(Value::Typed((*what).to_owned())),
        Given::Unexpected(text, _) => Some(Value::Unexpected(text.to_string())),
        Given::Sign(_)
        | Given::Listed(_)
        | Given::Switch(_)
        | Given::Boolean(_)
        | Given::Filled
        | Given::Missing => None,
    };
    Err(ItemError::new(&setting.name, value, origin))
}

/// Whether a text is a name as a whole, so that nothing is lost with it: no quotes, and no words or dots before it.
fn is_name(text: &str) -> bool {
    text.starts_with(char::is_alphanumeric)
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':' | '/'))
}

/// A name without case and separators.
fn fold(name: &str) -> String {
    letters(name).collect()
}
