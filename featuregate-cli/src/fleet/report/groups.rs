//! Findings that say the same: of several instances of a component, of several gates, and of several components.

use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;
use std::sync::Arc;

use featuregate_core::__private::Name;
use foldhash::fast::RandomState;

use crate::finding::Level;
use crate::fleet::finding::{Certainty, Finding, What};
use crate::lint::rules;

/// A finding with its instances.
pub(crate) struct Group<'a> {
    pub(crate) what: &'a What,
    pub(crate) component: Option<&'a Arc<str>>,
    pub(crate) instances: Vec<&'a str>,
}

/// Groups that differ only in gate and component.
pub(crate) struct Entry<'a> {
    pub(crate) what: &'a What,
    /// More than one only if the message says nothing else of one gate than its name.
    pub(crate) gates: Vec<&'a str>,
    /// Each with its component and instances.
    pub(crate) places: Vec<&'a Group<'a>>,
}

impl<'a> Group<'a> {
    /// The groups: errors first, what is certain first, then by component and gate.
    pub(crate) fn all(findings: &'a [Finding]) -> Vec<Self> {
        type Same<'a> = (Option<&'a Arc<str>>, &'static str, Certainty, &'a str);
        let mut known: HashMap<Same<'_>, usize, RandomState> = HashMap::default();
        let mut groups: Vec<Self> = Vec::new();
        // Most findings share what they say.
        let mut shared: HashMap<(Option<&Arc<str>>, *const What), usize, RandomState> =
            HashMap::default();
        for finding in findings {
            let (what, component) = (&*finding.what, finding.component.as_ref());
            let number =
                *shared.entry((component, Arc::as_ptr(&finding.what))).or_insert_with(|| {
                    let same = (component, what.rule.name, what.certainty, what.message.as_str());
                    *known.entry(same).or_insert_with(|| {
                        groups.push(Self { what, component, instances: Vec::new() });
                        groups.len() - 1
                    })
                });
            if let Some(group) = groups.get_mut(number) {
                group.instances.extend(finding.instance.as_deref());
            }
        }
        groups.sort_by_key(|group| {
            let What { level, certainty, gate, .. } = group.what;
            (std::cmp::Reverse(*level), *certainty, group.component, gate)
        });
        groups
    }

    /// What prevents a start, or has more to say than the gates that it is about.
    fn is_alone(&self) -> bool {
        self.what.level == Level::Error || !self.what.set_in.is_empty()
    }
}

impl<'a> Entry<'a> {
    /// The entries, in the order of the first group of each, but those that are alone first.
    pub(crate) fn all(groups: &'a [Group<'a>]) -> Vec<Self> {
        let (alone, listed): (Vec<&Group<'_>>, Vec<&Group<'_>>) =
            groups.iter().partition(|group| group.is_alone());
        let alone = alone.into_iter().map(Self::of);
        let of_place = together(
            listed.into_iter().map(Self::of),
            |entry| (entry.content(), entry.places.first().map(|it| (it.component, &it.instances))),
            |first, same| first.gates.extend(same.gates),
        );
        let of_gates = together(
            of_place.into_iter(),
            |entry| (entry.content(), entry.gates.clone()),
            |first, same| first.places.extend(same.places),
        );
        alone.chain(of_gates).collect()
    }

    fn of(group: &'a Group<'a>) -> Self {
        Self { what: group.what, gates: vec![&group.what.gate], places: vec![group] }
    }

    /// What it says apart from gates and instances.
    fn content(&self) -> (&'static str, Level, Certainty, &'a str, String) {
        let What { rule, level, certainty, gate, help, .. } = self.what;
        (rule.name, *level, *certainty, self.short(), help.replace(&**gate, ""))
    }

    /// The message without the gate that it begins with.
    fn short(&self) -> &'a str {
        let message = self.what.message.as_str();
        let gate = format!("gate {} ", Name(&self.what.gate));
        message.strip_prefix(&gate).unwrap_or(message)
    }

    /// The message for all gates.
    pub(crate) fn message(&self) -> String {
        match self.gates.len() {
            1 => self.what.message.clone(),
            count => format!("{count} gates: each {}", self.short()),
        }
    }

    /// The help for all gates; none if it differs.
    pub(crate) fn help(&self) -> Option<&'a str> {
        let help = &self.what.help;
        let is_same = self.gates.len() == 1 || !help.contains(&*self.what.gate);
        (is_same && !help.is_empty()).then_some(help)
    }

    /// Whether it is what every upgrade brings with it: a default that older instances do not have.
    pub(crate) fn is_usual(&self) -> bool {
        self.what.rule.name == rules::RELEASE_SKEW.name && self.what.level == Level::Note
    }
}

/// That the gates of entries are on by default.
pub(crate) fn on_by_default(entries: &[Entry<'_>]) -> String {
    match entries.iter().flat_map(|entry| &entry.gates).collect::<BTreeSet<_>>().len() {
        1 => "1 gate is on by default".to_owned(),
        count => format!("{count} gates are on by default"),
    }
}

/// Joins entries that have the same key with the first of them.
fn together<'a, K: Hash + Eq>(
    entries: impl Iterator<Item = Entry<'a>>,
    key: impl Fn(&Entry<'a>) -> K,
    join: impl Fn(&mut Entry<'a>, Entry<'a>),
) -> Vec<Entry<'a>> {
    let mut known: HashMap<K, usize, RandomState> = HashMap::default();
    let mut joined: Vec<Entry<'a>> = Vec::new();
    for entry in entries {
        let number = *known.entry(key(&entry)).or_insert(joined.len());
        match joined.get_mut(number) {
            Some(first) => join(first, entry),
            None => joined.push(entry),
        }
    }
    joined
}
