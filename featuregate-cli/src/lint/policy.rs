//! `featuregate.toml`: what a project expects of its gates.
//!
//! ```toml
//! [rules]
//! no-owner = "error"
//! old-alpha = { level = "warning", releases = 6 }
//! ```

use std::ops::Range;
use std::path::Path;
use std::{fs, io};

use featuregate_core::nearest::nearest;
use featuregate_core::quote::{Name, Quoted};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::error::Error;
use crate::finding::Level;
use crate::io::file;
use crate::io::text::Lines;
use crate::lint::rule::{Policy, Rule};
use crate::lint::rules;

/// The file's name.
const FILE: &str = "featuregate.toml";

impl Policy {
    /// Reads a file; without one that of the nearest folder, from `start` upwards to the root of its repository.
    /// Where there is none, every rule has its own level.
    pub(crate) fn find(file: Option<&Path>, start: &Path) -> Result<Self, Error> {
        if let Some(file) = file {
            return Self::open(file);
        }
        let start = if start.as_os_str().is_empty() { Path::new(".") } else { start };
        let start = fs::canonicalize(start).unwrap_or_default();
        for folder in start.ancestors() {
            let file = folder.join(FILE);
            if file.is_file() {
                return Self::open(&file);
            }
            if folder.join(".git").exists() {
                break;
            }
        }
        Ok(Self::default())
    }

    fn open(file: &Path) -> Result<Self, Error> {
        let shown = crate::source::package::relative(file.to_owned()).display().to_string();
        let text = file::read(file).and_then(|bytes| {
            String::from_utf8(bytes).map_err(|_| io::Error::other("it is not UTF-8"))
        });
        let text = text
            .map_err(|error| Error::new(format!("the settings {shown} can't be read: {error}")))?;
        Self::read(&text).map_err(|mistakes| {
            let told = mistakes.iter().map(|mistake| format!("{shown}:{mistake}"));
            Error::Messages(told.collect())
        })
    }

    /// Reads a text, or tells all that is wrong with it: `3:1: ` and a sentence each.
    pub(crate) fn read(text: &str) -> Result<Self, Vec<String>> {
        let mut reader = Reader { lines: Lines::of(text), mistakes: Vec::new() };
        let mut policy = Self::default();
        match DeTable::parse(text) {
            Ok(table) => reader.file(table.get_ref(), &mut policy),
            Err(error) => reader.tell(error.span().unwrap_or_default(), error.message()),
        }
        reader.mistakes.sort_by_key(|(byte, _)| *byte);
        if reader.mistakes.is_empty() {
            return Ok(policy);
        }
        Err(reader.mistakes.into_iter().map(|(_, mistake)| mistake).collect())
    }
}

struct Reader<'t> {
    lines: Lines<'t>,
    mistakes: Vec<(usize, String)>,
}

impl Reader<'_> {
    fn tell(&mut self, at: Range<usize>, mistake: &str) {
        let place = self.lines.place(at.start);
        self.mistakes.push((at.start, format!("{}:{}: {mistake}", place.line, place.column)));
    }

    fn file(&mut self, table: &DeTable<'_>, policy: &mut Policy) {
        for (key, value) in table {
            if key.get_ref() != "rules" {
                let right = match nearest(key.get_ref(), ["rules"].into_iter()) {
                    Some(near) => format!("did you mean [{near}]?"),
                    None => "it has [rules]".into(),
                };
                let key_text = Name(key.get_ref()).to_string();
                self.tell(key.span(), &format!("the file has no {key_text}; {right}"));
                continue;
            }
            match value.get_ref() {
                DeValue::Table(rules) => {
                    for (name, value) in rules {
                        self.rule(name, value, policy);
                    }
                }
                other => {
                    let found = told(other);
                    self.tell(value.span(), &format!("rules is {found}; write a table, [rules]"));
                }
            }
        }
    }

    fn rule(
        &mut self,
        name: &Spanned<std::borrow::Cow<'_, str>>,
        value: &Spanned<DeValue<'_>>,
        policy: &mut Policy,
    ) {
        let written = name.get_ref();
        let Some(rule) = rules::find(written) else {
            let known = rules::all().map(|rule| rule.name);
            let right = match nearest(written, known) {
                Some(near) => format!("did you mean {near}?"),
                None => "`featuregate explain` lists them".into(),
            };
            self.tell(name.span(), &format!("there is no rule {}; {right}", Name(written)));
            return;
        };
        match value.get_ref() {
            DeValue::String(_) => self.level(rule, value, policy),
            DeValue::Table(settings) => {
                for (key, value) in settings {
                    match key.get_ref().as_ref() {
                        "level" => self.level(rule, value, policy),
                        "releases" if rule.releases.is_some() => self.releases(rule, value, policy),
                        other => {
                            let counts = rule.releases.map(|_| "releases");
                            let known: Vec<&str> = ["level"].into_iter().chain(counts).collect();
                            let right = match nearest(other, known.iter().copied()) {
                                Some(near) => format!("did you mean {near}?"),
                                None => format!("it has {}", known.join(" and ")),
                            };
                            let mistake =
                                format!("{} has no setting {}; {right}", rule.name, Name(other));
                            self.tell(key.span(), &mistake);
                        }
                    }
                }
            }
            _ => self.wrong_level(rule, value),
        }
    }

    fn level(&mut self, rule: &Rule, value: &Spanned<DeValue<'_>>, policy: &mut Policy) {
        let level = match value.get_ref().as_str() {
            Some("off" | "allow") => Some(None),
            Some(written) => Level::named(written).map(Some),
            None => None,
        };
        let Some(level) = level else {
            self.wrong_level(rule, value);
            return;
        };
        if rule.fixed && level != Some(Level::Error) {
            self.tell(
                value.span(),
                &format!(
                    "{} is always an error, since the enum does not compile; drop this line",
                    rule.name
                ),
            );
            return;
        }
        policy.set_level(rule, level);
    }

    fn wrong_level(&mut self, rule: &Rule, value: &Spanned<DeValue<'_>>) {
        let (name, found) = (rule.name, told(value.get_ref()));
        let right = r#"write "error", "warning", "note" or "off""#;
        self.tell(value.span(), &format!("the level of {name} is {found}; {right}"));
    }

    fn releases(&mut self, rule: &Rule, value: &Spanned<DeValue<'_>>, policy: &mut Policy) {
        let number = value.get_ref().as_integer().and_then(|number| number.as_str().parse().ok());
        match number {
            Some(number) => {
                policy.set_releases(rule, number);
            }
            None => self.tell(
                value.span(),
                &format!(
                    "releases of {} is a number of minor releases, as in releases = 3",
                    rule.name
                ),
            ),
        }
    }
}

/// A value in a sentence: a text as it is, else what it is.
fn told(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => Quoted(text).to_string(),
        DeValue::Integer(_) | DeValue::Array(_) => format!("an {}", value.type_str()),
        _ => format!("a {}", value.type_str()),
    }
}

#[cfg(test)]
mod tests {
    use crate::finding::Level;
    use crate::lint::rule::Policy;
    use crate::lint::rules::find;

    fn level(policy: &Policy, rule: &str) -> Option<Level> {
        policy.level(find(rule).unwrap())
    }

    #[test]
    fn a_rule_has_its_own_level_unless_the_file_says_another() {
        let policy = Policy::read(
            "[rules]\nno-owner = \"error\"\nlocked-gate = \"warning\"\nunknown-gate = \"off\"\n\
             overdue-removal = { level = \"note\" }\nold-alpha = { level = \"warning\", releases = 6 }\n\
             removed-too-early = { releases = 2 }\n",
        )
        .unwrap();
        for (rule, expected) in [
            ("no-owner", Some(Level::Error)),
            ("no-issue", None),
            ("locked-gate", Some(Level::Warning)),
            ("unknown-gate", None),
            ("overdue-removal", Some(Level::Note)),
            ("old-alpha", Some(Level::Warning)),
            ("removed-too-early", Some(Level::Error)),
            ("removed-gate", Some(Level::Error)),
        ] {
            assert_eq!(level(&policy, rule), expected, "{rule}");
        }
        assert_eq!(policy.releases(find("old-alpha").unwrap(), 4), 6);
        assert_eq!(policy.releases(find("removed-too-early").unwrap(), 3), 2);
        assert_eq!(Policy::default().releases(find("removed-too-early").unwrap(), 3), 3);
        assert_eq!(Policy::read("").unwrap(), Policy::default());
    }

    #[test]
    fn all_mistakes_are_told_with_their_place_and_what_would_be_right() {
        let text = "rule = 1\n[rules]\nno-ownr = \"error\"\nsomething = \"error\"\nno-owner = \"fatal\"\n\
                    no-issue = 3\nlocked-gate = { levl = \"error\", releases = 2 }\n\
                    old-alpha = { releases = \"two\" }\ninvalid-declaration = \"off\"\n[\"ä\".b]\n";
        assert_eq!(
            Policy::read(text).unwrap_err(),
            [
                "1:1: the file has no rule; did you mean [rules]?",
                "3:1: there is no rule no-ownr; did you mean no-owner?",
                "4:1: there is no rule something; `featuregate explain` lists them",
                "5:12: the level of no-owner is \"fatal\"; write \"error\", \"warning\", \"note\" or \"off\"",
                "6:12: the level of no-issue is an integer; write \"error\", \"warning\", \"note\" or \"off\"",
                "7:17: locked-gate has no setting levl; did you mean level?",
                "7:33: locked-gate has no setting releases; it has level",
                "8:26: releases of old-alpha is a number of minor releases, as in releases = 3",
                "9:23: invalid-declaration is always an error, since the enum does not compile; drop this line",
                "10:2: the file has no ä; it has [rules]",
            ]
        );
    }

    #[test]
    fn what_is_no_toml_is_told_with_its_place() {
        for (text, place) in [
            ("[rules\n", "1:7: "),
            ("[rules]\nno-owner = error\n", "2:12: "),
            ("a = 1\na = 2\n", "2:1: "),
        ] {
            let mistakes = Policy::read(text).unwrap_err();
            assert!(mistakes[0].starts_with(place), "{mistakes:?}");
        }
    }
}
