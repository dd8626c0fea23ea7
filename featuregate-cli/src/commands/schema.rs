//! `featuregate schema`.

use clap::Args;

use crate::console::{Console, Outcome};
use crate::failure::Failure;

/// Writes a JSON Schema of the gates.
#[derive(Debug, Args)]
pub(crate) struct Schema {}

impl Schema {
    pub(crate) fn run(self, _console: &mut Console) -> Result<Outcome, Failure> {
        Err(Failure::new("not built yet"))
    }
}
