//! Comments that accept findings, in any syntax: `# featuregate: ignore[removed-gate] until the upgrade in May`.

use std::cell::Cell;
use std::ops::Range;
use std::sync::LazyLock;

use featuregate_core::__private::{Name, nearest, slice};
use memchr::memmem::Finder;

use crate::error::did_you_mean;
use crate::lint::rule::Rule;
use crate::lint::rules;

/// What such a comment begins with, after the sign of a comment.
const BEGIN: &str = "featuregate:";

/// What a comment begins with: of shells, YAML and TOML; of JSON; of INI; of XML; of templates.
const SIGNS: [&str; 5] = ["#", "//", ";", "<!--", "/*"];

/// The same and what may surround it, as characters.
const AROUND: [char; 9] = ['#', '/', ';', '<', '!', '-', '*', '{', ' '];

/// The comments of a text.
#[derive(Debug)]
pub(crate) struct Ignores<'t>(Vec<Ignore<'t>>);

/// A comment that accepts findings of its line, or of the line below it.
#[derive(Debug)]
struct Ignore<'t> {
    /// Its bytes, without the sign of a comment.
    span: Range<usize>,
    /// The bytes of the lines that it is about.
    about: Range<usize>,
    /// The rules that it names, each with whether it was needed.
    rules: Vec<(&'t str, Cell<bool>)>,
    has_reason: bool,
}

/// A comment, or a rule in one, that has no effect.
pub(crate) struct Unused {
    /// The bytes of the comment.
    pub(crate) span: Range<usize>,
    pub(crate) message: String,
    pub(crate) help: String,
}

/// Whether a part of a line ends with the sign of a comment, and not with a part of a word or a command.
fn begins_comment(part: &str) -> bool {
    let Some(before) = SIGNS.iter().find_map(|sign| part.strip_suffix(sign)) else { return false };
    match part.chars().next_back() {
        Some(sign @ '#') => {
            let before = before.trim_end_matches(sign);
            before.is_empty() || before.ends_with(char::is_whitespace)
        }
        Some(sign @ ';') => before.trim_end_matches(sign).trim().is_empty(),
        _ => !before.ends_with(':'),
    }
}

/// Whether a text in quotes begins in a part of a line and ends in what follows.
fn is_quoted(part: &str, after: &str) -> bool {
    let mut quote = None;
    let mut before = ' ';
    let mut letters = part.chars();
    while let Some(letter) = letters.next() {
        match quote {
            Some('"') if letter == '\\' => drop(letters.next()),
            Some(mark) if letter == mark => quote = None,
            // Otherwise it is an apostrophe.
            None if matches!(letter, '"' | '\'') && !before.is_alphanumeric() => {
                quote = Some(letter);
            }
            _ => {}
        }
        before = letter;
    }
    quote.is_some_and(|mark| after.contains(mark))
}

impl<'t> Ignores<'t> {
    pub(crate) fn of(text: &'t str) -> Self {
        // Made once, since most files are small.
        static FINDER: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new(BEGIN));
        let found = FINDER.find_iter(text.as_bytes());
        Self(found.filter_map(|at| Ignore::at(text, at)).collect())
    }

    /// Whether a comment accepts what a rule finds at a byte.
    pub(crate) fn accept(&self, rule: &Rule, byte: usize) -> bool {
        // A comment is not about a line before that of an earlier comment.
        let first = self.0.partition_point(|ignore| ignore.about.end <= byte);
        let (_, from) = self.0.split_at(first);
        let here = from.iter().take_while(|ignore| ignore.about.start <= byte);
        let mut accepted = false;
        for ignore in here.filter(|ignore| ignore.has_reason) {
            for (_, needed) in ignore.rules.iter().filter(|(name, _)| *name == rule.name) {
                needed.set(true);
                accepted = true;
            }
        }
        accepted
    }

    /// What has no effect, after everything was looked for.
    pub(crate) fn unused(&self) -> Vec<Unused> {
        self.0.iter().flat_map(Ignore::unused).collect()
    }
}

impl<'t> Ignore<'t> {
    /// The comment whose text begins at a byte.
    fn at(text: &'t str, at: usize) -> Option<Self> {
        let (before, from) = text.split_at_checked(at)?;
        let line = before.rfind('\n').map_or(0, |end| end + 1);
        let sign = slice(before, line..).trim_end();
        let content = from.lines().next()?;
        if !begins_comment(sign) || is_quoted(sign, content) {
            return None;
        }
        let end = at + content.len();
        let rest = content.strip_prefix(BEGIN)?.trim_start().strip_prefix("ignore")?;
        let (names, reason) = match rest.strip_prefix('[') {
            Some(list) => list.split_once(']').unwrap_or((list, "")),
            None => ("", rest),
        };
        let names = names.split(',').map(str::trim).filter(|name| !name.is_empty());
        // The end of a comment is not a reason.
        let has_reason = reason.contains(char::is_alphanumeric);
        let alone = sign.trim_matches(AROUND).trim().is_empty();
        Some(Self {
            span: at..end,
            about: if alone { below(text, end) } else { line..end },
            rules: names.map(|name| (name, Cell::new(false))).collect(),
            has_reason,
        })
    }

    fn unused(&self) -> Vec<Unused> {
        let unused =
            |message: String, help: String| Unused { span: self.span.clone(), message, help };
        if self.rules.is_empty() {
            let help = "name the rules, as in `featuregate: ignore[removed-gate] the reason`";
            return vec![unused("this comment names no rule".to_owned(), help.to_owned())];
        }
        if !self.has_reason {
            let help =
                "write the reason after the brackets; without one, the comment has no effect";
            return vec![unused("this comment gives no reason".to_owned(), help.to_owned())];
        }
        let unneeded = self.rules.iter().filter(|(_, needed)| !needed.get());
        let unneeded = unneeded.map(|(name, _)| {
            if let Some(rule) = rules::find(name) {
                let part = if self.rules.len() == 1 { "the comment" } else { rule.name };
                unused(format!("rule {} finds nothing here", rule.name), format!("remove {part}"))
            } else {
                let near = nearest(name, rules::all().map(|rule| rule.name));
                let help = did_you_mean(near, "`featuregate rule` lists the rules");
                unused(format!("unknown rule {}", Name(name)), help)
            }
        });
        unneeded.collect()
    }
}

/// The bytes of the line below a byte that is neither empty nor a comment, with the lines that continue it.
fn below(text: &str, end: usize) -> Range<usize> {
    let mut at = end;
    let mut start = None;
    for line in slice(text, end..).split_inclusive('\n') {
        let content = line.trim();
        let inner = content.trim_start_matches(['{', '-', ' ']);
        let is_comment = || SIGNS.iter().any(|sign| inner.starts_with(sign));
        // The first part is the rest of the line of the comment.
        let counts = at > end && !content.is_empty() && !is_comment();
        let here = at..at + line.len();
        at = here.end;
        if start.is_none() && counts {
            start = Some(here.start);
        }
        if start.is_some() && !content.ends_with('\\') {
            break;
        }
    }
    start.unwrap_or(at)..at
}

#[cfg(test)]
mod tests {
    use super::Ignores;
    use crate::lint::rules::{LOCKED_GATE, REMOVED_GATE};

    /// The lines, from 1, at whose beginnings findings of `removed-gate` are accepted.
    fn accepted(text: &str) -> Vec<usize> {
        let ignores = Ignores::of(text);
        let starts = text.split_inclusive('\n').scan(0, |at, line| {
            let start = *at;
            *at += line.len();
            Some(start)
        });
        let lines = (1..).zip(starts).filter(|(_, at)| ignores.accept(&REMOVED_GATE, *at));
        let lines = lines.map(|(line, _)| line).collect();
        assert!(!ignores.accept(&LOCKED_GATE, 0));
        lines
    }

    #[test]
    fn a_comment_is_about_its_line_or_the_one_below() {
        for (text, expected) in [
            ("A\nB # featuregate: ignore[removed-gate] why\nC\n", [2].as_slice()),
            ("A\n  # featuregate: ignore[removed-gate] why\nB\nC\n", &[3]),
            ("// featuregate: ignore[removed-gate] why\r\n\r\n// more\r\nA\r\nB\r\n", &[4]),
            ("; featuregate:ignore[ removed-gate , x ] why\nA", &[2]),
            ("<!-- featuregate: ignore[removed-gate] why -->\n<a>", &[2]),
            ("{{- /* featuregate: ignore[removed-gate] why */}}\nA\n", &[2]),
            ("- # featuregate: ignore[removed-gate] why\n  A\n", &[2]),
            ("# featuregate: ignore[removed-gate] why\na \\\n  b \\\n  c\nd\n", &[2, 3, 4]),
            ("# featuregate: ignore[removed-gate] 1\n# featuregate: ignore[x] 2\n--A\nB\n", &[3]),
            ("featuregate: ignore[removed-gate] why\nA\n", &[]),
            ("# featuregate: ignore[removed-gate]\nA\n", &[]),
            ("<!-- featuregate: ignore[removed-gate] -->\nA\n", &[]),
            ("# featuregate: ignore[removed-gates] why\nA\n", &[]),
            ("# featuregate: ignore[removed-gate why\nA\n", &[]),
            ("# featuregate: ignore[removed-gate] why", &[]),
            ("A 'b' \"c\" it's ## featuregate: ignore[removed-gate] it's \"d\"", &[1]),
            ("{\"a\": 1}, // featuregate: ignore[removed-gate] why", &[1]),
            ("echo \"# featuregate: ignore[removed-gate] why\"; A", &[]),
            ("a: '# featuregate: ignore[removed-gate] why' # A", &[]),
            ("{\"a\": \"\\\"// featuregate: ignore[removed-gate] why\"}", &[]),
            ("a#featuregate: ignore[removed-gate] why", &[]),
            ("a; featuregate: ignore[removed-gate] why", &[]),
            ("https://featuregate: ignore[removed-gate] why", &[]),
        ] {
            assert_eq!(accepted(text), expected, "{text}");
        }
    }

    #[test]
    fn what_has_no_effect_is_known() {
        let text = "# featuregate: ignore[removed-gate, locked-gate, lockd-gate] why\nA\n\
                    # featuregate: ignore why\nA\n# featuregate: ignore[locked-gate]\n";
        let ignores = Ignores::of(text);
        assert!(ignores.accept(&REMOVED_GATE, text.find('A').unwrap()));
        let unused = ignores.unused();
        let unused: Vec<_> =
            unused.iter().map(|it| (it.message.as_str(), it.help.as_str())).collect();
        assert_eq!(
            unused,
            [
                ("rule locked-gate finds nothing here", "remove locked-gate"),
                ("unknown rule lockd-gate", "did you mean locked-gate?"),
                (
                    "this comment names no rule",
                    "name the rules, as in `featuregate: ignore[removed-gate] the reason`"
                ),
                (
                    "this comment gives no reason",
                    "write the reason after the brackets; without one, the comment has no effect"
                ),
            ]
        );
    }
}
