//! One milestone more in the attribute of a gate.

use featuregate_core::__private::slice;

use crate::change::trivia::{indent, rest_of_line, token_after};
use crate::finding::Edit;
use crate::source::declared::Declared;

/// The edits that add an entry after the last milestone of a gate; `None` for a gate without one, which does not compile.
///
/// The text is that which the compiler sees. A stage without a version, the short form, gets the version that it means.
pub(crate) fn added(text: &str, declared: &Declared, entry: &str) -> Option<Vec<Edit>> {
    let last = declared.milestones.last()?.span.clone();
    let mut edits = Vec::new();
    if let [_] = declared.milestones.as_slice()
        && let Some(edit) = with_version(text, last.clone())
    {
        edits.push(edit);
    }
    let comma = token_after(text, last.end);
    let has_comma = slice(text, comma..text.len()).starts_with(',');
    let end = if has_comma { comma + 1 } else { last.end };
    // Where each entry has a line of its own, the new one has one too, after the comment of the last one.
    let own_line = indent(text, last.start).zip(rest_of_line(text, end));
    let insert = |at: usize, text: String| Edit { span: (at, at), text };
    match own_line {
        Some((indent, line)) => {
            if !has_comma {
                edits.push(insert(end, ",".to_owned()));
            }
            edits.push(insert(line, format!("\n{indent}{entry},")));
        }
        None if has_comma => edits.push(insert(end, format!(" {entry},"))),
        None => edits.push(insert(end, format!(", {entry}"))),
    }
    Some(joined(edits))
}

/// Edits at one place as one.
fn joined(edits: Vec<Edit>) -> Vec<Edit> {
    let mut joined: Vec<Edit> = Vec::new();
    for edit in edits {
        match joined.last_mut() {
            Some(last) if last.span.1 == edit.span.0 && edit.span.0 == edit.span.1 => {
                last.text.push_str(&edit.text);
            }
            _ => joined.push(edit),
        }
    }
    joined
}

/// The version that a single stage without one means: the stage applies from the beginning.
fn with_version(text: &str, span: std::ops::Range<usize>) -> Option<Edit> {
    const BEGINNING: &str = "0.0";
    let entry = slice(text, span.clone());
    let list = entry.find('(');
    match list {
        Some(_) if entry.contains("since") => None,
        Some(open) => {
            let at = span.start + open + 1;
            let separator =
                if slice(text, token_after(text, at)..span.end) == ")" { "" } else { ", " };
            Some(Edit { span: (at, at), text: format!("since = \"{BEGINNING}\"{separator}") })
        }
        None if entry.contains('=') => None,
        None => Some(Edit { span: (span.end, span.end), text: format!(" = \"{BEGINNING}\"") }),
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::added;
    use crate::change::text::Text;
    use crate::source::read::Declarations;
    use featuregate_core::Version;
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample;

    /// The attribute of a gate with one milestone more.
    fn promoted(attribute: &str) -> String {
        let text = format!(
            "#[derive(FeatureGate)]\n#[feature_gate(version = \"1.40\")]\nenum Feature {{\n    /// Caches.\n    {attribute}\n    Cache,\n}}\n"
        );
        let read = Declarations::read("src.rs".into(), &text, Version::ZERO);
        assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
        let declared = read.enums.first().unwrap().gates.values().next().unwrap();
        let edits = added(&text, declared, "ga = \"1.39\"").unwrap();
        let edited = Text(text.clone()).edited(edits);
        let read = Declarations::read("src.rs".into(), &edited, Version::ZERO);
        assert!(read.diagnostics.is_empty(), "{edited}: {:?}", read.diagnostics);
        let (before, after) = text.split_once(attribute).unwrap();
        edited.strip_prefix(before).unwrap().strip_suffix(after).unwrap().to_owned()
    }

    #[test]
    fn an_entry_follows_the_last_milestone_in_its_layout() {
        for (before, after) in [
            ("#[gate(alpha = \"1.30\")]", "#[gate(alpha = \"1.30\", ga = \"1.39\")]"),
            ("#[gate(alpha = \"1.30\",)]", "#[gate(alpha = \"1.30\", ga = \"1.39\",)]"),
            (
                "#[gate(alpha = \"1.30\", owner = \"a\")]",
                "#[gate(alpha = \"1.30\", ga = \"1.39\", owner = \"a\")]",
            ),
            (
                "#[gate(owner = \"a\", alpha = \"1.30\" /* since, then */, beta(since = \"1.33\", default = false))]",
                "#[gate(owner = \"a\", alpha = \"1.30\" /* since, then */, beta(since = \"1.33\", default = false), ga = \"1.39\")]",
            ),
            (
                "#[cfg_attr(unix, gate(alpha = \"1.30\"))]",
                "#[cfg_attr(unix, gate(alpha = \"1.30\", ga = \"1.39\"))]",
            ),
            (
                "#[gate(\n        alpha = \"1.30\", // when it began, it was slow\n        owner = \"a\",\n    )]",
                "#[gate(\n        alpha = \"1.30\", // when it began, it was slow\n        ga = \"1.39\",\n        owner = \"a\",\n    )]",
            ),
            (
                "#[gate(\n        owner = \"a\",\n        alpha = \"1.30\" // no comma\n    )]",
                "#[gate(\n        owner = \"a\",\n        alpha = \"1.30\", // no comma\n        ga = \"1.39\",\n    )]",
            ),
            (
                "#[gate(\n        alpha = \"1.30\"\n    )]",
                "#[gate(\n        alpha = \"1.30\",\n        ga = \"1.39\",\n    )]",
            ),
            (
                "#[gate(\n        alpha = \"1.30\", owner = \"a\",\n    )]",
                "#[gate(\n        alpha = \"1.30\", ga = \"1.39\", owner = \"a\",\n    )]",
            ),
            (
                "#[gate(\n        alpha = \"1.30\"\n        // its comma\n        , owner = \"a\"\n    )]",
                "#[gate(\n        alpha = \"1.30\"\n        // its comma\n        , ga = \"1.39\", owner = \"a\"\n    )]",
            ),
        ] {
            assert_eq!(promoted(before), after);
        }
    }

    proptest! {
        /// Whatever the layout and the comments are, the gate has one milestone more, and nothing is lost.
        #[test]
        fn a_milestone_is_added_in_any_layout(
            milestones in sample::subsequence(vec![
                "alpha = \"1.30\"", "beta(since = \"1.31\", default = false)", "beta = \"1.33\"",
            ], 1..=3),
            others in sample::subsequence(vec![
                "owner = \"a, )\"", "issue = \"// b\"", "alias = \"OldCache\"",
            ], 0..=3),
            milestone_first in vec(any::<bool>(), 6),
            gaps in vec(sample::select(vec![
                "", " ", "\n        ", "\n", " /* c, ) */ ", " // d, )]\n    ", "/* /* e */ */", "\t",
            ]), 24),
            trailing in any::<bool>(),
        ) {
            let (mut milestones, mut others) = (milestones.into_iter(), others.into_iter());
            let mut entries = Vec::new();
            for first in milestone_first {
                entries.extend(if first { milestones.next() } else { others.next() });
            }
            entries.extend(milestones.chain(others));
            let mut gaps = gaps.into_iter().cycle();
            let mut attribute = String::from("#[gate(");
            for (index, entry) in entries.iter().enumerate() {
                let comma = if index + 1 < entries.len() || trailing { "," } else { "" };
                let (before, after) = (gaps.next().unwrap(), gaps.next().unwrap());
                write!(attribute, "{before}{entry}{after}{comma}").unwrap();
            }
            write!(attribute, "{})]", gaps.next().unwrap()).unwrap();
            let after = promoted(&attribute);
            prop_assert_eq!(after.matches("ga = \"1.39\"").count(), 1);
            // Without what was inserted, every character is as before, in its order.
            let mut rest = after.chars();
            for c in attribute.chars() {
                prop_assert!(rest.any(|other| other == c), "{} lacks a part of {}", after, attribute);
            }
        }
    }

    #[test]
    fn the_short_form_gets_the_version_that_it_means() {
        for (before, after) in [
            ("#[gate(alpha)]", "#[gate(alpha = \"0.0\", ga = \"1.39\")]"),
            (
                "#[gate(beta(default = false), owner = \"since\")]",
                "#[gate(beta(since = \"0.0\", default = false), ga = \"1.39\", owner = \"since\")]",
            ),
            (
                "#[gate(\n        alpha,\n    )]",
                "#[gate(\n        alpha = \"0.0\",\n        ga = \"1.39\",\n    )]",
            ),
            (
                "#[gate(\n        alpha\n    )]",
                "#[gate(\n        alpha = \"0.0\",\n        ga = \"1.39\",\n    )]",
            ),
        ] {
            assert_eq!(promoted(before), after);
        }
    }
}
