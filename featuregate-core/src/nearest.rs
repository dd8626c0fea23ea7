//! Did you mean …? The nearest known name, within a bound.

use alloc::string::String;

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
pub fn nearest<'a>(wrong: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    nearest_by(Case::ANY, wrong, known)
}

/// The same with letters that are compared in this way.
#[must_use]
pub fn nearest_by<'a>(
    case: Case,
    wrong: &str,
    mut known: impl Iterator<Item = &'a str>,
) -> Option<String> {
    nearest_of(case, wrong, &mut known).map(Into::into)
}

/// How letters are compared without case.
///
/// Most names are in ASCII, and the tables of all other letters would be a tenth of what a program has of this library.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    #[cfg_attr(not(feature = "std"), expect(dead_code, reason = "nothing is suggested"))]
    lower: fn(&str) -> String,
    #[cfg_attr(not(feature = "std"), expect(dead_code, reason = "nothing is suggested"))]
    same: fn(&str, &str) -> bool,
}

impl Case {
    /// For names in ASCII.
    pub const ASCII: Self = Self {
        lower: str::to_ascii_lowercase,
        same: |one, other| {
            let letters = |name| plain_letters(name).map(|letter| letter.to_ascii_lowercase());
            letters(one).eq(letters(other))
        },
    };

    /// For names in any script.
    pub const ANY: Self = Self {
        // `str::to_lowercase` has 5 KB of code and tables for the last sigma of a word.
        lower: |name| name.chars().flat_map(char::to_lowercase).collect(),
        same: |one, other| letters(one).eq(letters(other)),
    };
}

impl Default for Case {
    /// That of names in ASCII.
    fn default() -> Self {
        Self::ASCII
    }
}

/// One copy for all kinds of iterators.
#[cfg(feature = "std")]
fn nearest_of<'a>(
    case: Case,
    wrong: &str,
    known: &mut dyn Iterator<Item = &'a str>,
) -> Option<&'a str> {
    /// No gate has a name that long, and the distance takes time in proportion to it.
    const LONGEST: usize = 128;
    let length = wrong.chars().count();
    if length == 0 || length > LONGEST {
        return None;
    }
    let folded = (case.lower)(wrong);
    // Three characters of a long name may differ, fewer of a short one.
    let bound = (length / 3).clamp(1, 3);
    let distance = |name: &str| {
        if (case.same)(name, wrong) {
            return Some(0);
        }
        let near = name.chars().count().abs_diff(length) <= bound;
        near.then(|| strsim::osa_distance(&folded, &(case.lower)(name)))
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

/// Without the feature `std` there is no suggestion.
#[cfg(not(feature = "std"))]
fn nearest_of<'a>(
    _case: Case,
    _wrong: &str,
    _known: &mut dyn Iterator<Item = &'a str>,
) -> Option<&'a str> {
    None
}

/// A name without separators.
fn plain_letters(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|letter| letter.is_alphanumeric())
}

/// A name without case and separators.
pub fn letters(name: &str) -> impl Iterator<Item = char> {
    plain_letters(name).flat_map(char::to_lowercase)
}

#[cfg(all(test, feature = "std"))]
mod tests {
    use super::{Case, nearest, nearest_by};
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
    fn letters_of_any_script_are_compared_without_case() {
        for (wrong, right) in [("ÜNÏ", "Ünï"), ("ünï", "Ünï"), ("ПАМЯТЬ", "Память")]
        {
            assert_eq!(nearest(wrong, [right].into_iter()).as_deref(), Some(right));
        }
    }

    #[test]
    fn names_in_ascii_are_found_without_the_tables_of_other_letters() {
        for wrong in [
            "memoryqos",
            "MemoryQos",
            "MemryQuota",
            "memory-qos",
            "Mémoryqos",
            "SomethingElse",
            "É",
            "",
        ] {
            let by_ascii = nearest_by(Case::ASCII, wrong, KNOWN.into_iter());
            assert_eq!(by_ascii, nearest(wrong, KNOWN.into_iter()), "{wrong:?}");
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
