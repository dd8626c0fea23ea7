//! Which line of a changed text was which before.

use std::ops::Range;

use similar::{DiffTag, TextDiff};

/// The lines of a text before and after a change.
pub(crate) struct LineMap {
    /// For each line of the text before, that of the text after that it is or that follows it, and whether it is the same.
    after: Vec<(u32, bool)>,
    /// The same in the other direction.
    before: Vec<(u32, bool)>,
}

impl LineMap {
    pub(crate) fn of(before: &str, after: &str) -> Self {
        let mut map = Self { after: Vec::new(), before: Vec::new() };
        let number = |index: usize| u32::try_from(index + 1).unwrap_or(u32::MAX);
        // The lines of a part that is replaced are those at the same distance from its start.
        let pairs = |own: Range<usize>, other: Range<usize>, same: bool| {
            let last = other.len().saturating_sub(1);
            (0..own.len()).map(move |index| (number(other.start + index.min(last)), same))
        };
        for op in TextDiff::from_lines(before, after).ops() {
            let same = op.tag() == DiffTag::Equal;
            map.after.extend(pairs(op.old_range(), op.new_range(), same));
            map.before.extend(pairs(op.new_range(), op.old_range(), same));
        }
        map
    }

    /// The line after the change of a line before it.
    pub(crate) fn after(&self, line: u32) -> u32 {
        at(&self.after, line).map_or(line, |(line, _)| line)
    }

    /// The line before the change of a line after it.
    pub(crate) fn before(&self, line: u32) -> u32 {
        at(&self.before, line).map_or(line, |(line, _)| line)
    }

    /// The line after the change, if a line is in both texts.
    pub(crate) fn same(&self, line: u32) -> Option<u32> {
        at(&self.after, line).filter(|(_, same)| *same).map(|(line, _)| line)
    }

    /// The line before the change, if a line is in both texts.
    pub(crate) fn before_if_same(&self, line: u32) -> Option<u32> {
        at(&self.before, line).filter(|(_, same)| *same).map(|(line, _)| line)
    }
}

fn at(lines: &[(u32, bool)], line: u32) -> Option<(u32, bool)> {
    lines.get(usize::try_from(line).ok()?.checked_sub(1)?).copied()
}
