//! What is taken out of a file with settings: the comma or line that belongs to them, and whatever is left
//! empty.

mod row;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use featuregate_core::__private::slice;

use row::Gone;
pub(super) use row::{Cell, Row, Rows};

use super::text::Step;
use crate::finding::Edit;

/// A part of a file that can be taken out of what holds it, as an index into [`Parts`].
pub(super) type PartId = usize;

/// The parts of a file that hold settings, down to the settings themselves.
#[derive(Clone, Debug, Default)]
pub(super) struct Parts {
    /// Whether anybody asks for them; otherwise none are kept.
    wanted: bool,
    all: Vec<Part>,
    rows: Vec<Row>,
    /// The parts of the settings, in their order.
    pub(super) settings: Vec<PartId>,
    /// Where names stand that something refers to.
    pub(super) anchors: Vec<usize>,
    /// The actions of a template, by place.
    pub(super) actions: Vec<(Range<usize>, Step)>,
    /// Texts whose first line says how far all of them are indented.
    pub(super) indented: Vec<Indented>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// What holds it.
    pub(super) parent: Option<PartId>,
    /// How many parts it holds; it goes when all of them do.
    pub(super) parts: usize,
    /// How it is taken out.
    pub(super) out: Out,
    /// Whether that takes out what it holds as well.
    pub(super) covers: bool,
    /// What goes with it: the flag before its value.
    pub(super) also: Option<PartId>,
}

/// How a part is taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Out {
    /// It stays, empty.
    Stay,
    /// Nothing is left of it without its parts.
    Gone,
    /// The file would be broken without it.
    Fixed,
    /// These bytes go.
    Cut(Range<usize>),
    /// It stands in a row, and these bytes go if nothing about the row says otherwise.
    Cell { row: usize, cell: usize, own: Option<Range<usize>> },
}

/// A block scalar that does not say how far it is indented.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Indented {
    /// Where its first line that has anything in it begins.
    pub(super) first: usize,
    pub(super) end: usize,
    /// How far that line is indented.
    pub(super) by: usize,
}

impl Parts {
    /// Parts that are kept.
    pub(super) fn wanted() -> Self {
        Self { wanted: true, ..Self::default() }
    }

    /// Whether it is worth to find out what a part is.
    pub(super) fn are_wanted(&self) -> bool {
        self.wanted
    }

    pub(super) fn add(&mut self, part: Part) -> PartId {
        if !self.wanted {
            return PartId::default();
        }
        self.all.push(part);
        self.all.len() - 1
    }

    pub(super) fn get_mut(&mut self, id: PartId) -> Option<&mut Part> {
        self.all.get_mut(id)
    }

    pub(super) fn add_row(&mut self, row: Row) -> usize {
        if !self.wanted {
            return 0;
        }
        self.rows.push(row);
        self.rows.len() - 1
    }

    /// Puts what is looked up by place in order.
    pub(super) fn finish(&mut self) {
        self.anchors.sort_unstable();
        self.indented.sort_unstable_by_key(|block| block.first);
    }

    /// See [`super::Extract::removal`].
    pub(super) fn removal(&self, text: &str, settings: &[usize]) -> Option<Vec<Edit>> {
        let gone = self.gone(settings)?;
        let mut cuts: Vec<Range<usize>> = Vec::new();
        let mut rows: BTreeMap<usize, Vec<Gone>> = BTreeMap::new();
        for id in &gone {
            let part = self.all.get(*id)?;
            let parent = part.parent.filter(|parent| gone.contains(parent));
            let parent = parent.and_then(|parent| self.all.get(parent));
            if parent.is_some_and(|parent| parent.covers) {
                continue;
            }
            match &part.out {
                Out::Stay | Out::Gone => {}
                Out::Fixed => return None,
                Out::Cut(span) => cuts.push(span.clone()),
                Out::Cell { own, .. } if parent.is_some_and(|p| !matches!(p.out, Out::Gone)) => {
                    cuts.extend(own.clone());
                }
                Out::Cell { row, cell, own } => {
                    rows.entry(*row).or_default().push(Gone { cell: *cell, own: own.clone() });
                }
            }
        }
        for (row, mut cells) in rows {
            cells.sort_unstable_by_key(|gone| gone.cell);
            self.rows.get(row)?.cuts(text, &cells, &mut cuts)?;
        }
        let cuts = merged(cuts);
        let anchored = |cut: &Range<usize>| {
            let first = self.anchors.partition_point(|at| *at < cut.start);
            self.anchors.get(first).is_some_and(|at| *at < cut.end)
        };
        if cuts.iter().any(anchored) {
            return None;
        }
        if !cuts.iter().all(|cut| self.keeps_branches(cut)) {
            return None;
        }
        for cut in &cuts {
            let first = self.indented.partition_point(|block| block.first < cut.start);
            let blocks = self.indented.iter().skip(first).take_while(|b| b.first < cut.end);
            if !blocks.into_iter().all(|block| block.holds(text, &cuts)) {
                return None;
            }
        }
        let edit = |cut: Range<usize>| Edit { span: (cut.start, cut.end), text: String::new() };
        Some(cuts.into_iter().map(edit).collect())
    }

    /// Whether a template's branches still open and close without a piece of it.
    fn keeps_branches(&self, cut: &Range<usize>) -> bool {
        let first = self.actions.partition_point(|(span, _)| span.end <= cut.start);
        let within = self.actions.iter().skip(first);
        let mut open = 0_usize;
        for (span, step) in within.take_while(|(span, _)| span.start < cut.end) {
            if span.start < cut.start || span.end > cut.end {
                return false;
            }
            match step {
                Step::Open => open += 1,
                Step::Split | Step::Close if open == 0 => return false,
                Step::Close => open -= 1,
                Step::Split | Step::Other => {}
            }
        }
        open == 0
    }

    /// All parts that go with settings.
    fn gone(&self, settings: &[usize]) -> Option<BTreeSet<PartId>> {
        let mut gone = BTreeSet::new();
        let mut emptied: BTreeMap<PartId, usize> = BTreeMap::new();
        let mut next: Vec<PartId> = Vec::new();
        for setting in settings {
            next.push(*self.settings.get(*setting)?);
        }
        while let Some(id) = next.pop() {
            let part = self.all.get(id)?;
            if part.out == Out::Stay || !gone.insert(id) {
                continue;
            }
            if part.out == Out::Fixed {
                return None;
            }
            next.extend(part.also);
            if let Some(parent) = part.parent {
                let count = emptied.entry(parent).or_default();
                *count += 1;
                if self.all.get(parent).is_some_and(|parent| parent.parts <= *count) {
                    next.push(parent);
                }
            }
        }
        Some(gone)
    }
}

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
    fn holds(&self, text: &str, cuts: &[Range<usize>]) -> bool {
        let mut at = self.first;
        let mut cuts = cuts.iter().skip(cuts.partition_point(|cut| cut.end <= at)).peekable();
        while at < self.end {
            while cuts.next_if(|cut| cut.end <= at).is_some() {}
            if let Some(cut) = cuts.peek().filter(|cut| cut.start <= at) {
                // What follows stands on a line of its own, unless only a part of one is cut.
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
