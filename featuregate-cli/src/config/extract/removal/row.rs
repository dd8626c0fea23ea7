//! Parts side by side, of which none can be removed without a look at its neighbours.

use std::ops::Range;

use featuregate_core::__private::{Id as _, IdVec, id, slice};

id! {
    /// A part of a row.
    pub(crate) struct CellId;
}

/// Parts side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) kind: Rows,
    pub(crate) cells: IdVec<CellId, Cell>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rows {
    /// With commas between, and nothing else.
    Items,
    /// With commas, ends of lines and comments between.
    Flow,
    /// Below each other; before the first is the dash of the list that they are an item of.
    Compact,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) span: Range<usize>,
    /// The comma after it.
    pub(crate) comma: Option<Range<usize>>,
    /// The lines that it has for itself.
    pub(crate) lines: Option<Range<usize>>,
}

/// A cell to remove.
#[derive(Debug)]
pub(super) struct Removed {
    pub(super) cell: CellId,
    /// What that means where its neighbours do not matter.
    pub(super) own: Option<Range<usize>>,
}

impl Row {
    /// Adds what has to be cut to remove cells, which are in order.
    pub(super) fn cuts(
        &self,
        text: &str,
        removed: &[Removed],
        cuts: &mut Vec<Range<usize>>,
    ) -> Option<()> {
        let is_removed =
            |cell: &CellId| removed.binary_search_by_key(cell, |removed| removed.cell).is_ok();
        let last_kept = self.cells.ids().rev().find(|cell| !is_removed(cell));
        let leading = self.cells.ids().take_while(is_removed).count();
        match self.kind {
            Rows::Items => self.items(text, removed, last_kept, cuts),
            Rows::Flow => {
                self.flow(text, removed, last_kept, cuts);
                Some(())
            }
            Rows::Compact => self.compact(text, removed, leading, cuts),
        }
    }

    /// The cell after another one, unless that is the last.
    fn after(&self, cell: CellId) -> Option<&Cell> {
        self.cells.as_slice().get(cell.index() + 1)
    }

    fn items(
        &self,
        text: &str,
        removed: &[Removed],
        last_kept: Option<CellId>,
        cuts: &mut Vec<Range<usize>>,
    ) -> Option<()> {
        let (first, last) = (self.cells.values().next()?, self.cells.values().next_back()?);
        let Some(last_kept) = last_kept else {
            let end = last.comma.as_ref().map_or(last.span.end, |comma| comma.end);
            cuts.push(first.span.start..end);
            return Some(());
        };
        for Removed { cell, .. } in removed {
            if let Some(after) = self.after(*cell).filter(|_| *cell < last_kept) {
                let cell = &self.cells[*cell];
                let end = cell.comma.as_ref().map_or(cell.span.end, |comma| comma.end);
                let between = slice(text, end..after.span.start);
                // A comment before the next one is about that.
                let rest = between.trim_start();
                let kept = if rest.starts_with(['/', '#']) { rest.len() } else { 0 };
                cuts.push(cell.span.start..after.span.start - kept);
            }
        }
        if self.after(last_kept).is_some() {
            cuts.push(self.cells[last_kept].span.end..last.span.end);
        }
        Some(())
    }

    fn flow(
        &self,
        text: &str,
        removed: &[Removed],
        last_kept: Option<CellId>,
        cuts: &mut Vec<Range<usize>>,
    ) {
        let trailing = self.cells.values().next_back().is_some_and(|last| last.comma.is_some());
        for Removed { cell, .. } in removed {
            let cell = &self.cells[*cell];
            if let Some(lines) = &cell.lines {
                cuts.push(lines.clone());
                continue;
            }
            let end = cell.comma.as_ref().map_or(cell.span.end, |comma| comma.end);
            let after = slice(text, end..);
            let spaces = after.len() - after.trim_start_matches([' ', '\t']).len();
            let ends_line = after.trim_start_matches([' ', '\t']).starts_with(['\n', '\r']);
            if cell.comma.is_some() && !ends_line {
                cuts.push(cell.span.start..end + spaces);
            } else {
                let before = slice(text, ..cell.span.start);
                cuts.push(before.trim_end_matches([' ', '\t']).len()..end);
            }
        }
        if let Some(kept) = last_kept.filter(|kept| !trailing && self.after(*kept).is_some()) {
            cuts.extend(self.cells[kept].comma.clone());
        }
    }

    fn compact(
        &self,
        text: &str,
        removed: &[Removed],
        leading: usize,
        cuts: &mut Vec<Range<usize>>,
    ) -> Option<()> {
        let Some(kept) = self.cells.as_slice().get(leading) else {
            cuts.extend(removed.iter().filter_map(|removed| removed.own.clone()));
            return Some(());
        };
        let first = self.cells.values().next()?;
        let head = self.cells.values().take(leading + 1);
        let close =
            head.clone().zip(head.skip(1)).all(|(one, two)| match (&one.lines, &two.lines) {
                (Some(one), Some(two)) => one.end == two.start,
                _ => false,
            });
        let joins = leading > 0 && close;
        if joins {
            cuts.push(first.span.start..kept.span.start);
        } else if leading > 0 {
            // The dash stays, and what is kept begins on a later line.
            let lines = first.lines.clone()?;
            let before = slice(text, ..first.span.start).trim_end_matches(' ').len();
            let written = slice(text, before..lines.end);
            let line = written.split('\n').next()?;
            cuts.push(before..before + line.trim_end_matches('\r').len());
            cuts.push((before + line.len() + 1).min(lines.end)..lines.end);
        }
        for Removed { cell, own } in removed {
            if cell.index() >= leading || (!joins && cell.index() > 0) {
                cuts.extend(own.clone());
            }
        }
        Some(())
    }
}
