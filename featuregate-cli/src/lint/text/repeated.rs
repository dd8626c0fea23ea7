//! Settings whose list already has their gate.

use std::collections::{BTreeMap, HashMap, HashSet};

use foldhash::fast::RandomState;

use crate::config::extract::{Given, ListId, ListKind, Setting, SettingId};
use crate::io::text::Lines;
use crate::lint::draft::Draft;
use crate::lint::target::value_of;
use crate::lint::text::check::{Part, TextCheck};

impl<'a> TextCheck<'a> {
    /// The settings whose list already has the gate, under this name or another one, with what that means to each
    /// target.
    pub(super) fn duplicates(&self, part: &Part<'a>) -> BTreeMap<SettingId, Vec<Option<Draft>>> {
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
