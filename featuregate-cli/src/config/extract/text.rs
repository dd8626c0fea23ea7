//! Text in text.

mod fold;
mod passage;
mod quoted;
mod template;

pub(super) use fold::{block, line_end, line_start, plain};
pub(super) use passage::{Builder, Passage};
pub(super) use quoted::{Quotes, quoted};
pub(super) use template::Template;

/// Whether a line begins or ends a document of YAML, or says how it is to be read.
pub(super) fn is_mark(line: &str) -> bool {
    ["---", "...", "%"].iter().any(|mark| line.starts_with(mark))
}
