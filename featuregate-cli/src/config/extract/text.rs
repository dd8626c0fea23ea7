//! Text in text.

mod fold;
mod passage;
mod quoted;
mod template;

pub(super) use fold::{block, line_end, line_start, plain};
pub(super) use passage::{Builder, Passage};
pub(super) use quoted::{Quotes, quoted};
pub(super) use template::Template;
