//! How messages write names, values, lists, and text that comes from outside: quoted, escaped and cut to a
//! length.

use alloc::format;
use alloc::string::String;
use core::fmt::{self, Write as _};

/// The most characters of an outside text that a message repeats.
const SHOWN: usize = 80;

/// Displays a text in double quotes, with control characters escaped, cut after 80 characters.
///
/// ```
/// use featuregate_core::__private::Quoted;
///
/// assert_eq!(Quoted("on\n").to_string(), r#""on\n""#);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Quoted<'a>(pub &'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        write_escaped(f, self.0)?;
        f.write_char('"')
    }
}

/// Displays a gate's name as it is, or quoted where it would not read as a name.
///
/// ```
/// use featuregate_core::__private::Name;
///
/// assert_eq!(Name("MemoryQoS").to_string(), "MemoryQoS");
/// assert_eq!(Name("Memory QoS").to_string(), r#""Memory QoS""#);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Name<'a>(pub &'a str);

impl Name<'_> {
    /// Whether it reads as a name without quotes.
    pub(crate) fn is_plain(&self) -> bool {
        !self.0.is_empty()
            && self.0.len() <= SHOWN
            && self
                .0
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':' | '/'))
    }
}

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_plain() { f.write_str(self.0) } else { Quoted(self.0).fmt(f) }
    }
}

/// A gate's value in words.
///
/// ```
/// use featuregate_core::__private::on_or_off;
///
/// assert_eq!(on_or_off(true), "on");
/// ```
#[must_use]
pub const fn on_or_off(value: bool) -> &'static str {
    if value { "on" } else { "off" }
}

/// Whether a character steers a terminal, or reorders or hides the text around it.
///
/// ```
/// use featuregate_core::__private::steers;
///
/// assert!("\u{1b}\u{202e}\n".chars().all(steers));
/// assert!(!"é 東京".chars().any(steers));
/// ```
#[must_use]
pub fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c,
            // Marks, embeddings, overrides and isolates of direction.
            '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}'
            // Separators of lines and paragraphs.
            | '\u{2028}' | '\u{2029}'
            // What has no width of its own: a byte order mark, annotations, tags.
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Displays a text as it is, but for characters that [steer](steers), which are escaped.
pub(crate) struct Harmless<'a>(pub(crate) &'a str);

impl fmt::Display for Harmless<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| match c {
            c if steers(c) => c.escape_debug().try_for_each(|c| f.write_char(c)),
            c => f.write_char(c),
        })
    }
}

fn write_escaped(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    for (shown, c) in text.chars().enumerate() {
        if shown == SHOWN {
            return f.write_char('…');
        }
        match c {
            '\'' => f.write_char(c)?,
            c => c.escape_debug().try_for_each(|c| f.write_char(c))?,
        }
    }
    Ok(())
}

/// The most items that a message lists.
pub(crate) const LISTED: usize = 20;

/// `A`, `A and B`, `A, B and C`; a list of more than twenty is cut. `goes_on` says that there is more than the
/// items.
pub(crate) fn list(items: &[String], goes_on: bool) -> String {
    let count = items.len();
    let mut text = String::new();
    for (index, item) in items.iter().enumerate() {
        match index {
            0 => {}
            LISTED => return format!("{text} and {} more", count - LISTED),
            _ if index + 1 == count && !goes_on => text += " and ",
            _ => text += ", ",
        }
        text += item;
    }
    if goes_on { text + " and more" } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::{String, ToString};

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        assert_eq!(Quoted("a\u{1b}[31m\n'").to_string(), "\"a\\u{1b}[31m\\n'\"");
    }

    #[test]
    fn nothing_that_steers_is_shown() {
        let all: String = ('\0'..=char::MAX).filter(|c| steers(*c)).collect();
        assert!(!Harmless(&all).to_string().contains(steers));
        for c in all.chars() {
            assert!(!Quoted(c.encode_utf8(&mut [0; 4])).to_string().contains(steers), "{c:?}");
        }
    }

    #[test]
    fn a_path_stays_as_it_is_but_does_not_steer_the_terminal() {
        assert_eq!(Harmless("a b/\"c\u{1b}[31m").to_string(), "a b/\"c\\u{1b}[31m");
    }

    #[test]
    fn a_long_text_is_cut() {
        let long = "x".repeat(10_000_000);
        assert_eq!(Quoted(&long).to_string().chars().count(), SHOWN + 3);
        assert_eq!(Name(&long).to_string().chars().count(), SHOWN + 3);
    }

    #[test]
    fn a_name_is_quoted_only_where_it_must_be() {
        assert_eq!(Name("etcd:MemoryQoS").to_string(), "etcd:MemoryQoS");
        assert_eq!(Name("").to_string(), "\"\"");
        assert_eq!(Name("a b").to_string(), "\"a b\"");
    }
}
