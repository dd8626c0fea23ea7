//! A word of a script, or of a text with options, as the program gets it: without quotes and escapes.

use std::ops::Range;

use featuregate_core::__private::slice;
use tree_sitter::Node;

use super::super::text::{Builder, Passage};

/// A word, as the program gets it.
#[derive(Debug)]
pub(super) struct Word<'p> {
    /// Its text, without quotes and escapes.
    pub(super) text: Passage<'p>,
    /// Its bytes in the text around it, with quotes.
    pub(super) span: Range<usize>,
    /// From here on, its text is one literal, copied as it is.
    pub(super) tail: usize,
    /// Whether something is filled in when it is used.
    pub(super) expands: bool,
    /// Whether it is not a word, but a redirection between words.
    pub(super) is_other: bool,
}

impl Word<'_> {
    /// Something between words.
    pub(super) fn other(span: Range<usize>) -> Self {
        Word { text: Passage::of_file(""), span, tail: 0, expands: false, is_other: true }
    }

    /// The length of its text.
    pub(super) fn length(&self) -> usize {
        self.text.text().len()
    }

    /// Where the gates end that begin at `value`, after the name of a flag that begins at `start`. A flag within another
    /// value, as in `a="--b=C=true",d=e`, ends with its quotes or, in a list of entries, at the first comma.
    pub(super) fn end_of_gates(&self, option: &str, start: usize, value: usize) -> usize {
        let text = self.text.text();
        let is_within = start > 0 && slice(text, start..).starts_with('-');
        let is_quoted = value < self.tail && slice(text, self.tail..).starts_with(',');
        let is_entry =
            [option, self.name()].contains(&"--labels") || slice(text, ..start).contains(',');
        match slice(text, value..).find(',') {
            Some(_) if is_within && is_quoted => self.tail,
            Some(length) if is_within && is_entry => value + length,
            _ => text.len(),
        }
    }

    /// What is before the first sign of equality.
    pub(super) fn name(&self) -> &str {
        self.text.text().split('=').next().unwrap_or_default()
    }

    /// Whether its text is written as it is.
    pub(super) fn is_straight(&self) -> bool {
        self.tail == 0 && !self.expands
    }
}

/// The words of a text with options, which no shell reads: quotes group, and a backslash takes away the meaning of
/// what follows.
pub(super) fn split<'p>(outer: &'p Passage<'_>) -> Vec<Word<'p>> {
    let text = outer.text();
    let mut words = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        if first.is_whitespace() {
            continue;
        }
        // The end of a line that goes on.
        if first == '\\' && chars.peek().is_none_or(|(_, next)| next.is_whitespace()) {
            continue;
        }
        let mut builder = Builder::new(outer, start);
        let mut tail = 0;
        let mut quote: Option<char> = None;
        let mut closed = false;
        let mut current = Some((start, first));
        let mut end = start;
        while let Some((at, c)) = current {
            end = at + c.len_utf8();
            if std::mem::take(&mut closed) {
                tail = builder.length();
            }
            match (c, quote) {
                (c, Some(open)) if c == open => {
                    quote = None;
                    closed = true;
                }
                ('"' | '\'', None) => {
                    quote = Some(c);
                    tail = builder.length();
                }
                ('\\', None | Some('"')) => {
                    match chars.next_if(|(_, next)| !next.is_whitespace()) {
                        Some((_, next)) => {
                            end += next.len_utf8();
                            builder.put(next, at..end);
                            tail = builder.length();
                        }
                        None => builder.copy(at..end),
                    }
                }
                _ => builder.copy(at..end),
            }
            current = chars.next_if(|(_, next)| quote.is_some() || !next.is_whitespace());
        }
        let text = builder.finish();
        words.push(Word { text, span: start..end, tail, expands: false, is_other: false });
    }
    words
}

/// The bytes of a node, as whole characters: the grammar reads one that is not ASCII as several, and where a script is not
/// valid, a node may end within them.
pub(super) fn whole(node: Node<'_>, text: &str) -> Range<usize> {
    let Range { mut start, mut end } = node.byte_range();
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while end < text.len() && !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

pub(super) fn children(node: Node<'_>) -> impl DoubleEndedIterator<Item = Node<'_>> {
    let mut cursor = node.walk();
    let all: Vec<Node<'_>> = node.named_children(&mut cursor).collect();
    all.into_iter()
}

/// Makes a word out of its pieces, without quotes and escapes.
pub(super) struct Decoder<'p, 't> {
    passage: &'p Passage<'t>,
    builder: Builder<'p, 't>,
    span: Range<usize>,
    /// Where the last piece begins that is one literal, copied as it is.
    tail: usize,
    expands: bool,
}

impl<'p, 't> Decoder<'p, 't> {
    pub(super) fn new(passage: &'p Passage<'t>, span: Range<usize>) -> Self {
        let builder = Builder::new(passage, span.start);
        Self { passage, builder, tail: 0, span, expands: false }
    }

    pub(super) fn node(&mut self, node: Node<'_>) {
        let range = whole(node, self.passage.text());
        match node.kind() {
            "word"
            | "number"
            | "variable_name"
            | "test_operator"
            | "extglob_pattern"
            | "regex"
            | "special_variable_name" => {
                self.begin_literal();
                self.escaped(range, |_| true);
            }
            "raw_string" => {
                let inner = self.inner(&range);
                self.begin_literal();
                self.builder.copy(inner);
            }
            "string" => self.string(node),
            "concatenation" => {
                let mut at = range.start;
                for child in children(node) {
                    let within = whole(child, self.passage.text());
                    // What is between two pieces of a text that is not a script.
                    if at < within.start {
                        self.begin_literal();
                        self.builder.copy(at..within.start);
                    }
                    self.node(child);
                    at = within.end;
                }
            }
            _ => {
                self.expands = true;
                self.begin_literal();
                self.builder.copy(range);
            }
        }
    }

    fn begin_literal(&mut self) {
        self.tail = self.builder.length();
    }

    /// What is in quotes; the last one may be missing.
    fn inner(&self, range: &Range<usize>) -> Range<usize> {
        let written = slice(self.passage.text(), range.clone());
        let quote = slice(written, ..written.len().min(1));
        let closed = written.len() > 1 && !quote.is_empty() && written.ends_with(quote);
        range.start + quote.len()..range.end - usize::from(closed)
    }

    fn string(&mut self, node: Node<'_>) {
        let Range { start: mut at, end } = self.inner(&whole(node, self.passage.text()));
        self.begin_literal();
        for child in children(node).filter(|child| child.kind() != "string_content") {
            let within = whole(child, self.passage.text());
            self.escaped(at..within.start.max(at), |c| matches!(c, '"' | '\\' | '$' | '`'));
            self.expands = true;
            self.builder.copy(within.clone());
            at = within.end;
        }
        self.escaped(at..end.max(at), |c| matches!(c, '"' | '\\' | '$' | '`'));
    }

    /// A text in which a backslash takes away the meaning of what follows.
    fn escaped(&mut self, range: Range<usize>, escapes: impl Fn(char) -> bool) {
        let text = slice(self.passage.text(), range.clone());
        let mut at = 0;
        while let Some(found) = memchr::memchr(b'\\', slice(text, at..).as_bytes()) {
            let slash = at + found;
            let Some(next) = slice(text, slash + 1..).chars().next() else { break };
            let until = slash + 1 + next.len_utf8();
            self.builder.copy(range.start + at..range.start + slash);
            at = until;
            if next == '\n' {
                // The line goes on.
                self.begin_literal();
            } else if escapes(next) {
                self.builder.put(next, range.start + slash..range.start + until);
                self.begin_literal();
            } else {
                self.builder.copy(range.start + slash..range.start + until);
            }
        }
        self.builder.copy(range.start + at..range.end);
    }

    pub(super) fn finish(self) -> Word<'p> {
        let Self { builder, span, tail, expands, .. } = self;
        Word { text: builder.finish(), span, tail, expands, is_other: false }
    }
}
