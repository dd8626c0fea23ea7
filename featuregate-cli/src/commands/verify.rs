//! `featuregate verify`.

use clap::Args;

use crate::console::{Console, Outcome};
use crate::failure::Failure;

/// Compares the source with the manifest, and applies the rules.
#[derive(Debug, Args)]
pub(crate) struct Verify {}

impl Verify {
    pub(crate) fn run(self, _console: &mut Console) -> Result<Outcome, Failure> {
        Err(Failure::new("not built yet"))
    }
}
