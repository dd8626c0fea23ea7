//! From a text to what it sets.

mod command;
mod document;
mod gates;
mod items;
mod nested;
mod place;
mod said;

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::ops::Range;

use featuregate_core::__private::{IdVec, slice, slice_bytes};

use super::keys::Keys;
use super::removal::{Out, Part, PartId, Parts};
use super::text::{Passage, Template};
use super::tree::{self, Tree};
use super::{Given, ListId, ListKind, Setting, SettingId, Syntax, sniff};
use document::{Document, Language};

/// How many faults of one file are reported.
const FAULTS: usize = 20;

const FROM_TEMPLATE: &str = "gates come from a template action, which is not evaluated";

/// What is read in a file.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) settings: IdVec<SettingId, Setting>,
    pub(super) lists: IdVec<ListId, ListKind>,
    pub(super) skipped: Vec<(Option<u32>, String)>,
    /// None of them unless they are wanted.
    pub(super) parts: Parts,
}

/// Finds the settings of a file, and the parts that they are in if those are wanted.
pub(super) fn file(syntax: Syntax, text: &str, keys: &[String], parts: bool) -> Read {
    let template = Template::of(text);
    let hidden = template.hide(text);
    let whole = Passage::of_file(hidden);
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let passage = whole.slice(start..text.len());
    let mut reading = Reading {
        text,
        keys: Keys::new(keys),
        template,
        found: Vec::new(),
        lists: IdVec::new(),
        skipped: Vec::new(),
        parts: if parts { Parts::wanted() } else { Parts::default() },
        variables: OnceCell::new(),
    };
    if u32::try_from(text.len()).is_err() {
        reading.skipped.push((None, "larger than 4 GiB".to_owned()));
        return reading.finish();
    }
    match syntax {
        Syntax::Unknown => {
            let mut syntax = sniff::syntax(passage.text());
            // What begins with a brace may be YAML as well.
            if syntax == Syntax::Json && tree::json(passage.text(), Some(&reading.keys)).faulty() {
                syntax = Syntax::Yaml;
            }
            reading.read(syntax, &passage);
        }
        known => reading.read(known, &passage),
    }
    reading.finish()
}

/// What is found while a file is read.
#[derive(Debug)]
pub(super) struct Reading<'f> {
    text: &'f str,
    keys: Keys,
    template: Template,
    found: Vec<(Setting, Option<PartId>)>,
    lists: IdVec<ListId, ListKind>,
    /// The byte where it is, and why.
    skipped: Vec<(Option<usize>, String)>,
    parts: Parts,
    variables: OnceCell<BTreeSet<&'f str>>,
}

impl<'f> Reading<'f> {
    fn read(&mut self, syntax: Syntax, passage: &Passage<'_>) {
        match syntax {
            Syntax::Yaml | Syntax::Unknown => self.stream(passage),
            Syntax::Json => {
                let tree = tree::json(passage.text(), Some(&self.keys));
                self.whole(tree, Language::Json, passage);
            }
            Syntax::Toml => {
                let tree = tree::toml(passage.text(), Some(&self.keys));
                self.whole(tree, Language::Toml, passage);
            }
            Syntax::Lines => self.rest(passage, 0..passage.text().len()),
        }
    }

    /// A text of one document, read as far as it goes, and the rest as lines.
    fn whole(&mut self, tree: Tree, language: Language, passage: &Passage<'_>) {
        let fault = tree.fault.clone();
        let end = passage.text().len();
        Document::new(self, passage, tree, language).walk();
        if let Some(fault) = fault {
            self.fault(passage, fault.at, fault.reason);
            self.rest(passage, fault.at..end);
        }
    }

    /// YAML documents. After one that has a fault, reading goes on with the next.
    fn stream(&mut self, passage: &Passage<'_>) {
        let end = passage.text().len();
        let (mut at, mut faults) = (0, 0);
        loop {
            let part = passage.slice(at..end);
            let tree = tree::yaml(part.text(), Some(&self.keys));
            let fault = tree.fault.clone();
            Document::new(self, &part, tree, Language::Yaml).walk();
            let Some(fault) = fault else { return };
            faults += 1;
            if faults <= FAULTS {
                self.fault(&part, fault.at, fault.reason);
            }
            let rest = slice_bytes(part.text().as_bytes(), fault.at..);
            let next = memchr::memmem::find(rest, b"\n---").map(|length| fault.at + length + 1);
            self.rest(&part, fault.at..next.unwrap_or(end - at));
            match next {
                Some(next) => at += next,
                None => return,
            }
        }
    }

    /// What can only be read as lines.
    fn rest(&mut self, passage: &Passage<'_>, range: Range<usize>) {
        let before = slice_bytes(passage.text().as_bytes(), ..range.start);
        let start = memchr::memrchr(b'\n', before).map_or(0, |newline| newline + 1);
        let part = self.add_part(None, Out::Stay);
        self.script(&passage.slice(start..range.end), part);
    }

    fn fault(&mut self, passage: &Passage<'_>, at: usize, reason: String) {
        let at = passage.span(at..at).start;
        self.skipped.push((Some(at), reason));
    }

    /// The names of variables that the file refers to, which must be kept.
    fn variables(&self) -> &BTreeSet<&'f str> {
        self.variables.get_or_init(|| {
            let text = if self.parts.are_wanted() { self.text } else { "" };
            let bytes = text.as_bytes();
            let names = memchr::memchr_iter(b'$', bytes).map(|at| {
                let rest = slice(text, at + 1..).trim_start_matches(['{', '(']);
                let name = |c: char| c.is_ascii_alphanumeric() || c == '_';
                slice(rest, ..rest.find(|c| !name(c)).unwrap_or(rest.len()))
            });
            names.filter(|name| !name.is_empty()).collect()
        })
    }

    /// Reports a part that cannot be read.
    fn skip(&mut self, at: usize, reason: impl Into<String>) {
        self.skipped.push((Some(at), reason.into()));
    }

    /// How many settings and skipped parts there are so far.
    fn reported(&self) -> usize {
        self.found.len() + self.skipped.len()
    }

    fn add_list(&mut self, kind: ListKind) -> ListId {
        self.lists.push(kind)
    }

    fn add_part(&mut self, parent: Option<PartId>, out: Out) -> Option<PartId> {
        self.parts.add(Part { parent, parts: 1, out, covers: true, also: None })
    }

    /// Sets how many parts a part has.
    fn set_count(&mut self, part: Option<PartId>, count: usize) {
        if let Some(part) = part {
            self.parts.all[part].parts = count;
        }
    }

    /// Adds a setting, unless it depends on something that is not in the file.
    fn set(
        &mut self,
        (name, name_span): (&str, Range<usize>),
        (value, value_span): (Given, Range<usize>),
        list: ListId,
        part: Option<PartId>,
    ) {
        let text = if let Given::Text(text) = &value { text.as_ref() } else { "" };
        let hidden = self.template.gives(&name_span);
        let reason = if hidden || (self.template.gives(&value_span) && name.is_empty()) {
            FROM_TEMPLATE.to_owned()
        } else if self.template.gives(&value_span) {
            format!("the value of `{name}` comes from a template action, which is not evaluated")
        } else if substitutes(name) {
            "gates come from a variable, which is not expanded".to_owned()
        } else if memchr::memchr2(b'{', b'}', name.as_bytes()).is_some() {
            "gates come from a brace expansion, which is not evaluated".to_owned()
        } else if substitutes(text) {
            format!("the value of `{name}` comes from a variable, which is not expanded")
        } else {
            String::new()
        };
        if !reason.is_empty() {
            return self.skip(name_span.start, reason);
        }
        let setting = Setting { name: name.to_owned(), name_span, value, value_span, list };
        self.found.push((setting, part));
    }

    fn finish(mut self) -> Read {
        self.found.sort_by_key(|(setting, _)| setting.name_span.start);
        // The line of a fault is read twice: as far as it could be, and as a line.
        self.found.dedup_by(|(later, _), (first, _)| {
            later.name_span == first.name_span && !later.name.is_empty()
        });
        if self.parts.are_wanted() {
            self.parts.settings = self.found.iter().map(|(_, part)| *part).collect();
        }
        let settings = self.found.into_iter().map(|(setting, _)| setting).collect();
        self.parts.finish();
        self.parts.actions = self.template.steps().collect();
        self.skipped.sort();
        let bytes = self.text.as_bytes();
        let (mut line, mut at) = (1_u32, 0);
        let mut skipped: Vec<(Option<u32>, String)> = Vec::new();
        for (byte, reason) in self.skipped {
            let at_line = byte.map(|byte| {
                let passed = slice_bytes(bytes, at..byte);
                let lines = memchr::memchr_iter(b'\n', passed).count();
                line = line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
                at = at.max(byte);
                line
            });
            skipped.push((at_line, reason));
        }
        skipped.dedup();
        Read { settings, lists: self.lists, skipped, parts: self.parts }
    }
}

/// Whether a text has a variable in it, as in `$A`, `${A}` or `$(A)`.
fn substitutes(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'$', bytes).any(|at| {
        let after = bytes.get(at + 1);
        after.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, b'{' | b'(' | b'_'))
    })
}
