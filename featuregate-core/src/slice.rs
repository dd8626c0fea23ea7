//! Slicing text whose bounds are known to be right.

use core::ops::RangeBounds;

/// The part of a text between two of its bytes.
///
/// The bounds must be within the text and on boundaries of characters. Debug builds assert it, so that fuzzing
/// finds where they are not; release builds answer with nothing rather than to panic.
#[must_use]
pub fn slice(text: &str, range: impl RangeBounds<usize>) -> &str {
    let part = text.get((range.start_bound().cloned(), range.end_bound().cloned()));
    debug_assert!(part.is_some(), "the bounds are not within the text and between characters");
    part.unwrap_or_default()
}
