//! What documents are checked against.

use featuregate_core::Version;

use crate::error::Error;
use crate::lint::checker::Checker;
use crate::lint::owner::Owners;
use crate::lint::rule::Policy;
use crate::program::gates::Gates;
use crate::program::programs::Programs;

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
    /// `targets` are by release; by default the newest one with a manifest.
    pub(crate) fn new(
        programs: &Programs,
        mut targets: Vec<Version>,
        keys: Vec<String>,
        policy: Policy,
    ) -> Result<Self, Error> {
        if targets.is_empty() {
            targets.push(programs.main.newest());
        }
        targets.sort_unstable();
        targets.dedup();
        let gates = Gates::at(&programs.main, targets.last().copied())?;
        let checker =
            Checker::of(Owners::of(programs, &targets, false), keys.clone()).under(policy);
        Ok(Self { checker, gates, targets, keys })
    }
}
