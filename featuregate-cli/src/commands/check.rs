//! `featuregate check`.

use clap::Args;

use crate::console::{Console, Outcome};
use crate::failure::Failure;

/// Checks config files against a release.
#[derive(Debug, Args)]
pub(crate) struct Check {}

impl Check {
    pub(crate) fn run(self, _console: &mut Console) -> Result<Outcome, Failure> {
        Err(Failure::new("not built yet"))
    }
}
