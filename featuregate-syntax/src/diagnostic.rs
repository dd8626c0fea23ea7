//! What is wrong, and at which tokens.

use featuregate_core::Rule;
use proc_macro2::{Ident, Span, TokenStream};

/// From the first to the last token of something.
#[derive(Clone, Copy, Debug)]
pub struct Range {
    /// The first token.
    pub start: Span,
    /// The last token.
    pub end: Span,
}

impl Range {
    /// One token.
    #[must_use]
    pub fn of(span: Span) -> Self {
        Self { start: span, end: span }
    }

    /// All tokens of a stream; nothing for an empty one.
    pub(crate) fn of_tokens(tokens: &TokenStream) -> Option<Self> {
        let mut spans = tokens.clone().into_iter().map(|token| token.span());
        let start = spans.next()?;
        Some(Self { start, end: spans.last().unwrap_or(start) })
    }
}

impl From<&Ident> for Range {
    fn from(ident: &Ident) -> Self {
        Self::of(ident.span())
    }
}

/// An error: one sentence that says what is wrong and what would be right.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// The offending tokens.
    pub range: Range,
    /// The sentence.
    pub message: String,
    /// The rule that is broken, where it has a name.
    pub about: Option<About>,
}

/// A rule with a name, for whoever lets people set its level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum About {
    /// One of the lifecycle.
    Lifecycle(Rule),
    /// A gate has a doc comment, which is its help text.
    Doc,
}

/// Collects errors, so that all of them are told and not only the first.
///
/// It must be [finished](Self::finish): dropping it with errors in it is a defect, which a test sees.
#[derive(Debug)]
pub(crate) struct Sink {
    errors: Vec<Diagnostic>,
    finished: bool,
}

impl Sink {
    pub(crate) fn new() -> Self {
        Self { errors: Vec::new(), finished: false }
    }

    pub(crate) fn add(&mut self, range: impl Into<Range>, message: impl Into<String>) {
        self.errors.push(Diagnostic { range: range.into(), message: message.into(), about: None });
    }

    pub(crate) fn add_about(
        &mut self,
        about: About,
        range: impl Into<Range>,
        message: impl Into<String>,
    ) {
        let (range, message) = (range.into(), message.into());
        self.errors.push(Diagnostic { range, message, about: Some(about) });
    }

    pub(crate) fn count(&self) -> usize {
        self.errors.len()
    }

    /// The value, if there were no errors; else all of them, in the order of the source.
    pub(crate) fn finish<T>(mut self, value: Option<T>) -> Result<T, Vec<Diagnostic>> {
        self.finished = true;
        // A compiler before 1.88 tells no macro where a token stands; there the order stays as it was found.
        self.errors.sort_by_key(|error| error.range.start.start());
        match value {
            Some(value) if self.errors.is_empty() => Ok(value),
            _ => Err(core::mem::take(&mut self.errors)),
        }
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        debug_assert!(self.finished || std::thread::panicking(), "errors were never told");
    }
}
