//! The texts of a report, with their lines.

use std::ops::Range;
use std::sync::Arc;

use super::Report;
use crate::io::text::{Lines, Place};

/// The texts of a report, of which one at a time has its lines counted: findings stand by path.
#[derive(Debug)]
pub(super) struct Texts<'r> {
    report: &'r Report,
    at_hand: Option<(&'r Arc<str>, Option<Lines<'r>>)>,
}

impl<'r> Texts<'r> {
    pub(super) fn of(report: &'r Report) -> Self {
        Self { report, at_hand: None }
    }

    /// The lines of a file, if its text is there.
    pub(super) fn lines(&mut self, path: &'r Arc<str>) -> Option<&Lines<'r>> {
        if self.at_hand.as_ref().is_none_or(|(of, _)| *of != path) {
            let text = self.report.texts.get(path);
            self.at_hand = Some((path, text.map(|text| Lines::of(text))));
        }
        self.at_hand.as_ref().and_then(|(_, lines)| lines.as_ref())
    }
}

/// A part of a text; the end is exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Region {
    pub(super) start: Place,
    pub(super) end: Place,
}

impl Region {
    pub(super) fn of(lines: &Lines<'_>, bytes: Range<usize>) -> Self {
        Self { start: lines.place(bytes.start), end: lines.place(bytes.end) }
    }
}
