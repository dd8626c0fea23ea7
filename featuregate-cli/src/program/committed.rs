//! The manifest that is committed: the one in the folder, and the one that another revision has.

use std::io;
use std::path::Path;
use std::process::{Command, Output};

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
    /// Reads a manifest, if it is there.
    pub(crate) fn read(path: &Path) -> Result<Option<Self>, Error> {
        let shown = path.display().to_string();
        match file::read(path) {
            Ok(bytes) => Self::of(&bytes, &shown).map(Some),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::new(format!("the manifest {shown} can't be read: {error}"))),
        }
    }

    /// Reads a manifest as it is in a revision of git, if it was there.
    pub(crate) fn at(revision: &str, path: &Path) -> Result<Option<Self>, Error> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let git = Git { folder: folder.unwrap_or(Path::new(".")) };
        let commit = git.commit(revision)?;
        let file = format!("./{}", path.file_name().unwrap_or_default().to_string_lossy());
        let listed = git.run(&["ls-tree", "--name-only", &commit, "--", &file])?;
        if !listed.status.success() {
            return Err(git.failed(&listed));
        }
        if listed.stdout.is_empty() {
            return Ok(None);
        }
        let shown = git.run(&["show", &format!("{commit}:{file}")])?;
        if !shown.status.success() {
            return Err(git.failed(&shown));
        }
        Self::of(&shown.stdout, &format!("{revision}:{}", path.display())).map(Some)
    }

    fn of(bytes: &[u8], shown: &str) -> Result<Self, Error> {
        let manifest = releases::manifest(shown, bytes).map_err(Error::new)?;
        Ok(Self { text: String::from_utf8_lossy(bytes).replace("\r\n", "\n"), manifest })
    }
}

/// Git, in a folder.
struct Git<'a> {
    folder: &'a Path,
}

impl Git<'_> {
    /// The commit that a revision names.
    fn commit(&self, revision: &str) -> Result<String, Error> {
        let inside = self.run(&["rev-parse", "--is-inside-work-tree"])?;
        if !inside.status.success() {
            return Err(self.failed(&inside));
        }
        // What begins with a dash would be an option.
        let named = if revision.starts_with('-') || revision.is_empty() {
            None
        } else {
            let commit = format!("{revision}^{{commit}}");
            Some(self.run(&["rev-parse", "--verify", "--quiet", &commit])?)
        };
        match named.filter(|named| named.status.success()) {
            Some(named) => Ok(String::from_utf8_lossy(&named.stdout).trim().to_owned()),
            None => Err(Error::new(format!(
                "this repository has no revision {revision:?}; fetch it first, in a GitHub workflow with fetch-depth: 0 of actions/checkout"
            ))),
        }
    }

    fn run(&self, arguments: &[&str]) -> Result<Output, Error> {
        let mut git = Command::new("git");
        git.args(arguments).current_dir(self.folder).env("LC_ALL", "C");
        // A hook says where its repository is, seen from another folder.
        for variable in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"] {
            git.env_remove(variable);
        }
        git.output()
            .map_err(|error| Error::new(format!("git can't be run: {error}; --base needs it")))
    }

    fn failed(&self, output: &Output) -> Error {
        let told = String::from_utf8_lossy(&output.stderr);
        let told = told.trim().trim_start_matches("fatal: ");
        Error::new(format!("git can't tell what {} was: {told}", self.folder.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::{Committed, Error};
    use std::fs::File;

    #[test]
    fn a_file_that_is_larger_than_any_manifest_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("featuregates.yaml");
        File::create(&path).unwrap().set_len((32 << 20) + 1).unwrap();
        let Error::Messages(told) = Committed::read(&path).unwrap_err() else { panic!() };
        let larger = "can't be read: it is larger than 32 MB";
        assert!(told.iter().any(|told| told.ends_with(larger)), "{told:?}");
    }
}
