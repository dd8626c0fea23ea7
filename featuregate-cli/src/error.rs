//! Why a command cannot do its work, as opposed to what it finds.

use std::path::Path;
use std::{fmt, io};

use featuregate_core::__private::Name;

/// Ends a command with exit code 2, and is printed to standard error.
#[derive(Debug)]
pub(crate) enum Error {
    /// Wrong usage, or an input that cannot be read: one clause each, without a full stop.
    Messages(Vec<String>),
    /// The output cannot be written.
    Output(io::Error),
}

impl Error {
    /// An error with one message: a clause about what is wrong, and help after a semicolon.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self::Messages(vec![message.into()])
    }

    /// That a file cannot be read or written: `cannot read FILE: REASON`.
    pub(crate) fn file(verb: &str, path: &Path, reason: &dyn fmt::Display) -> Self {
        Self::new(format!("cannot {verb} {}: {reason}", path.display()))
    }

    /// The same after another message.
    pub(crate) fn after(mut self, message: String) -> Self {
        if let Self::Messages(messages) = &mut self {
            messages.insert(0, message);
        }
        self
    }
}

/// A number of things: `1 file`, `2 files`.
pub(crate) fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// The first names of a list: `A, B and 12 more`.
pub(crate) fn listed(names: &[String], most: usize) -> String {
    let (shown, more) = names.split_at_checked(most).unwrap_or((names, &[]));
    match (shown.join(", "), more.len()) {
        (shown, 0) if shown.is_empty() => "none".to_owned(),
        (shown, 0) => shown,
        (shown, more) => format!("{shown} and {more} more"),
    }
}

/// The help for a name that is unknown: the nearest one that is known, or `otherwise`.
pub(crate) fn did_you_mean(nearest: Option<String>, otherwise: &str) -> String {
    nearest.map_or_else(|| otherwise.to_owned(), |near| format!("did you mean {}?", Name(&near)))
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Messages(messages) => f.write_str(&messages.join("\n")),
            Self::Output(error) => write!(f, "cannot write the output: {error}"),
        }
    }
}

impl std::error::Error for Error {}
