//! Uses of gates, and what could not be followed.

use std::fmt;
use std::ops::Range;
use std::path::PathBuf;

use featuregate_core::__private::id;
use serde::Serialize;

use crate::io::text::Location;

id! {
    /// An enum of gates of a workspace.
    pub(crate) struct EnumId;
}

/// How a gate is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    /// `Feature::X.enabled()`.
    Check,
    /// `gates.enabled(Feature::X)`.
    Gates,
    /// `Feature::X.require()`.
    Require,
    /// A pattern.
    Match,
    /// A condition of conditional compilation.
    Cfg,
    /// An import.
    Path,
    /// The gate itself, as a value.
    Value,
    /// A test sets it.
    Override,
    /// In a macro whose arguments are not known to be expressions.
    Macro,
    /// In an example of documentation that is compiled as a test.
    Doctest,
    /// A text in documentation.
    Documentation,
    /// In a file that is not read and has to do with gates.
    Text,
    /// A setting in a configuration file, or in a text of a program.
    Configuration,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

impl Kind {
    /// Whether the program runs it, other than a text about the gate.
    pub(crate) fn is_code(self) -> bool {
        !matches!(self, Self::Documentation | Self::Text | Self::Configuration)
    }
}

/// A use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Use {
    pub(crate) gate: String,
    /// Its enum; a text does not say which one is meant.
    pub(crate) declaring: Option<EnumId>,
    pub(crate) kind: Kind,
    pub(crate) file: PathBuf,
    /// The path that names the gate.
    pub(crate) name: Range<usize>,
    /// For a check, the whole expression.
    pub(crate) expression: Range<usize>,
    pub(crate) location: Location,
    pub(crate) function: Option<String>,
    pub(crate) negated: bool,
}

/// What could not be followed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Unresolved {
    pub(crate) file: PathBuf,
    pub(crate) line: u32,
    /// The gate that it may be a use of; a file that cannot be read may use any.
    pub(crate) gate: Option<String>,
    pub(crate) reason: String,
}
