//! A text within a file whose every byte knows where in the file it stands.

use std::borrow::Cow;
use std::ops::Range;

/// A piece of a file's text, or what a scalar in it comes to: quotes, indentation and escapes aside.
#[derive(Debug)]
pub(super) struct Mapped<'t> {
    /// The text.
    pub(super) text: Cow<'t, str>,
    /// Where stretches of it begin, here and in the file, by place; a stretch goes on byte for byte.
    pieces: Vec<(usize, usize)>,
}

impl<'t> Mapped<'t> {
    /// The text of a whole file.
    pub(super) fn file(text: &'t str) -> Self {
        Self { text: Cow::Borrowed(text), pieces: vec![(0, 0)] }
    }

    /// Where a byte stands in the file.
    pub(super) fn at(&self, byte: usize) -> usize {
        let after = self.pieces.partition_point(|(here, _)| *here <= byte);
        let piece = after.checked_sub(1).and_then(|index| self.pieces.get(index));
        piece.map_or(byte, |(here, file)| file + (byte - here))
    }

    /// Where a part of it stands in the file.
    pub(super) fn span(&self, part: &Range<usize>) -> Range<usize> {
        self.at(part.start)..self.at(part.end).max(self.at(part.start))
    }

    pub(super) fn get(&self, part: Range<usize>) -> &str {
        self.text.get(part).unwrap_or_default()
    }

    /// A part of it, as it stands.
    pub(super) fn part(&self, part: &Range<usize>) -> Mapped<'_> {
        let mut builder = Builder::default();
        builder.copy(self, part.clone());
        Mapped { text: Cow::Borrowed(self.get(part.clone())), pieces: builder.pieces }
    }

    /// What a part comes to whose lines are indented by so many blanks, after the first line.
    pub(super) fn dedented(&self, part: &Range<usize>, indent: usize) -> Mapped<'static> {
        let mut builder = Builder::default();
        let mut at = part.start;
        for (index, line) in self.get(part.clone()).split_inclusive('\n').enumerate() {
            let blanks = match index {
                0 => 0,
                _ => line.bytes().take(indent).take_while(|byte| *byte == b' ').count(),
            };
            builder.copy(self, at + blanks..at + line.len());
            at += line.len();
        }
        builder.finish()
    }

    /// What a double-quoted part comes to, without its quotes.
    pub(super) fn unescaped(&self, part: &Range<usize>) -> Mapped<'static> {
        let mut builder = Builder::default();
        let text = self.get(part.clone());
        let mut at = 0;
        while let Some(found) = text.get(at..).and_then(|rest| rest.find('\\')) {
            builder.copy(self, part.start + at..part.start + at + found);
            let escape = text.get(at + found..).unwrap_or_default();
            let (written, meant) = escaped(escape);
            builder.push(meant, self.at(part.start + at + found));
            at += found + written;
        }
        builder.copy(self, part.start + at..part.end);
        builder.finish()
    }
}

/// How long an escape is, and what it stands for.
fn escaped(escape: &str) -> (usize, Option<char>) {
    let mut letters = escape.chars();
    letters.next();
    let Some(letter) = letters.next() else { return (escape.len(), None) };
    let digits = match letter {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        _ => 0,
    };
    let length = 1 + letter.len_utf8();
    if digits > 0 {
        let code = escape.get(length..length + digits).unwrap_or_default();
        let meant = u32::from_str_radix(code, 16).ok().and_then(char::from_u32);
        return (length + code.len(), meant.or(Some('\u{fffd}')));
    }
    let meant = match letter {
        'n' => Some('\n'),
        't' => Some('\t'),
        'r' => Some('\r'),
        '0' => Some('\0'),
        // A line that goes on: what comes after it is read as if it stood there.
        '\n' => None,
        other => Some(other),
    };
    (length, meant)
}

#[derive(Default)]
struct Builder {
    text: String,
    pieces: Vec<(usize, usize)>,
}

impl Builder {
    fn push(&mut self, letter: Option<char>, file: usize) {
        if let Some(letter) = letter {
            self.pieces.push((self.text.len(), file));
            self.text.push(letter);
        }
    }

    /// Copies a part of another text, with all of its stretches.
    fn copy(&mut self, from: &Mapped<'_>, part: Range<usize>) {
        let here = self.text.len();
        self.pieces.push((here, from.at(part.start)));
        let first = from.pieces.partition_point(|(at, _)| *at <= part.start);
        let within = from.pieces.get(first..).unwrap_or_default();
        let within = within.iter().take_while(|(at, _)| *at < part.end);
        self.pieces.extend(within.map(|(at, file)| (here + (at - part.start), *file)));
        self.text.push_str(from.get(part.clone()));
        // What follows is not here, and its end is where it ends in the file.
        self.pieces.push((self.text.len(), from.at(part.end)));
        self.pieces.dedup_by(|next, last| next.0 == last.0 && next.1 == last.1);
    }

    fn finish(mut self) -> Mapped<'static> {
        // The last of those that begin at one byte counts.
        self.pieces.reverse();
        self.pieces.dedup_by_key(|(here, _)| *here);
        self.pieces.reverse();
        Mapped { text: Cow::Owned(self.text), pieces: self.pieces }
    }
}

#[cfg(test)]
mod tests {
    use super::Mapped;

    #[test]
    fn what_is_indented_knows_where_it_stands() {
        let file = "a: |\n  b: 1\n\n  c: 2\n";
        let text = Mapped::file(file).dedented(&(7..20), 2);
        assert_eq!(text.text, "b: 1\n\nc: 2\n");
        for word in ["b: 1", "c", "2"] {
            let here = text.text.find(word).unwrap();
            let span = text.span(&(here..here + word.len()));
            assert_eq!(&file[span], word);
        }
    }

    #[test]
    fn what_is_escaped_knows_where_it_stands() {
        let file = r#"x: "{\"A\": \u0074rue}\n""#;
        let text = Mapped::file(file).unescaped(&(4..file.len() - 1));
        assert_eq!(text.text, "{\"A\": true}\n");
        assert_eq!(&file[text.span(&(2..3))], "A");
        assert_eq!(&file[text.span(&(6..10))], r"\u0074rue");
        assert_eq!(&file[text.span(&(0..2))], r#"{\""#);
    }

    #[test]
    fn texts_in_texts_lead_back_to_the_file() {
        let file = "a: |\n  b: |\n    c: \"\\\"d\\\"\"\n";
        let outer = Mapped::file(file).dedented(&(7..file.len()), 2);
        assert_eq!(outer.text, "b: |\n  c: \"\\\"d\\\"\"\n");
        let inner = outer.dedented(&(7..outer.text.len()), 2);
        assert_eq!(inner.text, "c: \"\\\"d\\\"\"\n");
        let quoted = inner.unescaped(&(4..inner.text.len() - 2));
        assert_eq!(quoted.text, "\"d\"");
        assert_eq!(&file[quoted.span(&(1..2))], "d");
        assert_eq!(&file[inner.part(&(0..1)).span(&(0..1))], "c");
    }
}
