//! The text of a flag: `A=true,B=false`, `+a,-b`, `A`.

use std::ops::Range;

use featuregate_core::__private::{IdVec, slice};

use super::super::removal::{Cell, CellId, Out, PartId, Row, Rows};
use super::super::setting::{Given, ListId};
use super::super::text::Passage;
use super::reading::{Reading, substitutes};

impl Reading<'_> {
    /// Adds the gates of a text. `part` is removed when none of them is left.
    pub(super) fn items(
        &mut self,
        passage: &Passage<'_>,
        range: Range<usize>,
        list: ListId,
        part: Option<PartId>,
    ) {
        let text = slice(passage.text(), range.clone());
        let mut written: Vec<(CellId, Range<usize>, Range<usize>)> = Vec::new();
        let mut cells = IdVec::new();
        let mut at = range.start;
        for item in split(text) {
            let start = at;
            at += item.len() + 1;
            // Helm's `--set` wants a comma that separates nothing of its own escaped.
            let escaped = at - 1 < range.end && item.ends_with('\\');
            let item = item.strip_suffix('\\').filter(|_| escaped).unwrap_or(item);
            if item.is_empty() {
                continue;
            }
            let kept = item.trim();
            let lead = if kept.is_empty() { 0 } else { item.len() - item.trim_start().len() };
            let location = start + lead..start + lead + kept.len();
            // A branch of a template around an item does not change it.
            let mut span = passage.span(location.clone());
            let mut location = location;
            let trimmed = self.template.trim(&span);
            if trimmed != span {
                let (front, back) = (trimmed.start - span.start, span.end - trimmed.end);
                location =
                    (location.start + front).min(location.end)..location.end.saturating_sub(back);
                location.end = location.end.max(location.start);
                let inner = slice(passage.text(), location.clone());
                let spaces = inner.len() - inner.trim_start().len();
                location = location.start + spaces..location.start + spaces + inner.trim().len();
                if location.is_empty() {
                    continue;
                }
                span = passage.span(location.clone());
            }
            let comma = at - 1 - usize::from(escaped)..at;
            let comma = (at - 1 < range.end).then(|| passage.span(comma));
            let cell = cells.push(Cell { span: span.clone(), comma, lines: None });
            written.push((cell, location, span));
        }
        let row = self.parts.add_row(Row { kind: Rows::Items, cells });
        self.set_count(part, written.len());
        for (cell, location, span) in written {
            let own = Some(span.clone());
            let setting = row.and_then(|row| self.add_part(part, Out::Cell { row, cell, own }));
            self.item(passage, &location, span, list, setting);
        }
    }

    fn item(
        &mut self,
        passage: &Passage<'_>,
        location: &Range<usize>,
        span: Range<usize>,
        list: ListId,
        part: Option<PartId>,
    ) {
        let item = slice(passage.text(), location.clone());
        if let Some((name, value)) = item.split_once('=') {
            let (trimmed, given) = (name.trim(), value.trim());
            let lead = name.len() - name.trim_start().len();
            let start = location.start + lead;
            let name_span = passage.span(start..start + trimmed.len());
            let after = location.start + name.len() + 1;
            let start = after + value.len() - value.trim_start().len();
            let value_span = passage.span(start..start + given.len());
            let value = (Given::text(given), value_span);
            return self.set((trimmed, name_span), value, list, part);
        }
        if self.template.gives(&span) || substitutes(item) {
            let end = span.end..span.end;
            // `set` reports it.
            return self.set((item, span), (Given::Sign(true), end), list, part);
        }
        if item.is_empty() {
            let value = (Given::text(""), span.end..span.end);
            return self.set(("", span.start..span.start), value, list, part);
        }
        let (sign, name) = match item.split_at_checked(1) {
            Some(("+", name)) => (true, name),
            Some(("-", name)) => (false, name),
            _ => (true, item),
        };
        let named = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | ':' | '/');
        if name.is_empty() || !name.chars().all(named) {
            return;
        }
        let name_span = passage.span(location.end - name.len()..location.end);
        let end = name_span.end..name_span.end;
        self.set((name, name_span), (Given::Sign(sign), end), list, part);
    }
}

/// The items between commas; one within `${…}` or `$(…)` separates nothing.
fn split(text: &str) -> impl Iterator<Item = &str> {
    let mut closing: Vec<char> = Vec::new();
    let mut before = None;
    text.split(move |c: char| {
        match (before, c) {
            (Some('$'), '{') => closing.push('}'),
            (Some('$'), '(') => closing.push(')'),
            _ if closing.last() == Some(&c) => {
                closing.pop();
            }
            _ => {}
        }
        before = Some(c);
        c == ',' && closing.is_empty()
    })
}
