//! The texts of a report, and the part of a line around a finding.

use std::ops::Range;
use std::sync::Arc;

use featuregate_core::__private::slice;

use crate::finding::{Finding, Report};
use crate::io::escape::{controls, substitute};
use crate::io::text::{Lines, Location};

/// The texts of a report, of which one at a time has its lines counted, since findings are in the order of paths.
#[derive(Debug)]
pub(super) struct Texts<'r> {
    report: &'r Report,
    current: Option<(&'r Arc<str>, Option<Lines<'r>>)>,
}

impl<'r> Texts<'r> {
    pub(super) fn of(report: &'r Report) -> Self {
        Self { report, current: None }
    }

    /// The lines of a file, if the report has its text.
    pub(super) fn lines(&mut self, path: &'r Arc<str>) -> Option<&Lines<'r>> {
        if self.current.as_ref().is_none_or(|(of, _)| *of != path) {
            let text = self.report.texts.get(path);
            self.current = Some((path, text.map(|text| Lines::of(text))));
        }
        self.current.as_ref().and_then(|(_, lines)| lines.as_ref())
    }
}

/// A part of a text; the end is exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Region {
    pub(super) start: Location,
    pub(super) end: Location,
}

impl Region {
    pub(super) fn of(lines: &Lines<'_>, bytes: Range<usize>) -> Self {
        Self { start: lines.location(bytes.start), end: lines.location(bytes.end) }
    }
}

/// A part of a line, and the bytes of it to point at.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    pub(super) text: String,
    pub(super) marked: Range<usize>,
}

impl Excerpt {
    /// What a finding points at in its line, with up to `reach` characters of it and as many on either side,
    /// so that a line of any length costs no more than that.
    pub(super) fn of(finding: &Finding, lines: &Lines<'_>, reach: usize) -> Self {
        let line = lines.line(finding.location.line);
        let text = slice(lines.text(), line.clone());
        let text = text.strip_suffix('\r').unwrap_or(text);
        let within = |byte: usize| boundary(text, byte.saturating_sub(line.start));
        let (start, end) = (within(finding.span.start), within(finding.span.end));
        let (before, rest) = text.split_at_checked(start).unwrap_or((text, ""));
        let pointed = rest.split_at_checked(end.saturating_sub(start));
        let (pointed, after) = pointed.unwrap_or((rest, ""));

        let mut excerpt = String::new();
        let from = before.char_indices().rev().take(reach).last();
        let from = from.map_or(before.len(), |(at, _)| at);
        if from > 0 {
            excerpt.push('…');
        }
        excerpt.extend(slice(before, from..).chars().map(shown));
        let begins = excerpt.len();
        let whole = push(&mut excerpt, pointed, reach);
        let marked = begins..excerpt.len();
        if whole {
            push(&mut excerpt, after, reach);
        }
        Self { text: excerpt, marked }
    }

    /// The column of what it points at, in itself.
    pub(super) fn column(&self) -> usize {
        slice(&self.text, ..self.marked.start).chars().count() + 1
    }
}

/// The start of the character that has that byte, or the text's end.
fn boundary(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

/// Pushes up to `reach` characters; whether those were all.
fn push(excerpt: &mut String, part: &str, reach: usize) -> bool {
    let mut chars = part.chars();
    excerpt.extend(chars.by_ref().take(reach).map(shown));
    let whole = chars.as_str().is_empty();
    if !whole {
        excerpt.push('…');
    }
    whole
}

/// A character as the terminal may have it. The renderer handles tabs.
fn shown(c: char) -> char {
    if c != '\t' && controls(c) { substitute(c) } else { c }
}

#[cfg(test)]
mod tests {
    use super::Excerpt;
    use crate::finding::Finding;
    use crate::io::text::Lines;

    fn excerpt(text: &str, pointed: &str, reach: usize) -> (String, String) {
        let at = text.find(pointed).unwrap();
        let finding = Finding::example(text, at..at + pointed.len());
        let Excerpt { text, marked } = Excerpt::of(&finding, &Lines::of(text), reach);
        let marked = text[marked].to_owned();
        (text, marked)
    }

    #[test]
    fn a_line_is_shown_without_its_end() {
        let expected = ("  A: true".to_owned(), "A".to_owned());
        assert_eq!(excerpt("x:\n  A: true\ny: 1\n", "A", 50), expected);
        assert_eq!(excerpt("x:\r\n  A: true\r\ny: 1\r\n", "A", 50), expected);
        assert_eq!(excerpt("  A: true", "A", 50), expected);
    }

    #[test]
    fn a_long_line_is_cut_on_both_sides() {
        let line = format!("{}Gate=true{}", "ä".repeat(1_000), "東".repeat(1_000));
        let expected = format!("…{}Gate=true{}…", "ä".repeat(10), "東".repeat(5));
        assert_eq!(excerpt(&line, "Gate", 10), (expected, "Gate".to_owned()));
    }

    #[test]
    fn a_long_name_is_cut_and_nothing_follows_it() {
        let name = "N".repeat(1_000);
        let expected = (format!("a {}…", "N".repeat(10)), format!("{}…", "N".repeat(10)));
        assert_eq!(excerpt(&format!("a {name} b"), &name, 10), expected);
    }

    #[test]
    fn a_control_character_has_a_substitute() {
        let (text, _) = excerpt("A: \"\u{1b}[31m\u{202e}\u{9b}\"\t", "A", 50);
        assert_eq!(text, "A: \"␛[31m\u{fffd}\u{fffd}\"\t");
    }

    #[test]
    fn a_span_outside_the_text_does_not_panic() {
        for span in [(0, 0), (3, 2), (1, 100), (50, 100), (2, 3)] {
            let mut finding = Finding::example("ä: ö", 0..0);
            finding.span = span.0..span.1;
            for line in [1, 2, 100] {
                finding.location.line = line;
                Excerpt::of(&finding, &Lines::of("ä: ö"), 2);
            }
        }
    }
}
