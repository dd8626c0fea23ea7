//! Mending: the changes of a text that have one right answer.

use std::collections::{BTreeMap, HashMap};

use crate::config::extract::{Extract, Given, Setting};
use crate::finding::Edit;

/// The changes that a text needs.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    /// The settings to drop, by index.
    dropped: Vec<usize>,
    /// What others become, by index.
    changed: BTreeMap<usize, Change>,
}

#[derive(Debug)]
enum Change {
    Value(&'static str, Edit),
    Name(String, Edit),
}

/// The edit that gives a setting another value, where it has one in the text.
pub(crate) fn value(setting: &Setting, value: &str) -> Option<Edit> {
    let span = (setting.value_span.start, setting.value_span.end);
    (span.0 < span.1).then(|| Edit { span, text: value.to_owned() })
}

/// The edit that gives a setting another name.
pub(crate) fn name(setting: &Setting, name: String) -> Edit {
    Edit { span: (setting.name_span.start, setting.name_span.end), text: name }
}

impl Plan {
    pub(crate) fn drop(&mut self, index: usize) {
        self.dropped.push(index);
    }

    pub(crate) fn value(&mut self, index: usize, setting: &Setting, value: &'static str) {
        if let Some(edit) = self::value(setting, value) {
            self.changed.insert(index, Change::Value(value, edit));
        }
    }

    pub(crate) fn name(&mut self, index: usize, setting: &Setting, name: String) {
        let edit = self::name(setting, name.clone());
        self.changed.insert(index, Change::Name(name, edit));
    }

    /// Leaves out the settings of each list that can't lose all of those that it should: an argument that
    /// would be left empty where the file needs one.
    pub(crate) fn settle(&mut self, text: &str, extract: &Extract) {
        let mut lists: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for &index in &self.dropped {
            if let Some(setting) = extract.settings.get(index) {
                lists.entry(setting.list).or_default().push(index);
            }
        }
        lists.retain(|_, members| extract.removal(text, members).is_some());
        self.dropped = lists.into_values().flatten().collect();
        self.dropped.sort_unstable();
        self.leave_contradictions(extract);
    }

    /// Leaves a name as it is where the right one already stands in the list with another value: which of the two
    /// is meant has no one answer, and a map can't have both.
    fn leave_contradictions(&mut self, extract: &Extract) {
        let named = |change: &Change| matches!(change, Change::Name(..));
        if !self.changed.values().any(named) {
            return;
        }
        // The value of each name, or none where it has several.
        let mut values: HashMap<(usize, &str), Option<&Given>> = HashMap::new();
        let kept = extract.settings.iter().enumerate();
        for (index, setting) in kept.filter(|(index, _)| self.dropped.binary_search(index).is_err())
        {
            let name = match self.changed.get(&index) {
                Some(Change::Name(name, _)) => name,
                _ => &setting.name,
            };
            let value = values.entry((setting.list, name)).or_insert(Some(&setting.value));
            *value = value.filter(|value| **value == setting.value);
        }
        let contradicts = |index: &usize, change: &Change| match change {
            Change::Name(name, _) => {
                let list = extract.settings.get(*index).map_or(0, |setting| setting.list);
                values.get(&(list, name)).is_some_and(Option::is_none)
            }
            Change::Value(..) => false,
        };
        let wrong = self.changed.iter().filter(|(index, change)| contradicts(index, change));
        let wrong: Vec<usize> = wrong.map(|(index, _)| *index).collect();
        for index in wrong {
            self.changed.remove(&index);
        }
    }

    /// Whether it mends a setting.
    pub(crate) fn has(&self, index: usize) -> bool {
        self.changed.contains_key(&index) || self.drops(index)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.dropped.is_empty() && self.changed.is_empty()
    }

    /// The settings that it mends, by index.
    pub(crate) fn settings(&self) -> impl Iterator<Item = usize> {
        self.dropped.iter().chain(self.changed.keys()).copied()
    }

    /// Leaves those that it keeps, of something for each setting.
    pub(crate) fn keep<T>(&self, of_settings: &mut Vec<T>) {
        let mut index = 0..;
        of_settings.retain(|_| index.next().is_some_and(|index| !self.drops(index)));
    }

    fn drops(&self, index: usize) -> bool {
        self.dropped.binary_search(&index).is_ok()
    }

    /// The text with the changes, unless they get into one another's way.
    pub(crate) fn apply(&self, text: &str, extract: &Extract) -> Option<String> {
        let mut edits = if self.dropped.is_empty() {
            Vec::new()
        } else {
            extract.removal(text, &self.dropped)?
        };
        edits.extend(self.changed.values().map(|change| match change {
            Change::Value(_, edit) | Change::Name(_, edit) => edit.clone(),
        }));
        edits.sort();
        edits.dedup();
        let mut mended = String::with_capacity(text.len());
        let mut done = 0;
        for Edit { span: (start, end), text: instead } in &edits {
            mended.push_str(text.get(done..*start)?);
            mended.push_str(instead);
            done = *end;
        }
        mended.push_str(text.get(done..)?);
        Some(mended)
    }

    /// Whether the mended text has just what the plan leaves: the same settings in the same order.
    pub(crate) fn agrees(&self, before: &Extract, after: &Extract) -> bool {
        let kept = before.settings.iter().enumerate().filter(|(index, _)| !self.drops(*index));
        let mut wanted = kept.map(|(index, setting)| match self.changed.get(&index) {
            Some(Change::Value(value, _)) => (setting.name.as_str(), Given::text(value)),
            Some(Change::Name(name, _)) => (name.as_str(), setting.value.clone()),
            None => (setting.name.as_str(), setting.value.clone()),
        });
        let mut found = after.settings.iter();
        let same = found
            .by_ref()
            .zip(wanted.by_ref())
            .all(|(found, (name, value))| found.name == name && found.value == value);
        same && found.next().is_none()
            && wanted.next().is_none()
            && before.skipped.len() == after.skipped.len()
    }
}
