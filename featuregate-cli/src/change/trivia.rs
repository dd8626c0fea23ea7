//! What is between the tokens of Rust: whitespace and comments.

use featuregate_core::__private::slice;

/// Where the next token begins, from a byte between tokens on.
pub(super) fn token_after(text: &str, from: usize) -> usize {
    let mut at = from;
    loop {
        let rest = slice(text, at..text.len());
        let blank = rest.len() - rest.trim_start().len();
        let comment = comment(slice(rest, blank..rest.len()));
        at += blank + comment;
        if comment == 0 {
            return at;
        }
    }
}

/// Where the line ends after a byte, if only whitespace and comments are between; a comment of several lines is not
/// left out.
pub(super) fn rest_of_line(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let rest = slice(text, at..text.len());
        at += rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let rest = slice(text, at..text.len());
        if rest.is_empty() || rest.starts_with('\n') {
            return Some(at);
        }
        let comment = comment(rest);
        if comment == 0 || slice(rest, 0..comment).contains('\n') {
            return None;
        }
        at += comment;
    }
}

/// The whitespace before a byte, if nothing else is in its line before it.
pub(super) fn indent(text: &str, at: usize) -> Option<&str> {
    let before = slice(text, 0..at);
    let line = before.rfind('\n').map_or(0, |end| end + 1);
    let indent = slice(before, line..before.len());
    indent.trim().is_empty().then_some(indent)
}

/// The whitespace at the start of the line of a byte.
pub(super) fn indent_of_line(text: &str, at: usize) -> &str {
    let before = slice(text, 0..at);
    let line = slice(before, before.rfind('\n').map_or(0, |end| end + 1)..before.len());
    slice(line, 0..line.len() - line.trim_start().len())
}

/// The length of the comment that a text begins with, without the end of its line.
fn comment(text: &str) -> usize {
    if text.starts_with("//") {
        return text.find('\n').unwrap_or(text.len());
    }
    if !text.starts_with("/*") {
        return 0;
    }
    let (mut depth, mut at) = (0_usize, 0);
    while at < text.len() {
        let rest = slice(text, at..text.len());
        if rest.starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if rest.starts_with("*/") {
            (depth, at) = (depth.saturating_sub(1), at + 2);
            if depth == 0 {
                return at;
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::{indent, rest_of_line, token_after};

    #[test]
    fn comments_and_whitespace_are_passed_over() {
        for (text, rest) in [
            (" , b", ", b"),
            ("/* a, /* b */ */ ,", ","),
            (" // a, \n /* ä */\n\t)", ")"),
            ("", ""),
            (" // a", ""),
            ("/* a", ""),
        ] {
            assert_eq!(&text[token_after(text, 0)..], rest, "{text:?}");
        }
    }

    #[test]
    fn the_rest_of_a_line_may_have_comments() {
        for (text, end) in [
            (" // a\nb", Some(5)),
            (" /* a */ // b\nc", Some(13)),
            ("", Some(0)),
            (" /* a\n */ b", None),
            (" b\n", None),
        ] {
            assert_eq!(rest_of_line(text, 0), end, "{text:?}");
        }
        assert_eq!(indent("a\n\t b", 4), Some("\t "));
        assert_eq!(indent("a b", 2), None);
    }
}
