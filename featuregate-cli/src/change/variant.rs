//! One variant more in an enum.

use std::fmt::Write as _;

use featuregate_core::__private::slice;

use crate::change::trivia::{indent, indent_of_line, rest_of_line, token_after};
use crate::finding::Edit;
use crate::source::declared::Body;

/// What is declared.
#[derive(Debug)]
pub(crate) struct Variant<'a> {
    pub(crate) name: &'a str,
    /// The text of its doc comment.
    pub(crate) doc: &'a str,
    /// The entries of its attribute.
    pub(crate) entries: Vec<String>,
}

impl Variant<'_> {
    /// Its lines, the first without indentation.
    fn written(&self, indent: &str) -> String {
        let mut text = String::new();
        for line in self.doc.lines() {
            let space = if line.is_empty() { "" } else { " " };
            let _ = write!(text, "///{space}{line}\n{indent}");
        }
        let _ = write!(text, "#[gate({})]\n{indent}{},", self.entries.join(", "), self.name);
        text
    }

    /// The edits that add it after the last variant. The text is that which the compiler sees.
    pub(crate) fn added(&self, text: &str, body: Body) -> Vec<Edit> {
        let (open, close) = body.inside;
        let insert = |at: usize, text: String| Edit { span: (at, at), text };
        let outer = indent_of_line(text, open);
        let Some((first, last)) = body.variants else {
            let indent = format!("{outer}    ");
            // A comment in an empty enum stays.
            let empty = slice(text, open..close).trim().is_empty();
            let from = if empty { open } else { open + slice(text, open..close).trim_end().len() };
            let text = format!("\n{indent}{}\n{outer}", self.written(&indent));
            return vec![Edit { span: (from, close), text }];
        };
        let indent = indent(text, first).map_or_else(|| format!("{outer}    "), str::to_owned);
        let comma = token_after(text, last);
        let has_comma = slice(text, comma..close).starts_with(',');
        let end = if has_comma { comma + 1 } else { last };
        // Some put an empty line between variants.
        let gap = if slice(text, first..last).contains("\n\n") { "\n\n" } else { "\n" };
        let written = self.written(&indent);
        let comma = if has_comma { "" } else { "," };
        match rest_of_line(text, end).filter(|line| *line < close) {
            Some(line) if comma.is_empty() || line == end => {
                vec![insert(line, format!("{comma}{gap}{indent}{written}"))]
            }
            Some(line) => {
                vec![insert(end, comma.to_owned()), insert(line, format!("{gap}{indent}{written}"))]
            }
            // The closing brace follows in that line.
            None => {
                let blank = slice(text, end..close).trim().is_empty();
                let until = if blank { close } else { end };
                let after = if blank { format!("\n{outer}") } else { "\n".to_owned() };
                let text = format!("{comma}{gap}{indent}{written}{after}");
                vec![Edit { span: (end, until), text }]
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Variant;
    use crate::change::text::Text;
    use crate::source::read::Declarations;
    use featuregate_core::Version;

    /// The enum with a variant more.
    fn with(body: &str) -> String {
        let head = "#[derive(FeatureGate)]\npub enum Feature ";
        let text = format!("{head}{body}\nfn main() {{}}\n");
        let read = Declarations::read("src.rs".into(), &text, Version::new(1, 40));
        assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
        let variant =
            Variant { name: "New", doc: "Is new.", entries: vec!["alpha = \"1.39\"".to_owned()] };
        let edits = variant.added(&text, read.enums.first().unwrap().body);
        let edited = Text(text).edited(edits);
        let read = Declarations::read("src.rs".into(), &edited, Version::new(1, 40));
        assert!(read.diagnostics.is_empty(), "{edited}: {:?}", read.diagnostics);
        let edited = edited.strip_prefix(head).unwrap().strip_suffix("\nfn main() {}\n").unwrap();
        edited.to_owned()
    }

    #[test]
    fn a_variant_is_added_last_in_the_layout_of_the_others() {
        let new = "/// Is new.\n    #[gate(alpha = \"1.39\")]\n    New,";
        let a = "/// A.\n    #[gate(alpha)]\n    A";
        let b = "/// B.\n    #[gate(beta)]\n    B";
        for (before, after) in [
            (format!("{{\n    {a},\n}}"), format!("{{\n    {a},\n    {new}\n}}")),
            (format!("{{\n    {a}\n}}"), format!("{{\n    {a},\n    {new}\n}}")),
            (
                format!("{{\n    {a}, // the first\n}}"),
                format!("{{\n    {a}, // the first\n    {new}\n}}"),
            ),
            (
                format!("{{\n    {a} // the first\n}}"),
                format!("{{\n    {a}, // the first\n    {new}\n}}"),
            ),
            (
                format!("{{\n    {a},\n\n    {b},\n    // more to come\n}}"),
                format!("{{\n    {a},\n\n    {b},\n\n    {new}\n    // more to come\n}}"),
            ),
            ("{}".to_owned(), format!("{{\n    {new}\n}}")),
            ("{ }".to_owned(), format!("{{\n    {new}\n}}")),
            ("{\n    // none\n}".to_owned(), format!("{{\n    // none\n    {new}\n}}")),
            (format!("{{ {a} }}"), format!("{{ {a},\n    {new}\n}}")),
            (format!("{{ {a} = 3, }}"), format!("{{ {a} = 3,\n    {new}\n}}")),
        ] {
            assert_eq!(with(&before), after);
        }
    }
}
