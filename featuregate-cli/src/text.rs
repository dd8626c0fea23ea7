//! The text of a file, and the places in it.

use std::ops::Range;

/// A place for a person: line and column, both from 1, columns in Unicode scalars.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line.
    pub line: u32,
    /// The column.
    pub column: u32,
}

/// Where the lines of a text begin.
#[derive(Clone, Debug)]
pub struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    /// The lines of a text. A line ends with `\n`.
    #[must_use]
    pub fn of(text: &'t str) -> Self {
        let after =
            text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self { text, starts: std::iter::once(0).chain(after).collect() }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The place of a byte.
    ///
    /// ```
    /// use featuregate_cli::text::{Lines, Place};
    ///
    /// let lines = Lines::of("a: ä\nb");
    /// assert_eq!(lines.place(5), Place { line: 1, column: 5 });
    /// assert_eq!(lines.place(6), Place { line: 2, column: 1 });
    /// ```
    #[must_use]
    pub fn place(&self, byte: usize) -> Place {
        let line = self.starts.partition_point(|start| *start <= byte).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or_default();
        let before = self.text.as_bytes().get(start..byte).unwrap_or_default();
        // Every byte but those that continue a scalar begins one.
        let column = before.iter().filter(|byte| (**byte & 0xC0) != 0x80).count() + 1;
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Place { line: number(line + 1), column: number(column) }
    }

    /// The bytes of the line, from 1, without its end.
    #[must_use]
    pub fn line(&self, line: u32) -> Range<usize> {
        let index = (line as usize).saturating_sub(1);
        let start = self.starts.get(index).copied().unwrap_or(self.text.len());
        let end = self.starts.get(index + 1).map_or(self.text.len(), |next| next - 1);
        start..end
    }
}
