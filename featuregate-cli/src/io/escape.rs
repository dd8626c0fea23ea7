//! Text from outside, shown so that it cannot control the terminal.

use std::borrow::Cow;

/// Whether a character controls a terminal, or reorders or hides the text around it.
pub(crate) use featuregate_core::__private::steers as controls;

/// The text with such characters escaped, as in `\u{1b}`.
pub(crate) fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(controls) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => escaped.extend(c.escape_default()),
            c if controls(c) => escaped.extend(c.escape_unicode()),
            c => escaped.push(c),
        }
    }
    Cow::Owned(escaped)
}

/// A visible character of one column, shown instead of such a character.
pub(crate) fn substitute(c: char) -> char {
    match c {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        _ => '\u{fffd}',
    }
}

#[cfg(test)]
mod tests {
    use super::{escape, substitute};

    #[test]
    fn what_controls_a_terminal_is_escaped() {
        assert_eq!(escape("a\u{1b}[2J\u{9b}\n"), "a\\u{1b}[2J\\u{9b}\\n");
        assert_eq!(escape("a\u{202e}b\u{2066}"), "a\\u{202e}b\\u{2066}");
    }

    #[test]
    fn other_text_is_unchanged() {
        for text in ["deploy/ä 東京.yaml", r#"gate "A b" is\n"#, ""] {
            assert_eq!(escape(text), text);
        }
    }

    #[test]
    fn a_control_character_has_its_picture() {
        assert_eq!(substitute('\u{1b}'), '␛');
        assert_eq!(substitute('\u{7f}'), '␡');
        assert_eq!(substitute('\u{202e}'), '\u{fffd}');
    }
}
