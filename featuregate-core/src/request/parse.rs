//! The text of the flag and of the environment variable.
//!
//! ```text
//! text  = [ item ] *( "," [ item ] )
//! item  = name "=" value          ; whitespace around name and value does not count
//! value = "1" | "t" | "T" | "TRUE" | "true" | "True" | "0" | "f" | "F" | "FALSE" | "false" | "False"
//! ```
//!
//! This is the grammar of Kubernetes' `--feature-gates`. An empty item is skipped, one of whitespace is
//! not: it has no value. The name is everything before the first `=`.

use alloc::borrow::ToOwned;
use alloc::vec::Vec;
use core::ops::Range;

use crate::request::assignment::{Assignment, Item, ItemError, Value};
use crate::request::boolean::parse_bool;
use crate::request::origin::{Origin, Source};
use crate::slice::slice;

/// Reads a text into assignments, each with its origin; never fails as a whole, since every problem of
/// every source is reported together.
///
/// ```
/// use featuregate_core::{Source, parse};
///
/// let items = parse("A=true, B=maybe", &Source::flag("--feature-gates"));
/// assert_eq!(items[0].as_ref().unwrap().name, "A");
/// let error = items[1].as_ref().unwrap_err();
/// assert_eq!((error.name.as_str(), error.origin.column()), ("B", Some(9)));
/// ```
#[must_use]
pub fn parse(text: &str, source: &Source) -> Vec<Item> {
    let mut column: u32 = 1;
    let mut counted = 0;
    let item = |written: ItemText<'_>| {
        column = column.saturating_add(scalars(slice(text, counted..written.span.start)));
        counted = written.span.start;
        written.read(Origin::item_at(source, column, written.text))
    };
    items(text).map(item).collect()
}

/// One item of a text, before its value is read: for anyone who has to point at a part of the text.
///
/// ```
/// use featuregate_core::items;
///
/// let item = items("A=1, B =off").nth(1).unwrap();
/// assert_eq!((item.text, item.span), ("B =off", 5..11));
/// assert_eq!((item.name, item.name_span), ("B", 5..6));
/// assert_eq!(item.value, Some(("off", 8..11)));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ItemText<'a> {
    /// The item without the whitespace around it; empty if there is nothing else.
    pub text: &'a str,
    /// The bytes of the item; where it is empty, the location before its whitespace.
    pub span: Range<usize>,
    /// What comes before the first `=`, without the whitespace around it; all of it where there is no `=`.
    pub name: &'a str,
    /// The bytes of the name.
    pub name_span: Range<usize>,
    /// What comes after the first `=`, without the whitespace around it, and its bytes.
    pub value: Option<(&'a str, Range<usize>)>,
}

impl<'a> ItemText<'a> {
    /// The item that begins at a byte of a text and is written like this.
    #[must_use]
    pub fn new(written: &'a str, start: usize) -> Self {
        let (text, span) = trim(written, start);
        let (name, value) = match text.split_once('=') {
            Some((name, value)) => (name, Some(trim(value, span.start + name.len() + 1))),
            None => (text, None),
        };
        let (name, name_span) = trim(name, span.start);
        Self { text, span, name, name_span, value }
    }

    fn read(&self, origin: Origin) -> Item {
        let value = match self.value {
            None => None,
            Some((text, _)) => match parse_bool(text) {
                Some(value) => return Ok(Assignment::new(self.name, value, origin)),
                None => Some(Value::Text(text.to_owned())),
            },
        };
        Err(ItemError::new(self.name, value, origin))
    }
}

/// A text without the whitespace around it, and its bytes.
fn trim(text: &str, start: usize) -> (&str, Range<usize>) {
    let trimmed = text.trim();
    // A text of whitespace has no first character, so it is where its whitespace begins.
    let before = if trimmed.is_empty() { 0 } else { text.len() - text.trim_start().len() };
    (trimmed, start + before..start + before + trimmed.len())
}

/// Splits a text into its items, without the empty ones.
pub fn items(text: &str) -> impl Iterator<Item = ItemText<'_>> {
    let mut next = 0;
    text.split(',').filter_map(move |written| {
        let start = next;
        next += written.len() + 1;
        (!written.is_empty()).then(|| ItemText::new(written, start))
    })
}

fn scalars(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::String;

    fn flag() -> Source {
        Source::flag("--feature-gates")
    }

    /// Name, value and column of each item; a malformed one has no value.
    fn read(text: &str) -> Vec<(String, Option<bool>, u32)> {
        let column = |origin: &Origin| origin.column().unwrap();
        parse(text, &flag())
            .into_iter()
            .map(|item| match item {
                Ok(Assignment { name, value, origin, .. }) => (name, Some(value), column(&origin)),
                Err(ItemError { name, origin, .. }) => (name, None, column(&origin)),
            })
            .collect()
    }

    #[test]
    fn items_are_split_at_commas_and_trimmed() {
        assert_eq!(
            read("A=true,  B = 0 ,C=F"),
            [
                ("A".into(), Some(true), 1),
                ("B".into(), Some(false), 10),
                ("C".into(), Some(false), 17)
            ]
        );
    }

    #[test]
    fn an_empty_item_is_skipped_and_one_of_whitespace_has_no_value() {
        assert_eq!(read(""), []);
        assert_eq!(read(",,A=1,"), [("A".into(), Some(true), 3)]);
        assert_eq!(read("A=1, "), [("A".into(), Some(true), 1), (String::new(), None, 5)]);
    }

    #[test]
    fn the_name_ends_at_the_first_equals_sign() {
        assert_eq!(read("=true"), [(String::new(), Some(true), 1)]);
        assert_eq!(read("A=true=false"), [("A".into(), None, 1)]);
        assert_eq!(read("A"), [("A".into(), None, 1)]);
        assert_eq!(read("A="), [("A".into(), None, 1)]);
    }

    #[test]
    fn exactly_twelve_spellings_are_booleans() {
        for (text, value) in [("1", true), ("t", true), ("T", true), ("TRUE", true), ("true", true)]
            .into_iter()
            .chain([("True", true), ("0", false), ("f", false), ("F", false), ("FALSE", false)])
            .chain([("false", false), ("False", false)])
        {
            assert_eq!(parse_bool(text), Some(value));
        }
        for text in ["", "yes", "on", "tRue", "TrUe", "01", " true", "2", "fALSE", "no"] {
            assert_eq!(parse_bool(text), None, "{text:?}");
        }
    }

    #[test]
    fn columns_count_scalars() {
        assert_eq!(read("é=1,𝒳=1,A")[2].2, 9);
        assert_eq!(read("\u{3000}A=1")[0].2, 2);
    }
}
