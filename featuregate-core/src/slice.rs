//! Parts of a text whose bounds are known to fit.

use core::ops::{Bound, RangeBounds};

/// A part of a text whose bounds were found in that text.
///
/// A bound that does not fit is a defect of the caller. Debug builds, and so tests and fuzzers, panic; release
/// builds return an empty text, since a command that reads other people's files must not crash.
#[must_use]
#[track_caller]
pub fn slice(text: &str, range: impl RangeBounds<usize>) -> &str {
    fitting(text.get(bounds(&range)), bounds(&range), text.len())
}

/// The same for bytes.
#[must_use]
#[track_caller]
pub fn slice_bytes(bytes: &[u8], range: impl RangeBounds<usize>) -> &[u8] {
    fitting(bytes.get(bounds(&range)), bounds(&range), bytes.len())
}

fn bounds(range: &impl RangeBounds<usize>) -> (Bound<usize>, Bound<usize>) {
    (range.start_bound().cloned(), range.end_bound().cloned())
}

#[track_caller]
fn fitting<T: Default>(part: Option<T>, range: (Bound<usize>, Bound<usize>), length: usize) -> T {
    debug_assert!(part.is_some(), "{range:?} is not a part of {length} bytes of text");
    part.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_between_its_bounds() {
        assert_eq!((slice("añb", 1..3), slice("añb", ..1), slice("añb", 4..)), ("ñ", "a", ""));
        assert_eq!(slice_bytes(b"abc", 1..), b"bc");
    }

    #[test]
    #[cfg_attr(debug_assertions, should_panic = "is not a part of 4 bytes")]
    fn a_bound_within_a_character_is_a_defect() {
        assert_eq!(slice("añb", 2..), "");
    }

    #[test]
    #[cfg_attr(debug_assertions, should_panic = "is not a part of 3 bytes")]
    fn a_bound_after_the_end_is_a_defect() {
        assert_eq!(slice_bytes(b"abc", ..4), b"");
    }
}
