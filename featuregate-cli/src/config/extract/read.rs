//! From a text to what it sets.

mod command;
mod document;
mod gates;
mod items;
mod location;
mod nested;
mod printed;
mod reading;

use std::cell::OnceCell;
use std::ops::Range;

use featuregate_core::__private::{IdVec, slice_bytes};

use super::keys::Keys;
use super::removal::{Out, Parts};
use super::setting::Syntax;
use super::sniff;
use super::text::{Passage, Template, line_start};
use super::tree::{self, Tree};
use document::{Document, Language};
use reading::{Read, Reading};

/// How many faults of one file are reported.
const FAULTS: usize = 20;

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

impl Reading<'_> {
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
        let start = line_start(passage.text(), range.start);
        let part = self.add_part(None, Out::Stay);
        self.script(&passage.slice(start..range.end), part);
    }
}
