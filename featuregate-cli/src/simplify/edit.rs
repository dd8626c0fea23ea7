//! Changes of a text, and the whitespace and comments around what they change.

use std::ops::Range;

use featuregate_core::__private::slice;
use ra_ap_syntax::{SyntaxElement, SyntaxKind, SyntaxNode, SyntaxToken};

use crate::code::tree::{bytes, tokens};

/// Replaces a part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Edit {
    pub(crate) range: Range<usize>,
    pub(crate) text: String,
}

impl Edit {
    pub(crate) fn new(range: Range<usize>, text: impl Into<String>) -> Self {
        Self { range, text: text.into() }
    }

    /// Replaces a node.
    pub(crate) fn of(node: &SyntaxNode, text: impl Into<String>) -> Self {
        Self::new(bytes(node.text_range()), text)
    }

    /// Removes a node of a text, with what belongs to it.
    pub(crate) fn removal(node: &SyntaxNode, text: &str) -> Self {
        Self::new(whole(node, text), "")
    }
}

/// The text with edits, which are in order and do not overlap.
pub(crate) fn apply(text: &str, edits: &[Edit]) -> String {
    let mut edited = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        edited.push_str(slice(text, at..edit.range.start));
        edited.push_str(&edit.text);
        at = edit.range.end;
    }
    edited.push_str(slice(text, at..));
    edited
}

/// Sorts edits, and takes from each what an earlier one removes already.
pub(crate) fn tidy(edits: &mut [Edit]) {
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let mut end = 0;
    for edit in edits.iter_mut() {
        edit.range.start = edit.range.start.max(end);
        edit.range.end = edit.range.end.max(edit.range.start);
        end = edit.range.end;
    }
}

/// The whitespace that the line of a node begins with.
pub(crate) fn indentation(node: &SyntaxNode) -> String {
    let mut token = node.first_token();
    while let Some(current) = token {
        if let Some((_, indentation)) =
            current.text().rsplit_once('\n').filter(|_| current.kind() == SyntaxKind::WHITESPACE)
        {
            return indentation.to_owned();
        }
        if current.text().contains('\n') {
            return String::new();
        }
        token = current.prev_token();
    }
    String::new()
}

/// The text of tokens, with lines that are indented by `to` where they were by `from`. Texts and comments of several
/// lines stay as they are.
pub(crate) fn reindented(
    tokens: impl Iterator<Item = SyntaxToken>,
    from: &str,
    to: &str,
) -> String {
    let mut text = String::new();
    for token in tokens {
        let own = token.text();
        match own.rsplit_once('\n').filter(|_| token.kind() == SyntaxKind::WHITESPACE) {
            Some((lines, indentation)) => {
                text.push_str(lines);
                text.push('\n');
                match indentation.strip_prefix(from) {
                    Some(rest) => {
                        text.push_str(to);
                        text.push_str(rest);
                    }
                    None => text.push_str(indentation),
                }
            }
            None => text.push_str(own),
        }
    }
    text
}

/// The text of a node at another indentation.
pub(crate) fn moved(node: &SyntaxNode, to: &str) -> String {
    reindented(tokens(node), &indentation(node), to)
}

/// The tokens between the braces of a block, without whitespace at the ends.
pub(crate) fn content(list: &SyntaxNode) -> Vec<SyntaxToken> {
    let mut all: Vec<SyntaxToken> = tokens(list).collect();
    let closing = all.pop();
    if closing.is_none() || all.is_empty() {
        return Vec::new();
    }
    all.remove(0);
    let blank = |token: &SyntaxToken| token.kind() == SyntaxKind::WHITESPACE;
    while all.last().is_some_and(blank) {
        all.pop();
    }
    let start = all.iter().position(|token| !blank(token)).unwrap_or(all.len());
    all.split_off(start)
}

/// The content of a block as text, at another indentation, with a semicolon after its value if requested.
pub(crate) fn content_at(list: &SyntaxNode, to: &str, value: Option<&SyntaxNode>) -> String {
    let content = content(list);
    let space = content.first().and_then(SyntaxToken::prev_token);
    let from = space.as_ref().and_then(|space| Some(space.text().rsplit_once('\n')?.1));
    let (from, to) = from.map_or(("", ""), |from| (from, to));
    let end = value.map(|value| value.text_range().end());
    let (inside, after): (Vec<_>, Vec<_>) = content
        .into_iter()
        .partition(|token| end.is_none_or(|end| token.text_range().end() <= end));
    let end = if value.is_some() { ";" } else { "" };
    let inside = reindented(inside.into_iter(), from, to);
    format!("{inside}{end}{}", reindented(after.into_iter(), from, to))
}

/// Whether a text ends with a comment that ends with its line.
pub(crate) fn ends_with_line_comment(tokens: &[SyntaxToken]) -> bool {
    tokens
        .last()
        .is_some_and(|token| token.kind() == SyntaxKind::COMMENT && token.text().starts_with("//"))
}

/// The comments among the children of a node between two offsets.
pub(crate) fn comments_between(node: &SyntaxNode, from: usize, to: usize) -> Vec<String> {
    node.children_with_tokens()
        .filter_map(SyntaxElement::into_token)
        .filter(|token| token.kind() == SyntaxKind::COMMENT)
        .filter(|token| {
            let range = bytes(token.text_range());
            from <= range.start && range.end <= to
        })
        .map(|token| token.text().to_owned())
        .collect()
}

/// The range of a node and of what belongs to it: the comments of its own above it, one at the end of its line, and
/// its line if nothing else is there.
pub(crate) fn whole(node: &SyntaxNode, text: &str) -> Range<usize> {
    whole_to(node, node.text_range().end().into(), text)
}

/// The same up to the end of something that follows.
pub(crate) fn whole_to(node: &SyntaxNode, end: usize, text: &str) -> Range<usize> {
    let mut start = usize::from(node.text_range().start());
    let mut token = node.first_token().and_then(|token| token.prev_token());
    while let Some(space) = token {
        let one_line = space.kind() == SyntaxKind::WHITESPACE && newlines(space.text()) == 1;
        let Some(comment) = space.prev_token().filter(|_| one_line) else { break };
        let alone = comment.prev_token().is_some_and(|before| {
            before.kind() == SyntaxKind::WHITESPACE && newlines(before.text()) > 0
        });
        if comment.kind() != SyntaxKind::COMMENT || !alone {
            break;
        }
        start = usize::from(comment.text_range().start());
        token = comment.prev_token();
    }
    line(text, start..end)
}

/// A range, with its whole line if nothing else is there, a comment at its end, and an empty line that would be left
/// beside another one.
pub(crate) fn line(text: &str, range: Range<usize>) -> Range<usize> {
    let (before, after) = (slice(text, ..range.start), slice(text, range.end..));
    let indentation = before.trim_end_matches([' ', '\t']);
    let rest = after.split('\n').next().unwrap_or_default();
    let comment = rest.trim_start();
    let ends = comment.trim_end().is_empty() || comment.starts_with("//");
    let begins = indentation.is_empty() || indentation.ends_with('\n');
    if begins && !ends {
        // The first of several on a line, with the space after it.
        return range.start
            ..range.end + (after.len() - after.trim_start_matches([' ', '\t']).len());
    }
    if !begins {
        // The last of several on a line, with the space before it and a comment after it.
        let closes = after.starts_with([' ', '\n', '}', ')', ']', ';', '.']);
        let start = if closes { indentation.len() } else { range.start };
        let with_comment = ends && comment.starts_with("//");
        return start..range.end + if with_comment { rest.trim_end().len() } else { 0 };
    }
    let mut end = range.end + rest.len();
    let mut start = indentation.len();
    let below = slice(text, end..);
    if start == 0 && below.starts_with('\n') {
        // What is first in the file, with the empty lines after it.
        let rest = below.trim_start_matches(['\n', '\r']);
        return 0..text.len() - rest.len();
    }
    // The line end before it, or else the one after it.
    if start > 0 {
        start -= 1;
        if before.get(..start).is_some_and(|above| above.ends_with('\r')) {
            start -= 1;
        }
    } else if below.starts_with('\n') {
        end += 1;
    }
    let above = slice(text, ..start);
    let empty_above =
        is_empty_line(above.rsplit('\n').next().unwrap_or_default()) && above.contains('\n');
    let opens_above = above.trim_end().ends_with('{') && !empty_above;
    let mut lines = below.split('\n').skip(1);
    let next = lines.next();
    let empty_below = next.is_some_and(is_empty_line) && lines.next().is_some();
    let closes_below = next.is_some_and(|line| line.trim_start().starts_with(['}', ')', ']']));
    if empty_above && (empty_below || closes_below || next.is_none()) {
        start = above.trim_end_matches([' ', '\t', '\r']).len();
        start = slice(text, ..start).strip_suffix('\n').map_or(start, str::len);
    } else if opens_above && empty_below {
        end += 1 + next.map_or(0, str::len);
    }
    start..end
}

fn is_empty_line(line: &str) -> bool {
    line.trim().is_empty()
}

fn newlines(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b'\n').count()
}
