//! A committed manifest, of the folder or of another revision, and what differs from it.

use std::path::Path;
use std::{fmt, io};

use featuregate_core::Version;
use featuregate_core::manifest::Manifest;

use crate::error::{Error, listed};
use crate::io::file;
use crate::io::git::{self, Failure, Unread};
use crate::program::programs;

/// How many gates are named of each change.
const SHOWN: usize = 5;

/// A manifest and its text, whose lines end with `\n`.
#[derive(Clone, Debug)]
pub(crate) struct Committed {
    pub(crate) text: String,
    /// The text as it is in the file.
    pub(crate) original: String,
    pub(crate) manifest: Manifest,
}

impl Committed {
    /// Reads a manifest, if it exists.
    pub(crate) fn read(path: &Path) -> Result<Option<Self>, Error> {
        let shown = path.display().to_string();
        match file::read(path) {
            Ok(bytes) => Self::of(&bytes, &shown).map(Some),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::new(format!("cannot read manifest {shown}: {error}"))),
        }
    }

    /// Reads the manifest of a revision of git, if it exists there.
    pub(crate) fn at(revision: &str, path: &Path) -> Result<Option<Self>, Error> {
        let shown = path.display();
        let bytes = git::at(revision, path).map_err(|unread| {
            Error::new(match unread {
                Unread::Git(Failure::NoProgram(error)) => format!("cannot run git, which --base needs: {error}"),
                Unread::Revision => format!(
                    "unknown revision {revision:?}; fetch it first, in a GitHub workflow with fetch-depth: 0 of actions/checkout"
                ),
                Unread::Missing => format!(
                    "this clone does not have the content of {shown} in {revision:?}; clone the repository without --filter"
                ),
                Unread::Git(Failure::Message(message)) => {
                    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
                    let folder = folder.unwrap_or(Path::new(".")).display();
                    format!("git cannot read the history of {folder}: {message}")
                }
            })
        })?;
        bytes.map(|bytes| Self::of(&bytes, &format!("{revision}:{shown}"))).transpose()
    }

    fn of(bytes: &[u8], shown: &str) -> Result<Self, Error> {
        let manifest = programs::of_text(shown, bytes).map_err(Error::new)?;
        let original = String::from_utf8_lossy(bytes).into_owned();
        Ok(Self { text: original.replace("\r\n", "\n"), original, manifest })
    }
}

/// How a committed manifest differs from what it should be; not at all, if only the layout does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Difference {
    /// Before and after.
    version: Option<(Version, Version)>,
    /// What else changes of the program itself.
    fields: Vec<&'static str>,
    added: Vec<String>,
    changed: Vec<String>,
    removed: Vec<String>,
}

impl Difference {
    /// The changes of a committed manifest.
    pub(crate) fn of(committed: &Manifest, expected: &Manifest) -> Self {
        let fields = [
            ("removedGates", committed.removed() != expected.removed()),
            ("syntax", committed.syntax() != expected.syntax()),
            ("variables", committed.variables() != expected.variables()),
            (
                "groups",
                committed.groups().own() != expected.groups().own()
                    || committed.groups().has_those_of_kubernetes()
                        != expected.groups().has_those_of_kubernetes(),
            ),
            ("channels", committed.groups().channels() != expected.groups().channels()),
            ("components", committed.components() != expected.components()),
        ];
        let changed = fields.into_iter().filter(|(_, changes)| *changes);
        let fields = changed.map(|(field, _)| field).collect();
        let mut difference = Self { fields, ..Self::default() };
        let versions = (committed.version(), expected.version());
        difference.version = Some(versions).filter(|(before, after)| before != after);
        for gate in expected.gates() {
            match committed.get(gate.name()) {
                None => difference.added.push(gate.name().into()),
                Some(known) if known != gate => difference.changed.push(gate.name().into()),
                Some(_) => {}
            }
        }
        for gate in committed.gates() {
            if expected.get(gate.name()).is_none() {
                difference.removed.push(gate.name().into());
            }
        }
        difference
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        if let Some((before, after)) = self.version {
            parts.push(format!("version {before} becomes {after}"));
        }
        for field in &self.fields {
            let verb =
                if ["removedGates", "syntax"].contains(field) { "changes" } else { "change" };
            parts.push(format!("{field} {verb}"));
        }
        for (names, verb) in
            [(&self.added, "added"), (&self.changed, "changed"), (&self.removed, "removed")]
        {
            if !names.is_empty() {
                parts.push(format!("{} {verb}", listed(names, SHOWN)));
            }
        }
        if parts.is_empty() {
            return f.write_str("only the layout changes");
        }
        f.write_str(&parts.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::{Committed, Difference, Error};
    use featuregate_core::manifest::Manifest;
    use std::fs::File;

    #[test]
    fn a_file_that_is_larger_than_any_manifest_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("featuregates.yaml");
        File::create(&path).unwrap().set_len((32 << 20) + 1).unwrap();
        let Error::Messages(messages) = Committed::read(&path).unwrap_err() else { panic!() };
        assert!(messages.iter().any(|it| it.ends_with(": larger than 32 MB")), "{messages:?}");
    }

    fn manifest(version: &str, gates: &[(&str, bool)]) -> Manifest {
        let gate = |(name, beta): &(&str, bool)| {
            let stage = if *beta { "Beta" } else { "Alpha" };
            format!(
                "{{name: {name}, versionedSpecs: [{{version: \"1.0\", preRelease: {stage}, default: {beta}}}]}}"
            )
        };
        let gates: Vec<String> = gates.iter().map(gate).collect();
        Manifest::read(&format!("{{version: \"{version}\", gates: [{}]}}", gates.join(", ")))
            .unwrap()
    }

    #[test]
    fn a_difference_names_the_gates_that_change() {
        let before = manifest("1.35", &[("A", false), ("B", false), ("C", true)]);
        let after = manifest("1.36", &[("B", true), ("C", true), ("D", false)]);
        let shown = "version 1.35 becomes 1.36, D added, B changed, A removed";
        assert_eq!(Difference::of(&before, &after).to_string(), shown);
        assert_eq!(Difference::of(&after, &after).to_string(), "only the layout changes");
        let many = manifest("1.35", &["D", "E", "F", "G", "H", "I", "J"].map(|name| (name, true)));
        let shown = "D, E, F, G, H and 2 more added";
        assert_eq!(Difference::of(&manifest("1.35", &[]), &many).to_string(), shown);
    }
}
