//! The settings of one text, by the program that reads them, and which findings about them are shown.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

use featuregate_core::__private::{IdVec, SUGGESTIONS};

use crate::config::extract::{Extract, Given, ListId, Setting, SettingId};
use crate::finding::Level;
use crate::io::text::Lines;
use crate::lint::draft::{Action, Draft};
use crate::lint::ignore::Ignores;
use crate::lint::owner::{Doubt, Owner, Owners, Remains};
use crate::lint::rule::Policy;
use crate::lint::target::Target;

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

/// A check of one text.
pub(crate) struct TextCheck<'a> {
    owners: &'a Owners,
    pub(super) policy: &'a Policy,
    pub(super) path: &'a Arc<str>,
    pub(super) text: &'a str,
    pub(super) extract: &'a Extract,
    /// The settings by program.
    pub(super) parts: Vec<Part<'a>>,
    /// Those of programs whose gates are unknown, with the program.
    others: Vec<(Option<&'a str>, &'a Setting)>,
    pub(super) ignores: Ignores<'a>,
    /// Names that were judged before a fix.
    judged: &'a BTreeSet<String>,
}

/// The settings of one program in a text.
pub(super) struct Part<'a> {
    pub(super) targets: &'a [Target],
    pub(super) settings: Vec<(SettingId, &'a Setting)>,
}

impl<'a> TextCheck<'a> {
    pub(crate) fn new(
        owners: &'a Owners,
        policy: &'a Policy,
        (path, text): (&'a Arc<str>, &'a str),
        extract: &'a Extract,
        judged: &'a BTreeSet<String>,
    ) -> Self {
        let mut check = Self {
            judged,
            owners,
            policy,
            path,
            text,
            extract,
            parts: Vec::new(),
            others: Vec::new(),
            ignores: Ignores::of(text),
        };
        check.divide();
        check
    }

    /// Finds out whose gates the settings are.
    fn divide(&mut self) {
        let owners = self.owners;
        let path = Path::new(&**self.path);
        let doubtful = self.doubtful();
        let mut list = None;
        for (index, setting) in self.extract.settings.iter() {
            // The settings of a list follow each other.
            let owner = match list {
                Some((list, owner)) if list == setting.list => owner,
                _ => owners.owner(path, &self.extract.lists[setting.list]),
            };
            list = Some((setting.list, owner));
            let owner = match (owner, doubtful.get(&setting.list)) {
                (Owner::Known(targets), Some(doubt)) if std::ptr::eq(targets, owners.main()) => {
                    doubt.reader.map_or(Owner::Nobody, Owner::Unknown)
                }
                _ => owners.of_gate(owner, &self.extract.lists[setting.list], &setting.name),
            };
            let (targets, program) = match owner {
                Owner::Known(targets) => (Some(targets), None),
                Owner::Unknown(program) => (owners.judges(program, &setting.name), Some(program)),
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

    /// Which lists are those of other programs: nothing shows that the main one reads them, and neither do the names in them.
    fn doubtful(&self) -> HashMap<ListId, Doubt<'a>> {
        let owners = self.owners;
        let main = owners.main();
        let path = Path::new(&**self.path);
        let lists = self.extract.lists.iter();
        let lists = lists.filter_map(|(id, list)| Some((id, owners.doubt(path, list)?)));
        let mut doubts: HashMap<ListId, Doubt<'a>> = lists.collect();
        if doubts.is_empty() {
            return HashMap::new();
        }
        let capitals = main.iter().all(Target::has_capitals);
        let mut searched = 0;
        for setting in self.settings().values() {
            let Some(doubt) = doubts.get(&setting.list) else { continue };
            let begins_like_one = || {
                let capital = setting.name.starts_with(|c: char| c.is_ascii_uppercase());
                !capitals || capital && !matches!(setting.value, Given::Other(_))
            };
            let mut is_near = || {
                let known = || main.iter().any(|target| target.resembles(&setting.name));
                if self.judged.contains(&setting.name) || known() {
                    return true;
                }
                searched += 1;
                searched <= SUGGESTIONS && self.would_be_corrected(setting)
            };
            let certain = match doubt.remains {
                Remains::Always => false,
                Remains::UnlessKnown => is_near(),
                Remains::UnlessNamed => begins_like_one() || is_near(),
            };
            if certain {
                doubts.remove(&setting.list);
            }
        }
        doubts
    }

    /// Whether an unknown name would be corrected to that of a gate, which costs time to find out.
    fn would_be_corrected(&self, setting: &Setting) -> bool {
        let mut targets = self.owners.main().iter();
        targets.any(|target| matches!(target.setting(setting, true).action, Action::Name(_)))
    }

    /// The settings that are not judged, by program.
    pub(crate) fn unjudged(&self) -> Vec<Unjudged> {
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

    /// How many settings are judged.
    pub(crate) fn judged(&self) -> usize {
        self.parts.iter().map(|part| part.settings.len()).sum()
    }

    /// The level of a finding about a setting; `None` if its rule is off, or a comment accepts it.
    pub(super) fn level(&self, setting: &Setting, draft: &Draft) -> Option<Level> {
        let level = draft.level(self.policy)?;
        (!self.ignores.accept(draft.rule, setting.name_span.start)).then_some(level)
    }

    /// Whether a finding about a setting is fixed where it can be; a note is not.
    pub(super) fn is_fixed(&self, setting: &Setting, draft: &Draft) -> bool {
        self.level(setting, draft).is_some_and(|level| level > Level::Note)
    }

    pub(super) fn settings(&self) -> &'a IdVec<SettingId, Setting> {
        &self.extract.settings
    }

    /// Whether a group is set somewhere in the text, so that a gate at its default may be an exception.
    pub(super) fn grouped(&self) -> bool {
        let is_group = |target: &Target, name: &str| target.group(name).is_some();
        self.parts.iter().any(|part| {
            let mut settings = part.settings.iter();
            settings.any(|(_, it)| part.targets.iter().any(|target| is_group(target, &it.name)))
        })
    }
}
