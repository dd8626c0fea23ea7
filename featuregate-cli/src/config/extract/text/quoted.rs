//! Scalars in quotes.

use std::ops::Range;

use featuregate_core::__private::{slice, slice_bytes};

use super::fold::fold_line;
use super::{Builder, Passage};

/// How a text in quotes is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quotes {
    /// `'…'` of YAML: a quote is doubled, lines are folded.
    YamlSingle,
    /// `"…"` of YAML: escapes, lines are folded.
    YamlDouble,
    /// A string of JSON: escapes.
    Json,
    /// `"…"` of TOML: escapes.
    TomlBasic,
    /// `"""…"""`: escapes, a backslash at the end of a line removes the whitespace after it.
    TomlLongBasic,
    /// `'…'` of TOML: as it is.
    TomlLiteral,
    /// `'''…'''`: as it is.
    TomlLongLiteral,
}

/// The text in quotes; `range` has the quotes.
pub(crate) fn quoted<'p>(
    outer: &'p Passage<'_>,
    range: Range<usize>,
    quotes: Quotes,
) -> Passage<'p> {
    let width = match quotes {
        Quotes::TomlLongBasic | Quotes::TomlLongLiteral => 3,
        _ => 1,
    };
    let mut inner = range.start + width..range.end - width;
    let all = outer.text();
    if width == 3 {
        let text = slice(all, inner.clone());
        // The end of the line after the opening quotes is not part of it.
        let skipped =
            if text.starts_with("\r\n") { 2 } else { usize::from(text.starts_with('\n')) };
        inner.start += skipped;
    }
    let text = slice(all, inner.clone()).as_bytes();
    let straight = match quotes {
        Quotes::TomlLiteral | Quotes::TomlLongLiteral => true,
        Quotes::YamlSingle => memchr::memchr2(b'\'', b'\n', text).is_none(),
        Quotes::YamlDouble => memchr::memchr2(b'\\', b'\n', text).is_none(),
        Quotes::Json | Quotes::TomlBasic | Quotes::TomlLongBasic => {
            memchr::memchr(b'\\', text).is_none()
        }
    };
    if straight {
        return outer.slice(inner);
    }
    let mut builder = Builder::new(outer, inner.start);
    let special: &[u8] = match quotes {
        Quotes::YamlSingle => b"'\n",
        Quotes::YamlDouble => b"\\\n",
        _ => b"\\",
    };
    let mut at = inner.start;
    while at < inner.end {
        let rest = slice_bytes(all.as_bytes(), at..inner.end);
        let plain = match special {
            [one, two] => memchr::memchr2(*one, *two, rest),
            _ => memchr::memchr(b'\\', rest),
        }
        .unwrap_or(rest.len());
        match rest.get(plain) {
            None => {
                builder.copy(at..inner.end);
                break;
            }
            Some(b'\n') => at = fold_line(&mut builder, at, inner.end, false).max(at + 1),
            Some(b'\'') => {
                builder.copy(at..at + plain);
                builder.put('\'', at + plain..at + plain + 2);
                at += plain + 2;
            }
            Some(_) => {
                builder.copy(at..at + plain);
                at = escape(&mut builder, at + plain, inner.end, quotes);
            }
        }
    }
    builder.finish()
}

/// Adds what an escape means, and returns where it ends.
fn escape(builder: &mut Builder<'_, '_>, at: usize, end: usize, quotes: Quotes) -> usize {
    let text = slice(builder.outer_text(), at + 1..end);
    let Some(code) = text.chars().next() else {
        builder.copy(at..end);
        return end;
    };
    let after = at + 1 + code.len_utf8();
    let digits = match code {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        ' ' | '\t' | '\r' | '\n' if quotes == Quotes::TomlLongBasic && ends_line(text) => {
            return end - text.trim_start().len();
        }
        '\r' | '\n' if quotes != Quotes::TomlBasic => {
            let rest = text.strip_prefix("\r\n").unwrap_or(slice(text, 1..));
            if quotes != Quotes::YamlDouble {
                return end - rest.len();
            }
            let mut next = rest.trim_start_matches([' ', '\t']);
            // Empty lines are kept.
            while let Some(after) = next.strip_prefix("\r\n").or(next.strip_prefix('\n')) {
                builder.put('\n', end - next.len()..end - after.len());
                next = after.trim_start_matches([' ', '\t']);
            }
            return end - next.len();
        }
        _ => {
            builder.put(short(code, quotes), at..after);
            return after;
        }
    };
    let Some((number, mut until)) = hexadecimal(text, digits, after) else {
        builder.copy(at..after);
        return after;
    };
    let mut scalar = char::from_u32(number);
    if (0xD800..0xDC00).contains(&number) {
        let rest = slice(builder.outer_text(), until..end);
        let low = rest.strip_prefix('\\').and_then(|rest| hexadecimal(rest, 4, until + 2));
        if let Some((low @ 0xDC00..0xE000, low_until)) = low {
            scalar = char::from_u32(0x10000 + ((number - 0xD800) << 10) + (low - 0xDC00));
            until = low_until;
        }
    }
    builder.put(scalar.unwrap_or(char::REPLACEMENT_CHARACTER), at..until);
    until
}

/// Whether there is only whitespace before the end of the line.
fn ends_line(text: &str) -> bool {
    text.trim_start_matches([' ', '\t', '\r']).starts_with('\n')
}

/// The number after a letter, and where it ends.
fn hexadecimal(text: &str, digits: usize, at: usize) -> Option<(u32, usize)> {
    let written = text.get(1..1 + digits).filter(|_| text.starts_with(['x', 'u', 'U']))?;
    let all = written.bytes().all(|byte| byte.is_ascii_hexdigit());
    Some((u32::from_str_radix(written, 16).ok().filter(|_| all)?, at + digits))
}

/// What a backslash and one letter mean.
fn short(code: char, quotes: Quotes) -> char {
    match code {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'b' => '\u{8}',
        'f' => '\u{c}',
        'v' => '\u{b}',
        '0' => '\0',
        'e' => '\u{1b}',
        'a' if quotes == Quotes::YamlDouble => '\u{7}',
        'N' if quotes == Quotes::YamlDouble => '\u{85}',
        '_' if quotes == Quotes::YamlDouble => '\u{a0}',
        'L' if quotes == Quotes::YamlDouble => '\u{2028}',
        'P' if quotes == Quotes::YamlDouble => '\u{2029}',
        other => other,
    }
}
