//! What a fuzz target calls.

use super::{Given, Syntax, extract};

/// Reads a text in each syntax, takes its settings out one by one and all at once, and checks every place.
///
/// # Panics
/// If a place is none of the text, or edits overlap.
pub fn extracting(text: &str) {
    for syntax in [Syntax::Yaml, Syntax::Json, Syntax::Toml, Syntax::Lines, Syntax::Unknown] {
        let found = extract(syntax, text, &[]);
        for setting in &found.settings {
            let name = text.get(setting.name_span.clone());
            assert!(name.is_some() && text.get(setting.value_span.clone()).is_some());
            assert!(found.lists.get(setting.list).is_some());
            if matches!(setting.value, Given::Sign(_)) {
                assert!(setting.value_span.is_empty());
            }
        }
        let all: Vec<usize> = (0..found.settings.len()).collect();
        for gone in all.iter().map(std::slice::from_ref).take(20).chain([all.as_slice()]) {
            let mut at = 0;
            for edit in found.removal(text, gone).unwrap_or_default() {
                assert!(edit.span.0 >= at && text.get(edit.span.0..edit.span.1).is_some());
                at = edit.span.1;
            }
        }
    }
}
