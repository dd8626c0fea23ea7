//! The lines in which two texts differ, for people.

use similar::TextDiff;

use crate::io::harmless::harmless;

/// The lines that differ, with three around them, under the names of both; none where nothing differs.
pub(crate) fn lines(before: (&str, &str), after: (&str, &str)) -> Vec<String> {
    let diff = TextDiff::from_lines(before.1, after.1);
    let mut hunks = diff.unified_diff();
    let hunks = hunks.context_radius(3).header(before.0, after.0).to_string();
    hunks.lines().map(|line| harmless(line).into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn what_differs_is_shown_without_steering_the_terminal() {
        let told = lines(("a\u{1b}", "one\n\u{202e}two\n"), ("b", "one\nthree\u{9b}\n"));
        let expected =
            ["--- a\\u{1b}", "+++ b", "@@ -1,2 +1,2 @@", " one", "-\\u{202e}two", "+three\\u{9b}"];
        assert_eq!(told, expected);
        assert_eq!(lines(("a", "one\n"), ("b", "one\n")), [""; 0]);
    }
}
