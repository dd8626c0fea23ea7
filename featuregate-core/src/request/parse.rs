//! The text of the flag and of the environment variable.
//!
//! ```text
//! text  = [ item ] *( "," [ item ] )
//! item  = name "=" value          ; blanks around name and value don't count
//! value = "1" | "t" | "T" | "TRUE" | "true" | "True" | "0" | "f" | "F" | "FALSE" | "false" | "False"
//! ```
//!
//! This is the grammar of Kubernetes' `--feature-gates`. An empty item is skipped, one of blanks is
//! not: it has no value. The name is everything before the first `=`.

use alloc::borrow::ToOwned;
use alloc::vec::Vec;

use crate::request::assignment::{Assignment, Item, Malformed, Value};
use crate::request::origin::{Origin, Source};

/// Reads a text into assignments, each with its place; never fails as a whole, since every problem of
/// every source is told together.
///
/// ```
/// use featuregate_core::{Source, parse};
///
/// let items = parse("A=true, B=maybe", &Source::flag("--feature-gates"));
/// assert_eq!(items[0].as_ref().unwrap().name, "A");
/// let malformed = items[1].as_ref().unwrap_err();
/// assert_eq!((malformed.name.as_str(), malformed.origin.column()), ("B", Some(9)));
/// ```
#[must_use]
pub fn parse(text: &str, source: &Source) -> Vec<Item> {
    let mut items = Vec::new();
    let mut column: u32 = 1;
    for written in text.split(',') {
        if !written.is_empty() {
            let item = written.trim();
            // An item of blanks has no first character, so it is where its blanks are.
            let start = match written.find(item) {
                Some(start) if !item.is_empty() => written.get(..start).map_or(0, scalars),
                _ => 0,
            };
            let origin = Origin::item_at(source, column.saturating_add(start), item);
            items.push(parse_item(item, origin));
        }
        column = column.saturating_add(scalars(written)).saturating_add(1);
    }
    items
}

fn parse_item(item: &str, origin: Origin) -> Item {
    let Some((name, value)) = item.split_once('=') else {
        return Err(Malformed { name: item.to_owned(), value: None, origin });
    };
    let (name, value) = (name.trim().to_owned(), value.trim());
    match parse_bool(value) {
        Some(value) => Ok(Assignment { name, value, origin }),
        None => Err(Malformed { name, value: Some(Value::Text(value.to_owned())), origin }),
    }
}

/// The spellings of `true`.
pub const TRUE: [&str; 6] = ["true", "True", "TRUE", "t", "T", "1"];

/// The spellings of `false`.
pub const FALSE: [&str; 6] = ["false", "False", "FALSE", "f", "F", "0"];

/// The twelve spellings, [`TRUE`] and [`FALSE`], of Go's `strconv.ParseBool`, which Kubernetes' flag takes.
///
/// ```
/// use featuregate_core::parse_bool;
/// assert_eq!(parse_bool("T"), Some(true));
/// assert_eq!(parse_bool("tRUE"), None);
/// ```
#[must_use]
pub fn parse_bool(text: &str) -> Option<bool> {
    if TRUE.contains(&text) { Some(true) } else { FALSE.contains(&text).then_some(false) }
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
        let place = |origin: &Origin| origin.column().unwrap();
        parse(text, &flag())
            .into_iter()
            .map(|item| match item {
                Ok(Assignment { name, value, origin }) => (name, Some(value), place(&origin)),
                Err(Malformed { name, origin, .. }) => (name, None, place(&origin)),
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
    fn an_empty_item_is_skipped_and_a_blank_one_has_no_value() {
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
