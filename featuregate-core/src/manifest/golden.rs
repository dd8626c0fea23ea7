//! Whether a committed manifest is the one that the gates come to.

use alloc::string::{String, ToString as _};
use core::fmt;

use similar::TextDiff;

use super::Manifest;
use crate::quote::Harmless;

/// The environment variable with which a test that compares a committed manifest should write it anew
/// instead. Whoever reads files does so; here it is only named in [`Drift`].
pub const UPDATE_VARIABLE: &str = "FEATUREGATE_UPDATE";

/// Compares a committed manifest with the one that it should be, byte for byte but for the ends of lines,
/// which some checkouts change.
///
/// What it knows besides stays: see [`Manifest::keeping`]; also the conditions of gates, and gates with a
/// condition that this program does not have.
///
/// # Errors
/// The difference, also where nothing is committed.
///
/// ```
/// use featuregate_core::manifest::{Manifest, golden};
///
/// let manifest = Manifest::read("{version: \"1.36\", gates: []}")?;
/// assert!(golden(Some(&manifest.to_yaml()), &manifest).is_ok());
///
/// let drift = golden(Some("version: \"1.35\"\ngates: []\n"), &manifest).unwrap_err();
/// assert!(drift.to_string().contains("-version: \"1.35\"\n+version: \"1.36\"\n"));
/// # Ok::<(), featuregate_core::manifest::ReadError>(())
/// ```
pub fn golden(committed: Option<&str>, expected: &Manifest) -> Result<(), Drift> {
    let committed = committed.map(|text| text.replace("\r\n", "\n"));
    let known = committed.as_deref().and_then(|text| Manifest::read(text).ok());
    let expected = match &known {
        Some(known) => expected.clone().keeping(known).keeping_conditions(known).to_yaml(),
        None => expected.to_yaml(),
    };
    if committed.as_ref() == Some(&expected) {
        return Ok(());
    }
    Err(Drift { committed, expected })
}

/// A committed manifest that is not what the gates come to. `Display` shows the lines that differ and says
/// how to update it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drift {
    committed: Option<String>,
    expected: String,
}

impl Drift {
    /// The text that should be committed.
    #[must_use]
    pub fn expected(&self) -> &str {
        &self.expected
    }
}

impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.committed {
            None => {
                let gates = self.expected.lines().filter(|line| line.starts_with("- name:"));
                writeln!(f, "there is no manifest yet; it would have {} gates", gates.count())?;
            }
            Some(committed) => {
                writeln!(f, "the manifest is not what the gates come to")?;
                let diff = TextDiff::from_lines(committed.as_str(), self.expected.as_str());
                let mut hunks = diff.unified_diff();
                let hunks = hunks.context_radius(3).header("committed", "as it should be");
                // What is committed must not steer the terminal.
                for line in hunks.to_string().lines() {
                    writeln!(f, "{}", Harmless(line))?;
                }
            }
        }
        write!(f, "set {UPDATE_VARIABLE}=1 and run this again to write it, then commit it")
    }
}

impl core::error::Error for Drift {}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    fn manifest() -> Manifest {
        Manifest::read(
            "[{name: A, versionedSpecs: [{version: \"1.30\", preRelease: Beta, default: true}]}]",
        )
        .unwrap()
    }

    #[test]
    fn a_drift_shows_the_lines_that_differ_and_how_to_update() {
        let committed = manifest().to_yaml().replace("Beta", "Alpha").replace("true", "false");
        let drift = golden(Some(&committed), &manifest()).unwrap_err();
        assert_eq!(
            drift.to_string(),
            "the manifest is not what the gates come to\n\
             --- committed\n+++ as it should be\n@@ -3,7 +3,7 @@\n gates:\n - name: A\n   versionedSpecs:\n\
             -  - default: false\n+  - default: true\n     lockToDefault: false\n\
             -    preRelease: Alpha\n+    preRelease: Beta\n     version: \"1.30\"\n\
             set FEATUREGATE_UPDATE=1 and run this again to write it, then commit it"
        );
        assert_eq!(drift.expected(), manifest().to_yaml());
    }

    #[test]
    fn what_is_not_committed_drifts_too() {
        let drift = golden(None, &manifest()).unwrap_err();
        assert!(drift.to_string().starts_with("there is no manifest yet; it would have 1 gates\n"));
        assert!(golden(Some(""), &manifest()).is_err());
    }

    #[test]
    fn what_only_the_source_tells_is_no_drift() {
        let other = "- {name: B, cfg: windows, versionedSpecs: [{version: \"1.30\", preRelease: Alpha, default: false}]}";
        let committed = manifest().to_yaml() + "  cfg: unix\n" + other + "\n";
        let committed = Manifest::read(&committed).unwrap().to_yaml();
        assert_eq!(golden(Some(&committed), &manifest()), Ok(()));
        let drift = golden(Some(&committed.replace("Beta", "GA")), &manifest()).unwrap_err();
        assert_eq!(drift.expected(), committed);
    }

    #[test]
    fn the_ends_of_lines_do_not_count() {
        let committed = manifest().to_yaml().replace('\n', "\r\n");
        assert_eq!(golden(Some(&committed), &manifest()), Ok(()));
    }

    #[test]
    fn what_is_committed_does_not_steer_the_terminal() {
        let drift = golden(Some("\u{1b}[31m\u{202e}"), &manifest()).unwrap_err();
        assert!(drift.to_string().contains("\n-\\u{1b}[31m\\u{202e}\n"), "{drift}");
    }
}
