//! Parts of the source, and what is wrong with them.

use std::ops::Range;
use std::sync::Arc;

use featuregate_syntax::About;

use crate::io::text::Place;

/// A part of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    /// The file.
    pub(crate) path: Arc<str>,
    /// The location of its start.
    pub(crate) place: Place,
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
    /// What is wrong, and help after a semicolon.
    pub(crate) message: String,
    /// The rule that is broken, where it has a name.
    pub(crate) about: Option<About>,
}
