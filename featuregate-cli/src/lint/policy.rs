//! `featuregate.toml`: the levels that a project gives to rules. [`settings`](super::settings) reads its other section.
//!
//! ```toml
//! [rules]
//! no-owner = "error"
//! old-alpha = { level = "warning", releases = 6, never-expire = ["Profiling: only used in tests"] }
//! ```

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::{fs, io};

use featuregate_core::__private::{Name, Quoted, nearest};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::error::{Error, did_you_mean};
use crate::finding::Level;
use crate::io::file;
use crate::io::text::Lines;
use crate::lint::rule::{Policy, Rule};
use crate::lint::rules;

/// The file's name.
const FILE: &str = "featuregate.toml";

/// The key of the gates that never expire.
const NEVER_EXPIRE: &str = "never-expire";

impl Policy {
    /// Reads a file; by default that of the nearest folder, from `start` upwards to the root of its repository.
    /// Without a file, every rule has its own level.
    pub(crate) fn find(file: Option<&Path>, start: &Path) -> Result<Self, Error> {
        find(file, start)?.map_or_else(|| Ok(Self::default()), |file| open(&file, Self::read))
    }

    /// Reads a text, or returns everything that is wrong with it: `3:1: ` and a message each.
    pub(crate) fn read(text: &str) -> Result<Self, Vec<String>> {
        let mut reader = Reader::of(text);
        let mut policy = Self::default();
        match DeTable::parse(text) {
            Ok(table) => reader.file(table.get_ref(), &mut policy),
            Err(error) => reader.report(error.span().unwrap_or_default(), error.message()),
        }
        reader.done(policy)
    }
}

/// The file that is named; by default that of the nearest folder, from `start` upwards to the root of its repository.
pub(crate) fn find(file: Option<&Path>, start: &Path) -> Result<Option<PathBuf>, Error> {
    if let Some(file) = file {
        return Ok(Some(file.to_owned()));
    }
    let start = if start.as_os_str().is_empty() { Path::new(".") } else { start };
    let start = fs::canonicalize(start)
        .map_err(|error| Error::new(format!("cannot find {}: {error}", start.display())))?;
    for folder in start.ancestors() {
        let file = folder.join(FILE);
        if file.is_file() {
            return Ok(Some(file));
        }
        if folder.join(".git").exists() {
            break;
        }
    }
    Ok(None)
}

/// What a file says, or everything that is wrong with it, with the name of the file.
pub(crate) fn open<T>(
    file: &Path,
    read: impl FnOnce(&str) -> Result<T, Vec<String>>,
) -> Result<T, Error> {
    let shown = crate::source::package::relative(file.to_owned()).display().to_string();
    let text = file::read(file)
        .and_then(|bytes| String::from_utf8(bytes).map_err(|_| io::Error::other("not UTF-8")));
    let text = text.map_err(|error| Error::new(format!("cannot read {shown}: {error}")))?;
    read(&text).map_err(|errors| {
        let errors = errors.iter().map(|error| format!("{shown}:{error}"));
        Error::Messages(errors.collect())
    })
}

pub(super) struct Reader<'t> {
    lines: Lines<'t>,
    errors: Vec<(usize, String)>,
}

impl<'t> Reader<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self { lines: Lines::of(text), errors: Vec::new() }
    }

    /// What was read, or the errors in their order.
    pub(super) fn done<T>(mut self, read: T) -> Result<T, Vec<String>> {
        self.errors.sort_by_key(|(byte, _)| *byte);
        if self.errors.is_empty() {
            return Ok(read);
        }
        Err(self.errors.into_iter().map(|(_, error)| error).collect())
    }
}

impl Reader<'_> {
    pub(super) fn report(&mut self, at: Range<usize>, error: &str) {
        let location = self.lines.location(at.start);
        self.errors.push((at.start, format!("{}:{}: {error}", location.line, location.column)));
    }

    pub(super) fn wrong(&mut self, key: &str, value: &Spanned<DeValue<'_>>, help: &str) {
        let found = described(value.get_ref());
        self.report(value.span(), &format!("`{key}` is {found}; {help}"));
    }

    fn file(&mut self, table: &DeTable<'_>, policy: &mut Policy) {
        for (key, value) in table {
            if key.get_ref() == "check" {
                // Only the command of that name reads it.
                continue;
            }
            if key.get_ref() != "rules" {
                let help = match nearest(key.get_ref(), ["rules", "check"].into_iter()) {
                    Some(near) => format!("did you mean [{near}]?"),
                    None => "the file has [rules] and [check]".into(),
                };
                let key_text = Name(key.get_ref()).to_string();
                self.report(key.span(), &format!("unknown key {key_text}; {help}"));
                continue;
            }
            let Some(rules) = value.get_ref().as_table() else {
                self.wrong("rules", value, "write a table, [rules]");
                continue;
            };
            for (name, value) in rules {
                self.rule(name, value, policy);
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
            return self.report(name.span(), &rules::unknown(written));
        };
        match value.get_ref() {
            DeValue::String(_) => self.level(rule, value, policy),
            DeValue::Table(settings) => {
                // A rule that is set applies.
                policy.levels.insert(rule.name, Some(rule.level));
                for (key, value) in settings {
                    match key.get_ref().as_ref() {
                        "level" => self.level(rule, value, policy),
                        "releases" if rule.releases.is_some() => self.releases(rule, value, policy),
                        NEVER_EXPIRE if rule.expires => self.never_expire(rule, value, policy),
                        other => {
                            let counts = rule.releases.map(|_| "releases");
                            let expires = rule.expires.then_some(NEVER_EXPIRE);
                            let known = ["level"].into_iter().chain(counts).chain(expires);
                            let known: Vec<&str> = known.collect();
                            let near = nearest(other, known.iter().copied());
                            let help =
                                did_you_mean(near, &format!("it has {}", known.join(" and ")));
                            let error = format!(
                                "rule {} has no setting {}; {help}",
                                rule.name,
                                Name(other)
                            );
                            self.report(key.span(), &error);
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
            self.report(
                value.span(),
                &format!(
                    "rule {} is always an error, since the enum does not compile; remove this line",
                    rule.name
                ),
            );
            return;
        }
        policy.levels.insert(rule.name, level);
    }

    fn wrong_level(&mut self, rule: &Rule, value: &Spanned<DeValue<'_>>) {
        let (name, found) = (rule.name, described(value.get_ref()));
        let help = r#"write "error", "warning", "note" or "off""#;
        self.report(value.span(), &format!("{found} is not a level of rule {name}; {help}"));
    }

    /// `["Gate: reason"]`.
    fn never_expire(&mut self, rule: &Rule, value: &Spanned<DeValue<'_>>, policy: &mut Policy) {
        let help = r#"write the gate and the reason, as in "Profiling: only used in tests""#;
        let Some(entries) = value.get_ref().as_array() else {
            let found = described(value.get_ref());
            let error =
                format!("`{NEVER_EXPIRE}` of rule {} is {found}, not a list; {help}", rule.name);
            return self.report(value.span(), &error);
        };
        for entry in entries {
            let Some(text) = entry.get_ref().as_str() else {
                let found = described(entry.get_ref());
                self.report(entry.span(), &format!("{found} is not a gate; {help}"));
                continue;
            };
            match text.split_once(": ").map(|(gate, reason)| (gate.trim(), reason.trim())) {
                Some((gate, reason)) if !gate.is_empty() && !reason.is_empty() => {
                    policy.never_expire.insert((rule.name, gate.to_owned()));
                }
                _ => self.report(entry.span(), &format!("{} has no reason; {help}", Quoted(text))),
            }
        }
    }

    fn releases(&mut self, rule: &Rule, value: &Spanned<DeValue<'_>>, policy: &mut Policy) {
        let number = value.get_ref().as_integer().and_then(|number| number.as_str().parse().ok());
        match number {
            Some(number) => {
                policy.releases.insert(rule.name, number);
            }
            None => self.report(
                value.span(),
                &format!(
                    "`releases` of rule {} is not a number; write a number of minor releases, as in releases = 3",
                    rule.name
                ),
            ),
        }
    }
}

/// A value in a message: a text in quotes, or its type.
fn described(value: &DeValue<'_>) -> String {
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
    fn a_rule_has_its_own_level_unless_the_file_sets_another() {
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
        let [alpha, beta, early] =
            ["old-alpha", "old-beta", "removed-too-early"].map(|rule| find(rule).unwrap());
        let releases = |policy: &Policy| [alpha, beta, early].map(|rule| policy.releases(rule));
        assert_eq!(releases(&policy), [6, 6, 2]);
        assert_eq!(releases(&Policy::default()), [4, 6, 3]);
        assert_eq!(Policy::read("").unwrap(), Policy::default());
    }

    #[test]
    fn a_rule_that_is_only_configured_applies() {
        let policy = Policy::read(
            "[rules]\nold-alpha = { releases = 6 }\nold-beta = { never-expire = [\"A: a reason: this\", \"store:B : it\"] }\n\
             no-owner = {}\n",
        )
        .unwrap();
        for (rule, expected) in [
            ("old-alpha", Some(Level::Warning)),
            ("old-beta", Some(Level::Warning)),
            ("no-owner", Some(Level::Warning)),
            ("no-issue", None),
        ] {
            assert_eq!(level(&policy, rule), expected, "{rule}");
        }
        let (alpha, beta) = (find("old-alpha").unwrap(), find("old-beta").unwrap());
        let excepted = ["A", "store:B", "B"].map(|gate| policy.never_expires(beta, gate));
        assert_eq!(excepted, [true, true, false]);
        assert!(!policy.never_expires(alpha, "A"));
    }

    #[test]
    fn a_gate_that_never_expires_needs_a_reason() {
        let text = "[rules.old-alpha]\nnever-expire = [\n\"A:b\",\n\"B: \",\n\": c\",\n1]\n[rules]\n\
                    old-beta = { never-expire = \"A: b\" }\nno-owner = { never-expire = [] }\n";
        let help = "write the gate and the reason, as in \"Profiling: only used in tests\"";
        assert_eq!(
            Policy::read(text).unwrap_err(),
            [
                format!("3:1: \"A:b\" has no reason; {help}"),
                format!("4:1: \"B: \" has no reason; {help}"),
                format!("5:1: \": c\" has no reason; {help}"),
                format!("6:1: an integer is not a gate; {help}"),
                format!("8:29: `never-expire` of rule old-beta is \"A: b\", not a list; {help}"),
                "9:14: rule no-owner has no setting never-expire; it has level".to_owned(),
            ]
        );
    }

    #[test]
    fn all_errors_are_reported_with_their_location_and_help() {
        let text = "rule = 1\n[rules]\nno-ownr = \"error\"\nsomething = \"error\"\nno-owner = \"fatal\"\n\
                    no-issue = 3\nlocked-gate = { levl = \"error\", releases = 2 }\n\
                    old-alpha = { releases = \"two\" }\ninvalid-declaration = \"off\"\n[\"ä\".b]\n";
        assert_eq!(
            Policy::read(text).unwrap_err(),
            [
                "1:1: unknown key rule; did you mean [rules]?",
                "3:1: unknown rule no-ownr; did you mean no-owner?",
                "4:1: unknown rule something; `featuregate rule` lists the rules",
                "5:12: \"fatal\" is not a level of rule no-owner; write \"error\", \"warning\", \"note\" or \"off\"",
                "6:12: an integer is not a level of rule no-issue; write \"error\", \"warning\", \"note\" or \"off\"",
                "7:17: rule locked-gate has no setting levl; did you mean level?",
                "7:33: rule locked-gate has no setting releases; it has level",
                "8:26: `releases` of rule old-alpha is not a number; write a number of minor releases, as in releases = 3",
                "9:23: rule invalid-declaration is always an error, since the enum does not compile; remove this line",
                "10:2: unknown key ä; the file has [rules] and [check]",
            ]
        );
    }

    #[test]
    fn invalid_toml_is_reported_with_its_location() {
        for (text, location) in [
            ("[rules\n", "1:7: "),
            ("[rules]\nno-owner = error\n", "2:12: "),
            ("a = 1\na = 2\n", "2:1: "),
        ] {
            let errors = Policy::read(text).unwrap_err();
            assert!(errors[0].starts_with(location), "{errors:?}");
        }
    }
}
