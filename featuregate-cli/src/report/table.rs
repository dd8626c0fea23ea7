//! Tables for people.

use std::io::{self, Write};

use comfy_table::{Attribute, Cell, Color, ColumnConstraint, ContentArrangement, TableStyle};
use featuregate_core::Stage;

use crate::io::escape::escape;

/// Aligned rows under a header; on a terminal that is too narrow, cells wrap.
pub(crate) struct Table(comfy_table::Table);

impl Table {
    pub(crate) fn new<'h>(header: impl IntoIterator<Item = &'h str>) -> Self {
        let mut table = comfy_table::Table::new();
        table.load_style(TableStyle::new());
        table.set_content_arrangement(ContentArrangement::Dynamic);
        // The writer of the output decides whether it has styles.
        table.enforce_styling();
        table.style_text_only();
        table.set_header(
            header.into_iter().map(|title| Cell::new(title).add_attribute(Attribute::Bold)),
        );
        Self(table)
    }

    pub(crate) fn push(&mut self, row: impl IntoIterator<Item = Cell>) {
        self.0.add_row(row.into_iter().collect::<Vec<Cell>>());
    }

    pub(crate) fn write(mut self, out: &mut dyn Write) -> io::Result<()> {
        for column in self.0.column_iter_mut() {
            column.set_padding((0, 2));
        }
        // A name is not wrapped, so that it can be copied.
        if let Some(names) = self.0.column_mut(0) {
            names.set_constraint(ColumnConstraint::ContentWidth);
        }
        for line in self.0.lines() {
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }
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

    #[test]
    fn a_narrow_terminal_wraps_all_but_the_name() {
        let mut table = Table::new(["NAME", "WHAT IT MEANS"]);
        table.0.set_width(42).force_no_tty();
        table.push([text("GracefulNodeShutdown"), text("breaks settings to \u{1b}[31mfalse")]);
        let mut out = Vec::new();
        table.write(&mut out).unwrap();
        assert_eq!(
            anstream::adapter::strip_str(std::str::from_utf8(&out).unwrap()).to_string(),
            "NAME                  WHAT IT MEANS\n\
             GracefulNodeShutdown  breaks settings to\n\
             \u{20}                     \\u{1b}[31mfalse\n"
        );
    }
}
