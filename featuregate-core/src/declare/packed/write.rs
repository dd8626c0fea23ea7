//! From the specs of gates to text, table and index.

use alloc::string::String;
use alloc::vec::Vec;

use super::flags::{
    EXCEPT_FROM_GROUPS, IMPLIES, ISSUE, META, OWNER, PATCH, REMOVAL, REMOVE_IN, RUNTIME,
    SWITCHABLE, TAGS,
};
use crate::declare::spec::{GateSpec, Text};
use crate::declare::version::Version;

/// Gates as a text, a table and an index.
#[derive(Clone, Debug)]
pub struct Encoded {
    /// The pieces of text.
    pub text: String,
    /// What they are.
    pub table: Vec<u8>,
    /// Where each gate is, and the names in their order.
    pub index: Vec<u8>,
}

/// Writes specs as text, table and index. Minimum compatibility versions and availability are left out: an
/// enum has no such versions, and says in code what is available.
#[must_use]
pub fn encode(specs: &[GateSpec]) -> Encoded {
    let mut writer = Writer::default();
    let mut index = Vec::new();
    fixed(&mut index, specs.len());
    let mut names: Vec<(&str, usize, usize)> = Vec::new();
    for (position, spec) in specs.iter().enumerate() {
        fixed(&mut index, writer.text.len());
        fixed(&mut index, writer.table.len());
        writer.gate(spec);
        let of_gate = core::iter::once(&spec.name).chain(&spec.rare.aliases).enumerate();
        names.extend(of_gate.map(|(number, name)| (name.as_ref(), position, number)));
    }
    names.sort_unstable();
    for (_, position, number) in names {
        fixed(&mut index, position);
        fixed(&mut index, number);
    }
    Encoded { text: writer.text, table: writer.table, index }
}

/// Adds a number of four bytes.
fn fixed(index: &mut Vec<u8>, number: usize) {
    index.extend(narrow(number).to_le_bytes());
}

/// A source file is at most 4 GiB, and so is any part of it.
fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Pieces of text, and what they are.
#[derive(Default)]
pub(super) struct Writer {
    pub(super) text: String,
    pub(super) table: Vec<u8>,
}

impl Writer {
    fn gate(&mut self, spec: &GateSpec) {
        self.text(&spec.name);
        self.text(&spec.doc);
        let patch = spec.has_patches();
        // Each is a bit of its own.
        let flags = [
            (spec.rare.owner.is_some(), OWNER),
            (spec.rare.issue.is_some(), ISSUE),
            (spec.rare.remove_in.is_some(), REMOVE_IN),
            (spec.rare.removal.is_some(), REMOVAL),
            (!spec.rare.implies.is_empty(), IMPLIES),
            (!spec.rare.meta.is_empty(), META),
            (!spec.rare.tags.is_empty(), TAGS),
            (spec.switchable, SWITCHABLE),
            (spec.except_from_groups, EXCEPT_FROM_GROUPS),
            (spec.runtime, RUNTIME),
            (patch, PATCH),
        ];
        self.number(flags.iter().filter(|(given, _)| *given).map(|(_, flag)| flag).sum());
        let mut history = Self::default();
        for milestone in &*spec.milestones {
            history.version(milestone.since, patch);
            let stage = u32::from(milestone.stage as u8);
            let bits = u32::from(milestone.default) << 3 | u32::from(milestone.locked) << 4;
            history.number(stage | bits);
        }
        self.count(history.table.len());
        self.table.extend(history.table);
        self.texts(&spec.requires);
        self.texts(&spec.rare.aliases);
        spec.rare.owner.iter().chain(&spec.rare.issue).for_each(|text| self.text(text));
        if let Some(version) = spec.rare.remove_in {
            self.version(version, patch);
        }
        if let Some(removal) = spec.rare.removal {
            self.version(removal.since, patch);
            self.number(removal.value.into());
        }
        if !spec.rare.implies.is_empty() {
            self.texts(&spec.rare.implies);
        }
        if !spec.rare.meta.is_empty() {
            self.count(spec.rare.meta.len());
            for (key, value) in &spec.rare.meta {
                self.text(key);
                self.text(value);
            }
        }
        if !spec.rare.tags.is_empty() {
            self.texts(&spec.rare.tags);
        }
    }

    fn texts(&mut self, texts: &[Text]) {
        self.count(texts.len());
        for text in texts {
            self.text(text);
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        self.count(text.len());
        self.text.push_str(text);
    }

    fn version(&mut self, version: Version, patch: bool) {
        self.number(version.major());
        self.number(version.minor());
        if patch {
            self.number(version.patch());
        }
    }

    pub(super) fn count(&mut self, count: usize) {
        self.number(narrow(count));
    }

    pub(super) fn number(&mut self, mut number: u32) {
        loop {
            let [low, ..] = number.to_le_bytes();
            number >>= 7;
            if number == 0 {
                return self.table.push(low);
            }
            self.table.push(low | 0x80);
        }
    }
}
