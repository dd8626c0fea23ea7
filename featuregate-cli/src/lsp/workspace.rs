//! What documents are checked against.

use featuregate_core::Version;

use crate::lint::checker::Checker;
use crate::lint::owner::Owners;
use crate::lint::rule::Policy;

/// Programs at the releases that should accept the configuration.
#[derive(Debug)]
pub(crate) struct Workspace {
    pub(super) checker: Checker,
    /// By release.
    pub(super) targets: Vec<Version>,
}

impl Workspace {
    /// All programs whose gates are known, at these releases, which are in order.
    pub(crate) fn new(
        owners: Owners,
        targets: Vec<Version>,
        keys: &[String],
        policy: Policy,
    ) -> Self {
        let checker = Checker::of(owners, keys).under(policy);
        Self { checker, targets }
    }
}
