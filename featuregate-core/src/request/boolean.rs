//! The spellings of a boolean in a text.

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
