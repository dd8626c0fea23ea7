//! From a text to what it sets.

mod arguments;
mod command;
mod consumer;
mod document;
pub(super) mod embedded;
mod gates;
mod heredoc;
mod items;
mod lines;
mod location;
mod map;
mod needed;
mod reading;
mod seq;
pub(super) mod shell;
mod word;

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use featuregate_core::__private::{IdVec, slice, slice_bytes};

use super::keys::{Keys, Under};
use super::removal::Parts;
use super::setting::{Given, ListId, Readers, Syntax};
use super::text::{Passage, Template, line_start};
use super::tree::{self, Kind, NodeId, Tree};
use document::{Document, Language};
use reading::{Read, Reading};

/// How many faults of one file are reported.
const FAULTS: usize = 20;

/// Finds the settings of a file, and the parts that they are in if those are wanted.
pub(super) fn file(
    syntax: Syntax,
    text: &str,
    keys: &Keys,
    readers: &dyn Readers,
    parts: bool,
) -> Read {
    let template = Template::of(text);
    let parts = parts && is_known(syntax, text, &template);
    let mut reading = Reading {
        text,
        keys: keys.within(text),
        readers,
        dialect: None,
        is_variable: false,
        found: Vec::new(),
        lists: IdVec::new(),
        consumer: Arc::default(),
        flags: (None, Vec::new()),
        under: Under::default(),
        names: BTreeMap::new(),
        skipped: Vec::new(),
        parts: Parts { wanted: parts, ..Parts::default() },
        wanted: parts,
        variables: OnceCell::new(),
        templated: OnceCell::new(),
        repeated: OnceCell::new(),
        template,
    };
    if u32::try_from(text.len()).is_err() {
        reading.skipped.push((None, "larger than 4 GiB".to_owned()));
        return reading.finish();
    }
    let hidden = reading.template.hide(text);
    let whole = Passage::of_file(hidden);
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let passage = whole.slice(start..text.len());
    // What only looks like a script may be a program in another language.
    let unknown = matches!(syntax, Syntax::Unknown | Syntax::Text);
    let is_script = !unknown || passage.text().starts_with("#!");
    let found = match syntax {
        Syntax::Unknown | Syntax::Text => match embedded::syntax(passage.text()) {
            // What begins with a brace may be YAML as well.
            Syntax::Json if tree::json(passage.text(), Some(&reading.keys)).faulty() => {
                Syntax::Yaml
            }
            found => found,
        },
        known => known,
    };
    let is_prose = || match found {
        Syntax::Shell => !is_script,
        Syntax::Yaml => !is_map(passage.text()),
        _ => false,
    };
    let syntax =
        if syntax == Syntax::Text && is_prose() { Syntax::Unread("plain text") } else { found };
    if syntax == Syntax::Shell && !is_script {
        reading.shell(&passage, false, 0);
        reading.report_open_ends();
        if reading.reported() == 0 && reading.keys.mentioned(passage.text()) {
            let reason = "it mentions feature gates, but what it is written in is not known";
            reading.skipped.push((None, reason.to_owned()));
        } else {
            reading.report_other_lines(&passage);
        }
    } else {
        reading.read(syntax, &passage);
    }
    reading.finish()
}

/// Whether a text is YAML, and not only words with a colon among them.
fn is_map(text: &str) -> bool {
    let tree = tree::yaml(text, None);
    !tree.faulty() && tree.roots().any(|root| matches!(tree.kind(root), Kind::Map(_)))
}

/// Whether a text is all there is: what a template gives is not known, unless it only fills in texts.
fn is_known(syntax: Syntax, text: &str, template: &Template) -> bool {
    !is_bound(text)
        && (template.is_empty() || syntax == Syntax::Yaml && fills_texts(text, template))
}

/// Whether more than the setting depends on the text of a setting: the checksum that SOPS adds to a file covers all of it,
/// an annotation of ytt is about the next line, and what a template of Ruby becomes is not known.
fn is_bound(text: &str) -> bool {
    let is_of_sops = |line: &str| {
        let line = line.trim_start().trim_start_matches('"');
        line.starts_with("sops:") || line.starts_with("sops\"") || line.starts_with("sops_mac=")
    };
    text.contains("#@")
        || text.contains("<%")
        || text.contains("sops") && text.lines().any(is_of_sops)
}

/// Whether a text can be changed without knowing what a template gives.
pub(super) fn is_changeable(syntax: Syntax, text: &str) -> bool {
    is_known(syntax, text, &Template::of(text))
}

/// Whether the actions of a template are all in scalars and comments, so that YAML reads them as text.
fn fills_texts(text: &str, template: &Template) -> bool {
    let tree = tree::yaml(text, None);
    if tree.faulty() || template.branches(text.len()) > 0 {
        return false;
    }
    let texts: Vec<Range<usize>> = tree.texts().collect();
    // Where the line of the last action begins, and up to where that is known.
    let (mut line, mut known) = (0, 0);
    template.spans().all(|action| {
        let passed = slice_bytes(text.as_bytes(), known..action.start);
        if let Some(newline) = memchr::memrchr(b'\n', passed) {
            line = known + newline + 1;
        }
        known = action.start;
        if slice(text, line..).trim_start_matches([' ', '\t']).starts_with('#') {
            return true;
        }
        let after = texts.partition_point(|text| text.start <= action.start);
        let text = after.checked_sub(1).and_then(|before| texts.get(before));
        text.is_some_and(|text| action.end <= text.end)
    })
}

/// What is in quotes on a line, and the words that have nothing but letters and signs of an argument.
fn arguments(line: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = slice(line, at..).chars().next() {
        if c == '#' && !slice(line, ..at).ends_with(|c: char| !c.is_whitespace()) {
            break;
        }
        let rest = slice(line, at + c.len_utf8()..);
        let start = at + c.len_utf8();
        if matches!(c, '"' | '\'')
            && let Some(length) = rest.find(c)
        {
            found.push(start..start + length);
            at = start + length + 1;
            continue;
        }
        let letter = |c: char| c.is_ascii_alphanumeric() || "-_.=,+:".contains(c);
        let length = slice(line, at..).find(|c| !letter(c)).unwrap_or(line.len() - at);
        let after = slice(line, at + length..).chars().next();
        if length > 0 && after.is_none_or(char::is_whitespace) {
            found.push(at..at + length);
        }
        at += length.max(c.len_utf8());
    }
    found
}

impl Reading<'_> {
    fn read(&mut self, syntax: Syntax, passage: &Passage<'_>) {
        match syntax {
            Syntax::Yaml => self.stream(passage),
            Syntax::Json => {
                let tree = tree::json(passage.text(), Some(&self.keys));
                self.whole(tree, Language::Json, passage, document::roots);
            }
            Syntax::Toml | Syntax::Cargo => {
                let is_cargo = syntax == Syntax::Cargo;
                let roots = if is_cargo { document::metadata } else { document::roots };
                let tree = tree::toml(passage.text(), Some(&self.keys));
                self.whole(tree, Language::Toml, passage, roots);
            }
            Syntax::Shell => self.shell(passage, true, 0),
            Syntax::Env => self.env(passage, 0),
            Syntax::Unit => self.unit(passage, 0),
            Syntax::Dockerfile => self.frozen(|reading| reading.dockerfile(passage, 0)),
            Syntax::Makefile => self.frozen(|reading| reading.makefile(passage, 0)),
            Syntax::Unread(what) => {
                if self.keys.mentioned(passage.text()) {
                    self.skipped
                        .push((None, format!("it mentions feature gates, but {what} is not read")));
                }
            }
            Syntax::Unknown | Syntax::Text => self.embedded(passage, None, None, 0),
        }
    }

    /// A text of one document, read as far as it goes, and the rest as lines.
    fn whole(
        &mut self,
        tree: Tree,
        language: Language,
        passage: &Passage<'_>,
        roots: fn(&Document<'_, '_, '_, '_>) -> Vec<NodeId>,
    ) {
        let fault = tree.fault.clone();
        let end = passage.text().len();
        let document = |reading: &mut Self| {
            let document = Document::new(reading, passage, tree, language);
            let roots = roots(&document);
            document.walk_from(roots);
        };
        let Some(fault) = fault else { return document(self) };
        self.frozen(document);
        self.skip(passage.span(fault.at..fault.at).start, fault.reason);
        self.rest(passage, fault.at..end);
    }

    /// YAML documents. After one that has a fault, reading goes on with the next.
    fn stream(&mut self, passage: &Passage<'_>) {
        let end = passage.text().len();
        let (mut at, mut faults) = (0, 0);
        loop {
            let part = passage.slice(at..end);
            let tree = tree::yaml(part.text(), Some(&self.keys));
            let fault = tree.fault.clone();
            let document =
                |reading: &mut Self| Document::new(reading, &part, tree, Language::Yaml).walk();
            let Some(fault) = fault else { return document(self) };
            self.frozen(document);
            faults += 1;
            if faults <= FAULTS {
                self.skip(part.span(fault.at..fault.at).start, fault.reason);
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

    /// Reports values of a text in an unknown language that something of that language follows: `true])`.
    fn report_open_ends(&mut self) {
        let goes_on = |value: &Given| {
            let Given::Text(text) = value else { return false };
            let rest = ["true", "false"].iter().find_map(|word| text.strip_prefix(word));
            rest.is_some_and(|rest| {
                rest.starts_with([']', ')', '}', '<', '%', ';', '/', '"', '\''])
            })
        };
        let open = self.found.extract_if(.., |(setting, _)| goes_on(&setting.value));
        let open: Vec<usize> = open.map(|(setting, _)| setting.name_span.start).collect();
        for at in open {
            self.skip(at, "it is not known where the value of the gate ends");
        }
    }

    /// Reports the lines of a text in an unknown language of which nothing could be read.
    fn report_other_lines(&mut self, passage: &Passage<'_>) {
        let text = passage.text();
        let settings = self.found.iter().map(|(setting, _)| setting.name_span.start);
        let mut known: BTreeSet<usize> =
            settings.chain(self.skipped.iter().filter_map(|(at, _)| *at)).collect();
        for mention in self.keys.mentions(text) {
            let start = line_start(text, mention);
            let line = slice(text, start..).lines().next().unwrap_or_default();
            let is_comment = ["#", "//", "/*", "*", "--", "<!--"]
                .iter()
                .any(|sign| line.trim_start().starts_with(sign));
            let lines = passage.span(start..start + line.len());
            if !is_comment && known.range(lines.clone()).next().is_none() {
                known.insert(lines.start);
                self.skip(
                    lines.start,
                    "it mentions feature gates, but what it is written in is not known",
                );
            }
        }
    }

    /// Arguments in a part that cannot be read: those in quotes, and words that can be nothing else.
    fn rest(&mut self, passage: &Passage<'_>, range: Range<usize>) {
        let text = passage.text();
        let mut at = line_start(text, range.start);
        while at < range.end {
            let line = slice(text, at..range.end);
            let line = line.split_inclusive('\n').next().unwrap_or_default();
            if self.keys.mentioned(line) {
                for argument in arguments(line) {
                    let argument = passage.slice(at + argument.start..at + argument.end);
                    self.frozen(|reading| reading.embedded(&argument, None, None, 0));
                }
            }
            at += line.len().max(1);
        }
    }
}
