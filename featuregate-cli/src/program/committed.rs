//! A committed manifest, of the folder or of another revision, and what differs from it.

use std::path::Path;
use std::process::{Command, Output};
use std::{fmt, io};

use featuregate_core::Version;
use featuregate_core::manifest::Manifest;

use crate::error::Error;
use crate::io::file;
use crate::program::releases;

/// A manifest and its text, whose lines end with `\n`.
#[derive(Clone, Debug)]
pub(crate) struct Committed {
    pub(crate) text: String,
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
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let git = Git { folder: folder.unwrap_or(Path::new(".")) };
        let commit = git.commit(revision)?;
        let file = format!("./{}", path.file_name().unwrap_or_default().to_string_lossy());
        if git.read(&["ls-tree", "--name-only", &commit, "--", &file])?.is_empty() {
            return Ok(None);
        }
        let bytes = git.read(&["show", &format!("{commit}:{file}")])?;
        Self::of(&bytes, &format!("{revision}:{}", path.display())).map(Some)
    }

    fn of(bytes: &[u8], shown: &str) -> Result<Self, Error> {
        let manifest = releases::manifest(shown, bytes).map_err(Error::new)?;
        Ok(Self { text: String::from_utf8_lossy(bytes).replace("\r\n", "\n"), manifest })
    }
}

/// How a committed manifest differs from what it should be; not at all, if only the layout does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Difference {
    /// Before and after.
    version: Option<(Version, Version)>,
    removed_gates: bool,
    added: Vec<String>,
    changed: Vec<String>,
    removed: Vec<String>,
}

impl Difference {
    /// The changes of a committed manifest.
    pub(crate) fn of(committed: &Manifest, expected: &Manifest) -> Self {
        let mut difference =
            Self { removed_gates: committed.removed() != expected.removed(), ..Self::default() };
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
        if self.removed_gates {
            parts.push("removedGates changes".into());
        }
        for (names, verb) in
            [(&self.added, "added"), (&self.changed, "changed"), (&self.removed, "removed")]
        {
            if !names.is_empty() {
                parts.push(format!("{} {verb}", listed(names)));
            }
        }
        if parts.is_empty() {
            return f.write_str("only the layout changes");
        }
        f.write_str(&parts.join(", "))
    }
}

/// `A, B and 12 more`.
fn listed(names: &[String]) -> String {
    const SHOWN: usize = 5;
    let (shown, more) = names.split_at_checked(SHOWN).unwrap_or((names, &[]));
    let shown = shown.join(", ");
    match more.len() {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// Git, in a folder.
struct Git<'a> {
    folder: &'a Path,
}

impl Git<'_> {
    /// The commit that a revision names.
    fn commit(&self, revision: &str) -> Result<String, Error> {
        self.read(&["rev-parse", "--is-inside-work-tree"])?;
        // A name that begins with a dash would be an option.
        let named = if revision.starts_with('-') || revision.is_empty() {
            None
        } else {
            let commit = format!("{revision}^{{commit}}");
            Some(self.run(&["rev-parse", "--verify", "--quiet", &commit])?)
        };
        match named.filter(|named| named.status.success()) {
            Some(named) => Ok(String::from_utf8_lossy(&named.stdout).trim().to_owned()),
            None => Err(Error::new(format!(
                "unknown revision {revision:?}; fetch it first, in a GitHub workflow with fetch-depth: 0 of actions/checkout"
            ))),
        }
    }

    fn run(&self, arguments: &[&str]) -> Result<Output, Error> {
        let mut git = Command::new("git");
        git.args(arguments).current_dir(self.folder).env("LC_ALL", "C");
        // A hook sets these for its own repository, relative to another folder.
        for variable in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"] {
            git.env_remove(variable);
        }
        git.output()
            .map_err(|error| Error::new(format!("cannot run git, which --base needs: {error}")))
    }

    /// The output of a run that does not fail.
    fn read(&self, arguments: &[&str]) -> Result<Vec<u8>, Error> {
        let output = self.run(arguments)?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let message = String::from_utf8_lossy(&output.stderr);
        let (message, folder) =
            (message.trim().trim_start_matches("fatal: "), self.folder.display());
        Err(Error::new(format!("git cannot read the history of {folder}: {message}")))
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
