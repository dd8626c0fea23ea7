//! Where an assignment comes from, so that every message can say so.

use alloc::sync::Arc;
use core::fmt;

use crate::quote::{Harmless, Quoted};

/// A text, file or call that assigns gates.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Source {
    /// A configuration file, with its path as the operator knows it.
    Config(Arc<str>),
    /// An environment variable, with its name.
    Env(Arc<str>),
    /// A command-line flag, with its name: `--feature-gates`.
    Flag(Arc<str>),
    /// The program itself.
    Call,
}

impl Source {
    /// A configuration file.
    #[must_use]
    pub fn config(path: impl Into<Arc<str>>) -> Self {
        Self::Config(path.into())
    }

    /// An environment variable.
    #[must_use]
    pub fn env(variable: impl Into<Arc<str>>) -> Self {
        Self::Env(variable.into())
    }

    /// A command-line flag.
    #[must_use]
    pub fn flag(name: impl Into<Arc<str>>) -> Self {
        Self::Flag(name.into())
    }

    /// The word for it in JSON: `config`, `env`, `flag` or `call`.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Config(_) => "config",
            Self::Env(_) => "env",
            Self::Flag(_) => "flag",
            Self::Call => "call",
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Config(name) | Self::Env(name) | Self::Flag(name) => Harmless(name).fmt(f),
            Self::Call => f.write_str("the program"),
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
    line: Option<u32>,
    column: Option<u32>,
    item: Option<Arc<str>>,
}

impl Origin {
    /// Somewhere in that source.
    #[must_use]
    pub const fn new(source: Source) -> Self {
        Self { source, line: None, column: None, item: None }
    }

    /// At a line and a column (in Unicode scalars), both from 1.
    #[must_use]
    pub const fn at(mut self, line: u32, column: u32) -> Self {
        self.line = Some(line);
        self.column = Some(column);
        self
    }

    /// One item of a comma-separated list, as written, which begins at a column of the list's text.
    pub(crate) fn item_at(source: &Source, column: u32, item: &str) -> Self {
        Self {
            source: source.clone(),
            line: None,
            column: Some(column),
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
        match &self.source {
            Source::Config(path) => Some(path),
            _ => None,
        }
    }

    /// The line, from 1.
    #[must_use]
    pub fn line(&self) -> Option<u32> {
        self.line
    }

    /// The column in Unicode scalars, from 1: of a file's line, or of the text of a flag or variable.
    #[must_use]
    pub fn column(&self) -> Option<u32> {
        self.column
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
        match (&self.source, self.line, self.column) {
            (Source::Config(_), Some(line), Some(column)) => write!(f, ":{line}:{column}")?,
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
        assert_eq!(Origin::new(Source::Call).to_string(), "the program");
        let kinds = [Source::config("a"), Source::env("b"), Source::flag("c"), Source::Call];
        assert_eq!(kinds.map(|source| source.kind()), ["config", "env", "flag", "call"]);
    }
}
