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
use crate::declare::rare::Rare;
use crate::declare::spec::{GateSpec, Removal, Text};
use crate::declare::stage::Stage;
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
    pub const fn from(self, position: usize) -> Reader {
        match self.at(position) {
            Some(reader) => reader,
            None => Reader { text: "", table: &[] },
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
        self.from(position).str()
    }

    /// The help text of the gate at a position.
    #[must_use]
    pub const fn doc(self, position: usize) -> Option<&'static str> {
        let mut reader = self.from(position);
        match reader.str() {
            Some(_) => reader.str(),
            None => None,
        }
    }

    /// How many milestones the gate at a position has; none where there is no gate.
    #[must_use]
    pub const fn milestone_count(self, position: usize) -> usize {
        match self.from(position).begin() {
            Some((_, count)) => count,
            None => 0,
        }
    }

    /// The milestones of the gate at a position, of which there are that many.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "a const fn has no iterators; the bound is N")]
    pub const fn milestones<const N: usize>(self, position: usize) -> [Milestone; N] {
        let mut milestones = [Milestone::BEFORE_THE_FIRST; N];
        let mut reader = self.from(position);
        if let Some((flags, _)) = reader.begin() {
            let mut read = 0;
            while read < N {
                if let Some(milestone) = reader.milestone(flags) {
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
        let mut now = Milestone::BEFORE_THE_FIRST;
        let mut reader = self.from(position);
        let Some((flags, mut left)) = reader.begin() else {
            return now;
        };
        while left > 0 {
            match reader.milestone(flags) {
                Some(milestone) if !release.is_before(milestone.since) => now = milestone,
                _ => return now,
            }
            left -= 1;
        }
        now
    }

    /// Who is responsible for the gate at a position.
    #[must_use]
    pub const fn owner(self, position: usize) -> Option<&'static str> {
        let mut reader = self.from(position);
        match reader.pass_lists() {
            Some(flags) if flags & OWNER != 0 => reader.str(),
            _ => None,
        }
    }

    /// Where the gate at a position is tracked.
    #[must_use]
    pub const fn issue(self, position: usize) -> Option<&'static str> {
        let mut reader = self.from(position);
        let Some(flags) = reader.pass_lists() else {
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
        let mut reader = self.from(position);
        let Some(alias) = number.checked_sub(1) else {
            return reader.str();
        };
        let (flags, milestones) = reader.begin()?;
        reader.pass_milestones(flags, milestones)?;
        reader.pass_texts()?;
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
            (Some((_, text)), Some((_, table))) => Some(Reader { text, table }),
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

/// Reads one spec after the other.
#[derive(Clone, Debug)]
pub struct Reader {
    text: &'static str,
    table: &'static [u8],
}

impl Reader {
    pub(super) const fn new(text: &'static str, table: &'static [u8]) -> Self {
        Self { text, table }
    }

    pub(super) const fn number(&mut self) -> Option<u32> {
        // Most numbers have one byte.
        match self.table {
            [byte @ ..0x80, rest @ ..] => {
                self.table = rest;
                Some(*byte as u32)
            }
            _ => self.long_number(),
        }
    }

    const fn long_number(&mut self) -> Option<u32> {
        let mut number = 0;
        let mut shift = 0;
        while shift < u32::BITS {
            let Some((&byte, rest)) = self.table.split_first() else {
                return None;
            };
            self.table = rest;
            number |= ((byte & 0x7f) as u32) << shift;
            if byte < 0x80 {
                return Some(number);
            }
            shift += 7;
        }
        None
    }

    pub(super) const fn length(&mut self) -> Option<usize> {
        match self.number() {
            Some(count) => Some(count as usize),
            None => None,
        }
    }

    pub(super) const fn str(&mut self) -> Option<&'static str> {
        let Some(length) = self.length() else {
            return None;
        };
        let Some((text, rest)) = self.text.split_at_checked(length) else {
            return None;
        };
        self.text = rest;
        Some(text)
    }

    const fn version(&mut self, flags: u32) -> Option<Version> {
        let (Some(major), Some(minor)) = (self.number(), self.number()) else {
            return None;
        };
        let version = Version::new(major, minor);
        if flags & PATCH == 0 {
            return Some(version);
        }
        match self.number() {
            Some(patch) => Some(version.with_patch(patch)),
            None => None,
        }
    }

    #[expect(clippy::indexing_slicing, reason = "a const fn has no `get`; the bound is the length")]
    const fn milestone(&mut self, flags: u32) -> Option<Milestone> {
        let (since, bits) = match self.table {
            // Most have three numbers of one byte.
            [major @ ..0x80, minor @ ..0x80, bits @ ..0x80, rest @ ..] if flags & PATCH == 0 => {
                self.table = rest;
                (Version::new(*major as u32, *minor as u32), *bits as u32)
            }
            _ => match (self.version(flags), self.number()) {
                (Some(since), Some(bits)) => (since, bits),
                _ => return None,
            },
        };
        let stage = (bits & 7) as usize;
        if stage >= Stage::ALL.len() {
            return None;
        }
        Some(Milestone {
            since,
            stage: Stage::ALL[stage],
            default: bits & (1 << 3) != 0,
            locked: bits & (1 << 4) != 0,
            min_compat: None,
        })
    }

    /// Reads up to the first milestone of a gate: its flags, and how many milestones there are.
    const fn begin(&mut self) -> Option<(u32, usize)> {
        match (self.str(), self.str(), self.number(), self.length()) {
            (Some(_), Some(_), Some(flags), Some(count)) => Some((flags, count)),
            _ => None,
        }
    }

    const fn pass_milestones(&mut self, flags: u32, mut count: usize) -> Option<()> {
        while count > 0 {
            if self.milestone(flags).is_none() {
                return None;
            }
            count -= 1;
        }
        Some(())
    }

    /// Reads over a list of texts.
    const fn pass_texts(&mut self) -> Option<()> {
        let Some(mut count) = self.length() else {
            return None;
        };
        while count > 0 {
            if self.str().is_none() {
                return None;
            }
            count -= 1;
        }
        Some(())
    }

    /// Reads over everything that each gate has: its flags.
    const fn pass_lists(&mut self) -> Option<u32> {
        let Some((flags, milestones)) = self.begin() else {
            return None;
        };
        match (self.pass_milestones(flags, milestones), self.pass_texts(), self.pass_texts()) {
            (Some(()), Some(()), Some(())) => Some(flags),
            _ => None,
        }
    }

    fn many<T>(&mut self, read: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.length()?;
        // Each item has at least one byte.
        let mut items = Vec::with_capacity(count.min(self.table.len()));
        for _ in 0..count {
            items.push(read(self)?);
        }
        Some(items)
    }

    fn gate(&mut self) -> Option<GateSpec> {
        let name = self.str()?;
        let doc = self.str()?;
        let flags = self.number()?;
        let text = |reader: &mut Self| reader.str().map(Text::Borrowed);
        let milestones = self.many(|reader| reader.milestone(flags))?;
        let requires = self.many(text)?;
        let mut rare = Rare::default();
        let aliases = self.many(text)?;
        if !aliases.is_empty() {
            rare.aliases = aliases;
        }
        if flags & OWNER != 0 {
            rare.owner = Some(text(self)?);
        }
        if flags & ISSUE != 0 {
            rare.issue = Some(text(self)?);
        }
        if flags & REMOVE_IN != 0 {
            rare.remove_in = Some(self.version(flags)?);
        }
        if flags & REMOVAL != 0 {
            rare.removal =
                Some(Removal { since: self.version(flags)?, value: self.number()? != 0 });
        }
        if flags & IMPLIES != 0 {
            rare.implies = self.many(text)?;
        }
        if flags & META != 0 {
            rare.meta = self.many(|reader| Some((text(reader)?, text(reader)?)))?;
        }
        if flags & TAGS != 0 {
            rare.tags = self.many(text)?;
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
}

impl Iterator for Reader {
    type Item = GateSpec;

    fn next(&mut self) -> Option<GateSpec> {
        self.gate()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_up_to_the_largest_and_a_longer_one_is_none() {
        let number = |table: &'static [u8]| Reader { text: "", table }.number();
        assert_eq!(number(&[0x7f]), Some(127));
        assert_eq!(number(&[0x80, 1]), Some(128));
        assert_eq!(number(&[0xff, 0xff, 0xff, 0xff, 0x0f]), Some(u32::MAX));
        assert_eq!(number(&[0x80]), None);
        assert_eq!(number(&[0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0]), None);
    }
}
