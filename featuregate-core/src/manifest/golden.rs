//! Whether a committed manifest is that of the gates.

use alloc::string::{String, ToString as _};
use core::fmt;

use similar::TextDiff;

use super::list::Manifest;
use super::write::WriteError;
use crate::quote::Harmless;

/// The environment variable with which a test that compares a committed manifest should write it instead. The
/// code that reads the file does so; here it is only named in [`GoldenError`].
pub const UPDATE_VARIABLE: &str = "FEATUREGATE_UPDATE";

/// Compares a committed manifest with the one that it should be, byte for byte but for the ends of lines,
/// which some checkouts change.
///
/// What only the committed one knows stays: see [`Manifest::keeping`]; also the conditions of gates, and gates
/// with a condition that this program does not have.
///
/// # Errors
/// The difference, also where nothing is committed; or that the manifest cannot be written.
///
/// ```
/// use featuregate_core::manifest::{Manifest, golden};
///
/// let manifest = Manifest::read("{version: \"1.36\", gates: []}")?;
/// assert!(golden(Some(&manifest.to_yaml()?), &manifest).is_ok());
///
/// let error = golden(Some("version: \"1.35\"\ngates: []\n"), &manifest).unwrap_err();
/// assert!(error.to_string().contains("-version: \"1.35\"\n+version: \"1.36\"\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn golden(committed: Option<&str>, expected: &Manifest) -> Result<(), GoldenError> {
    let committed = committed.map(|text| text.replace("\r\n", "\n"));
    let known = committed.as_deref().and_then(|text| Manifest::read(text).ok());
    let expected = match &known {
        Some(known) => expected.clone().keeping(known).keeping_conditions(known).to_yaml(),
        None => expected.to_yaml(),
    };
    let expected = expected.map_err(|error| GoldenError(Cause::Write(error)))?;
    if committed.as_ref() == Some(&expected) {
        return Ok(());
    }
    Err(GoldenError(Cause::Stale { committed, expected }))
}

/// A committed manifest is not that of the gates. `Display` shows the lines that differ and says how to update it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoldenError(Cause);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Cause {
    Stale { committed: Option<String>, expected: String },
    Write(WriteError),
}

impl GoldenError {
    /// The text that should be committed; `None` if it cannot be written.
    #[must_use]
    pub fn expected(&self) -> Option<&str> {
        match &self.0 {
            Cause::Stale { expected, .. } => Some(expected),
            Cause::Write(_) => None,
        }
    }
}

impl fmt::Display for GoldenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Cause::Write(error) => return error.fmt(f),
            Cause::Stale { committed: None, expected } => {
                let gates = expected.lines().filter(|line| line.starts_with("- name:"));
                writeln!(f, "no manifest is committed yet; it would have {} gates", gates.count())?;
            }
            Cause::Stale { committed: Some(committed), expected } => {
                writeln!(f, "the committed manifest differs from the gates")?;
                let diff = TextDiff::from_lines(committed.as_str(), expected.as_str());
                let mut hunks = diff.unified_diff();
                let hunks = hunks.context_radius(3).header("committed", "expected");
                // What is committed must not steer the terminal.
                for line in hunks.to_string().lines() {
                    writeln!(f, "{}", Harmless(line))?;
                }
            }
        }
        write!(f, "set {UPDATE_VARIABLE}=1 and run this again to write it, then commit it")
    }
}

impl core::error::Error for GoldenError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match &self.0 {
            Cause::Stale { .. } => None,
            Cause::Write(error) => Some(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_default_by_condition_is_read_and_kept() {
        let text = "version: \"1.36\"\ngates:\n- name: A\n  versionedSpecs:\n  - default: cfg(windows)\n    \
            lockToDefault: false\n    preRelease: Beta\n    version: \"1.30\"\n";
        let committed = Manifest::read(text).unwrap();
        assert_eq!(committed.to_yaml().unwrap(), text);
        for default in ["true", "false"] {
            let compiled = Manifest::read(&text.replace("cfg(windows)", default)).unwrap();
            assert_eq!(golden(Some(text), &compiled), Ok(()));
        }
        let other = Manifest::read(&text.replace("1.30", "1.31")).unwrap();
        assert!(golden(Some(text), &other).is_err());
        let mut registry = committed.registry(committed.version()).unwrap();
        assert_eq!(registry.enabled("A"), Some(false));
        registry.set("A=true").unwrap();
        assert!(Manifest::read(&text.replace("cfg(windows)", "cfg")).is_err());
    }
    use alloc::string::ToString;

    fn manifest() -> Manifest {
        Manifest::read(
            "[{name: A, versionedSpecs: [{version: \"1.30\", preRelease: Beta, default: true}]}]",
        )
        .unwrap()
    }

    fn yaml() -> String {
        manifest().to_yaml().unwrap()
    }

    #[test]
    fn the_error_shows_the_lines_that_differ_and_how_to_update() {
        let committed = yaml().replace("Beta", "Alpha").replace("true", "false");
        let error = golden(Some(&committed), &manifest()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the committed manifest differs from the gates\n\
             --- committed\n+++ expected\n@@ -3,7 +3,7 @@\n gates:\n - name: A\n   versionedSpecs:\n\
             -  - default: false\n+  - default: true\n     lockToDefault: false\n\
             -    preRelease: Alpha\n+    preRelease: Beta\n     version: \"1.30\"\n\
             set FEATUREGATE_UPDATE=1 and run this again to write it, then commit it"
        );
        assert_eq!(error.expected(), Some(yaml().as_str()));
    }

    #[test]
    fn a_missing_manifest_is_an_error_too() {
        let error = golden(None, &manifest()).unwrap_err();
        assert!(
            error.to_string().starts_with("no manifest is committed yet; it would have 1 gates\n")
        );
        assert!(golden(Some(""), &manifest()).is_err());
    }

    #[test]
    fn what_only_the_committed_manifest_knows_is_not_a_difference() {
        let other = "- {name: B, cfg: windows, versionedSpecs: [{version: \"1.30\", preRelease: Alpha, default: false}]}";
        let committed = yaml() + "  cfg: unix\n" + other + "\n";
        let committed = Manifest::read(&committed).unwrap().to_yaml().unwrap();
        assert_eq!(golden(Some(&committed), &manifest()), Ok(()));
        let error = golden(Some(&committed.replace("Beta", "GA")), &manifest()).unwrap_err();
        assert_eq!(error.expected(), Some(committed.as_str()));
    }

    #[test]
    fn the_ends_of_lines_do_not_count() {
        let committed = yaml().replace('\n', "\r\n");
        assert_eq!(golden(Some(&committed), &manifest()), Ok(()));
    }

    #[test]
    fn what_is_committed_does_not_steer_the_terminal() {
        let error = golden(Some("\u{1b}[31m\u{202e}"), &manifest()).unwrap_err();
        assert!(error.to_string().contains("\n-\\u{1b}[31m\\u{202e}\n"), "{error}");
    }
}
