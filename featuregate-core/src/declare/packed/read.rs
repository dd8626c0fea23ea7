//! From text, table and index to the specs of gates, and to single facts about one.
//!
//! What is asked of one gate is `const`, since a gate's history is compared with that of a gate of another enum
//! while the program is compiled, and since programs ask in constants too. Hence no `?` and no iterators there.

use alloc::vec::Vec;
use core::cmp::Ordering;

use super::flags::{
    EXCEPT_FROM_GROUPS, IMPLIES, ISSUE, META, OWNER, PATCH, REMOVAL, REMOVE_IN, RUNTIME,
    SWITCHABLE, TAGS,
};
use crate::declare::milestone::Milestone;
use crate::declare::milestones::Milestones;
use crate::declare::rare::Rare;
use crate::declare::reader::Reader;
use crate::declare::spec::{GateSpec, Removal, Text};
use crate::declare::version::Version;

/// The gates of an enum, as [`encode`](super::encode) wrote them.
#[derive(Clone, Copy, Debug)]
pub struct Packed {
    text: &'static str,
    table: &'static [u8],
    index: &'static [u8],
}

/// A gate that was found by a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// The position of the gate.
    pub position: usize,
    /// The name that was used, if it is a former one.
    pub former: Option<&'static str>,
}

impl Packed {
    /// The literals of the expansion.
    #[must_use]
    pub const fn new(text: &'static str, table: &'static [u8], index: &'static [u8]) -> Self {
        Self { text, table, index }
    }

    /// How many gates there are.
    #[must_use]
    pub const fn count(self) -> usize {
        match number(self.index, 0) {
            Some(count) => count,
            None => 0,
        }
    }

    /// The specs, from the gate at a position on.
    #[must_use]
    pub const fn from(self, position: usize) -> Specs {
        Specs(self.reader(position))
    }

    const fn reader(self, position: usize) -> Reader {
        match self.at(position) {
            Some(reader) => reader,
            None => Reader::EMPTY,
        }
    }

    /// The spec of the gate at a position.
    #[must_use]
    pub fn spec(self, position: usize) -> Option<GateSpec> {
        self.from(position).next()
    }

    /// The name of the gate at a position.
    #[must_use]
    pub const fn name(self, position: usize) -> Option<&'static str> {
        self.reader(position).str()
    }

    /// The help text of the gate at a position.
    #[must_use]
    pub const fn doc(self, position: usize) -> Option<&'static str> {
        let mut reader = self.reader(position);
        match reader.str() {
            Some(_) => reader.str(),
            None => None,
        }
    }

    /// How many milestones the gate at a position has; none where there is no gate.
    #[must_use]
    pub const fn milestone_count(self, position: usize) -> usize {
        let Some((flags, mut history)) = begin(&mut self.reader(position)) else {
            return 0;
        };
        let mut count = 0;
        while history.milestone(has_patches(flags)).is_some() {
            count += 1;
        }
        count
    }

    /// The milestones of the gate at a position, of which there are that many.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "a const fn has no iterators; the bound is N")]
    pub const fn milestones<const N: usize>(self, position: usize) -> [Milestone; N] {
        let mut milestones = [Milestone::BEFORE_THE_FIRST; N];
        let mut reader = self.reader(position);
        if let Some((flags, mut history)) = begin(&mut reader) {
            let mut read = 0;
            while read < N {
                if let Some(milestone) = history.milestone(has_patches(flags)) {
                    milestones[read] = milestone;
                }
                read += 1;
            }
        }
        milestones
    }

    /// What applies to the gate at a position in a release.
    #[must_use]
    pub const fn milestone_at(self, position: usize, release: Version) -> Milestone {
        match begin(&mut self.reader(position)) {
            Some((flags, mut history)) => history.milestone_at(has_patches(flags), release),
            None => Milestone::BEFORE_THE_FIRST,
        }
    }

    /// Who is responsible for the gate at a position.
    #[must_use]
    pub const fn owner(self, position: usize) -> Option<&'static str> {
        let mut reader = self.reader(position);
        match pass_lists(&mut reader) {
            Some(flags) if flags & OWNER != 0 => reader.str(),
            _ => None,
        }
    }

    /// Where the gate at a position is tracked.
    #[must_use]
    pub const fn issue(self, position: usize) -> Option<&'static str> {
        let mut reader = self.reader(position);
        let Some(flags) = pass_lists(&mut reader) else {
            return None;
        };
        if flags & OWNER != 0 && reader.str().is_none() {
            return None;
        }
        if flags & ISSUE != 0 { reader.str() } else { None }
    }

    /// The gate with this name or former name.
    #[must_use]
    pub fn find(self, wanted: &str) -> Option<Named> {
        let gates = number(self.index, 0)?;
        let names = self.index.get(4 + 8 * gates..)?;
        let (mut from, mut to) = (0, names.len() / 8);
        while from < to {
            let middle = usize::midpoint(from, to);
            let position = number(names, 8 * middle)?;
            let which = number(names, 8 * middle + 4)?;
            let name = self.nth_name(position, which)?;
            match name.cmp(wanted) {
                Ordering::Less => from = middle + 1,
                Ordering::Greater => to = middle,
                Ordering::Equal => {
                    return Some(Named { position, former: (which > 0).then_some(name) });
                }
            }
        }
        None
    }

    /// The name of a gate, which is number 0, or one of its former names.
    fn nth_name(self, position: usize, number: usize) -> Option<&'static str> {
        let mut reader = self.reader(position);
        let Some(alias) = number.checked_sub(1) else {
            return reader.str();
        };
        begin(&mut reader)?;
        pass_texts(&mut reader)?;
        reader.length()?;
        for _ in 0..alias {
            reader.str()?;
        }
        reader.str()
    }

    /// A reader that begins with the gate at a position.
    const fn at(self, position: usize) -> Option<Reader> {
        if position >= self.count() {
            return None;
        }
        let offset = 4 + 8 * position;
        let (Some(text), Some(table)) =
            (number(self.index, offset), number(self.index, offset + 4))
        else {
            return None;
        };
        match (self.text.split_at_checked(text), self.table.split_at_checked(table)) {
            (Some((_, text)), Some((_, table))) => Some(Reader::new(text, table)),
            _ => None,
        }
    }
}

/// The number at an offset of the index.
const fn number(index: &[u8], offset: usize) -> Option<usize> {
    let Some((_, rest)) = index.split_at_checked(offset) else {
        return None;
    };
    match rest.first_chunk() {
        Some(bytes) => Some(u32::from_le_bytes(*bytes) as usize),
        None => None,
    }
}

/// Reads the beginning of a gate: its flags and its history.
const fn begin(reader: &mut Reader) -> Option<(u32, Reader)> {
    match (reader.str(), reader.str(), reader.number(), reader.part()) {
        (Some(_), Some(_), Some(flags), Some(history)) => Some((flags, Reader::new("", history))),
        _ => None,
    }
}

/// Reads over a list of texts.
const fn pass_texts(reader: &mut Reader) -> Option<()> {
    let Some(mut count) = reader.length() else {
        return None;
    };
    while count > 0 {
        if reader.str().is_none() {
            return None;
        }
        count -= 1;
    }
    Some(())
}

/// Reads over everything that each gate has: its flags.
const fn pass_lists(reader: &mut Reader) -> Option<u32> {
    match (begin(reader), pass_texts(reader), pass_texts(reader)) {
        (Some((flags, _)), Some(()), Some(())) => Some(flags),
        _ => None,
    }
}

const fn has_patches(flags: u32) -> bool {
    flags & PATCH != 0
}

/// Reads one spec after the other.
#[derive(Clone, Debug)]
pub struct Specs(Reader);

impl Iterator for Specs {
    type Item = GateSpec;

    fn next(&mut self) -> Option<GateSpec> {
        gate(&mut self.0)
    }
}

fn gate(reader: &mut Reader) -> Option<GateSpec> {
    let name = reader.str()?;
    let doc = reader.str()?;
    let flags = reader.number()?;
    let patch = has_patches(flags);
    let milestones = Milestones::packed(reader.part()?, patch);
    let (mut requires, mut rare) = (Vec::new(), Rare::default());
    // Most gates have neither.
    if !reader.two_empty_lists() {
        requires = texts(reader)?;
        let aliases = texts(reader)?;
        if !aliases.is_empty() {
            rare.aliases = aliases;
        }
    }
    if flags & OWNER != 0 {
        rare.owner = Some(text(reader)?);
    }
    if flags & ISSUE != 0 {
        rare.issue = Some(text(reader)?);
    }
    if flags & REMOVE_IN != 0 {
        rare.remove_in = Some(reader.version(patch)?);
    }
    if flags & REMOVAL != 0 {
        rare.removal =
            Some(Removal { since: reader.version(patch)?, value: reader.number()? != 0 });
    }
    if flags & IMPLIES != 0 {
        rare.implies = texts(reader)?;
    }
    if flags & META != 0 {
        for _ in 0..reader.length()? {
            rare.meta.push((text(reader)?, text(reader)?));
        }
    }
    if flags & TAGS != 0 {
        rare.tags = texts(reader)?;
    }
    Some(GateSpec {
        name: name.into(),
        doc: doc.into(),
        milestones,
        requires,
        rare,
        available: true,
        runtime: flags & RUNTIME != 0,
        switchable: flags & SWITCHABLE != 0,
        except_from_groups: flags & EXCEPT_FROM_GROUPS != 0,
    })
}

fn text(reader: &mut Reader) -> Option<Text> {
    reader.str().map(Text::Borrowed)
}

fn texts(reader: &mut Reader) -> Option<Vec<Text>> {
    let count = reader.length()?;
    // Each text has at least one byte.
    let mut texts = Vec::with_capacity(count.min(reader.left()));
    for _ in 0..count {
        texts.push(text(reader)?);
    }
    Some(texts)
}
