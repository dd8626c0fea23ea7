//! A folder with files, and what a walk through it gives.

use std::fs;
use std::path::{Path, PathBuf};

use featuregate_cli::finding::Skipped;
use featuregate_cli::walk::{self, Scope, Walked};
use tempfile::TempDir;

/// A folder that is removed with its files.
pub(crate) struct Tree(TempDir);

impl Tree {
    /// With these files, each with its path as its text.
    pub(crate) fn of(files: &[&str]) -> Self {
        let tree = Self(tempfile::tempdir().unwrap());
        for file in files {
            tree.write(file, file.as_bytes());
        }
        tree
    }

    pub(crate) fn root(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    pub(crate) fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    #[cfg(unix)]
    pub(crate) fn link(&self, to: &str, path: &str) {
        std::os::unix::fs::symlink(to, self.path(path)).unwrap();
    }

    /// What is read where these are named, with paths from the tree's root.
    pub(crate) fn read(&self, named: &[&str], scope: &Scope) -> Read {
        let named: Vec<_> = named.iter().map(|path| self.path(path)).collect();
        let walked = walk::each(
            &named,
            scope,
            false,
            |_| true,
            |source| {
                assert_eq!(source.file.as_deref().unwrap().to_str().unwrap(), &*source.path);
                Some(source.path)
            },
        );
        assert_eq!(walked.files, walked.results.len());
        Read::of(&walked, self.root())
    }

    /// The same of the whole tree.
    pub(crate) fn walked(&self, scope: &Scope) -> Read {
        self.read(&[""], scope)
    }
}

/// What was read and what was not.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Read {
    pub(crate) files: Vec<String>,
    pub(crate) skipped: Vec<(String, String)>,
    pub(crate) failures: Vec<String>,
}

impl Read {
    fn of(walked: &Walked<std::sync::Arc<str>>, root: &Path) -> Self {
        let root = format!("{}/", root.display());
        let from_root = |path: &str| path.strip_prefix(&root).unwrap_or(path).to_owned();
        let skipped = |skipped: &Skipped| (from_root(&skipped.path), skipped.reason.clone());
        Self {
            files: walked.results.iter().map(|path| from_root(path)).collect(),
            skipped: walked.skipped.iter().map(skipped).collect(),
            failures: walked.failures.iter().map(|failure| from_root(failure)).collect(),
        }
    }

    /// What was skipped, if nothing failed.
    pub(crate) fn skipped(&self) -> Vec<(&str, &str)> {
        assert_eq!(self.failures, [""; 0]);
        self.skipped.iter().map(|(path, reason)| (path.as_str(), reason.as_str())).collect()
    }
}
