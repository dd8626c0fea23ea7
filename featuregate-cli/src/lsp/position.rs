//! Locations as an editor counts them: lines and code units from 0.

use std::ops::Range;

use featuregate_core::__private::{slice, slice_bytes};
use gen_lsp_types::Position;

/// What the columns of an editor count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Bytes.
    Utf8,
    /// Units of UTF-16, which every editor understands.
    Utf16,
}

impl Encoding {
    fn length(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
        }
    }
}

/// The lines of a text. One ends with a line feed, a carriage return, or both.
#[derive(Debug)]
pub(super) struct Index<'t> {
    text: &'t str,
    encoding: Encoding,
    /// The bytes of each line, without its end; at least one.
    lines: Vec<Range<usize>>,
    /// How many units of UTF-16 begin before each block of bytes, so that a line of any length is counted once.
    units: Vec<usize>,
}

/// The bytes of a block.
const BLOCK: usize = 4096;

impl<'t> Index<'t> {
    pub(super) fn of(text: &'t str, encoding: Encoding) -> Self {
        let mut lines = Vec::new();
        let mut start = 0;
        let mut bytes = text.bytes().enumerate().peekable();
        while let Some((at, byte)) = bytes.next() {
            let end = match byte {
                b'\n' => at + 1,
                b'\r' => bytes.next_if(|(_, next)| *next == b'\n').map_or(at + 1, |_| at + 2),
                _ => continue,
            };
            lines.push(start..at);
            start = end;
        }
        lines.push(start..text.len());
        let blocks = text.as_bytes().chunks(BLOCK).scan(0, |before, block| {
            let here = *before;
            *before += units(block);
            Some(here)
        });
        Self { text, encoding, lines, units: blocks.collect() }
    }

    /// The position of a byte.
    pub(super) fn position(&self, byte: usize) -> Position {
        let after = self.lines.partition_point(|line| line.start <= byte);
        let number = after.saturating_sub(1);
        let line = self.lines.get(number).cloned().unwrap_or_default();
        let byte = byte.min(line.end);
        let character = match self.encoding {
            Encoding::Utf8 => byte - line.start,
            Encoding::Utf16 => self.units_before(byte) - self.units_before(line.start),
        };
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Position { line: count(number), character: count(character) }
    }

    pub(super) fn range(&self, span: Range<usize>) -> gen_lsp_types::Range {
        gen_lsp_types::Range { start: self.position(span.start), end: self.position(span.end) }
    }

    /// The byte of a position; one beyond a line is its end, and one within a character is its start.
    pub(super) fn byte(&self, position: Position) -> usize {
        let Some(line) = self.lines.get(position.line as usize) else { return self.text.len() };
        let mut left = position.character as usize;
        let mut byte = line.start;
        for c in slice(self.text, line.clone()).chars() {
            let length = self.encoding.length(c);
            if left < length {
                break;
            }
            left -= length;
            byte += c.len_utf8();
        }
        byte
    }

    /// The bytes between two positions, which may be in the wrong order.
    pub(super) fn bytes(&self, range: gen_lsp_types::Range) -> Range<usize> {
        let (start, end) = (self.byte(range.start), self.byte(range.end));
        start.min(end)..start.max(end)
    }

    fn units_before(&self, byte: usize) -> usize {
        let block = (byte / BLOCK).min(self.units.len().saturating_sub(1));
        let rest = slice_bytes(self.text.as_bytes(), block * BLOCK..byte);
        self.units.get(block).copied().unwrap_or_default() + units(rest)
    }
}

/// How many units of UTF-16 the characters have that begin in these bytes: two, if they take four bytes.
fn units(bytes: &[u8]) -> usize {
    bytes.iter().map(|byte| usize::from(byte & 0xC0 != 0x80) + usize::from(*byte >= 0xF0)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "aä東🦀\r\n\rb\n🦀🦀c";

    #[test]
    fn columns_count_what_was_agreed_and_every_end_of_line_counts() {
        for (encoding, expected) in [
            (
                Encoding::Utf8,
                [(0, 0), (0, 1), (0, 3), (0, 6), (0, 10), (1, 0), (2, 0), (2, 1), (3, 4), (3, 9)],
            ),
            (
                Encoding::Utf16,
                [(0, 0), (0, 1), (0, 2), (0, 3), (0, 5), (1, 0), (2, 0), (2, 1), (3, 2), (3, 5)],
            ),
        ] {
            let index = Index::of(TEXT, encoding);
            for (byte, (line, character)) in
                [0, 1, 3, 6, 10, 12, 13, 14, 19, 24].into_iter().zip(expected)
            {
                let position = Position { line, character };
                assert_eq!(index.position(byte), position, "byte {byte}");
                assert_eq!(index.byte(position), byte, "byte {byte}");
            }
        }
    }

    #[test]
    fn a_position_that_does_not_exist_is_the_nearest_one_before() {
        let index = Index::of(TEXT, Encoding::Utf16);
        for (line, character, byte) in [
            (0, 99, 10),
            (0, 4, 6),
            (1, 5, 12),
            (3, 1, 15),
            (9, 0, TEXT.len()),
            (u32::MAX, u32::MAX, TEXT.len()),
        ] {
            assert_eq!(index.byte(Position { line, character }), byte, "{line}:{character}");
        }
        assert_eq!(index.position(11), Position { line: 0, character: 5 });
        assert_eq!(index.position(usize::MAX), Position { line: 3, character: 5 });
        let at = |line| Position { line, character: 0 };
        assert_eq!(index.bytes(gen_lsp_types::Range { start: at(2), end: at(0) }), 0..13);
    }

    #[test]
    fn every_character_of_a_long_line_is_found_again() {
        let line: String = "aä東🦀".chars().cycle().take(3 * BLOCK).collect();
        let text = format!("{line}\r\n{line}");
        for encoding in [Encoding::Utf8, Encoding::Utf16] {
            let index = Index::of(&text, encoding);
            for (byte, _) in text.char_indices().step_by(97) {
                assert_eq!(index.byte(index.position(byte)), byte);
            }
        }
    }
}
