//! What is wrong, and at which tokens.

use core::fmt;

use featuregate_core::Rule;
use proc_macro2::{Ident, Span, TokenStream};

/// From the first to the last token of something.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Range {
    /// The first token.
    pub start: Span,
    /// The last token.
    pub end: Span,
}

impl Range {
    /// From one token to another.
    #[must_use]
    pub fn new(start: Span, end: Span) -> Self {
        Self { start, end }
    }

    /// One token.
    #[must_use]
    pub fn of(span: Span) -> Self {
        Self::new(span, span)
    }

    /// All tokens of a stream; `None` for an empty one.
    pub(crate) fn of_tokens(tokens: &TokenStream) -> Option<Self> {
        let mut spans = tokens.clone().into_iter().map(|token| token.span());
        let start = spans.next()?;
        Some(Self::new(start, spans.last().unwrap_or(start)))
    }
}

impl From<&Ident> for Range {
    fn from(ident: &Ident) -> Self {
        Self::of(ident.span())
    }
}

/// An error in an annotated enum, with its location.
///
/// `Display` shows the message and the help, separated by a semicolon.
///
/// ```
/// use featuregate_core::Version;
/// use featuregate_syntax::{Code, read};
///
/// let input: syn::DeriveInput = syn::parse_str("struct Cache;")?;
/// let error = read(&input, Version::new(0, 1)).unwrap_err();
/// let diagnostic = &error.diagnostics[0];
/// assert_eq!(diagnostic.code, Code::Enum);
/// assert_eq!(diagnostic.message, "`FeatureGate` can only be derived for enums");
/// assert_eq!(
///     diagnostic.to_string(),
///     "`FeatureGate` can only be derived for enums; declare an enum whose variants are the gates"
/// );
/// # Ok::<(), syn::Error>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Diagnostic {
    /// The tokens that are wrong.
    pub range: Range,
    /// What kind of error it is.
    pub code: Code,
    /// The gate that it is about, by its variant or by the name in its tombstone; `None` if it is about the
    /// enum.
    pub gate: Option<String>,
    /// What is wrong, in one clause.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

impl Diagnostic {
    /// A diagnostic that is not about a gate.
    #[must_use]
    pub fn new(
        code: Code,
        range: impl Into<Range>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self { range: range.into(), code, gate: None, message: message.into(), help: help.into() }
    }

    /// Adds the gate that it is about.
    #[must_use]
    pub fn with_gate(self, gate: impl Into<String>) -> Self {
        Self { gate: Some(gate.into()), ..self }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.message, self.help)
    }
}

impl core::error::Error for Diagnostic {}

/// What kind of error a [`Diagnostic`] is. `Display` and [`as_str`](Self::as_str) spell it in kebab case.
///
/// ```
/// use featuregate_core::Rule;
/// use featuregate_syntax::Code;
///
/// assert_eq!(Code::Doc.as_str(), "no-doc");
/// assert_eq!(Code::Lifecycle(Rule::Regress).to_string(), "regress");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Code {
    /// The enum or a variant is such that it cannot declare gates.
    Enum,
    /// An attribute cannot be read.
    Attribute,
    /// A gate has no doc comment, which is its help text.
    Doc,
    /// A name cannot be used, or is used already.
    Name,
    /// A version does not fit the version of the component.
    Version,
    /// A dependency breaks a rule.
    Dependency,
    /// A history breaks a rule of the lifecycle.
    Lifecycle(Rule),
}

impl Code {
    /// The stable spelling; that of a lifecycle rule is its [`id`](Rule::id).
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Enum => "invalid-enum",
            Self::Attribute => "invalid-attribute",
            Self::Doc => "no-doc",
            Self::Name => "invalid-name",
            Self::Version => "invalid-version",
            Self::Dependency => "invalid-dependency",
            Self::Lifecycle(rule) => rule.id(),
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Collects diagnostics, so that all of them are reported and not only the first.
///
/// It must be [finished](Self::finish): dropping it earlier is a defect, which debug builds report.
#[derive(Debug)]
pub(crate) struct Sink {
    diagnostics: Vec<Diagnostic>,
    /// What the diagnostics are about that are added now.
    gate: Option<String>,
    finished: bool,
}

impl Sink {
    pub(crate) fn new() -> Self {
        Self { diagnostics: Vec::new(), gate: None, finished: false }
    }

    /// Names the gate that diagnostics are about.
    pub(crate) fn of_gate<T>(
        &mut self,
        gate: impl Into<String>,
        read: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let outer = self.gate.replace(gate.into());
        let value = read(self);
        self.gate = outer;
        value
    }

    /// Adds what is wrong and what to write instead.
    pub(crate) fn add(
        &mut self,
        code: Code,
        range: impl Into<Range>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let gate = self.gate.clone();
        self.diagnostics.push(Diagnostic { gate, ..Diagnostic::new(code, range, message, help) });
    }

    pub(crate) fn count(&self) -> usize {
        self.diagnostics.len()
    }

    /// The value, if there are no diagnostics; otherwise all of them, in the order of the source.
    pub(crate) fn finish<T>(mut self, value: Option<T>) -> Result<T, Vec<Diagnostic>> {
        self.finished = true;
        // A compiler before 1.88 does not give macros the locations of tokens. There, the order remains.
        self.diagnostics.sort_by_key(|diagnostic| diagnostic.range.start.start());
        // What several removed gates share is read for each of them.
        self.diagnostics.dedup_by(|again, first| {
            let place = |it: &Diagnostic| (it.range.start.start(), it.range.end.end());
            again.message == first.message && place(again) == place(first)
        });
        match value {
            Some(value) if self.diagnostics.is_empty() => Ok(value),
            _ => Err(core::mem::take(&mut self.diagnostics)),
        }
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        debug_assert!(self.finished || std::thread::panicking(), "diagnostics were not reported");
    }
}
