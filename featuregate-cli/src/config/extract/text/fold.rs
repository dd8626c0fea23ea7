//! Scalars of YAML that have no quotes.

use std::ops::Range;

use featuregate_core::__private::{slice, slice_bytes};

use super::{Builder, Passage};

/// A plain scalar: its lines are joined by a space, or by the empty lines between them.
pub(crate) fn plain<'p>(outer: &'p Passage<'_>, range: Range<usize>) -> Passage<'p> {
    // Most are short.
    if !slice(outer.text(), range.clone()).as_bytes().contains(&b'\n') {
        return outer.slice(range);
    }
    let mut builder = Builder::new(outer, range.start);
    let mut at = range.start;
    while at < range.end {
        at = fold_line(&mut builder, at, range.end, true);
    }
    builder.finish()
}

/// Adds a line up to the first that follows with anything in it, and returns where that begins. Without
/// quotes, a line that is a comment has nothing in it.
pub(super) fn fold_line(
    builder: &mut Builder<'_, '_>,
    at: usize,
    end: usize,
    comments: bool,
) -> usize {
    let outer = builder.outer_text();
    let text = slice(outer, at..end);
    let Some(length) = memchr::memchr(b'\n', text.as_bytes()) else {
        builder.copy(at..end);
        return end;
    };
    let line = slice(text, ..length);
    let kept = line.trim_end_matches([' ', '\t', '\r']).len();
    let rest = slice(text, length..);
    let mut next = rest.trim_start_matches([' ', '\t', '\r', '\n']);
    while comments && next.starts_with('#') {
        let length = memchr::memchr(b'\n', next.as_bytes()).unwrap_or(next.len());
        next = slice(next, length..);
        next = next.trim_start_matches([' ', '\t', '\r', '\n']);
    }
    let gap = rest.len() - next.len();
    builder.copy(at..at + kept);
    let breaks = memchr::memchr_iter(b'\n', slice(rest, ..gap).as_bytes()).count();
    put_breaks(builder, breaks, at + kept..at + length + gap);
    at + length + gap
}

/// One end of a line is a space; of several, all but one are kept.
fn put_breaks(builder: &mut Builder<'_, '_>, breaks: usize, range: Range<usize>) {
    if breaks == 1 {
        builder.put(' ', range);
    } else {
        for _ in 1..breaks {
            builder.put('\n', range.clone());
        }
    }
}

/// A literal or folded block scalar. `range` begins after the indentation of its first line.
///
/// What it ends with is one end of a line, for every header; that makes no difference to gates.
pub(crate) fn block(outer: &Passage<'_>, range: Range<usize>, folded: bool) -> Passage<'static> {
    let text = outer.text();
    let first = line_start(text, range.start);
    let indent = range.start - first;
    let end = first + slice(text, first..range.end).trim_end_matches([' ', '\t', '\r', '\n']).len();
    let mut builder = Builder::new(outer, first);
    // The last line with anything in it: its end, and whether it is indented further.
    let mut before: Option<(usize, bool)> = None;
    let mut breaks = 0;
    let mut at = first;
    while at < end {
        let rest = slice(text, at..end).as_bytes();
        let length = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        let spaces = rest.iter().take(indent).take_while(|byte| **byte == b' ').count();
        let start = (at + spaces).min(at + length);
        let mut stop = at + length;
        if stop > start && text.as_bytes().get(stop - 1) == Some(&b'\r') {
            stop -= 1;
        }
        if start == stop {
            breaks += usize::from(at + length < end);
        } else {
            let deeper = text.as_bytes().get(start).is_some_and(|b| matches!(b, b' ' | b'\t'));
            match before {
                Some((until, was_deeper)) if folded && !deeper && !was_deeper => {
                    if breaks == 0 {
                        builder.put(' ', until..start);
                    } else {
                        ends(&mut builder, breaks, line_end(text, until), start, text);
                    }
                }
                Some((until, _)) => ends(&mut builder, breaks + 1, until, start, text),
                None => ends(&mut builder, breaks, first, start, text),
            }
            builder.copy(start..stop);
            before = Some((stop, deeper));
            breaks = 0;
        }
        at += length + 1;
    }
    if let Some((until, _)) = before {
        let rest = slice_bytes(text.as_bytes(), until..range.end);
        if let Some(length) = memchr::memchr(b'\n', rest) {
            builder.put('\n', until..until + length + 1);
        }
    }
    builder.finish()
}

/// Adds ends of lines, each at its own position; the indentation after the last one belongs to no byte.
fn ends(builder: &mut Builder<'_, '_>, count: usize, from: usize, to: usize, text: &str) {
    let mut at = from;
    for _ in 0..count {
        let rest = slice_bytes(text.as_bytes(), at..to);
        let Some(length) = memchr::memchr(b'\n', rest) else { break };
        builder.put('\n', at..at + length + 1);
        at += length + 1;
    }
}

pub(crate) fn line_end(text: &str, at: usize) -> usize {
    let rest = slice_bytes(text.as_bytes(), at..);
    memchr::memchr(b'\n', rest).map_or(text.len(), |length| at + length + 1)
}

pub(crate) fn line_start(text: &str, at: usize) -> usize {
    let before = slice_bytes(text.as_bytes(), ..at);
    memchr::memrchr(b'\n', before).map_or(0, |newline| newline + 1)
}
