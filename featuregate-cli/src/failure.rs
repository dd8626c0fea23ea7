//! Why a command can't do its work at all, as opposed to what it finds.

use std::fmt;
use std::io;

/// Ends a command with exit code 2 and this message on standard error.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Wrong usage, or something that it needs and can't read; one sentence without a full stop.
    Message(String),
    /// Its output can't be written.
    Output(io::Error),
}

impl Failure {
    /// A failure with that message: one sentence that says what would be right.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self::Message(message.into())
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Message(message) => f.write_str(message),
            Self::Output(error) => write!(f, "the output can't be written: {error}"),
        }
    }
}
