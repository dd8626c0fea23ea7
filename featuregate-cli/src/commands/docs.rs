//! `featuregate docs`.

use clap::Args;

use crate::console::{Console, Outcome};
use crate::failure::Failure;

/// Writes a page of the gates.
#[derive(Debug, Args)]
pub(crate) struct Docs {}

impl Docs {
    pub(crate) fn run(self, _console: &mut Console) -> Result<Outcome, Failure> {
        Err(Failure::new("not built yet"))
    }
}
