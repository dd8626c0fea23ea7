//! The documents in a script (`<<EOF`), which are read for themselves.
//!
//! The parser of scripts gets a text without them, and with a letter for each byte that is not ASCII: what it does with
//! documents in a text that is not a script, and with other letters behind a brace, is not safe.

use std::ops::Range;

use featuregate_core::__private::slice;

/// A document in a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Heredoc {
    /// Its lines, without the one that ends it.
    pub(crate) body: Range<usize>,
    /// The line that it begins on.
    pub(crate) line: Range<usize>,
    /// Whether a command takes the output of the one that it is for.
    pub(crate) captured: bool,
    /// Whether tabs at the beginning of a line do not count.
    pub(crate) tabs: bool,
}

/// A script as the parser gets it, with as many bytes: its documents, and the operators before them, are spaces.
#[derive(Debug)]
pub(crate) struct Script {
    pub(crate) text: String,
    pub(crate) heredocs: Vec<Heredoc>,
    /// Whether it has an operator that is not read.
    pub(crate) unread: bool,
}

/// What is open in a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    Single,
    Double,
    /// `$(…)`, or `(…)`.
    Paren,
    Backtick,
}

/// A document whose lines follow.
struct Announced {
    delimiter: String,
    /// Whether tabs before the delimiter do not count.
    tabs: bool,
    captured: bool,
}

impl Script {
    pub(crate) fn of(text: &str) -> Self {
        let mut script = Self { text: plain(text), heredocs: Vec::new(), unread: false };
        let mut masked: Vec<Range<usize>> = Vec::new();
        let mut open: Vec<Open> = Vec::new();
        let mut announced: Vec<Announced> = Vec::new();
        let mut line = 0;
        let mut chars = text.char_indices().peekable();
        let mut before = '\n';
        while let Some((at, c)) = chars.next() {
            let innermost = open.last().copied();
            match (c, innermost) {
                ('\n', _) => {
                    let mut next = at + 1;
                    for one in announced.drain(..) {
                        let (body, end) = body(text, next, &one);
                        masked.push(next..end);
                        let line = line..at;
                        let (captured, tabs) = (one.captured, one.tabs);
                        script.heredocs.push(Heredoc { body, line, captured, tabs });
                        next = end;
                    }
                    while chars.next_if(|(at, _)| *at < next).is_some() {}
                    line = next;
                }
                ('\'', Some(Open::Single))
                | ('"', Some(Open::Double))
                | ('`', Some(Open::Backtick))
                | (')', Some(Open::Paren)) => {
                    open.pop();
                }
                (_, Some(Open::Single)) => {}
                ('\\', _) => {
                    // A word that goes on on the next line looks like two.
                    let next = chars.next().map(|(_, next)| next);
                    let joins = chars.peek().is_some_and(|(_, c)| !c.is_whitespace());
                    script.unread |= next == Some('\n') && !before.is_whitespace() && joins;
                }
                ('`', _) => open.push(Open::Backtick),
                ('"', _) => open.push(Open::Double),
                ('(', Some(Open::Double)) if before == '$' => open.push(Open::Paren),
                (_, Some(Open::Double)) => {}
                ('\'', _) => open.push(Open::Single),
                ('(', _) => open.push(Open::Paren),
                ('#', _) if before.is_whitespace() || matches!(before, ';' | '(') => {
                    while chars.next_if(|(_, c)| *c != '\n').is_some() {}
                }
                ('<', _) if slice(text, at..).starts_with("<<") => {
                    let operator = slice(text, at..);
                    if operator.starts_with("<<<") {
                        script.unread = true;
                        while chars.next_if(|(_, c)| *c == '<').is_some() {}
                    } else if let Some((length, delimiter, tabs)) = announcement(operator) {
                        masked.push(at..at + length);
                        let captured =
                            open.iter().any(|open| matches!(open, Open::Paren | Open::Backtick));
                        announced.push(Announced { delimiter, tabs, captured });
                        while chars.next_if(|(next, _)| *next < at + length).is_some() {}
                    }
                }
                _ => {}
            }
            before = c;
        }
        script.mask(&masked);
        script
    }

    /// Replaces parts, and every operator that is left, by spaces.
    fn mask(&mut self, parts: &[Range<usize>]) {
        let mut bytes = std::mem::take(&mut self.text).into_bytes();
        for part in parts {
            for byte in bytes.iter_mut().take(part.end).skip(part.start) {
                if *byte != b'\n' {
                    *byte = b' ';
                }
            }
        }
        let left: Vec<usize> = memchr::memmem::find_iter(&bytes, b"<<").collect();
        self.unread |= !left.is_empty();
        for at in left {
            for byte in bytes.iter_mut().skip(at).take_while(|byte| **byte == b'<') {
                *byte = b' ';
            }
        }
        self.text = String::from_utf8(bytes).unwrap_or_default();
    }
}

/// A text with a letter instead of each byte that is not ASCII, or that controls something.
fn plain(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'\n' | b'\t' | b'\r' | b' '..=b'~' => char::from(byte),
        _ => 'x',
    };
    text.bytes().map(byte).collect()
}

/// How long `<<EOF` is, with its delimiter and whether tabs do not count.
fn announcement(text: &str) -> Option<(usize, String, bool)> {
    let rest = slice(text, 2..);
    let (tabs, rest) = rest.strip_prefix('-').map_or((false, rest), |rest| (true, rest));
    let word = rest.trim_start_matches([' ', '\t']);
    let end = |c: char| c.is_whitespace() || matches!(c, ';' | '|' | '&' | '<' | '>' | '(' | ')');
    let first = word.chars().next()?;
    let length = match first {
        '"' | '\'' => slice(word, 1..).find(first)? + 2,
        c if c.is_alphabetic() || matches!(c, '_' | '\\') => word.find(end).unwrap_or(word.len()),
        _ => return None,
    };
    let delimiter = slice(word, ..length).replace(['"', '\'', '\\'], "");
    let whole = text.len() - word.len() + length;
    (!delimiter.is_empty() && !delimiter.contains('\n')).then_some((whole, delimiter, tabs))
}

/// The lines of a document that begins at a byte, and where the line ends that ends it.
fn body(text: &str, start: usize, announced: &Announced) -> (Range<usize>, usize) {
    let mut at = start;
    for line in slice(text, start.min(text.len())..).split_inclusive('\n') {
        let content = line.trim_end_matches(['\n', '\r']);
        let content = if announced.tabs { content.trim_start_matches('\t') } else { content };
        if content == announced.delimiter {
            return (start..at, at + line.len());
        }
        at += line.len();
    }
    (start.min(at)..at, at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_found_where_a_shell_begins_one() {
        let text = "a <<A <<-\"B\" | c # <<C\nx'\nA\n\ty\n\tB\necho '<<D' \"<<E\" $((1<<2))\nz=\"$(f <<F\nw\nF\n)\"\n";
        let script = Script::of(text);
        let found: Vec<(&str, bool)> = script
            .heredocs
            .iter()
            .map(|one| (slice(text, one.body.clone()), one.captured))
            .collect();
        assert_eq!(found, [("x'\n", false), ("\ty\n", false), ("w\n", true)]);
        assert_eq!(script.text.len(), text.len());
        assert!(!script.text.contains("<<") && !script.text.contains('w'));
        assert!(script.text.contains("| c"));
    }

    #[test]
    fn what_is_never_ended_reaches_to_the_end() {
        let script = Script::of("a <<A\nx\n");
        assert_eq!(script.heredocs.first().map(|one| one.body.clone()), Some(6..8));
        assert_eq!(Script::of("a <<A").heredocs, []);
        assert!(Script::of("a <<< b\n").unread);
        for text in ["<<", "<<-", "a <<'", "<<\\", "$(<<A\n", "<<é\né", "'<<A\n"] {
            assert_eq!(Script::of(text).text.len(), text.len(), "{text}");
        }
    }
}
