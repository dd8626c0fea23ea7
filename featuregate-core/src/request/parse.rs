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
//!
//! Other [notations](Notation) have the same commas, items and columns.

use alloc::borrow::ToOwned;
use alloc::vec::Vec;
use core::ops::Range;

use crate::request::assignment::{Assignment, Item, ItemError, Value};
use crate::request::boolean::parse_bool;
use crate::request::notation::Notation;
use crate::request::origin::{Origin, Source};
use crate::slice::slice;

/// Reads a text into assignments, each with its origin, as the [notation](Notation) of its source says; never fails as a
/// whole, since every problem of every source is reported together.
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
    let notation = source.notation();
    if let Notation::Value { gate, .. } = notation {
        return Vec::from([value_of(gate, text.trim(), Origin::new(source.clone()))]);
    }
    let list = match notation {
        Notation::Assignments => 0..text.len(),
        _ => without_brackets(text),
    };
    let mut column = scalars(slice(text, 0..list.start)).saturating_add(1);
    let mut counted = 0;
    let text = slice(text, list);
    let item = |written: ItemText<'_>| {
        column = column.saturating_add(scalars(slice(text, counted..written.span.start)));
        counted = written.span.start;
        written.read(notation, Origin::item_at(source, column, written.text))
    };
    items(text).map(item).collect()
}

/// Reads one item of a list that is written as a list, and not as one text, in the notation of its source.
///
/// ```
/// use featuregate_core::{Notation, Source, parse_item};
///
/// let item = parse_item("fast", &Source::config("app.toml").written(Notation::On))?;
/// assert_eq!((item.name.as_str(), item.value), ("fast", true));
/// assert_eq!(item.origin.to_string(), "app.toml, \"fast\"");
/// # Ok::<(), featuregate_core::ItemError>(())
/// ```
///
/// # Errors
/// It has no name or no value, or one that is not a boolean.
pub fn parse_item(text: &str, source: &Source) -> Item {
    let item = ItemText::new(text, 0);
    let column = 0;
    item.read(source.notation(), Origin::item_at(source, column, item.text))
}

/// The bytes of a list without brackets around it.
fn without_brackets(text: &str) -> Range<usize> {
    let (list, span) = trim(text, 0);
    match list.strip_prefix('[').and_then(|list| list.strip_suffix(']')) {
        Some(list) => span.start + 1..span.start + 1 + list.len(),
        None => 0..text.len(),
    }
}

/// The assignment of a gate whose source has only the value.
fn value_of(gate: &str, text: &str, origin: Origin) -> Item {
    match parse_bool(text) {
        Some(value) => Ok(Assignment::new(gate, value, origin)),
        None => Err(ItemError::new(gate, Some(Value::Text(text.to_owned())), origin)),
    }
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

    fn read(&self, notation: &Notation, origin: Origin) -> Item {
        let (name, bare) = match notation {
            Notation::Signs => match (self.name.strip_prefix('-'), self.name.strip_prefix('+')) {
                (Some(name), _) => (name, Some(false)),
                (None, Some(name)) => (name, Some(true)),
                (None, None) => (self.name, Some(true)),
            },
            Notation::Switches => (self.name, Some(true)),
            _ => (self.name, notation.listed()),
        };
        let value = match self.value {
            None => match bare.filter(|_| !name.is_empty()) {
                Some(value) => return Ok(Assignment::new(name, value, origin)),
                None => None,
            },
            Some((text, _)) if !matches!(notation, Notation::Assignments | Notation::Switches) => {
                Some(Value::Unexpected(text.to_owned()))
            }
            Some((text, _)) => match parse_bool(text) {
                Some(value) => return Ok(Assignment::new(self.name, value, origin)),
                None => Some(Value::Text(text.to_owned())),
            },
        };
        Err(ItemError::new(name, value, origin))
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
    use crate::request::notation::Variables;
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
    fn each_notation_has_its_names_and_values() {
        let read = |notation: Notation, text: &str| -> Vec<(String, Option<bool>, u32)> {
            let items = parse(text, &Source::env("LIST").written(notation));
            let parts = items.into_iter().map(|item| match item {
                Ok(Assignment { name, value, origin }) => (name, Some(value), origin),
                Err(ItemError { name, origin, .. }) => (name, None, origin),
            });
            parts.map(|(name, value, origin)| (name, value, origin.column().unwrap())).collect()
        };
        let item = |name: &str, value, column| (String::from(name), value, column);
        let (on, off) = (Some(true), Some(false));
        for (notation, text, expected) in [
            (Notation::On, "a, b", [item("a", on, 1), item("b", on, 4)]),
            (Notation::Off, " [a,b] ", [item("a", off, 3), item("b", off, 5)]),
            (Notation::Off, "a,b=0", [item("a", off, 1), item("b", None, 3)]),
            (Notation::Switches, "[a, b=false]", [item("a", on, 2), item("b", off, 5)]),
            (Notation::Switches, "a=1,b=maybe", [item("a", on, 1), item("b", None, 5)]),
            (Notation::Signs, "+a,-b", [item("a", on, 1), item("b", off, 4)]),
            (Notation::Signs, "a,-", [item("a", on, 1), item("", None, 3)]),
            (Notation::On, "é,", [item("é", on, 1), item("x", on, 0)]),
            (Notation::On, "[a, ", [item("[a", on, 1), item("", None, 4)]),
        ] {
            let mut expected = Vec::from(expected);
            expected.retain(|(_, _, column)| *column > 0);
            assert_eq!(read(notation, text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_source_for_one_gate_has_only_its_value() {
        let variables = Some(Variables::new("APP_"));
        let source = Source::env("APP_A").written(Notation::Value { gate: "a".into(), variables });
        let of = |text: &str| parse(text, &source).remove(0);
        let given = of(" 1 ").unwrap();
        assert_eq!((given.name.as_str(), given.value, given.origin.item()), ("a", true, None));
        assert_eq!(
            of("yes").unwrap_err().to_string(),
            "APP_A: the value \"yes\" of gate a is not a boolean; write true"
        );
    }

    #[test]
    fn columns_count_scalars() {
        assert_eq!(read("é=1,𝒳=1,A")[2].2, 9);
        assert_eq!(read("\u{3000}A=1")[0].2, 2);
    }

    #[test]
    fn brackets_are_a_part_of_a_name_in_assignments() {
        assert_eq!(read("[A=true,B=1]"), [("[A".into(), Some(true), 1), ("B".into(), None, 9)]);
    }

    #[test]
    fn an_item_knows_its_bytes_without_the_whitespace_around_it() {
        let text = "A=1,  Bé = 0 ,";
        let spans: Vec<&str> = items(text).map(|item| slice(text, item.span)).collect();
        assert_eq!(spans, ["A=1", "Bé = 0"]);
    }
}
