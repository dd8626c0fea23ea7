//! Where an assignment comes from, so that every message can say so.

use alloc::format;
use alloc::string::String;
use alloc::sync::Arc;
use core::fmt;
use core::num::NonZeroU32;

use crate::quote::{Harmless, Quoted};
use crate::request::notation::Notation;

/// A text, file or call that assigns gates.
///
/// ```
/// use featuregate_core::Source;
///
/// let source = Source::config("kubelet.yaml");
/// assert_eq!((source.kind(), source.name()), ("config", Some("kubelet.yaml")));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Source {
    kind: Kind,
    /// `None` for the usual one.
    notation: Option<Arc<Notation>>,
}

/// What kind of source assigns gates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum SourceKind {
    /// A configuration, usually a file.
    Config,
    /// An environment variable.
    Env,
    /// A command-line flag.
    Flag,
    /// The program itself.
    Call,
    /// A change while the program runs.
    Runtime,
    /// A pin of the program.
    Pin,
}

impl SourceKind {
    /// The word for it in JSON: `config`, `env`, `flag`, `call`, `runtime` or `pin`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Config => "config",
            Self::Env => "env",
            Self::Flag => "flag",
            Self::Call => "call",
            Self::Runtime => "runtime",
            Self::Pin => "pin",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Kind {
    Config(Arc<str>),
    Env(Arc<str>),
    Flag(Arc<str>),
    Call,
    Runtime(Arc<Author>),
    Pin,
}

/// Who changed gates while the program ran, and when, as far as it is known.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Author {
    by: Option<String>,
    at: Option<String>,
}

impl Source {
    /// A configuration file, with its path as the operator knows it.
    #[must_use]
    pub fn config(path: impl AsRef<str>) -> Self {
        Self::of(Kind::Config(path.as_ref().into()))
    }

    /// An environment variable, with its name.
    #[must_use]
    pub fn env(variable: impl AsRef<str>) -> Self {
        Self::of(Kind::Env(variable.as_ref().into()))
    }

    /// A command-line flag, with its name: `--feature-gates`.
    #[must_use]
    pub fn flag(name: impl AsRef<str>) -> Self {
        Self::of(Kind::Flag(name.as_ref().into()))
    }

    /// The program itself.
    #[must_use]
    pub const fn call() -> Self {
        Self::of(Kind::Call)
    }

    const fn of(kind: Kind) -> Self {
        Self { kind, notation: None }
    }

    /// The same, with gates written in this notation.
    #[must_use]
    pub fn written(self, notation: Notation) -> Self {
        let other = (notation != Notation::Assignments).then(|| Arc::new(notation));
        Self { notation: other, ..self }
    }

    /// How it writes gates.
    #[must_use]
    pub fn notation(&self) -> &Notation {
        self.notation.as_deref().unwrap_or(&Notation::Assignments)
    }

    /// A change while the program runs, with who made it and when, as far as that is known.
    ///
    /// ```
    /// use featuregate_core::Source;
    ///
    /// let source = Source::runtime(Some("alice"), Some("2026-11-28T14:00:00Z"));
    /// assert_eq!(source.to_string(), "a change by alice at 2026-11-28T14:00:00Z");
    /// ```
    #[must_use]
    pub fn runtime(by: Option<&str>, at: Option<&str>) -> Self {
        let author = Author { by: by.map(Into::into), at: at.map(Into::into) };
        Self::of(Kind::Runtime(Arc::new(author)))
    }

    /// A pin of the program, which no setting changes: see [`Layer::pinned`](crate::Layer::pinned).
    #[must_use]
    pub const fn pin() -> Self {
        Self::of(Kind::Pin)
    }

    /// The path, or the name of the variable or flag; `None` for the program itself and its pins.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        match &self.kind {
            Kind::Config(name) | Kind::Env(name) | Kind::Flag(name) => Some(name),
            Kind::Call | Kind::Runtime(_) | Kind::Pin => None,
        }
    }

    /// Who made a change while the program ran.
    #[must_use]
    pub fn by(&self) -> Option<&str> {
        self.author()?.by.as_deref()
    }

    /// When a change was made while the program ran.
    #[must_use]
    pub fn changed_at(&self) -> Option<&str> {
        self.author()?.at.as_deref()
    }

    fn author(&self) -> Option<&Author> {
        match &self.kind {
            Kind::Runtime(author) => Some(author),
            _ => None,
        }
    }

    /// Its kind.
    #[must_use]
    pub const fn source_kind(&self) -> SourceKind {
        match self.kind {
            Kind::Config(_) => SourceKind::Config,
            Kind::Env(_) => SourceKind::Env,
            Kind::Flag(_) => SourceKind::Flag,
            Kind::Call => SourceKind::Call,
            Kind::Runtime(_) => SourceKind::Runtime,
            Kind::Pin => SourceKind::Pin,
        }
    }

    /// The word for its kind in JSON: see [`SourceKind::as_str`].
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        self.source_kind().as_str()
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.kind, self.name()) {
            (Kind::Runtime(author), _) => {
                f.write_str("a change")?;
                if let Some(by) = &author.by {
                    write!(f, " by {}", Harmless(by))?;
                }
                author.at.iter().try_for_each(|at| write!(f, " at {}", Harmless(at)))
            }
            (_, Some(name)) => Harmless(name).fmt(f),
            (Kind::Pin, _) => f.write_str("a pin of the program"),
            (_, None) => f.write_str("the program"),
        }
    }
}

/// The location of an assignment in its source.
///
/// `Display` is for people: `kubelet.yaml:12:3`, or `--feature-gates, column 7, "A=true"`.
///
/// ```
/// use featuregate_core::{Origin, Source};
///
/// let origin = Origin::new(Source::config("kubelet.yaml")).at(12, 3);
/// assert_eq!(origin.to_string(), "kubelet.yaml:12:3");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Origin {
    source: Source,
    line: Option<NonZeroU32>,
    column: Option<NonZeroU32>,
    item: Option<Arc<str>>,
}

impl Origin {
    /// Where a gate is pinned: `by the program`, or `at requirements.toml:2:1`.
    pub(crate) fn of_pin(&self) -> String {
        match self.source().name() {
            None => "by the program".into(),
            Some(_) => format!("at {self}"),
        }
    }

    /// Somewhere in that source.
    #[must_use]
    pub const fn new(source: Source) -> Self {
        Self { source, line: None, column: None, item: None }
    }

    /// At a line and a column (in Unicode scalars), both from 1; 0 for one that is not known.
    #[must_use]
    pub const fn at(mut self, line: u32, column: u32) -> Self {
        self.line = NonZeroU32::new(line);
        self.column = NonZeroU32::new(column);
        self
    }

    /// One item of a comma-separated list, as written, which begins at a column of the list's text.
    pub(crate) fn item_at(source: &Source, column: u32, item: &str) -> Self {
        Self {
            source: source.clone(),
            line: None,
            column: NonZeroU32::new(column),
            item: Some(Arc::from(item)),
        }
    }

    /// The text, file or call.
    #[must_use]
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The path, for a configuration file.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        match &self.source.kind {
            Kind::Config(path) => Some(path),
            _ => None,
        }
    }

    /// The line, from 1.
    #[must_use]
    pub fn line(&self) -> Option<u32> {
        self.line.map(NonZeroU32::get)
    }

    /// The column in Unicode scalars, from 1: of a file's line, or of the text of a flag or variable.
    #[must_use]
    pub fn column(&self) -> Option<u32> {
        self.column.map(NonZeroU32::get)
    }

    /// The item of a comma-separated list, as written.
    #[must_use]
    pub fn item(&self) -> Option<&str> {
        self.item.as_deref()
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.source.fmt(f)?;
        match (&self.source.kind, self.line, self.column) {
            (Kind::Config(_), Some(line), Some(column)) => write!(f, ":{line}:{column}")?,
            (_, _, Some(column)) => write!(f, ", column {column}")?,
            _ => {}
        }
        match &self.item {
            Some(item) => write!(f, ", {}", Quoted(item)),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn a_location_is_shown_as_far_as_it_is_known() {
        let file = Origin::new(Source::config("a.yaml"));
        assert_eq!(
            (file.path(), file.line(), file.column(), file.item()),
            (Some("a.yaml"), None, None, None)
        );
        assert_eq!(file.to_string(), "a.yaml");
        let line = file.at(12, 3);
        assert_eq!((line.line(), line.column()), (Some(12), Some(3)));
        assert_eq!(line.to_string(), "a.yaml:12:3");
        let flag = Origin::item_at(&Source::flag("--gates"), 7, "A=1");
        assert_eq!(
            (flag.path(), flag.line(), flag.column(), flag.item()),
            (None, None, Some(7), Some("A=1"))
        );
        assert_eq!(flag.to_string(), "--gates, column 7, \"A=1\"");
        assert_eq!(Origin::new(Source::call()).to_string(), "the program");
        let kinds = [Source::config("a"), Source::env("b"), Source::flag("c"), Source::call()];
        assert_eq!(kinds.map(|source| source.kind()), ["config", "env", "flag", "call"]);
    }

    #[test]
    fn a_change_is_shown_with_who_made_it_and_when_as_far_as_it_is_known() {
        let shown = |by, at| Origin::new(Source::runtime(by, at)).to_string();
        assert_eq!(shown(None, None), "a change");
        assert_eq!(shown(Some("alice"), None), "a change by alice");
        assert_eq!(shown(None, Some("2026")), "a change at 2026");
        let source = Source::runtime(Some("a\u{1b}b"), Some("2026"));
        assert_eq!((source.kind(), source.by()), ("runtime", Some("a\u{1b}b")));
        assert_eq!((source.name(), source.changed_at()), (None, Some("2026")));
        assert!(!source.to_string().contains('\u{1b}'), "{source}");
    }
}
