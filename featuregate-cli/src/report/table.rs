//! Tables for people.

use std::io::{self, Write};

use comfy_table::{
    Attribute, Cell, Color, ColumnConstraint, ContentArrangement, TableStyle, Width,
};
use featuregate_core::Stage;

use crate::io::escape::escape;
use crate::report::location::columns;

/// The width without a terminal.
const WIDTH: u16 = 80;

/// A word of this width may be broken.
const LONG: usize = 16;

/// The space between two columns.
const GAP: u16 = 2;

/// Aligned rows under a header. Where the terminal is too narrow, cells wrap, and names last, so that they can be copied.
/// Titles do not wrap.
pub(crate) struct Table {
    table: comfy_table::Table,
    /// How wide the columns are at least: as their titles, and as their words unless these are long.
    least: Vec<u16>,
}

impl Table {
    pub(crate) fn new<'h>(header: impl IntoIterator<Item = &'h str>) -> Self {
        let mut table = comfy_table::Table::new();
        table.load_style(TableStyle::new());
        table.set_content_arrangement(ContentArrangement::Dynamic);
        // The writer of the output decides whether it has styles.
        table.enforce_styling();
        table.style_text_only();
        let titles: Vec<&str> = header.into_iter().collect();
        table
            .set_header(titles.iter().map(|title| Cell::new(title).add_attribute(Attribute::Bold)));
        let least = table.column_max_content_widths();
        Self { table, least }
    }

    pub(crate) fn push(&mut self, row: impl IntoIterator<Item = Cell>) {
        let row: Vec<Cell> = row.into_iter().collect();
        // A name that is broken is better than words that are.
        for (least, cell) in self.least.iter_mut().zip(&row).skip(1) {
            let content = cell.content();
            let words = content.split_whitespace().map(|word| word.chars().count());
            let longest = words.filter(|word| *word < LONG).max().unwrap_or_default();
            *least = (*least).max(u16::try_from(longest).unwrap_or(*least));
        }
        self.table.add_row(row);
    }

    pub(crate) fn write(self, out: &mut dyn Write) -> io::Result<()> {
        self.write_within(columns().unwrap_or(WIDTH), out)
    }

    fn write_within(mut self, width: u16, out: &mut dyn Write) -> io::Result<()> {
        let wanted = self.table.column_max_content_widths();
        let widths = fitting(&wanted, &self.least, width);
        self.table.set_width(u16::MAX);
        for (column, width) in self.table.column_iter_mut().zip(widths) {
            column.set_padding((0, GAP));
            let width = Width::Fixed(width.saturating_add(GAP));
            column.set_constraint(ColumnConstraint::Absolute(width));
        }
        for line in self.table.lines() {
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

/// The widths of columns that want so much and need at least that. The widest become narrower; the first
/// one, which has names, only if that is not enough.
fn fitting(wanted: &[u16], least: &[u16], width: u16) -> Vec<u16> {
    let useful = |(wanted, least): (&u16, &u16)| (*wanted).min(width.max(*least));
    let mut widths: Vec<u16> = wanted.iter().zip(least).map(useful).collect();
    let gaps = usize::from(GAP) * widths.len().saturating_sub(1);
    let total = |widths: &[u16]| widths.iter().map(|width| usize::from(*width)).sum::<usize>();
    let (mut of_names, mut done) = (false, false);
    while !done && total(&widths) + gaps > usize::from(width) {
        let columns = widths.iter_mut().zip(least).enumerate();
        let columns = columns
            .filter(|(index, (width, least))| (*index == 0) == of_names && **width > **least);
        match columns.max_by_key(|(_, (width, _))| **width) {
            Some((_, (widest, _))) => *widest -= 1,
            None if of_names => done = true,
            None => of_names = true,
        }
    }
    widths
}

/// A text from outside, which must not control the terminal.
pub(crate) fn text(text: &str) -> Cell {
    Cell::new(escape(text).into_owned())
}

/// A stage, in its colour.
pub(crate) fn stage(stage: Stage, text: &str) -> Cell {
    let cell = Cell::new(text);
    match stage {
        Stage::PreAlpha => cell,
        Stage::Alpha => cell.fg(Color::DarkYellow),
        Stage::Beta => cell.fg(Color::DarkCyan),
        Stage::Ga => cell.fg(Color::DarkGreen),
        Stage::Deprecated => cell.fg(Color::DarkRed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_narrow_terminal_wraps_names_last_and_no_title() {
        let written = |width| {
            let mut table = Table::new(["NAME", "WHAT IT MEANS"]);
            table.table.force_no_tty();
            table.push([text("GracefulNodeShutdown"), text("breaks settings to \u{1b}[31mfalse")]);
            let mut out = Vec::new();
            table.write_within(width, &mut out).unwrap();
            anstream::adapter::strip_str(std::str::from_utf8(&out).unwrap()).to_string()
        };
        let expected = "\
NAME                  WHAT IT MEANS
GracefulNodeShutdown  breaks settings to
                      \\u{1b}[31mfalse
";
        assert_eq!(written(42), expected);
        let expected = "\
NAME      WHAT IT MEANS
Graceful  breaks settings
NodeShut  to
down      \\u{1b}[31mfalse
";
        assert_eq!(written(25), expected);
        assert!(written(5).starts_with("NAME  WHAT IT MEANS\n"), "{}", written(5));
    }

    proptest! {
        #[test]
        fn columns_fit_where_their_titles_do(
            columns in proptest::collection::vec((1_u16..100, 1_u16..20), 1..8),
            width in 1_u16..200,
        ) {
            let least: Vec<u16> = columns.iter().map(|(_, title)| *title).collect();
            let wanted: Vec<u16> = columns.iter().map(|(more, title)| title + more).collect();
            let widths = fitting(&wanted, &least, width);
            let gaps = GAP * u16::try_from(widths.len() - 1).unwrap();
            let total = widths.iter().sum::<u16>() + gaps;
            prop_assert!(total <= width.max(least.iter().sum::<u16>() + gaps));
            prop_assert!(widths.iter().zip(&least).all(|(width, least)| width >= least));
            // The names are as wide as possible.
            let others = widths.iter().skip(1).eq(least.iter().skip(1));
            prop_assert!(others || widths[0] == wanted[0].min(width.max(least[0])));
            let fits = wanted.iter().sum::<u16>() + gaps <= width;
            prop_assert!(!fits || widths == wanted);
        }
    }
}
