//! `featuregate update`.

use std::path::PathBuf;

use clap::Args;
use featuregate_core::manifest::Manifest;

use crate::commands::output::{Console, Outcome};
use crate::error::{Error, counted};
use crate::io::replace;
use crate::lint::audit::{Audit, Compared};
use crate::lint::rule::Policy;
use crate::program::committed::Difference;
use crate::report::Format;
use crate::source::selection::Selection;

/// Writes the manifest from the enum's source.
///
/// An existing manifest is the record of earlier releases. If the source contradicts it, for example by removing a
/// gate without a tombstone, that is reported and nothing is written.
#[derive(Debug, Args)]
pub(crate) struct Update {
    #[command(flatten)]
    selection: Selection,
    /// Writes the manifest even if the source contradicts the existing one.
    #[arg(long)]
    force: bool,
    /// The levels of rules; by default featuregate.toml beside the package's Cargo.toml or in a folder above it.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

impl Update {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Error> {
        let selected = self.selection.read()?;
        let policy = Policy::find(self.config.as_deref(), &selected.folder)?;
        let compared = Compared::of(&selected, None)?;
        let mut audit = Audit::of(&selected, &policy);
        if !self.force {
            audit.over_time(&compared);
        }
        let refused = audit.has_errors();
        let report = audit.report();
        if !report.findings.is_empty() || !report.skipped.is_empty() {
            report.write(Format::Human, &mut console.out)?;
        }
        if refused {
            // Without diagnostics, the findings are contradictions of the manifest.
            if selected.source.diagnostics.is_empty() {
                writeln!(
                    console.err,
                    "nothing was written; fix the source, or use --force to write the manifest anyway"
                )?;
            }
            return Ok(Outcome::Errors);
        }
        write(&compared, console)?;
        Ok(Outcome::Clean)
    }
}

/// Writes the manifest, unless it is up to date.
pub(crate) fn write(compared: &Compared<'_>, console: &mut Console) -> Result<(), Error> {
    if changes(compared)? {
        replace::replace(&compared.path, &compared.written())
            .map_err(|error| Error::file("write", &compared.path, &error))?;
    }
    announce(compared, console)
}

/// Whether the manifest is not up to date; what would be written can be read again.
pub(crate) fn changes(compared: &Compared<'_>) -> Result<bool, Error> {
    let Compared { expected, text, .. } = compared;
    if compared.committed.as_ref().is_some_and(|committed| committed.text == *text) {
        return Ok(false);
    }
    match Manifest::read(text) {
        Ok(_) => Ok(true),
        Err(error) => {
            let gates = expected.gates().len();
            Err(Error::new(format!(
                "cannot write the manifest of {gates} gates, since it could not be read again: {error}"
            )))
        }
    }
}

/// Says what changed in the manifest.
pub(crate) fn announce(compared: &Compared<'_>, console: &mut Console) -> Result<(), Error> {
    let shown = compared.path.display();
    let committed = compared.committed.as_ref();
    let Compared { expected, text, .. } = compared;
    if committed.is_some_and(|committed| committed.text == *text) {
        writeln!(console.out, "{shown} is up to date")?;
        return Ok(());
    }
    if let Some(committed) = committed {
        let difference = Difference::of(&committed.manifest, expected);
        writeln!(console.out, "{shown} is updated: {difference}")?;
    } else {
        writeln!(console.out, "{shown} is new: {}", counted(expected.gates().len(), "gate"))?;
    }
    Ok(())
}
