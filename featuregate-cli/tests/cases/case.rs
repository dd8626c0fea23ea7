//! A case: what is checked, and the expected results.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// A finding as a case names it: file, line, then gate, value and rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Found(pub(crate) String, pub(crate) u32, pub(crate) [String; 3]);

/// An expected finding. `*` is anything, and `*Name` what ends so.
#[derive(Debug, Deserialize)]
pub(crate) struct Expected(String, Lines, String, String, String);

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Lines {
    One(u32),
    AnyOf(Vec<u32>),
}

impl Expected {
    /// That of a file: a line, a gate, a value and a rule.
    pub(crate) fn of(file: &str, parts: (Lines, String, String, String)) -> Self {
        Self(file.to_owned(), parts.0, parts.1, parts.2, parts.3)
    }

    /// The file.
    pub(crate) fn path(&self) -> &str {
        &self.0
    }

    fn fits(&self, found: &Found) -> bool {
        let Self(file, lines, gate, value, rule) = self;
        let line = match lines {
            Lines::One(line) => *line == found.1,
            Lines::AnyOf(lines) => lines.contains(&found.1),
        };
        let one = |expected: &str, found: &str| match expected.strip_prefix('*') {
            Some(end) => found.ends_with(end),
            None => found == expected,
        };
        let rest = [gate, value, rule].into_iter().zip(&found.2);
        line && *file == found.0 && rest.into_iter().all(|(expected, found)| one(expected, found))
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct Case {
    /// Its folder, whose name is that of the case.
    #[serde(skip)]
    pub(crate) folder: PathBuf,
    pub(crate) targets: BTreeMap<String, Vec<Expected>>,
    pub(crate) files: Vec<String>,
    pub(crate) manifest: Option<String>,
    args: Vec<String>,
    pub(crate) fix_target: String,
}

impl Case {
    fn read(folder: &Path) -> Self {
        let text = std::fs::read_to_string(folder.join("expect.json")).unwrap();
        let case: Self = serde_json::from_str(&text).unwrap();
        Self { folder: folder.to_owned(), ..case }
    }

    /// The cases in a folder, by name.
    pub(crate) fn all(folder: &Path) -> Vec<Self> {
        let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let mut folders: Vec<_> = entries.filter(|it| it.join("expect.json").is_file()).collect();
        folders.sort();
        folders.iter().map(|folder| Self::read(folder)).collect()
    }

    pub(crate) fn name(&self) -> &str {
        self.folder.file_name().unwrap().to_str().unwrap()
    }

    /// The arguments that are added.
    pub(crate) fn arguments(&self) -> impl Iterator<Item = &str> {
        self.args.iter().map(String::as_str).filter(|argument| !argument.starts_with("DIR:"))
    }

    /// The folder that is walked.
    pub(crate) fn walked(&self) -> &str {
        self.args.iter().find_map(|argument| argument.strip_prefix("DIR:")).unwrap_or(".")
    }
}

/// The expected findings that are missing, and the findings that are too much. Each expected one is matched with one
/// found, as many as possible.
pub(crate) fn differences<'a>(
    expected: &'a [Expected],
    found: &'a [Found],
) -> (Vec<&'a Expected>, Vec<&'a Found>) {
    fn claim(
        one: usize,
        expected: &[Expected],
        found: &[Found],
        seen: &mut [bool],
        owners: &mut [Option<usize>],
    ) -> bool {
        for (at, candidate) in found.iter().enumerate() {
            if seen[at] || !expected[one].fits(candidate) {
                continue;
            }
            seen[at] = true;
            let free = match owners[at] {
                Some(owner) => claim(owner, expected, found, seen, owners),
                None => true,
            };
            if free {
                owners[at] = Some(one);
                return true;
            }
        }
        false
    }
    let mut owners = vec![None; found.len()];
    let mut missing = Vec::new();
    for (one, wanted) in expected.iter().enumerate() {
        let mut seen = vec![false; found.len()];
        if !claim(one, expected, found, &mut seen, &mut owners) {
            missing.push(wanted);
        }
    }
    let extra = found.iter().zip(&owners).filter(|(_, owner)| owner.is_none());
    (missing, extra.map(|(found, _)| found).collect())
}
