//! The changes of a text that fix its settings, where there is exactly one right answer.

use std::collections::{BTreeMap, HashMap, HashSet};

use featuregate_core::__private::IdVec;

use crate::config::extract::{Extract, Given, ListId, ListKind, Setting, SettingId};
use crate::finding::Edit;

/// The changes that a text needs, by setting.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    changes: BTreeMap<SettingId, Change>,
}

/// What becomes of a setting.
#[derive(Clone, Debug)]
enum Change {
    Remove,
    Value(Edit),
    Name(Edit),
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
    pub(crate) fn remove(&mut self, index: SettingId) {
        self.changes.insert(index, Change::Remove);
    }

    pub(crate) fn value(&mut self, index: SettingId, setting: &Setting, value: &str) {
        let edit = self::value(setting, value);
        self.changes.extend(edit.map(|edit| (index, Change::Value(edit))));
    }

    pub(crate) fn name(&mut self, index: SettingId, setting: &Setting, name: String) {
        self.changes.insert(index, Change::Name(self::name(setting, name)));
    }

    /// Leaves out the changes that cannot be made without a change of something else.
    pub(crate) fn settle(&mut self, text: &str, extract: &Extract) {
        if self.changes.is_empty() {
            return;
        }
        self.remove_overridden(extract);
        self.leave_contradictions(text, extract);
        // The settings of an argument are changed together or not at all; those of a map do not depend on each other.
        let mut units: BTreeMap<(ListId, Option<SettingId>), Vec<SettingId>> = BTreeMap::new();
        for id in self.changes.keys() {
            let list = extract.settings[*id].list;
            let in_map = extract.lists[list].kind == ListKind::Map;
            units.entry((list, in_map.then_some(*id))).or_default().push(*id);
        }
        let wanted = std::mem::take(&mut self.changes);
        let mut left: Vec<Vec<SettingId>> = units.into_values().collect();
        let mut tries = 0;
        // What cannot be changed by itself may be changed together with another part.
        loop {
            let mut groups = vec![std::mem::take(&mut left)];
            let before = self.changes.len();
            while let Some(mut group) = groups.pop() {
                let ids = group.iter().flatten();
                self.changes.extend(ids.filter_map(|id| Some((*id, wanted.get(id)?.clone()))));
                tries += 1;
                if self.holds(text, extract) {
                    continue;
                }
                for id in group.iter().flatten() {
                    self.changes.remove(id);
                }
                if group.len() > 1 && tries < TRIES {
                    let second = group.split_off(group.len() / 2);
                    groups.push(second);
                    groups.push(group);
                } else {
                    left.append(&mut group);
                }
            }
            if left.is_empty() || self.changes.len() == before || tries >= TRIES {
                return;
            }
        }
    }

    /// Whether the text with the changes has what it had before without them, and the expected settings.
    fn holds(&self, text: &str, extract: &Extract) -> bool {
        let Some(edits) = self.edits(text, extract) else { return false };
        let Some(after) = applied(text, &edits) else { return false };
        extract.proves(text, &after, &edits) && self.agrees(extract, &extract.again(&after))
    }

    /// Removes with the last setting of a gate in a list the earlier ones with another value, which it overrides: one of them
    /// would apply then. A repetition overrides nothing.
    fn remove_overridden(&mut self, extract: &Extract) {
        let mut removed_last: HashMap<(ListId, &str), Option<&Given>> = HashMap::new();
        for (id, setting) in extract.settings.iter().rev() {
            let Setting { list, name, value, .. } = setting;
            let is_removed = self.removes(id);
            let last = removed_last.entry((*list, name)).or_insert(is_removed.then_some(value));
            let differs = last.is_some_and(|last| last != value);
            if differs && !is_removed && extract.lists[*list].kind == ListKind::List {
                self.remove(id);
            }
        }
    }

    /// Leaves a name unchanged where its list has the right one with another value: it is unclear which of the two is
    /// meant. With the same value the wrong one is removed, if it can be; a map cannot have both.
    fn leave_contradictions(&mut self, text: &str, extract: &Extract) {
        let renames = |change: &Change| matches!(change, Change::Name(_));
        if !self.changes.values().any(renames) {
            return;
        }
        let mut named: HashMap<(ListId, &str), Vec<(SettingId, &Given)>> = HashMap::new();
        for (index, setting) in extract.settings.iter() {
            let name = match self.changes.get(&index) {
                Some(Change::Remove) => continue,
                Some(Change::Name(edit)) => &edit.text,
                _ => &setting.name,
            };
            named.entry((setting.list, name)).or_default().push((index, &setting.value));
        }
        let is_renamed = |id: SettingId| self.changes.get(&id).is_some_and(renames);
        let mut wrong: Vec<(SettingId, bool)> = Vec::new();
        for same in named.values() {
            let values: HashSet<&Given> = same.iter().map(|(_, value)| *value).collect();
            let agree = values.len() == 1;
            let all = same.iter().map(|(id, _)| *id).filter(|id| is_renamed(*id));
            // If all of them are wrong, the first one gets the name.
            let first = usize::from(agree && same.iter().all(|(id, _)| is_renamed(*id)));
            if same.len() > 1 {
                let removable = |id| agree && extract.removal(text, &[id]).is_some();
                wrong.extend(all.skip(first).map(|id| (id, removable(id))));
            }
        }
        for (id, removable) in wrong {
            match self.changes.get_mut(&id).filter(|_| removable) {
                Some(change) => *change = Change::Remove,
                None => drop(self.changes.remove(&id)),
            }
        }
    }

    /// Whether it changes a setting.
    pub(crate) fn has(&self, index: SettingId) -> bool {
        self.changes.contains_key(&index)
    }

    /// Whether it removes a setting.
    pub(crate) fn removes(&self, index: SettingId) -> bool {
        matches!(self.changes.get(&index), Some(Change::Remove))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// The settings that it changes.
    pub(crate) fn settings(&self) -> impl Iterator<Item = SettingId> {
        self.changes.keys().copied()
    }

    /// Of a value for each setting, those of the settings that it keeps.
    pub(crate) fn kept<T: Copy>(&self, of_settings: &IdVec<SettingId, T>) -> IdVec<SettingId, T> {
        let kept = of_settings.iter().filter(|(id, _)| !self.removes(*id));
        kept.map(|(_, value)| *value).collect()
    }

    /// The text with the changes, unless two of them overlap.
    pub(crate) fn apply(&self, text: &str, extract: &Extract) -> Option<String> {
        applied(text, &self.edits(text, extract)?)
    }

    /// The changes as edits, in order.
    fn edits(&self, text: &str, extract: &Extract) -> Option<Vec<Edit>> {
        let removed: Vec<SettingId> = self.settings().filter(|id| self.removes(*id)).collect();
        let mut edits =
            if removed.is_empty() { Vec::new() } else { extract.removal(text, &removed)? };
        edits.extend(self.changes.values().filter_map(|change| match change {
            Change::Value(edit) | Change::Name(edit) => Some(edit.clone()),
            Change::Remove => None,
        }));
        edits.sort();
        edits.dedup();
        Some(edits)
    }

    /// Whether the edited text contains exactly the settings that the plan leaves, in the same order.
    fn agrees(&self, before: &Extract, after: &Extract) -> bool {
        let expected = before.settings.iter().filter_map(|(index, setting)| {
            Some(match self.changes.get(&index) {
                Some(Change::Remove) => return None,
                Some(Change::Value(edit)) => (setting.name.as_str(), Given::text(&edit.text)),
                Some(Change::Name(edit)) => (edit.text.as_str(), setting.value.clone()),
                None => (setting.name.as_str(), setting.value.clone()),
            })
        });
        let found = after.settings.values().map(|found| (found.name.as_str(), found.value.clone()));
        found.eq(expected) && before.skipped.len() == after.skipped.len()
    }
}

/// How often a part of the changes is tried, which is enough for a few that cannot be made.
const TRIES: usize = 64;

/// A text with edits, unless two of them overlap.
fn applied(text: &str, edits: &[Edit]) -> Option<String> {
    let mut fixed = String::with_capacity(text.len());
    let mut done = 0;
    for Edit { span: (start, end), text: replacement } in edits {
        fixed.push_str(text.get(done..*start)?);
        fixed.push_str(replacement);
        done = *end;
    }
    fixed.push_str(text.get(done..)?);
    Some(fixed)
}
