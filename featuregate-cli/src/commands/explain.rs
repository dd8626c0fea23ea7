//! `featuregate explain`.

use clap::Args;

use crate::console::{Console, Outcome};
use crate::failure::Failure;

/// Explains a rule, or tells a gate's story.
#[derive(Debug, Args)]
pub(crate) struct Explain {}

impl Explain {
    pub(crate) fn run(self, _console: &mut Console) -> Result<Outcome, Failure> {
        Err(Failure::new("not built yet"))
    }
}
