//! How a text that comes from outside stands in a message: quoted, escaped and cut to a length.

use core::fmt::{self, Write as _};

/// The most characters of an outside text that a message repeats.
const SHOWN: usize = 80;

/// Displays a text in double quotes, with control characters escaped, cut after 80 characters.
///
/// ```
/// use featuregate_core::quote::Quoted;
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
/// use featuregate_core::quote::Name;
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
            && self.0.chars().all(|c| c.is_alphanumeric() || "_-.:/".contains(c))
    }
}

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_plain() { f.write_str(self.0) } else { Quoted(self.0).fmt(f) }
    }
}

/// Displays a text as it is, but for control characters, which are escaped.
pub(crate) struct Harmless<'a>(pub(crate) &'a str);

impl fmt::Display for Harmless<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| match c {
            c if c.is_control() => c.escape_debug().try_for_each(|c| f.write_char(c)),
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

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        assert_eq!(Quoted("a\u{1b}[31m\n'").to_string(), "\"a\\u{1b}[31m\\n'\"");
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
