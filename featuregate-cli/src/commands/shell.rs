//! `featuregate shell`.

use clap::Args;

use crate::console::{Console, Outcome};
use crate::failure::Failure;

/// Writes completions for a shell.
#[derive(Debug, Args)]
pub(crate) struct Completions {}

impl Completions {
    pub(crate) fn run(self, _console: &mut Console) -> Result<Outcome, Failure> {
        Err(Failure::new("not built yet"))
    }
}

/// Writes the manual page.
#[derive(Debug, Args)]
pub(crate) struct Man {}

impl Man {
    pub(crate) fn run(self, _console: &mut Console) -> Result<Outcome, Failure> {
        Err(Failure::new("not built yet"))
    }
}
