//! What documents are checked against.

use featuregate_core::Version;

use crate::error::Error;
use crate::lint::checker::Checker;
use crate::lint::owner::Owners;
use crate::lint::rule::Policy;
use crate::program::gates::Gates;
use crate::program::releases::Releases;

/// A program at the releases that should accept the configuration.
#[derive(Debug)]
pub(crate) struct Workspace {
    pub(super) checker: Checker,
    /// Its gates at the newest of these releases.
    pub(super) gates: Gates,
    /// By release.
    pub(super) targets: Vec<Version>,
    /// Names of maps of gates in addition to the usual ones.
    pub(super) keys: Vec<String>,
}

impl Workspace {
    /// A main program at these releases, which are in order, and all whose gates are known.
    pub(crate) fn new(
        main: &Releases,
        owners: Owners,
        targets: Vec<Version>,
        keys: Vec<String>,
        policy: Policy,
    ) -> Result<Self, Error> {
        let gates = Gates::at(main, targets.last().copied())?;
        let checker = Checker::of(owners, keys.clone()).under(policy);
        Ok(Self { checker, gates, targets, keys })
    }
}
