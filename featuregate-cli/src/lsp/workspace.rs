//! What documents are checked against.

use featuregate_core::Version;

use crate::lint::checker::Checker;

/// All programs whose gates are known, at the releases that should accept the configuration.
#[derive(Debug)]
pub(crate) struct Workspace {
    pub(crate) checker: Checker,
    /// In order.
    pub(crate) targets: Vec<Version>,
}
