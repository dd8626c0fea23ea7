//! A text out of a file, each byte of which knows where it is in the file.

use std::borrow::Cow;
use std::ops::Range;

use featuregate_core::__private::slice;

/// A text and its positions in the file. It may be the file itself, a scalar of it without its quotes, escapes
/// and indentation, or a scalar of the YAML in such a scalar.
#[derive(Clone, Debug)]
pub(crate) struct Passage<'t> {
    text: Cow<'t, str>,
    origin: Origin,
    /// Where the first line begins in the file, with its indentation.
    begin: usize,
}

#[derive(Clone, Debug)]
enum Origin {
    /// It is in the file as it is, from that byte on.
    Straight(usize),
    /// In pieces, in order.
    Pieces(Vec<Piece>),
}

/// A piece of a passage, up to the next one, and the bytes of the file that it comes from. Both are of one
/// length where it is copied unchanged.
#[derive(Clone, Copy, Debug)]
struct Piece {
    at: usize,
    from: usize,
    to: usize,
}

impl<'t> Passage<'t> {
    /// Its text.
    pub(crate) fn into_text(self) -> Cow<'t, str> {
        self.text
    }

    /// A whole file.
    pub(crate) fn of_file(text: impl Into<Cow<'t, str>>) -> Self {
        Self { text: text.into(), origin: Origin::Straight(0), begin: 0 }
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// A part of it.
    pub(crate) fn slice(&self, range: Range<usize>) -> Passage<'_> {
        let text = slice(&self.text, range.clone());
        let begin = if range.start == 0 { self.begin } else { self.start(range.start) };
        let origin = match &self.origin {
            Origin::Straight(base) => Origin::Straight(base + range.start),
            Origin::Pieces(_) => {
                let mut pieces = Vec::new();
                self.pieces(range, 0, &mut pieces);
                match pieces.as_slice() {
                    [only] if only.to - only.from == text.len() => Origin::Straight(only.from),
                    _ => Origin::Pieces(pieces),
                }
            }
        };
        Passage { text: Cow::Borrowed(text), origin, begin }
    }

    /// It without the first bytes of its lines, of each as many as `left_out` says.
    pub(crate) fn without(&self, left_out: impl Fn(&str) -> usize) -> Passage<'static> {
        let mut builder = Builder::new(self, 0);
        let mut at = 0;
        for line in self.text.split_inclusive('\n') {
            builder.copy(at + left_out(line)..at + line.len());
            at += line.len();
        }
        builder.finish()
    }

    /// The bytes of the file that a part of it comes from.
    pub(crate) fn span(&self, range: Range<usize>) -> Range<usize> {
        let start = self.start(range.start);
        if range.start >= range.end { start..start } else { start..self.end(range.end).max(start) }
    }

    /// The same for whole lines, with the indentation before the first of them in the file.
    pub(crate) fn lines(&self, range: Range<usize>) -> Range<usize> {
        let start = if range.start == 0 { self.begin } else { self.end(range.start) };
        start..self.end(range.end).max(start)
    }

    /// The byte of the file at which a byte of it begins.
    fn start(&self, at: usize) -> usize {
        match &self.origin {
            Origin::Straight(base) => base + at,
            Origin::Pieces(pieces) => {
                let index = pieces.partition_point(|piece| piece.at <= at).saturating_sub(1);
                let Some((piece, length)) = self.piece(pieces, index) else { return self.begin };
                let within = at - piece.at.min(at);
                if within >= length {
                    piece.to
                } else if piece.to - piece.from == length {
                    piece.from + within
                } else {
                    piece.from
                }
            }
        }
    }

    /// The byte of the file at which what is before a byte of it ends.
    fn end(&self, at: usize) -> usize {
        match &self.origin {
            Origin::Straight(base) => base + at,
            Origin::Pieces(pieces) => {
                let before = at.saturating_sub(1);
                let index = pieces.partition_point(|piece| piece.at <= before).saturating_sub(1);
                let Some((piece, length)) = self.piece(pieces, index) else { return self.begin };
                if piece.to - piece.from == length {
                    (piece.from + at.saturating_sub(piece.at)).min(piece.to)
                } else {
                    piece.to
                }
            }
        }
    }

    /// A piece and its length in the passage.
    fn piece(&self, pieces: &[Piece], index: usize) -> Option<(Piece, usize)> {
        let piece = *pieces.get(index)?;
        let next = pieces.get(index + 1).map_or(self.text.len(), |next| next.at);
        Some((piece, next - piece.at))
    }

    /// Adds the pieces of a part, which is at `at` of another passage.
    fn pieces(&self, range: Range<usize>, at: usize, to: &mut Vec<Piece>) {
        if range.is_empty() {
            return;
        }
        match &self.origin {
            Origin::Straight(base) => {
                to.push(Piece { at, from: base + range.start, to: base + range.end });
            }
            Origin::Pieces(pieces) => {
                let first =
                    pieces.partition_point(|piece| piece.at <= range.start).saturating_sub(1);
                let mut index = first;
                while let Some((piece, length)) = self.piece(pieces, index) {
                    if piece.at >= range.end {
                        break;
                    }
                    let (start, end) =
                        (range.start.max(piece.at), range.end.min(piece.at + length));
                    if start < end {
                        let span = if piece.to - piece.from == length {
                            piece.from + (start - piece.at)..piece.from + (end - piece.at)
                        } else {
                            piece.from..piece.to
                        };
                        let at = at + (start - range.start);
                        to.push(Piece { at, from: span.start, to: span.end });
                    }
                    index += 1;
                }
            }
        }
    }
}

/// Makes a passage out of parts of another one.
#[derive(Debug)]
pub(crate) struct Builder<'o, 't> {
    outer: &'o Passage<'t>,
    text: String,
    pieces: Vec<Piece>,
    begin: usize,
}

impl<'o, 't> Builder<'o, 't> {
    /// `begin` is where its first line begins.
    pub(crate) fn new(outer: &'o Passage<'t>, begin: usize) -> Self {
        let begin = if begin == 0 { outer.begin } else { outer.end(begin) };
        Self { outer, text: String::new(), pieces: Vec::new(), begin }
    }

    /// Adds a part as it is.
    pub(crate) fn copy(&mut self, range: Range<usize>) {
        let text = slice(&self.outer.text, range.clone());
        self.outer.pieces(range, self.text.len(), &mut self.pieces);
        self.text.push_str(text);
    }

    /// Adds what is written as that part: an escape, or the end of a line.
    pub(crate) fn put(&mut self, c: char, range: Range<usize>) {
        let span = self.outer.span(range);
        self.pieces.push(Piece { at: self.text.len(), from: span.start, to: span.end });
        self.text.push(c);
    }

    /// How long the text is so far.
    pub(crate) fn length(&self) -> usize {
        self.text.len()
    }

    /// The text that the parts are of.
    pub(crate) fn outer_text(&self) -> &'o str {
        &self.outer.text
    }

    pub(crate) fn finish(self) -> Passage<'static> {
        let origin = if self.pieces.is_empty() {
            Origin::Straight(self.begin)
        } else {
            Origin::Pieces(self.pieces)
        };
        Passage { text: Cow::Owned(self.text), origin, begin: self.begin }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_byte_has_its_location_through_two_layers() {
        let file = r#""x\n  yé\u00e9z""#;
        let outer = Passage::of_file(file);
        let mut builder = Builder::new(&outer, 1);
        builder.copy(1..2);
        builder.put('\n', 2..4);
        builder.copy(4..9);
        builder.put('é', 9..15);
        builder.copy(15..16);
        let text = builder.finish();
        assert_eq!(text.text(), "x\n  yééz");
        assert_eq!(text.span(0..1), 1..2);
        assert_eq!(text.span(1..2), 2..4);
        assert_eq!(file.get(text.span(4..7)).unwrap(), "yé");
        assert_eq!(file.get(text.span(7..10)).unwrap(), "\\u00e9z");
        assert_eq!(text.lines(2..10), 4..16);
        let inner = text.slice(4..10);
        assert_eq!(inner.text(), "yééz");
        assert_eq!(inner.span(5..6), 15..16);
        assert_eq!(inner.span(6..6), 16..16);
        let straight = inner.slice(0..3);
        assert_eq!(file.get(straight.span(0..3)).unwrap(), "yé");
    }
}
