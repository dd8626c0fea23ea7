//! The first files of a program with gates.

use featuregate_core::__private::slice;
use featuregate_core::Version;

/// What `cargo new` writes for a program.
const NEW: &str = "fn main() {\n    println!(\"Hello, world!\");\n}\n";

/// The file with the enum.
pub(crate) fn features(package: &str, version: Version, with_tests: bool) -> String {
    let variable: String = package
        .chars()
        .map(|c| if c.is_alphanumeric() { c.to_ascii_uppercase() } else { '_' })
        .collect();
    let mut text = include_str!("../../data/init/features.rs")
        .replace("APP_FEATURE_GATES", &format!("{variable}_FEATURE_GATES"))
        .replace("\"0.1\"", &format!("\"{version}\""));
    if with_tests {
        text.push_str(include_str!("../../data/init/tests.rs"));
    }
    text
}

/// A program as `cargo new` writes it, with gates; `None` for another program, which is somebody's work.
pub(crate) fn main(text: &str) -> Option<&'static str> {
    (text.replace("\r\n", "\n") == NEW).then_some(include_str!("../../data/init/main.rs"))
}

/// The text of the root of a crate with a module more, before its first item.
pub(crate) fn with_module(text: &str, module: &str) -> String {
    let mut at = 0;
    // Comments and attributes of the file come first.
    for line in text.split_inclusive('\n') {
        let start = line.trim_start();
        let of_file = start.is_empty()
            || start.starts_with("//!")
            || start.starts_with("#![")
            || start.starts_with("#!/");
        if !of_file {
            break;
        }
        at += line.len();
    }
    let (before, after) = (slice(text, 0..at), slice(text, at..text.len()));
    format!("{before}{module}\n\n{after}")
}

#[cfg(test)]
mod tests {
    use super::with_module;

    #[test]
    fn a_module_comes_before_the_first_item() {
        for (before, after) in [
            ("fn main() {}\n", "mod a;\n\nfn main() {}\n"),
            ("//! Docs.\n\nuse a::b;\n", "//! Docs.\n\nmod a;\n\nuse a::b;\n"),
            (
                "#![warn(missing_docs)]\n//! Docs.\n/// Main.\nfn main() {}\n",
                "#![warn(missing_docs)]\n//! Docs.\nmod a;\n\n/// Main.\nfn main() {}\n",
            ),
            ("", "mod a;\n\n"),
        ] {
            assert_eq!(with_module(before, "mod a;"), after);
        }
    }
}
