//! Parts that stand side by side, so that one can't go without a look at its neighbours.

use std::ops::Range;

use featuregate_core::__private::slice;

/// Parts side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) kind: Rows,
    pub(crate) cells: Vec<Cell>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rows {
    /// With commas between, and nothing else.
    Items,
    /// With commas, ends of lines and comments between.
    Flow,
    /// Below each other; before the first stands the dash of the list that they are an item of.
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

/// A cell that has to go.
#[derive(Debug)]
pub(super) struct Gone {
    pub(super) cell: usize,
    /// What that means where its neighbours don't matter.
    pub(super) own: Option<Range<usize>>,
}

impl Row {
    /// Adds what has to be cut so that cells are gone; those come by place.
    pub(super) fn cuts(
        &self,
        text: &str,
        gone: &[Gone],
        cuts: &mut Vec<Range<usize>>,
    ) -> Option<()> {
        let is_gone = |cell: &usize| gone.binary_search_by_key(cell, |gone| gone.cell).is_ok();
        let last_kept = (0..self.cells.len()).rev().find(|cell| !is_gone(cell));
        let leading = (0..self.cells.len()).take_while(is_gone).count();
        match self.kind {
            Rows::Items => self.items(gone, last_kept, cuts),
            Rows::Flow => self.flow(text, gone, last_kept, cuts),
            Rows::Compact => self.compact(text, gone, leading, cuts),
        }
    }

    fn items(
        &self,
        gone: &[Gone],
        last_kept: Option<usize>,
        cuts: &mut Vec<Range<usize>>,
    ) -> Option<()> {
        let last = self.cells.last()?;
        let Some(last_kept) = last_kept else {
            let end = last.comma.as_ref().map_or(last.span.end, |comma| comma.end);
            cuts.push(self.cells.first()?.span.start..end);
            return Some(());
        };
        for Gone { cell, .. } in gone {
            if *cell < last_kept {
                let start = self.cells.get(*cell)?.span.start;
                cuts.push(start..self.cells.get(cell + 1)?.span.start);
            }
        }
        if last_kept + 1 < self.cells.len() {
            cuts.push(self.cells.get(last_kept)?.span.end..last.span.end);
        }
        Some(())
    }

    fn flow(
        &self,
        text: &str,
        gone: &[Gone],
        last_kept: Option<usize>,
        cuts: &mut Vec<Range<usize>>,
    ) -> Option<()> {
        let trailing = self.cells.last()?.comma.is_some();
        for Gone { cell, .. } in gone {
            let cell = self.cells.get(*cell)?;
            if let Some(lines) = &cell.lines {
                cuts.push(lines.clone());
                continue;
            }
            let end = cell.comma.as_ref().map_or(cell.span.end, |comma| comma.end);
            let after = slice(text, end..);
            let blanks = after.len() - after.trim_start_matches([' ', '\t']).len();
            let ends_line = after.trim_start_matches([' ', '\t']).starts_with(['\n', '\r']);
            if cell.comma.is_some() && !ends_line {
                cuts.push(cell.span.start..end + blanks);
            } else {
                let before = slice(text, ..cell.span.start);
                cuts.push(before.trim_end_matches([' ', '\t']).len()..end);
            }
        }
        if let Some(kept) = last_kept.filter(|kept| !trailing && kept + 1 < self.cells.len()) {
            cuts.extend(self.cells.get(kept)?.comma.clone());
        }
        Some(())
    }

    fn compact(
        &self,
        text: &str,
        gone: &[Gone],
        leading: usize,
        cuts: &mut Vec<Range<usize>>,
    ) -> Option<()> {
        let Some(kept) = self.cells.get(leading) else {
            cuts.extend(gone.iter().filter_map(|gone| gone.own.clone()));
            return Some(());
        };
        let first = self.cells.first()?;
        let head = self.cells.iter().take(leading + 1);
        let close =
            head.clone().zip(head.skip(1)).all(|(one, two)| match (&one.lines, &two.lines) {
                (Some(one), Some(two)) => one.end == two.start,
                _ => false,
            });
        let joins = leading > 0 && close;
        if joins {
            cuts.push(first.span.start..kept.span.start);
        } else if leading > 0 {
            // The dash stays alone, and what is kept begins on a later line.
            let lines = first.lines.clone()?;
            let before = slice(text, ..first.span.start).trim_end_matches(' ').len();
            let written = slice(text, before..lines.end);
            let line = written.split('\n').next()?;
            cuts.push(before..before + line.trim_end_matches('\r').len());
            cuts.push((before + line.len() + 1).min(lines.end)..lines.end);
        }
        for Gone { cell, own } in gone {
            if *cell >= leading || (!joins && *cell > 0) {
                cuts.extend(own.clone());
            }
        }
        Some(())
    }
}
