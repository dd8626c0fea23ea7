//! Text from outside that must not steer whoever shows it.

use std::borrow::Cow;

/// Whether a character steers a terminal, or reorders or hides the text around it.
pub(crate) fn steers(c: char) -> bool {
    // The last has no meaning but the one that the report for people gives it.
    featuregate_core::quote::steers(c) || c == '\u{f0000}'
}

/// The text with such characters escaped, as in `\u{1b}`.
pub(crate) fn harmless(text: &str) -> Cow<'_, str> {
    if !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    let mut told = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => told.extend(c.escape_default()),
            c if steers(c) => told.extend(c.escape_unicode()),
            c => told.push(c),
        }
    }
    Cow::Owned(told)
}

/// A character of one column that stands for such a character.
pub(crate) fn stand_in(c: char) -> char {
    match c {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        _ => '\u{fffd}',
    }
}

#[cfg(test)]
mod tests {
    use super::{harmless, stand_in};

    #[test]
    fn what_steers_a_terminal_is_escaped() {
        assert_eq!(harmless("a\u{1b}[2J\u{9b}\n"), "a\\u{1b}[2J\\u{9b}\\n");
        assert_eq!(harmless("a\u{202e}b\u{2066}"), "a\\u{202e}b\\u{2066}");
    }

    #[test]
    fn other_text_stays_as_it_is() {
        for text in ["deploy/ä 東京.yaml", r#"gate "A b" is\n"#, ""] {
            assert_eq!(harmless(text), text);
        }
    }

    #[test]
    fn a_control_character_has_its_picture() {
        assert_eq!(stand_in('\u{1b}'), '␛');
        assert_eq!(stand_in('\u{7f}'), '␡');
        assert_eq!(stand_in('\u{202e}'), '\u{fffd}');
    }
}
