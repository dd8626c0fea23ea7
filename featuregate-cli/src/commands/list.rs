//! `featuregate list`.

use clap::Args;

use crate::console::{Console, Outcome};
use crate::failure::Failure;

/// Lists the gates at a release.
#[derive(Debug, Args)]
pub(crate) struct List {}

impl List {
    pub(crate) fn run(self, _console: &mut Console) -> Result<Outcome, Failure> {
        Err(Failure::new("not built yet"))
    }
}
