//! YAML that is nothing but maps with a key and at most one word or quoted text on each line, and lists of such words below
//! keys, as most configurations with gates are. It needs no parser, which takes ten times as long. What has anything
//! else is left to the parser.

use std::ops::Range;

use featuregate_core::__private::slice_bytes;

use super::node::{Kind, Layout, Planter, Style, Tree};
use crate::config::extract::keys::Keys;
use crate::config::extract::text::Quotes;

/// How deep maps may be nested, and how long a key may be: far less than the parser takes.
const DEPTH: usize = 64;
const KEY: usize = 1 << 10;

/// Reads a text as such maps; `None` if it has anything else. The tree is that of the parser.
pub(super) fn maps(text: &str, keys: Option<&Keys>) -> Option<Tree> {
    let bytes = text.as_bytes();
    let mut planter = Planter::new(text, keys);
    // The indentations of the maps that are open.
    let mut indents: Vec<usize> = Vec::new();
    // That of the list that is open, which is in the innermost map.
    let mut list: Option<usize> = None;
    // Whether a map or list must follow: that of a document, or of a key without a value.
    let mut awaits = true;
    let mut begun = false;
    let mut at = 0;
    while at < bytes.len() {
        let rest = slice_bytes(bytes, at..);
        let length = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        let line = slice_bytes(rest, ..length);
        let indent = line.iter().take_while(|byte| **byte == b' ').count();
        let start = at + indent;
        let line = slice_bytes(line, indent..);
        at += length + 1;
        if is_rest(line) {
            continue;
        }
        if let Some(item) = line.strip_prefix(b"-").filter(|item| item.starts_with(b" ")) {
            let (value, style) = value(item)?;
            let value = start + 1 + value.start..start + 1 + value.end;
            if let Some(outer) = indents.last().filter(|outer| awaits && indent >= **outer) {
                // The parser lets a list that is indented like its key begin with its first item.
                let first = if indent == *outer { value.start } else { start };
                planter.open(Kind::Seq(Layout::Block), first..first);
                (list, awaits) = (Some(indent), false);
            }
            if list != Some(indent) {
                return None;
            }
            planter.add(Kind::Scalar(style), value);
            continue;
        }
        if list.take().is_some() {
            planter.close(None);
        }
        if line == b"---" && indent == 0 {
            // A document without content has a node as well.
            if awaits && begun {
                return None;
            }
            indents.drain(..).for_each(|_| planter.close(None));
            (awaits, begun) = (true, true);
            continue;
        }
        let (key, key_style) = scalar(line)?;
        let after = slice_bytes(line, key..).strip_prefix(b":")?;
        if key > KEY || indents.len() > DEPTH {
            return None;
        }
        if awaits {
            if indents.last().map_or(indent > 0, |outer| indent <= *outer) {
                return None;
            }
            planter.open(Kind::Map(Layout::Block), start..start);
            indents.push(indent);
        } else {
            while indents.last().is_some_and(|inner| *inner > indent) {
                indents.pop();
                planter.close(None);
            }
            if indents.last() != Some(&indent) {
                return None;
            }
        }
        planter.add(Kind::Scalar(key_style), start..start + key);
        (awaits, begun) = (is_rest(after), true);
        // Without a space, what follows a colon is a part of the word.
        if after.starts_with(b"#") {
            return None;
        }
        if !awaits {
            let (value, style) = value(after)?;
            let from = start + key + 1;
            planter.add(Kind::Scalar(style), from + value.start..from + value.end);
        }
    }
    if awaits {
        return None;
    }
    Some(planter.finish(None))
}

/// Whether a part of a line has nothing but spaces, or a comment.
fn is_rest(part: &[u8]) -> bool {
    let spaces = part.iter().take_while(|byte| **byte == b' ').count();
    let content = slice_bytes(part, spaces..);
    content.is_empty() || content.starts_with(b"#") && content.iter().copied().all(is_printed)
}

/// The value behind a colon, with a space before it and nothing but a comment after it.
fn value(rest: &[u8]) -> Option<(Range<usize>, Style)> {
    let spaces = rest.iter().take_while(|byte| **byte == b' ').count();
    let (length, style) = scalar(slice_bytes(rest, spaces..))?;
    let end = spaces + length;
    let after = slice_bytes(rest, end..);
    // A comment has a space before it.
    let ends = after.is_empty() || after.starts_with(b" ") && is_rest(after);
    (spaces > 0 && ends).then_some((spaces..end, style))
}

/// The length of the word or quoted text at the beginning, if there is one that means what is written.
fn scalar(rest: &[u8]) -> Option<(usize, Style)> {
    let first = *rest.first()?;
    let quotes = match first {
        b'"' => Quotes::YamlDouble,
        b'\'' => Quotes::YamlSingle,
        _ if first.is_ascii_alphanumeric() || matches!(first, b'_' | b'/') => {
            return Some((rest.iter().take_while(|byte| is_of_word(**byte)).count(), Style::Plain));
        }
        _ => return None,
    };
    let inner = slice_bytes(rest, 1..);
    let length = memchr::memchr(first, inner)?;
    let is_plain = |byte: &u8| is_printed(*byte) && *byte != b'\\';
    let inner = slice_bytes(inner, ..length);
    // Two quotes in a row are one in the text.
    let doubled = rest.get(length + 2) == Some(&first);
    (!doubled && inner.iter().all(is_plain)).then_some((length + 2, Style::Quoted(quotes)))
}

fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(byte, b'_' | b'-' | b'.' | b'/' | b'+' | b'=' | b',' | b'%' | b'@')
}

fn is_printed(byte: u8) -> bool {
    matches!(byte, b' '..=b'~')
}
