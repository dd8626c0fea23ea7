//! The text of a flag: `A=true,B=false`, `+a,-b`, `A`.

use std::ops::Range;

use featuregate_core::__private::{IdVec, slice};
use featuregate_core::ItemText;

use super::super::removal::{Cell, CellId, Out, PartId, Row, Rows};
use super::super::setting::{Given, ListId, Values};
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
        let range = self.without_brackets(passage, range);
        let text = slice(passage.text(), range.clone());
        let mut written: Vec<(CellId, ItemText<'_>, Range<usize>)> = Vec::new();
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
            let mut item = ItemText::new(item, start);
            let mut span = passage.span(item.span.clone());
            // A branch of a template around an item does not change it.
            let trimmed = self.template.trim(&span);
            if trimmed != span {
                let (front, back) = (trimmed.start - span.start, span.end - trimmed.end);
                let start = (item.span.start + front).min(item.span.end);
                let end = item.span.end.saturating_sub(back).max(start);
                item = ItemText::new(slice(passage.text(), start..end), start);
                if item.text.is_empty() {
                    continue;
                }
                span = passage.span(item.span.clone());
            }
            let comma = at - 1 - usize::from(escaped)..at;
            let comma = (at - 1 < range.end).then(|| passage.span(comma));
            let cell = cells.push(Cell { span: span.clone(), comma, lines: None });
            written.push((cell, item, span));
        }
        // With something else between the commas, it is not known what the text is.
        let words = |text: &str| text.contains(char::is_whitespace);
        let is_words = |item: &ItemText<'_>| {
            words(item.name) || item.value.as_ref().is_some_and(|(value, _)| words(value))
        };
        if written.iter().any(|(_, item, _)| is_words(item)) {
            for (_, item, span) in written {
                self.item(passage, &item, span, list, None);
            }
            return;
        }
        let row = self.parts.add_row(Row { kind: Rows::Items, cells });
        self.set_count(part, written.len());
        for (cell, item, span) in written {
            let own = Some(span.clone());
            let setting = row.and_then(|row| self.add_part(part, Out::Cell { row, cell, own }));
            self.item(passage, &item, span, list, setting);
        }
    }

    /// The bytes of a list of the program's own without brackets around it, in which other programs write nothing.
    fn without_brackets(&self, passage: &Passage<'_>, range: Range<usize>) -> Range<usize> {
        if !self.under.has_tables {
            return range;
        }
        let text = slice(passage.text(), range.clone());
        match text.trim().strip_prefix('[').and_then(|list| list.strip_suffix(']')) {
            Some(list) => {
                let start = range.start + text.find('[').unwrap_or_default() + 1;
                start..start + list.len()
            }
            None => range,
        }
    }

    /// Whether the program of a list takes gates of several components: those of the control plane do.
    fn takes_component(&self, list: ListId) -> bool {
        let program = self.lists[list].consumer.program.as_deref();
        program.is_some_and(|program| {
            program == "kubernetes"
                || ["apiserver", "controller-manager", "kube-scheduler"]
                    .iter()
                    .any(|it| program.contains(it))
        })
    }

    fn item(
        &mut self,
        passage: &Passage<'_>,
        item: &ItemText<'_>,
        span: Range<usize>,
        list: ListId,
        part: Option<PartId>,
    ) {
        // A list of names of a program of this library, which has nothing else.
        let bare = self.under.bare;
        let listed = bare.filter(|_| self.dialect(list).values == Values::Booleans);
        if let Some((text, at)) = &item.value {
            let given = match listed {
                Some(on) => Given::Unexpected((*text).to_owned().into(), on),
                None => Given::text(text),
            };
            let value = (given, passage.span(at.clone()));
            // What is in front of the name stays, if only the name is corrected.
            let own = item.name.strip_prefix(COMPONENT).filter(|_| self.takes_component(list));
            let name = own.unwrap_or(item.name);
            let name_span = item.name_span.end - name.len()..item.name_span.end;
            return self.set((name, passage.span(name_span)), value, list, part);
        }
        let written = item.text;
        if self.template.gives(&span) || substitutes(written) {
            let end = span.end..span.end;
            // `set` reports it.
            return self.set((written, span), (Given::Sign(true), end), list, part);
        }
        if written.is_empty() {
            let value = (Given::text(""), span.end..span.end);
            return self.set(("", span.start..span.start), value, list, part);
        }
        if let Some(on) = listed {
            let end = span.end..span.end;
            return self.set((written, span), (Given::Listed(on), end), list, part);
        }
        let (given, name) = match written.split_at_checked(1) {
            Some(("+", name)) => (Given::Sign(true), name),
            Some(("-", name)) => (Given::Sign(false), name),
            _ => (self.under.bare.map_or(Given::Missing, Given::Listed), written),
        };
        let named = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | ':' | '/');
        if name.is_empty() || !name.chars().all(named) {
            return;
        }
        let name_span = passage.span(item.span.end - name.len()..item.span.end);
        let end = name_span.end..name_span.end;
        self.set((name, name_span), (given, end), list, part);
    }
}

/// The component that is meant without one, which may be written before a gate since Kubernetes 1.31.
const COMPONENT: &str = "kube:";

/// The items between commas; one within `${…}` or `$(…)` separates nothing. Without a comma, `&` separates items, as
/// in a query.
fn split(text: &str) -> impl Iterator<Item = &str> {
    let comma = if text.contains(',') || !text.contains('&') { ',' } else { '&' };
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
        c == comma && closing.is_empty()
    })
}
