//! `featuregate update`.

use clap::Args;

use crate::console::{Console, Outcome};
use crate::failure::Failure;

/// Writes the manifest from the enum's source.
#[derive(Debug, Args)]
pub(crate) struct Update {}

impl Update {
    pub(crate) fn run(self, _console: &mut Console) -> Result<Outcome, Failure> {
        Err(Failure::new("not built yet"))
    }
}
