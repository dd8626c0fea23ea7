//! Reads the numbers and texts that the derive has packed.
//!
//! It is `const`, since programs ask for single facts in constants. Hence no `?` and no iterators.

use crate::declare::milestone::Milestone;
use crate::declare::stage::Stage;
use crate::declare::version::Version;

/// What is left of a text and its table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reader {
    text: &'static str,
    table: &'static [u8],
}

impl Reader {
    pub(crate) const EMPTY: Self = Self::new("", &[]);

    pub(crate) const fn new(text: &'static str, table: &'static [u8]) -> Self {
        Self { text, table }
    }

    /// Whether the table goes on with two lists without items, which are read then.
    #[inline]
    pub(crate) const fn two_empty_lists(&mut self) -> bool {
        match self.table {
            [0, 0, rest @ ..] => {
                self.table = rest;
                true
            }
            _ => false,
        }
    }

    /// How many bytes of the table are left.
    pub(crate) const fn left(self) -> usize {
        self.table.len()
    }

    #[inline]
    pub(crate) const fn number(&mut self) -> Option<u32> {
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

    pub(crate) const fn length(&mut self) -> Option<usize> {
        match self.number() {
            Some(count) => Some(count as usize),
            None => None,
        }
    }

    /// A part of the table, whose length is a number before it.
    pub(crate) const fn part(&mut self) -> Option<&'static [u8]> {
        let Some(length) = self.length() else {
            return None;
        };
        let Some((part, rest)) = self.table.split_at_checked(length) else {
            return None;
        };
        self.table = rest;
        Some(part)
    }

    pub(crate) const fn str(&mut self) -> Option<&'static str> {
        let Some(length) = self.length() else {
            return None;
        };
        let Some((text, rest)) = self.text.split_at_checked(length) else {
            return None;
        };
        self.text = rest;
        Some(text)
    }

    /// A version, with a patch part or without.
    pub(crate) const fn version(&mut self, patch: bool) -> Option<Version> {
        let (Some(major), Some(minor)) = (self.number(), self.number()) else {
            return None;
        };
        let version = Version::new(major, minor);
        if !patch {
            return Some(version);
        }
        match self.number() {
            Some(patch) => Some(version.with_patch(patch)),
            None => None,
        }
    }

    pub(crate) const fn milestone(&mut self, patch: bool) -> Option<Milestone> {
        match self.entry(patch) {
            Some((since, bits)) => milestone(since, bits),
            None => None,
        }
    }

    /// What applies in a release, of milestones of which a later one is of a later release.
    pub(crate) const fn milestone_at(&mut self, patch: bool, release: Version) -> Milestone {
        let mut last = None;
        while let Some((since, bits)) = self.entry(patch) {
            if release.is_before(since) {
                break;
            }
            last = Some((since, bits));
        }
        if let Some((since, bits)) = last
            && let Some(milestone) = milestone(since, bits)
        {
            milestone
        } else {
            Milestone::BEFORE_THE_FIRST
        }
    }

    /// A milestone as it is packed: its release, and the bits of all else.
    #[inline]
    const fn entry(&mut self, patch: bool) -> Option<(Version, u32)> {
        match self.table {
            // Most have three numbers of one byte.
            [major @ ..0x80, minor @ ..0x80, bits @ ..0x80, rest @ ..] if !patch => {
                self.table = rest;
                Some((Version::new(*major as u32, *minor as u32), *bits as u32))
            }
            _ => self.long_entry(patch),
        }
    }

    const fn long_entry(&mut self, patch: bool) -> Option<(Version, u32)> {
        match (self.version(patch), self.number()) {
            (Some(since), Some(bits)) => Some((since, bits)),
            _ => None,
        }
    }
}

#[expect(clippy::indexing_slicing, reason = "a const fn has no `get`; the bound is the length")]
const fn milestone(since: Version, bits: u32) -> Option<Milestone> {
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
