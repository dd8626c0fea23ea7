//! The paths of the command line.

use std::collections::{BTreeSet, HashSet};
use std::ffi::{OsStr, OsString};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::{env, fs, io};

use clap::Args;
use ignore::overrides::{Override, OverrideBuilder};
use ignore::{DirEntry, WalkBuilder};

use super::kernel;
use crate::io::escape::escape;

/// Standard input, as it is named on the command line.
pub(crate) const STANDARD_INPUT: &str = "-";

/// So many files are read before another thread has begun.
const FEW: usize = 8;

/// What is left out.
#[derive(Clone, Debug, Default, Args)]
pub struct Scope {
    /// Also reads what .gitignore, .ignore and the like leave out.
    #[arg(long)]
    pub no_ignore: bool,
    /// Leaves out files and folders that match GLOB, also where they are named; may be repeated. A GLOB is written as
    /// in .gitignore, from the current folder.
    #[arg(long = "exclude", value_name = "GLOB")]
    pub excluded: Vec<Glob>,
}

/// A pattern of paths from the current folder, as in `.gitignore`.
#[derive(Clone, Debug)]
pub struct Glob(Override);

impl FromStr for Glob {
    type Err = ignore::Error;

    fn from_str(glob: &str) -> Result<Self, ignore::Error> {
        Self::from(&env::current_dir()?, glob)
    }
}

impl Glob {
    /// A pattern of paths from a folder.
    pub(crate) fn from(folder: &Path, glob: &str) -> Result<Self, ignore::Error> {
        OverrideBuilder::new(folder).add(&format!("!{glob}"))?.build().map(Self)
    }
}

impl Scope {
    /// Whether a path or a folder that it is in is left out.
    pub(crate) fn leaves_out(&self, path: &Path, is_folder: bool) -> bool {
        let mut parts = path.ancestors().map(|part| (part, part != path || is_folder));
        parts.any(|(part, is_folder)| self.excludes(part, is_folder))
    }

    fn excludes(&self, path: &Path, is_folder: bool) -> bool {
        self.excluded.iter().any(|Glob(glob)| glob.matched(path, is_folder).is_ignore())
    }
}

/// What is named, each once.
#[derive(Debug)]
pub(super) struct Named {
    /// Files and folders.
    roots: Vec<PathBuf>,
    /// The same without links, `.` and `..`, so that a walk knows what it meets.
    canonical: BTreeSet<PathBuf>,
    /// Whether a folder is among them.
    folders: bool,
    pub(super) standard_input: bool,
    /// What cannot be opened, and a sentence about it.
    pub(super) failures: Vec<(PathBuf, String)>,
}

impl Named {
    pub(super) fn of(paths: &[PathBuf], scope: &Scope) -> Self {
        let mut named = Self {
            roots: Vec::new(),
            canonical: BTreeSet::new(),
            folders: false,
            standard_input: false,
            failures: Vec::new(),
        };
        for path in paths {
            named.take(path, scope);
        }
        if paths.is_empty() {
            named.take(Path::new("."), scope);
        }
        named
    }

    fn take(&mut self, path: &Path, scope: &Scope) {
        if path.as_os_str() == STANDARD_INPUT {
            self.standard_input = true;
            return;
        }
        let is_folder = fs::metadata(path).and_then(|metadata| {
            if metadata.is_dir() && kernel::owns(path) {
                return Err(io::Error::other("a folder of the kernel, not of configuration"));
            }
            // A folder is opened here already; whether a file can be shows when it is read.
            if metadata.is_dir() { fs::read_dir(path).map(|_| true) } else { Ok(false) }
        });
        let is_folder = match is_folder {
            Ok(is_folder) => is_folder,
            Err(error) => {
                let failure = failure(path, &format!("cannot be opened: {error}"));
                self.failures.push((path.to_owned(), failure));
                return;
            }
        };
        self.folders |= is_folder;
        if scope.leaves_out(path, is_folder) {
            return;
        }
        // What has no canonical path, such as a pipe between processes, is like no other.
        let canonical = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if self.canonical.insert(canonical) {
            self.roots.push(path.to_owned());
        }
    }

    /// A walk through all of it, if there is any.
    pub(super) fn builder(&self, scope: &Scope) -> Option<WalkBuilder> {
        let (first, others) = self.roots.split_first()?;
        let mut builder = WalkBuilder::new(first);
        for root in others {
            builder.add(root);
        }
        if !self.folders && self.roots.len() <= FEW {
            builder.threads(1);
        }
        // Workflows and variables of an environment are in hidden files.
        builder.hidden(false);
        if scope.no_ignore {
            builder.ignore(false).git_ignore(false).git_global(false).git_exclude(false);
            builder.parents(false);
        }
        let known = Known::of(&self.canonical, !others.is_empty());
        let scope = scope.clone();
        builder.filter_entry(move |entry| {
            let is_folder = || entry.file_type().is_some_and(|kind| kind.is_dir());
            known.is_new(entry)
                && (scope.excluded.is_empty() || !scope.excludes(entry.path(), is_folder()))
        });
        Some(builder)
    }
}

/// What a walk from elsewhere must leave to the path that names it.
#[derive(Clone, Debug)]
struct Known {
    canonical: Arc<BTreeSet<PathBuf>>,
    /// The last parts of those paths, since a canonical path costs a call of the system.
    names: HashSet<OsString>,
}

impl Known {
    fn of(canonical: &BTreeSet<PathBuf>, several: bool) -> Self {
        let names = canonical.iter().filter(|_| several);
        let names = names.filter_map(|path| path.file_name().map(ToOwned::to_owned));
        Self { names: names.collect(), canonical: Arc::new(canonical.clone()) }
    }

    fn is_new(&self, entry: &DirEntry) -> bool {
        if entry.depth() == 0 {
            return true;
        }
        // The folder of git has no configuration.
        let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        if is_folder && entry.file_name() == ".git" {
            return false;
        }
        // These are its names for them, and asking costs a call of the system.
        let of_kernel = is_folder && ["proc", "sys"].iter().any(|name| entry.file_name() == *name);
        if of_kernel && kernel::owns(entry.path()) {
            return false;
        }
        if self.names.is_empty() {
            return true;
        }
        let known = self.names.contains(entry.file_name())
            && !entry.path_is_symlink()
            && fs::canonicalize(entry.path()).is_ok_and(|path| self.canonical.contains(&path));
        !known
    }
}

/// Why a named path is a failure, as a sentence.
pub(super) fn failure(path: &Path, why: &str) -> String {
    format!("{}: {why}", escape(&escaped(path.as_os_str())))
}

/// A path as text. Bytes that are not text are escaped, so that two files do not become one.
pub(super) fn escaped(path: &OsStr) -> String {
    let mut text = String::new();
    for chunk in path.as_encoded_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            // Writing to a text does not fail.
            let _ = write!(text, "\\x{byte:02x}");
        }
    }
    text
}
