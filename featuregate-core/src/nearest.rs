//! Did you mean …? The nearest known name, within a bound.

/// The known name that differs least from a wrong one, if it is near enough to be what was meant: case and
/// separators aside, one character may differ, of longer names up to a third of them and at most three.
///
/// Without the feature `std` there is no suggestion.
///
/// ```
/// use featuregate_core::__private::nearest;
///
/// let known = ["MemoryQoS", "NodeSwap"];
/// assert_eq!(nearest("memoryqos", known.into_iter()).as_deref(), Some("MemoryQoS"));
/// assert_eq!(nearest("Something", known.into_iter()), None);
/// ```
#[cfg(feature = "std")]
pub fn nearest<'a>(
    wrong: &str,
    mut known: impl Iterator<Item = &'a str>,
) -> Option<alloc::string::String> {
    nearest_of(wrong, &mut known).map(Into::into)
}

/// One copy for all kinds of iterators.
#[cfg(feature = "std")]
fn nearest_of<'a>(wrong: &str, known: &mut dyn Iterator<Item = &'a str>) -> Option<&'a str> {
    /// No gate has a name that long, and the distance takes time in proportion to it.
    const LONGEST: usize = 128;
    let length = wrong.chars().count();
    if length == 0 || length > LONGEST {
        return None;
    }
    let folded = lowercase(wrong);
    // Three characters of a long name may differ, fewer of a short one.
    let bound = (length / 3).clamp(1, 3);
    let distance = |name: &str| {
        if letters(name).eq(letters(wrong)) {
            return Some(0);
        }
        let near = name.chars().count().abs_diff(length) <= bound;
        near.then(|| strsim::osa_distance(&folded, &lowercase(name)))
    };
    let mut nearest = None;
    for name in known {
        if let Some(distance) = distance(name).filter(|distance| *distance <= bound)
            && nearest.is_none_or(|known| (distance, name) < known)
        {
            nearest = Some((distance, name));
        }
    }
    nearest.map(|(_, name)| name)
}

/// `str::to_lowercase` has 5 KB of code and tables for the last sigma of a word.
#[cfg(feature = "std")]
fn lowercase(name: &str) -> alloc::string::String {
    name.chars().flat_map(char::to_lowercase).collect()
}

/// A name without case and separators.
pub fn letters(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// Without the feature `std` there is no suggestion.
#[cfg(not(feature = "std"))]
pub fn nearest<'a>(
    _wrong: &str,
    _known: impl Iterator<Item = &'a str>,
) -> Option<alloc::string::String> {
    None
}

#[cfg(all(test, feature = "std"))]
mod tests {
    use super::nearest;
    use alloc::borrow::ToOwned;

    const KNOWN: [&str; 4] = ["AllAlpha", "MemoryQoS", "MemoryQuota", "X"];

    #[test]
    fn a_slip_of_the_pen_finds_its_name() {
        for (wrong, right) in [
            ("memoryqos", Some("MemoryQoS")),
            ("MemoryQos", Some("MemoryQoS")),
            ("MemryQuota", Some("MemoryQuota")),
            ("MemoryQuoat", Some("MemoryQuota")),
            ("x", Some("X")),
            ("SomethingElse", None),
            ("memory-qos", Some("MemoryQoS")),
            ("m.e.m.o.r.y_quota", Some("MemoryQuota")),
            ("", None),
        ] {
            assert_eq!(nearest(wrong, KNOWN.into_iter()).as_deref(), right, "{wrong:?}");
        }
    }

    #[test]
    fn a_third_may_differ_but_no_more_than_three() {
        let near = |wrong: &str, known: &'static str| nearest(wrong, [known].into_iter()).is_some();
        for (wrong, known, expected) in [
            ("ab", "xb", true),
            ("abc", "xyc", false),
            ("abcdef", "xycdef", true),
            ("abcdef", "xyzdef", false),
            ("abcdefghijkl", "xyzdefghijkl", true),
            ("abcdefghijkl", "wxyzefghijkl", false),
            ("abcdef", "abcdefgh", true),
            ("abcdef", "abcdefghi", false),
            ("éééééé", "éééééx", true),
        ] {
            assert_eq!(near(wrong, known), expected, "{wrong} {known}");
        }
    }

    #[test]
    fn a_name_of_128_characters_is_looked_for_and_a_longer_one_is_not() {
        let known = "x".repeat(128);
        let near = |wrong: String| nearest(&wrong, [known.as_str()].into_iter()).is_some();
        assert!(near("y".to_owned() + &"x".repeat(127)));
        assert!(!near("y".to_owned() + &"x".repeat(128)));
    }

    #[test]
    fn of_several_that_are_as_near_the_first_by_name_is_taken() {
        assert_eq!(nearest("Bat", ["Cat", "Bar", "Zzz"].into_iter()).as_deref(), Some("Bar"));
    }

    #[test]
    fn a_name_of_ten_megabytes_costs_nothing() {
        assert_eq!(nearest(&"x".repeat(10_000_000), KNOWN.into_iter()), None);
    }
}
