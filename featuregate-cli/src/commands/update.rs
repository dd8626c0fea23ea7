//! `featuregate update`.

use std::path::PathBuf;

use clap::Args;
use featuregate_core::manifest::Manifest;

use crate::commands::output::{Console, Outcome};
use crate::error::Error;
use crate::io::file;
use crate::lint::audit::{Audit, Compared};
use crate::lint::rule::Policy;
use crate::lint::verify::stale_manifest;
use crate::program::committed::Difference;
use crate::report::Format;
use crate::source::selection::Selection;

/// Writes the manifest from the enum's source.
///
/// A manifest that is there is what the program was: where the source contradicts it, as where a gate is gone
/// without a tombstone, that is told and nothing is written.
#[derive(Debug, Args)]
pub(crate) struct Update {
    #[command(flatten)]
    selection: Selection,
    /// Writes the manifest also where the source contradicts the one that is there.
    #[arg(long)]
    force: bool,
    /// The levels of rules, by default featuregate.toml beside the package's Cargo.toml or in a folder above it.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

impl Update {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Error> {
        let selected = self.selection.read()?;
        let policy = Policy::find(self.config.as_deref(), &selected.folder)?;
        let held = Compared::all(&selected, None)?;
        let mut audit = Audit::of(&selected, &policy);
        for held in held.iter().filter(|_| !self.force) {
            audit.over_time(held);
        }
        let refused = audit.has_errors();
        let report = audit.report();
        if !report.findings.is_empty() || !report.skipped.is_empty() {
            report.write(Format::Human, &mut console.out)?;
        }
        if refused {
            // Where the enums could be read, it is the manifest that they contradict.
            if selected.source.diagnostics.is_empty() {
                writeln!(
                    console.err,
                    "nothing was written; mend the source, or use --force to have the manifest say so all the same"
                )?;
            }
            return Ok(Outcome::Errors);
        }
        for held in &held {
            write(held, console)?;
        }
        Ok(Outcome::Clean)
    }
}

/// Writes a component's manifest, unless it is there already.
fn write(held: &Compared<'_>, console: &mut Console) -> Result<(), Error> {
    let shown = held.path.display();
    let committed = held.committed.as_ref();
    let expected = stale_manifest::expected(held.component, committed);
    let text = expected.to_yaml();
    if committed.is_some_and(|committed| committed.text == text) {
        writeln!(console.out, "{shown} is up to date")?;
        return Ok(());
    }
    if let Err(error) = Manifest::read(&text) {
        let gates = expected.gates().len();
        return Err(Error::new(format!(
            "a manifest of {gates} gates could not be read again, so it is not written: {error}"
        )));
    }
    file::replace(&held.path, &text)
        .map_err(|error| Error::new(format!("{shown} can't be written: {error}")))?;
    if let Some(committed) = committed {
        let difference = Difference::of(&committed.manifest, &expected);
        writeln!(console.out, "{shown} is updated: {difference}")?;
    } else {
        let gates = expected.gates().len();
        let plural = if gates == 1 { "" } else { "s" };
        writeln!(console.out, "{shown} is new: {gates} gate{plural}")?;
    }
    Ok(())
}
