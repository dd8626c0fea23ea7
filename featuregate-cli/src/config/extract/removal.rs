//! What is removed from a file together with settings: the comma or line that belongs to them, and everything
//! that is left empty.

mod row;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use featuregate_core::__private::{IdVec, id, slice};

use row::Removed;
pub(super) use row::{Cell, CellId, Row, Rows};

use super::setting::SettingId;
use crate::finding::Edit;

id! {
    /// A part of a file that can be removed.
    pub(super) struct PartId;
    /// Parts side by side.
    pub(super) struct RowId;
}

/// The parts of a file with settings, down to the settings themselves.
#[derive(Clone, Debug, Default)]
pub(super) struct Parts {
    /// Whether they are wanted; otherwise none are kept.
    pub(super) wanted: bool,
    pub(super) all: IdVec<PartId, Part>,
    pub(super) rows: IdVec<RowId, Row>,
    /// The part of each setting.
    pub(super) settings: IdVec<SettingId, Option<PartId>>,
    /// Where the names are that something refers to.
    pub(super) anchors: Vec<usize>,
    /// Texts whose first line sets the indentation of all lines.
    pub(super) indented: Vec<Indented>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// The part that it is in.
    pub(super) parent: Option<PartId>,
    /// How many parts it has; it is removed when all of them are.
    pub(super) parts: usize,
    /// How it is removed.
    pub(super) out: Out,
    /// Whether that removes its parts as well.
    pub(super) covers: bool,
    /// What is removed with it: the flag before its value.
    pub(super) also: Option<PartId>,
}

/// How a part is removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Out {
    /// It stays, empty.
    Stay,
    /// It stays, and `{}` or `[]` is written at a byte.
    Empty(usize, &'static str),
    /// Nothing is left of it without its parts.
    Nothing,
    /// The file would be broken without it.
    Fixed,
    /// These bytes are removed.
    Cut(Range<usize>),
    /// It is in a row, and these bytes are removed unless the row needs something else.
    Cell { row: RowId, cell: CellId, own: Option<Range<usize>> },
}

/// A block scalar whose header does not set its indentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Indented {
    /// Where its first line that has anything in it begins.
    pub(super) first: usize,
    pub(super) end: usize,
    /// How far that line is indented.
    pub(super) by: usize,
}

impl Parts {
    /// Keeps the following parts only if they are changeable; returns whether those before were kept.
    pub(super) fn narrow(&mut self, changeable: bool) -> bool {
        let wanted = self.wanted;
        self.wanted &= changeable;
        wanted
    }

    /// Adds a part if they are wanted.
    pub(super) fn add(&mut self, part: Part) -> Option<PartId> {
        self.wanted.then(|| self.all.push(part))
    }

    /// Adds a row if parts are wanted.
    pub(super) fn add_row(&mut self, row: Row) -> Option<RowId> {
        self.wanted.then(|| self.rows.push(row))
    }

    /// Sorts what is looked up by position.
    pub(super) fn finish(&mut self) {
        self.anchors.sort_unstable();
        self.indented.sort_unstable_by_key(|block| block.first);
    }

    /// See [`super::Extract::removal`].
    pub(super) fn removal(&self, text: &str, settings: &[SettingId]) -> Option<Vec<Edit>> {
        let (removed, empty) = self.removed(settings)?;
        let mut cuts: Vec<Range<usize>> = Vec::new();
        let mut rows: BTreeMap<RowId, Vec<Removed>> = BTreeMap::new();
        for id in &removed {
            let part = &self.all[*id];
            let parent = part.parent.filter(|parent| removed.contains(parent));
            let parent = parent.map(|parent| &self.all[parent]);
            if parent.is_some_and(|parent| parent.covers) {
                continue;
            }
            match &part.out {
                Out::Stay | Out::Nothing | Out::Fixed | Out::Empty(..) => {}
                Out::Cut(span) => cuts.push(span.clone()),
                Out::Cell { own, .. } if parent.is_some_and(|p| !matches!(p.out, Out::Nothing)) => {
                    cuts.extend(own.clone());
                }
                Out::Cell { row, cell, own } => {
                    rows.entry(*row).or_default().push(Removed { cell: *cell, own: own.clone() });
                }
            }
        }
        for (row, mut cells) in rows {
            cells.sort_unstable_by_key(|removed| removed.cell);
            self.rows[row].cuts(text, &cells, &mut cuts)?;
        }
        let cuts = merged(cuts);
        let anchored = |cut: &Range<usize>| {
            let first = self.anchors.partition_point(|at| *at < cut.start);
            self.anchors.get(first).is_some_and(|at| *at < cut.end)
        };
        if cuts.iter().any(anchored) {
            return None;
        }
        for cut in &cuts {
            let first = self.indented.partition_point(|block| block.first < cut.start);
            let blocks = self.indented.iter().skip(first).take_while(|b| b.first < cut.end);
            if !blocks.into_iter().all(|block| block.is_kept(text, &cuts)) {
                return None;
            }
        }
        let edit = |cut: Range<usize>| Edit { span: (cut.start, cut.end), text: String::new() };
        let mut edits: Vec<Edit> = cuts.into_iter().map(edit).collect();
        let written = |(at, text): (usize, &str)| Edit { span: (at, at), text: text.to_owned() };
        edits.extend(empty.into_iter().map(written));
        edits.sort();
        Some(edits)
    }

    /// All parts that are removed with settings.
    fn removed(&self, settings: &[SettingId]) -> Option<(BTreeSet<PartId>, Written)> {
        let mut removed = BTreeSet::new();
        let mut empty = BTreeSet::new();
        let mut emptied: BTreeMap<PartId, usize> = BTreeMap::new();
        let mut next: Vec<PartId> = Vec::new();
        for setting in settings {
            next.push(self.settings[*setting]?);
        }
        while let Some(id) = next.pop() {
            let part = &self.all[id];
            if let Out::Empty(at, written) = part.out {
                empty.insert((at, written));
                continue;
            }
            if part.out == Out::Stay || !removed.insert(id) {
                continue;
            }
            if part.out == Out::Fixed {
                return None;
            }
            next.extend(part.also);
            if let Some(parent) = part.parent {
                let count = emptied.entry(parent).or_default();
                *count += 1;
                if self.all[parent].parts <= *count {
                    next.push(parent);
                }
            }
        }
        Some((removed, empty))
    }
}

/// What is written, and the byte where.
type Written = BTreeSet<(usize, &'static str)>;

/// Sorted, those that touch joined.
fn merged(mut cuts: Vec<Range<usize>>) -> Vec<Range<usize>> {
    cuts.retain(|cut| !cut.is_empty());
    cuts.sort_unstable_by_key(|cut| (cut.start, cut.end));
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(cuts.len());
    for cut in cuts {
        match merged.last_mut() {
            Some(last) if last.end >= cut.start => last.end = last.end.max(cut.end),
            _ => merged.push(cut),
        }
    }
    merged
}

impl Indented {
    /// Whether its first line is still indented as far.
    fn is_kept(&self, text: &str, cuts: &[Range<usize>]) -> bool {
        let mut at = self.first;
        let mut cuts = cuts.iter().skip(cuts.partition_point(|cut| cut.end <= at)).peekable();
        while at < self.end {
            while cuts.next_if(|cut| cut.end <= at).is_some() {}
            if let Some(cut) = cuts.peek().filter(|cut| cut.start <= at) {
                // What follows is on a line of its own, unless only a part of a line is cut.
                at = cut.end;
                continue;
            }
            let rest = slice(text, at..self.end);
            let line = rest.split('\n').next().unwrap_or_default();
            if !line.trim().is_empty() {
                let by = line.len() - line.trim_start_matches(' ').len();
                let before = slice(text, ..at);
                let starts_line = before.is_empty() || before.ends_with('\n');
                return !starts_line || by == self.by;
            }
            at += line.len() + 1;
        }
        true
    }
}
