//! Examples of documentation, which the compiler runs as tests.

/// Whether what follows these lines of documentation is in an example that is compiled.
pub(super) fn is_open<'t>(lines: impl Iterator<Item = &'t str>) -> bool {
    let mut open: Option<bool> = None;
    for line in lines {
        let line = line.trim_start_matches(['/', '!', '*', ' ', '\t']);
        let Some(info) = line.strip_prefix("```").or_else(|| line.strip_prefix("~~~")) else {
            continue;
        };
        open = match open {
            Some(_) => None,
            None => Some(is_compiled(info.trim_start_matches(['`', '~']))),
        };
    }
    open == Some(true)
}

/// Whether rustdoc compiles an example with these words after its fence.
fn is_compiled(info: &str) -> bool {
    let words = info.split([',', ' ', '\t', '\r', '{', '}']).filter(|word| !word.is_empty());
    words.into_iter().all(|word| {
        matches!(word, "rust" | "should_panic" | "no_run" | "test_harness" | "standalone_crate")
            || word.starts_with("edition")
    })
}

#[cfg(test)]
mod tests {
    use super::is_open;

    #[test]
    fn only_examples_that_are_compiled_are_open() {
        for (text, open) in [
            ("/// A cache.", false),
            ("/// ```\n/// let a = 1;", true),
            ("//! ```rust,no_run\n//! let a = 1;", true),
            ("/// ```\n/// ```\n/// after it", false),
            ("/// ```text\n/// Cache", false),
            ("/// ```ignore\n/// let a", false),
            ("/// ```compile_fail\n/// let a", false),
            ("/// ```text\n/// ```\n/// ```\n/// let a", true),
            ("/**\n * ~~~ edition2021\n * let a", true),
        ] {
            assert_eq!(is_open(text.lines()), open, "{text}");
        }
    }
}
