//! Why a command can't do its work at all, as opposed to what it finds.

use std::io;

/// Ends a command with exit code 2, and is told on standard error.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Wrong usage, or what it needs and can't read; each is one sentence without a full stop.
    Messages(Vec<String>),
    /// Its output can't be written.
    Output(io::Error),
}

impl Failure {
    /// A failure with that message: one sentence that says what would be right.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self::Messages(vec![message.into()])
    }

    /// The same after another message.
    pub(crate) fn after(mut self, message: String) -> Self {
        if let Self::Messages(messages) = &mut self {
            messages.insert(0, message);
        }
        self
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}
