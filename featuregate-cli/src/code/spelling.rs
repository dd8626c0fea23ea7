//! How texts name gates, and where they do.

use std::collections::BTreeMap;
use std::ops::Range;

use super::usage::EnumId;

/// The names that gates have in texts, each with the gate that it is.
pub(crate) type Spellings<'n> = BTreeMap<String, Spelled<'n>>;

/// A gate as a text names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spelled<'n> {
    /// Its name in code.
    pub(crate) gate: &'n str,
    /// Its enum, if the text says which one is meant.
    pub(crate) declaring: Option<EnumId>,
}

/// The gates that a text names, and the bytes of the names. `Cache` in `store:Cache` is part of that name.
pub(super) fn mentioned<'n>(
    spellings: &Spellings<'n>,
    text: &str,
    fits: impl Fn(&str, Option<char>, Option<char>) -> bool,
) -> Vec<(Spelled<'n>, Range<usize>)> {
    let mut all: Vec<(Spelled<'n>, Range<usize>)> = Vec::new();
    for (name, spelled) in spellings {
        let found = occurrences(text, name, &fits);
        all.extend(found.into_iter().map(|range| (*spelled, range)));
    }
    // Of those that end together, the longest is first.
    all.sort_by_key(|(_, range)| (range.end, range.start));
    all.dedup_by_key(|(_, range)| range.end);
    all
}

/// Where a name is in a text as a whole word, and what is before and after it fits.
fn occurrences(
    text: &str,
    name: &str,
    fits: impl Fn(&str, Option<char>, Option<char>) -> bool,
) -> Vec<Range<usize>> {
    let is_outside = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '_');
    let words = text.match_indices(name).map(|(at, _)| at..at + name.len());
    let words = words.filter(|word| {
        let before = text.get(..word.start).and_then(|before| before.chars().next_back());
        let after = text.get(word.end..).and_then(|after| after.chars().next());
        is_outside(before) && is_outside(after) && fits(name, before, after)
    });
    words.collect()
}

/// Whether a name in a document is that of a gate. One that may be a word of the language has to be in quotes, or be
/// given a value.
pub(super) fn is_mention(name: &str, before: Option<char>, after: Option<char>) -> bool {
    // `net` is not a gate of `my-net`.
    let is_joined = |c: Option<char>| c == Some('-') && !name.contains(char::is_uppercase);
    let is_marked = matches!(before, Some('`' | '"' | '\'')) || after == Some('=');
    !is_joined(before) && !is_joined(after) && (is_marked || !is_plain(name))
}

/// Whether a name may be a word of the language.
pub(super) fn is_plain(name: &str) -> bool {
    name.chars().all(char::is_lowercase)
}
