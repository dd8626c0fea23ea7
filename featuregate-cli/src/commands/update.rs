//! `featuregate update`.

use std::path::PathBuf;

use clap::Args;
use featuregate_core::manifest::Manifest;

use crate::console::{Console, Outcome};
use crate::failure::Failure;
use crate::replace::replace;
use crate::source::{Chosen, Declared};

/// Writes the manifest from the enum's source.
///
/// The enum that derives `FeatureGate` is found in the cargo package of the current directory. The manifest
/// is sorted, and the same source gives the same bytes; it is what the compiled program would write, and has
/// in addition the gates that are compiled out here, with their condition. A tombstone in short form keeps the
/// history that the committed manifest has.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Update {
    #[command(flatten)]
    chosen: Chosen,
    /// The manifest to write; by default featuregates.yaml beside the package's Cargo.toml.
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  Write featuregates.yaml for the package of this folder:
    featuregate update
  For a source that is no cargo package:
    featuregate update --src gates.rs --manifest featuregates.yaml";

impl Update {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Failure> {
        let source = self.chosen.read()?;
        let declared = Declared::of(&source, &self.chosen)?;
        let Some(union) = declared.union else {
            let report = super::verify::mistakes(&source, &declared.mistakes);
            report.write(crate::report::Format::Human, &mut console.err)?;
            return Err(Failure::new("the manifest is not written, since the source has mistakes"));
        };
        let path = self.manifest.unwrap_or_else(|| source.folder.join("featuregates.yaml"));
        let shown = path.display();
        let committed = committed(&path)?;
        let before = committed.as_ref().map(|(_, manifest)| manifest);
        let manifest = union.with_history(before);
        let text = manifest.to_yaml();
        if committed.as_ref().is_some_and(|(committed, _)| *committed == text) {
            writeln!(console.err, "{shown} is up to date: {}", told(&manifest))?;
            return Ok(Outcome::Clean);
        }
        replace(&path, &text)
            .map_err(|error| Failure::new(format!("{shown} can't be written: {error}")))?;
        writeln!(console.err, "{shown} is written: {}", told(&manifest))?;
        Ok(Outcome::Clean)
    }
}

/// The text and the content of a committed manifest, if there is one.
pub(super) fn committed(path: &std::path::Path) -> Result<Option<(String, Manifest)>, Failure> {
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => {
            return Err(Failure::new(format!("{} can't be read: {error}", path.display())));
        }
    };
    let manifest = crate::releases::manifest(&path.display().to_string(), &bytes);
    let manifest = manifest.map_err(Failure::new)?;
    Ok(Some((String::from_utf8_lossy(&bytes).into_owned(), manifest)))
}

fn told(manifest: &Manifest) -> String {
    let removed = manifest.gates().iter().filter(|gate| gate.spec.removed.is_some()).count();
    let gates = manifest.gates().len() - removed;
    let of = |number: usize, what: &str| match number {
        1 => format!("1 {what}"),
        number => format!("{number} {what}s"),
    };
    format!("{} and {} at {}", of(gates, "gate"), of(removed, "tombstone"), manifest.version())
}
