//! `featuregate.toml`: which rules apply, and at which level.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use featuregate_core::nearest::nearest;
use serde::Deserialize;
use toml::Spanned;

use crate::failure::Failure;
use crate::finding::Level;
use crate::rules::{self, Rule};
use crate::text::Lines;

/// The name of the file.
const FILE: &str = "featuregate.toml";

/// How many releases an alpha may last, unless the file says otherwise: three years at Kubernetes' pace.
const RELEASES: u32 = 9;

/// What was decided about rules.
#[derive(Clone, Debug, Default)]
pub(crate) struct Policy {
    levels: BTreeMap<&'static str, Option<Level>>,
    releases: Option<u32>,
}

/// The file as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    #[serde(default)]
    rules: BTreeMap<Spanned<String>, Setting>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "a level is \"error\", \"warning\", \"note\" or \"off\"")]
enum Setting {
    Level(Word),
    Table(Table),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    level: Option<Word>,
    releases: Option<u32>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Word {
    Error,
    Warning,
    Note,
    Off,
}

impl Policy {
    /// The policy of a named file, or of the one in this folder or the nearest above it; else none.
    pub(crate) fn find(named: Option<&Path>, from: &Path) -> Result<Self, Failure> {
        let path = match named {
            Some(path) => Some(path.to_path_buf()),
            None => above(from),
        };
        let Some(path) = path else { return Ok(Self::default()) };
        let text = std::fs::read_to_string(&path).map_err(|error| {
            Failure::new(format!("the settings {} can't be read: {error}", path.display()))
        })?;
        Self::read(&text).map_err(|told| Failure::new(format!("{}:{told}", path.display())))
    }

    fn read(text: &str) -> Result<Self, String> {
        let lines = Lines::of(text);
        let at = |byte: usize| {
            let place = lines.place(byte);
            format!("{}:{}", place.line, place.column)
        };
        let raw: Raw = toml::from_str(text).map_err(|error| {
            let place = error.span().map_or_else(|| "1:1".to_owned(), |span| at(span.start));
            format!("{place}: {}", error.message().trim())
        })?;
        let mut policy = Self::default();
        for (name, setting) in raw.rules {
            let place = at(name.span().start);
            let Some(rule) = rules::find(name.get_ref()) else {
                let known = rules::all().map(|rule| rule.name);
                let hint = match nearest(name.get_ref(), known) {
                    Some(near) => format!("did you mean {near}?"),
                    None => "`featuregate explain` lists the rules".to_owned(),
                };
                return Err(format!("{place}: no rule is named {}; {hint}", name.get_ref()));
            };
            let (level, releases) = match setting {
                Setting::Level(level) => (Some(level), None),
                Setting::Table(Table { level, releases }) => (level, releases),
            };
            if releases.is_some() && rule.name != rules::verify::old_alpha::RULE.name {
                return Err(format!(
                    "{place}: {} does not count releases; drop `releases`",
                    rule.name
                ));
            }
            policy.releases = releases.or(policy.releases);
            let level = match level {
                Some(Word::Error) => Some(Level::Error),
                Some(Word::Warning) => Some(Level::Warning),
                Some(Word::Note) => Some(Level::Note),
                Some(Word::Off) => None,
                None => Some(rule.level),
            };
            policy.levels.insert(rule.name, level);
        }
        Ok(policy)
    }

    /// The level of a rule; nothing where it is off.
    pub(crate) fn level(&self, rule: &Rule) -> Option<Level> {
        let usual = (!rule.optional).then_some(rule.level);
        self.levels.get(rule.name).copied().unwrap_or(usual)
    }

    /// The levels that were said.
    pub(crate) fn levels(&self) -> &BTreeMap<&'static str, Option<Level>> {
        &self.levels
    }

    /// How many releases an alpha may last.
    pub(crate) fn releases(&self) -> u32 {
        self.releases.unwrap_or(RELEASES)
    }
}

/// The file of this folder or of the nearest one above it, but not of another repository.
fn above(from: &Path) -> Option<PathBuf> {
    let from = from.canonicalize().ok()?;
    for folder in from.ancestors() {
        let path = folder.join(FILE);
        if path.is_file() {
            return Some(path);
        }
        if folder.join(".git").exists() {
            break;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::Policy;
    use crate::finding::Level;
    use crate::rules::find;

    #[test]
    fn levels_are_set_by_rule() {
        let policy = Policy::read(
            "[rules]\nno-owner = \"error\"\nredundant-gate = \"off\"\nold-alpha = { releases = 4 }\n",
        )
        .unwrap();
        let level = |name: &str| policy.level(find(name).unwrap());
        assert_eq!(level("no-owner"), Some(Level::Error));
        assert_eq!(level("no-issue"), None, "it is off unless it is asked for");
        assert_eq!(level("redundant-gate"), None);
        assert_eq!(level("removed-gate"), Some(Level::Error));
        assert_eq!(level("old-alpha"), Some(Level::Warning));
        assert_eq!(policy.releases(), 4);
    }

    #[test]
    fn a_mistake_is_told_with_its_place() {
        for (text, told) in [
            (
                "[rules]\nno-ovner = \"off\"\n",
                "2:1: no rule is named no-ovner; did you mean no-owner?",
            ),
            (
                "[rules]\nquite-another = \"off\"\n",
                "2:1: no rule is named quite-another; `featuregate explain` lists the rules",
            ),
            (
                "[rules]\nno-owner = \"of\"\n",
                "2:12: a level is \"error\", \"warning\", \"note\" or \"off\"",
            ),
            (
                "[rules]\nno-owner = { releases = 3 }\n",
                "2:1: no-owner does not count releases; drop `releases`",
            ),
        ] {
            assert_eq!(Policy::read(text).unwrap_err(), told);
        }
        assert!(Policy::read("[rulez]\n").unwrap_err().starts_with("1:2: unknown field `rulez`"));
        assert!(Policy::read("[rules\n").unwrap_err().starts_with("1:7: "));
    }
}
