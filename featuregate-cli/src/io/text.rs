//! The text of a file, and the locations in it.

use std::ops::Range;

use featuregate_core::__private::slice_bytes;

/// A text with the line ends of another one: `\r\n`, if all lines of that end so.
pub(crate) fn with_line_ends_of(other: &str, text: &str) -> String {
    let (all, with_return) = (other.matches('\n').count(), other.matches("\r\n").count());
    let text = text.replace("\r\n", "\n");
    if all > 0 && all == with_return { text.replace('\n', "\r\n") } else { text }
}

/// A location for people: line and column, both from 1, columns in Unicode scalars.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
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
    /// How many scalars begin before each block of bytes, so that a line of any length is counted once.
    scalars: Vec<usize>,
}

/// The bytes of a block.
const BLOCK: usize = 4096;

impl<'t> Lines<'t> {
    /// The lines of a text. A line ends with `\n`.
    #[must_use]
    pub fn of(text: &'t str) -> Self {
        let after =
            text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        let blocks = text.as_bytes().chunks(BLOCK).scan(0, |before, block| {
            let here = *before;
            *before += scalars(block);
            Some(here)
        });
        Self { text, starts: std::iter::once(0).chain(after).collect(), scalars: blocks.collect() }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The location of a byte.
    ///
    /// ```
    /// use featuregate_cli::text::{Lines, Location};
    ///
    /// let lines = Lines::of("a: ä\nb");
    /// assert_eq!(lines.location(5), Location { line: 1, column: 5 });
    /// assert_eq!(lines.location(6), Location { line: 2, column: 1 });
    /// ```
    #[must_use]
    pub fn location(&self, byte: usize) -> Location {
        let (started, _) =
            self.starts.split_at(self.starts.partition_point(|start| *start <= byte));
        let start = started.last().copied().unwrap_or_default();
        let column = 1 + self.scalars_between(start, byte);
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Location { line: number(started.len()), column: number(column) }
    }

    fn scalars_between(&self, start: usize, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        if byte - start < BLOCK {
            return scalars(slice_bytes(self.text.as_bytes(), start..byte));
        }
        self.scalars_before(byte) - self.scalars_before(start)
    }

    fn scalars_before(&self, byte: usize) -> usize {
        let block = (byte / BLOCK).min(self.scalars.len().saturating_sub(1));
        let rest = slice_bytes(self.text.as_bytes(), block * BLOCK..byte);
        self.scalars.get(block).copied().unwrap_or_default() + scalars(rest)
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

/// How many scalars begin in these bytes: every byte but those that continue one begins one.
fn scalars(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte & 0xC0) != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, Lines, Location};

    #[test]
    fn a_column_counts_scalars_over_blocks_and_lines() {
        let line: String = "aä東🦀".chars().cycle().take(3 * BLOCK).collect();
        let text = format!("{line}\n{line}\n");
        let lines = Lines::of(&text);
        let mut expected = Location { line: 1, column: 1 };
        for (byte, c) in text.char_indices() {
            assert_eq!(lines.location(byte), expected, "byte {byte}");
            expected.column += 1;
            if c == '\n' {
                expected = Location { line: expected.line + 1, column: 1 };
            }
        }
        assert_eq!(lines.location(text.len()), expected);
        assert_eq!(lines.location(usize::MAX), expected);
    }

    #[test]
    fn an_empty_text_has_one_location() {
        assert_eq!(Lines::of("").location(0), Location { line: 1, column: 1 });
    }
}
