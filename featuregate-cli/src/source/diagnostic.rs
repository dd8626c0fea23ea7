//! Parts of the source, and what is wrong with them.

use std::ops::Range;
use std::sync::Arc;

use featuregate_syntax::Code;

use crate::io::text::Location;

/// A part of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    /// The file.
    pub(crate) path: Arc<str>,
    /// The location of its start.
    pub(crate) location: Location,
    /// Its bytes.
    pub(crate) span: Range<usize>,
}

/// An error in a declaration.
#[derive(Clone, Debug)]
pub(crate) struct Diagnostic {
    /// The offending tokens.
    pub(crate) spot: Spot,
    /// The gate, or the enum.
    pub(crate) gate: String,
    /// What is wrong.
    pub(crate) message: String,
    /// What to do about it, if anything is known.
    pub(crate) help: String,
    /// What kind of error it is, if `featuregate-syntax` found it.
    pub(crate) code: Option<Code>,
}

impl Diagnostic {
    /// An error that `featuregate-syntax` cannot see.
    pub(super) fn new(
        spot: &Spot,
        gate: impl Into<String>,
        message: String,
        help: impl Into<String>,
    ) -> Self {
        Self { spot: spot.clone(), gate: gate.into(), message, help: help.into(), code: None }
    }
}
