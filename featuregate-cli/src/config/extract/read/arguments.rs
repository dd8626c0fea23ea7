//! The arguments of a command or of a text with options, and what they set.

use std::collections::BTreeMap;
use std::ops::Range;

use featuregate_core::__private::{IdVec, slice};

use super::super::keys::is_variable;
use super::super::removal::{Cell, CellId, Out, PartId, Row, RowId, Rows};
use super::super::setting::{Given, ListId, ListKind};
use super::super::text::Passage;
use super::reading::Reading;
use super::word::Word;

/// What words are taken by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Takes {
    /// The list of their gates.
    pub(super) list: ListId,
    /// What is removed when no word is left.
    pub(super) host: Option<PartId>,
    /// Whether words that are not options can be removed: none of them has a position.
    pub(super) unordered: bool,
    /// Whether a variable stays, empty, where its value is removed.
    pub(super) keeps_variables: bool,
    /// Whether a value ends before `@`, with which k3d names nodes.
    pub(super) filters: bool,
}

impl Takes {
    /// Words of a command.
    pub(super) fn found(list: ListId) -> Self {
        Self { list, host: None, unordered: false, keeps_variables: false, filters: false }
    }
}

/// A field of a gate in a list: `name` or `enabled`, with its value.
struct Field<'w, 'p> {
    key: &'w str,
    word: &'w Word<'p>,
    value: Range<usize>,
}

impl Field<'_, '_> {
    /// The value, and its bytes in the file.
    fn value(&self) -> (&str, Range<usize>) {
        (slice(self.word.text.text(), self.value.clone()), self.word.text.span(self.value.clone()))
    }
}

/// The parts of words, made when needed.
struct WordParts {
    row: Option<RowId>,
    cells: Vec<(CellId, Range<usize>)>,
    made: Vec<Option<PartId>>,
    host: Option<PartId>,
}

impl WordParts {
    fn part(&mut self, reading: &mut Reading<'_>, index: usize) -> Option<PartId> {
        let (row, (cell, span)) = (self.row?, self.cells.get(index)?);
        let made = self.made.get_mut(index)?;
        if made.is_none() {
            let out = Out::Cell { row, cell: *cell, own: Some(span.clone()) };
            *made = reading.add_part(self.host, out);
        }
        *made
    }
}

impl Reading<'_> {
    /// Reads words. `outer` is the text that they are in.
    pub(super) fn words(
        &mut self,
        outer: &Passage<'_>,
        words: &[Word<'_>],
        takes: Takes,
        depth: usize,
    ) {
        if !words.iter().any(|word| self.keys.mentioned(word.text.text())) {
            return;
        }
        // A dash by itself is an item of a list that could not be read as one.
        let is_dash = |word: &Word<'_>| word.text.text() == "-";
        let is_list =
            words.first().is_some_and(is_dash) || takes.unordered && words.iter().any(is_dash);
        if is_list && self.parts.wanted {
            return self.frozen(|reading| reading.words(outer, words, takes, depth));
        }
        self.numbered(words, takes);
        self.set_count(takes.host, words.len());
        let mut cells = IdVec::new();
        let spans = words.iter().map(|word| outer.span(word.span.clone()));
        let cells_of: Vec<(CellId, Range<usize>)> = spans
            .map(|span| (cells.push(Cell { span: span.clone(), comma: None, lines: None }), span))
            .collect();
        let mut parts = WordParts {
            row: self.parts.add_row(Row { kind: Rows::Items, cells }),
            made: vec![None; cells_of.len()],
            cells: cells_of,
            host: takes.host,
        };
        let count = words.len();
        let mut words = words.iter().enumerate().peekable();
        let mut before: Option<(usize, &Word<'_>)> = None;
        while let Some((index, word)) = words.next() {
            // A command in a word is read for itself.
            let is_command =
                ["$(", "<(", ">(", "`"].iter().any(|it| word.text.text().starts_with(it));
            if is_command || !self.keys.mentioned(word.text.text()) {
                before = Some((index, word));
                continue;
            }
            let part = parts.part(self, index);
            let option = before.filter(|(_, before)| {
                !before.is_other && takes_next(before.text.text(), word.text.text())
            });
            if let Some((option, _)) = option {
                let option = parts.part(self, option);
                self.also(part, option);
            }
            let is_option = word.text.text().starts_with('-');
            // A program may need a variable that it is given, if only an empty one.
            let is_given = option.is_some() && !is_variable(word.name());
            let is_wrapped = takes.unordered && count > 1 && is_wrapped(word.text.text());
            let host = if (is_option || is_given || takes.unordered) && !is_wrapped {
                part
            } else {
                self.add_part(None, Out::Fixed)
            };
            let flag = option.map_or("", |(_, option)| option.text.text());
            let awaits = self.word(outer, word, host, (flag, takes), depth);
            before = Some((index, word));
            // `config set feature-gates A=true`.
            if !awaits
                && self.keys.name(word.text.text())
                && let Some((value, next)) = words.next_if(|(_, next)| is_item(next.text.text()))
            {
                self.under(word.text.text(), |reading| {
                    reading.frozen(|reading| {
                        reading.value(next, 0..next.length(), (None, takes), depth);
                    });
                });
                before = Some((value, next));
                continue;
            }
            if awaits && let Some((value, next)) = words.next_if(|(_, next)| !next.is_other) {
                let part = parts.part(self, value);
                let flag = parts.part(self, index);
                self.also(part, flag);
                let list = self.flag_list(takes.list, word.text.text());
                self.under(word.text.text(), |reading| {
                    reading.value(next, 0..next.length(), (part, Takes { list, ..takes }), depth);
                });
                before = Some((value, next));
            }
        }
    }

    /// Gates of a chart's list that are set by their numbers: `featureGates[0].name=A` with `featureGates[0].enabled=true`.
    fn numbered(&mut self, words: &[Word<'_>], takes: Takes) {
        let mut items: BTreeMap<&str, Vec<Field<'_, '_>>> = BTreeMap::new();
        for word in words.iter().filter(|word| word.text.text().contains("].")) {
            let mut at = 0;
            for entry in word.text.text().split(',') {
                let start = at;
                at += entry.len() + 1;
                let Some((path, _)) = entry.split_once('=') else { continue };
                let Some((item, key)) = path.rsplit_once('.') else { continue };
                let list = item.strip_suffix(']').and_then(|item| item.rsplit_once('['));
                let list = list.and_then(|(list, _)| list.rsplit('.').next());
                if list.is_some_and(|list| self.keys.name(list)) {
                    let value = start + path.len() + 1..start + entry.len();
                    items.entry(item).or_default().push(Field { key, word, value });
                }
            }
        }
        for fields in items.into_values() {
            let field = |names: &[&str]| fields.iter().find(|field| names.contains(&field.key));
            let Some((name, span)) = field(&["name", "feature", "gate"]).map(Field::value) else {
                continue;
            };
            let given = match field(&["enabled", "value"]).map(Field::value) {
                Some((value, span)) => (Given::text(value), span),
                None => (Given::Sign(true), span.end..span.end),
            };
            self.set((name, span), given, takes.list, None);
        }
    }

    /// Whether a word is the flag of a program that takes gates.
    pub(super) fn is_flag(&self, word: &Word<'_>) -> bool {
        word.name().starts_with('-') && self.keys.name(word.name())
    }

    /// Removes one part with another.
    fn also(&mut self, part: Option<PartId>, other: Option<PartId>) {
        if let Some(part) = part {
            self.parts.all[part].also = other;
        }
    }

    /// Reads a word, which may follow an option, and returns whether it is the name of a flag whose value is the next word.
    fn word(
        &mut self,
        outer: &Passage<'_>,
        word: &Word<'_>,
        mut part: Option<PartId>,
        (option, mut takes): (&str, Takes),
        depth: usize,
    ) -> bool {
        let text = word.text.text();
        takes.filters |= [option, word.name()].contains(&"--k3s-arg");
        if is_variable(word.name()) {
            // It is not one of the program's arguments.
            takes.list = self.add_list(ListKind::List);
        }
        let mut at = 0;
        loop {
            let rest = slice(text, at..);
            let sign = rest.find('=');
            let names = slice(rest, ..sign.unwrap_or(rest.len()));
            let names = names.strip_suffix('+').unwrap_or(names);
            // `a=1,featureGates=…` of helm; but a URL or a path is not a name.
            let (front, name) = names.rsplit_once(',').unwrap_or(("", names));
            let start = at + names.len() - name.len();
            if name.trim_start_matches('-').contains("--")
                || !front.is_empty() && name.starts_with('-')
            {
                // What is before an option in one word has no meaning that is known.
                part = None;
            } else if !front.is_empty() && part.is_some() {
                // What is before a comma stays, so that the rest cannot become empty.
                part = self.add_part(None, Out::Fixed);
            }
            if name.ends_with(']') && part.is_some() {
                // The items behind one of a list keep their numbers.
                part = self.add_part(None, Out::Fixed);
            }
            let is_name =
                |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '[' | ']');
            if !name.chars().all(is_name) && sign.is_some() {
                break;
            }
            let value = sign.map(|sign| at + sign + 1);
            let is_gates = self.keys.name(name);
            if is_gates && value.is_none() {
                return name.starts_with('-');
            }
            let end = value.map_or(text.len(), |value| word.end_of_gates(option, start, value));
            let within =
                value.filter(|value| self.keys.mentioned(slice(text, *value..end.max(*value))));
            let filled = value.is_some_and(|value| slice(text, value..).starts_with('$'));
            if let (true, Some(value)) = (is_gates, value)
                && (within.is_none() || filled)
                && (filled || is_map(slice(text, value..)) || !several(slice(text, value..)))
            {
                let keeps = part.is_some() && keeps(self, name, takes);
                let host = if keeps { self.cut(outer, word, value) } else { part };
                if !slice(text, value..).starts_with('=') {
                    let nodes = if takes.filters { text.find('@') } else { None };
                    let nodes = slice(text, nodes.unwrap_or(text.len())..);
                    let flag = [option, slice(text, ..value), nodes].concat();
                    let list = self.flag_list(takes.list, &flag);
                    self.under(name, |reading| {
                        reading.value(word, value..end, (host, Takes { list, ..takes }), depth);
                    });
                }
                // Another flag may follow, in the next entry.
                if end < text.len() && self.keys.mentioned(slice(text, end + 1..)) {
                    at = end + 1;
                    continue;
                }
                return false;
            }
            if let (Some(value), Some(gate)) = (value, self.keys.variable(name)) {
                // `--env A=1,KUBE_FEATURE_B=true,C=2`.
                let comma = slice(text, value..).find(',').filter(|_| start > 0);
                let end = comma.map_or(text.len(), |length| value + length);
                self.one(word, start + gate..start + name.len(), value..end, None, takes);
                if comma.is_none() {
                    return false;
                }
                at = end + 1;
                continue;
            }
            if self.paths(word, at, part, takes) {
                return false;
            }
            if let Some(value) = within
                && let Some(list) =
                    slice(text, value..).strip_prefix('{').and_then(|list| list.strip_suffix('}'))
                && !list.contains(['"', '\'', ':', '{'])
            {
                self.listed(word, value + 1..value + 1 + list.len(), takes, depth);
                return false;
            }
            // JSON has spaces of its own.
            let is_json = |value: usize| slice(text, value..).starts_with(['{', '[']);
            let has_map = |value: usize| {
                let given = slice(text, value..).split_once('=');
                given.is_some_and(|(name, map)| self.keys.name(name) && is_map(map))
            };
            let Some(value) = within.filter(|value| {
                has_rest(name) || !several(rest) || is_json(*value) || has_map(*value)
            }) else {
                break;
            };
            if at == 0 && part.is_some() && keeps(self, name, takes) {
                part = self.cut(outer, word, value);
            }
            at = value;
        }
        self.text_in(word, at, part, depth);
        false
    }

    /// What is in a word from a byte on, if it may be a text of its own.
    fn text_in(&mut self, word: &Word<'_>, at: usize, part: Option<PartId>, depth: usize) {
        let rest = word.text.slice(at..word.length());
        if at > 0 || several(rest.text()) || rest.text().starts_with(['{', '[']) {
            let host = part.filter(|_| word.tail <= at && !word.expands);
            // A document is no longer what a command needs when it is empty.
            let document = rest.text().trim();
            let is_document = document.starts_with(['{', '[']) || document.contains('\n');
            let host = host.filter(|_| !is_document);
            self.frozen_unless(host.is_some(), |reading| {
                reading.embedded(&rest, host, None, depth + 1);
            });
        }
    }

    /// The arguments of `{a,b}`, as helm lists them.
    fn listed(&mut self, word: &Word<'_>, range: Range<usize>, takes: Takes, depth: usize) {
        let mut at = range.start;
        for argument in slice(word.text.text(), range).split(',') {
            let text = word.text.slice(at..at + argument.len());
            let span = at..at + argument.len();
            let argument = Word { text, span, tail: 0, expands: word.expands, is_other: false };
            self.frozen(|reading| {
                reading.word(&word.text, &argument, None, ("", takes), depth);
            });
            at = argument.span.end + 1;
        }
    }

    /// The value of a word, which stays, empty, when its content is removed.
    fn cut(&mut self, outer: &Passage<'_>, word: &Word<'_>, value: usize) -> Option<PartId> {
        let span = if value < word.length() {
            word.text.span(value..word.length())
        } else {
            outer.span(word.span.clone())
        };
        self.add_part(None, Out::Cut(span))
    }

    /// The gates in a part of a word.
    fn value(
        &mut self,
        word: &Word<'_>,
        mut range: Range<usize>,
        (part, takes): (Option<PartId>, Takes),
        depth: usize,
    ) {
        let text = word.text.text();
        let from = range.start;
        // What follows its last gate stays.
        let is_rest = range.end == text.len();
        if let Some(length) = slice(text, range.clone()).find('@').filter(|_| takes.filters) {
            range.end = from + length;
        }
        let written = slice(text, range.clone());
        if is_map(written) || written.starts_with(['{', '[']) && written.contains(['"', '\'']) {
            let json = word.text.slice(range);
            return self.frozen(|reading| {
                reading.embedded_gates(&json, None, depth + 1);
            });
        }
        // Helm's list.
        if let Some(inner) = written.strip_prefix('{').and_then(|inner| inner.strip_suffix('}')) {
            range = range.start + 1..range.start + 1 + inner.len();
        }
        let part = part.filter(|_| is_rest && word.tail <= from && !word.expands);
        self.frozen_unless(part.is_some(), |reading| {
            reading.items(&word.text, range, takes.list, part);
        });
    }

    /// One gate.
    fn one(
        &mut self,
        word: &Word<'_>,
        name: Range<usize>,
        value: Range<usize>,
        part: Option<PartId>,
        takes: Takes,
    ) {
        let text = word.text.text();
        let name = (slice(text, name.clone()), word.text.span(name));
        let given = (Given::text(slice(text, value.clone())), word.text.span(value));
        self.set(name, given, takes.list, part);
    }

    /// The gates of `a=1,featureGates.A=true`, if there are any.
    fn paths(&mut self, word: &Word<'_>, from: usize, part: Option<PartId>, takes: Takes) -> bool {
        let text = slice(word.text.text(), from..);
        let mut at = from;
        let mut found = Vec::new();
        let mut cells = IdVec::new();
        for entry in text.split(',') {
            let start = at;
            at += entry.len() + 1;
            let span = word.text.span(start..start + entry.len());
            let comma = (at - 1 < from + text.len()).then(|| word.text.span(at - 1..at));
            let cell = cells.push(Cell { span: span.clone(), comma, lines: None });
            let Some((path, _)) = entry.split_once('=') else { continue };
            let Some(gate) = self.keys.path(path) else { continue };
            let value = start + path.len() + 1..start + entry.len();
            found.push((cell, span, start + gate..start + path.len(), value));
        }
        if found.is_empty() {
            return false;
        }
        let fixable = word.tail <= from && !word.expands && !text.contains(['{', '\\']);
        self.set_count(part, cells.ids().count());
        let row = self.parts.add_row(Row { kind: Rows::Items, cells }).filter(|_| fixable);
        for (cell, span, name, value) in found {
            let out = row.map(|row| Out::Cell { row, cell, own: Some(span) });
            let setting = part.and(out).and_then(|out| self.add_part(part, out));
            self.one(word, name, value, setting, takes);
        }
        true
    }

    /// Reads the value of a variable, which stays, empty, when its content is removed.
    pub(super) fn variable(
        &mut self,
        (name, at): (&str, Range<usize>),
        outer: &Passage<'_>,
        word: &Word<'_>,
        takes: Takes,
        depth: usize,
    ) {
        let text = word.text.text();
        if let Some(gate) = self.keys.variable(name).or_else(|| self.keys.path(name)) {
            let name = (slice(name, gate..), outer.span(at.start + gate..at.end));
            let given = (Given::text(text), word.text.span(0..text.len()));
            return self.set(name, given, takes.list, None);
        }
        let fixable = word.is_straight();
        // A variable with options has an argument with gates.
        if self.keys.name(name) && !(text.starts_with('-') && self.keys.mentioned(text)) {
            let list = self.list_of(name, takes.list);
            return self.under(name, |reading| {
                reading.value(word, 0..word.length(), (takes.host, Takes { list, ..takes }), depth);
            });
        }
        if self.keys.mentioned(text) {
            // Of a document, something must be left.
            let is_document = text.trim_start().starts_with(['{', '[']);
            let host = match takes.host.filter(|_| fixable) {
                Some(_) if is_document => self.add_part(None, Out::Fixed),
                host => host,
            };
            self.frozen_unless(fixable, |reading| {
                reading.embedded(&word.text, host, Some(takes.list), depth + 1);
            });
        }
    }
}

/// Whether a value has lines of a map, and not assignments.
fn is_map(value: &str) -> bool {
    value.contains(": ") && !value.contains('=')
}

/// Whether a variable stays when its value is removed: where that is usual, or something refers to it.
fn keeps(reading: &Reading<'_>, name: &str, takes: Takes) -> bool {
    is_variable(name)
        && (takes.keeps_variables
            || reading.variables().contains(name)
            || reading.is_repeated(name))
}

/// Whether a variable or option has all words that follow as its value.
fn has_rest(name: &str) -> bool {
    is_variable(name) || hands_on(name)
}

/// Whether an option hands its value on to another program.
pub(super) fn hands_on(option: &str) -> bool {
    let name = option.trim_end_matches(['+', ':']).to_ascii_lowercase();
    ["arg", "args", "flags", "opts", "options"].iter().any(|end| name.ends_with(end))
}

/// Whether a text has several words. One after a comma belongs to a list.
pub(super) fn several(text: &str) -> bool {
    let mut rest = text.trim();
    while let Some(at) = rest.find(char::is_whitespace) {
        if !slice(rest, ..at).ends_with(',') {
            return true;
        }
        rest = slice(rest, at..).trim_start();
    }
    false
}

/// Whether a word is the value of the option before it.
pub(super) fn takes_next(option: &str, word: &str) -> bool {
    option.starts_with('-') && !option.contains('=') && (hands_on(option) || !word.starts_with('-'))
}

/// Whether the value of an option is an option: in a text with other words, these belong to it as well.
fn is_wrapped(word: &str) -> bool {
    let value = word.split_once('=').map(|(_, value)| value);
    word.starts_with('-') && value.is_some_and(|value| value.starts_with('-'))
}

/// Whether a text gives a gate a value, and cannot be anything else.
fn is_item(text: &str) -> bool {
    let item = text.split(',').next().unwrap_or_default();
    item.split_once('=').is_some_and(|(name, value)| {
        name.starts_with(|c: char| c.is_ascii_uppercase())
            && name.chars().any(|c| c.is_ascii_lowercase())
            && featuregate_core::parse_bool(value).is_some()
    })
}
