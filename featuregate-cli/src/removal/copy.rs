//! A copy of the workspace, in which a removal is tried.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::io::file;
use crate::report::location::resolved;
use crate::source::workspace::Workspace;

/// Larger files are linked to, since they are not code.
const LARGE: u64 = 32 << 20;

/// The copy, which is removed when this is dropped.
#[derive(Debug)]
pub(crate) struct Copy {
    /// The folder of the original.
    pub(crate) original: PathBuf,
    /// The folder of the copy.
    pub(crate) root: PathBuf,
    /// Where the copy is built. What is built of the workspace itself stays valid.
    pub(crate) build: PathBuf,
    folder: tempfile::TempDir,
}

impl Copy {
    /// Copies a workspace into its folder of built files. To cargo, all copies are the same packages, so there must be one
    /// at a time. Paths to packages beside the workspace lead to these.
    pub(crate) fn of(workspace: &Workspace) -> Result<Self, Error> {
        let failed = |error: io::Error| Error::new(format!("cannot copy the workspace: {error}"));
        let within = workspace.target.join("featuregate");
        fs::create_dir_all(&within).map_err(failed)?;
        abandoned(&within);
        let folder =
            tempfile::Builder::new().prefix("copy-").tempdir_in(&within).map_err(failed)?;
        let outside = outside(&workspace.root);
        let base = outside.iter().fold(workspace.root.clone(), |base, path| common(&base, path));
        let moved =
            |path: &Path| folder.path().join("w").join(path.strip_prefix(&base).unwrap_or(path));
        let root = moved(&workspace.root);
        copy(&workspace.root, &root, &workspace.target).map_err(failed)?;
        separate(&root.join("Cargo.toml")).map_err(failed)?;
        for path in &outside {
            link(path, &moved(path)).map_err(failed)?;
        }
        let build = within.join("build");
        Ok(Self { original: workspace.root.clone(), root, build, folder })
    }

    /// Where a file of the workspace is in the copy.
    pub(crate) fn there(&self, path: &Path) -> PathBuf {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        path.strip_prefix(&self.original).map_or(path.clone(), |inside| self.root.join(inside))
    }

    /// Where a file of the copy is in the workspace.
    pub(crate) fn back(&self, path: &Path) -> PathBuf {
        path.strip_prefix(&self.root)
            .map_or_else(|_| path.to_owned(), |inside| self.original.join(inside))
    }

    /// A text in which files of the copy are called as in the workspace.
    pub(crate) fn with_original_paths(&self, text: &str) -> String {
        let (there, here) = (self.root.to_string_lossy(), self.original.to_string_lossy());
        text.replace(&*there, &here).replace(&*self.folder.path().to_string_lossy(), "")
    }
}

/// Removes the copies that were left by runs that were killed.
fn abandoned(within: &Path) {
    let entries = fs::read_dir(within).into_iter().flatten().filter_map(Result::ok);
    for entry in entries.filter(|entry| entry.file_name().to_string_lossy().starts_with("copy-")) {
        // One that stays only takes space.
        let _ = fs::remove_dir_all(entry.path());
    }
}

/// Makes a package a workspace of its own, as it is where it was, whatever is above its copy.
fn separate(manifest: &Path) -> io::Result<()> {
    let text = fs::read_to_string(manifest)?;
    let has_own = toml::from_str(&text).is_ok_and(|manifest| is_workspace(&manifest));
    if has_own { Ok(()) } else { fs::write(manifest, text + "\n[workspace]\n") }
}

fn common(one: &Path, other: &Path) -> PathBuf {
    one.components()
        .zip(other.components())
        .take_while(|(one, other)| one == other)
        .map(|(one, _)| one)
        .collect()
}

/// The folders outside of the workspace that its packages name by relative paths, those that these name, and the
/// manifests of the workspaces that they are in, from which they may inherit.
fn outside(root: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    let mut manifests = manifests(root);
    while let Some(manifest) = manifests.pop() {
        let Some(table) = read(&manifest) else { continue };
        let folder = manifest.parent().unwrap_or(root);
        for path in paths(table) {
            if Path::new(&path).is_absolute() {
                continue;
            }
            let path = resolved(&folder.join(path));
            if path.starts_with(root) || !path.is_dir() || !found.insert(path.clone()) {
                continue;
            }
            let around = path.ancestors().skip(1).map(|folder| folder.join("Cargo.toml"));
            let mut around = around
                .filter(|manifest| read(manifest).is_some_and(|manifest| is_workspace(&manifest)));
            if let Some(workspace) = around.next()
                && found.insert(workspace.clone())
            {
                manifests.push(workspace);
            }
            manifests.push(path.join("Cargo.toml"));
        }
    }
    // What is within a folder is there with it.
    let all = found.clone();
    found.retain(|path| path.ancestors().skip(1).all(|folder| !all.contains(folder)));
    found
}

/// A manifest, if there is one that can be read.
fn read(manifest: &Path) -> Option<toml::Table> {
    toml::from_str(&String::from_utf8(file::read(manifest).ok()?).ok()?).ok()
}

fn is_workspace(manifest: &toml::Table) -> bool {
    manifest.contains_key("workspace")
}

fn manifests(root: &Path) -> Vec<PathBuf> {
    let walk = ignore::WalkBuilder::new(root).build();
    walk.filter_map(Result::ok)
        .filter(|entry| entry.file_name() == "Cargo.toml")
        .map(ignore::DirEntry::into_path)
        .collect()
}

/// All values of keys `path` in a manifest.
fn paths(table: toml::Table) -> Vec<String> {
    let mut found = Vec::new();
    let mut open: Vec<toml::Value> = vec![toml::Value::Table(table)];
    while let Some(value) = open.pop() {
        match value {
            toml::Value::Table(table) => {
                for (key, value) in table {
                    match value {
                        toml::Value::String(path) if key == "path" => found.push(path),
                        value => open.push(value),
                    }
                }
            }
            toml::Value::Array(values) => open.extend(values),
            _ => {}
        }
    }
    found
}

/// Copies a folder without git's data and without what was built. All files are new, so that cargo compiles them.
fn copy(from: &Path, to: &Path, target: &Path) -> io::Result<()> {
    let mut open = vec![(from.to_owned(), to.to_owned())];
    while let Some((from, to)) = open.pop() {
        fs::create_dir_all(&to)?;
        for entry in fs::read_dir(&from)? {
            let entry = entry?;
            let (path, to) = (entry.path(), to.join(entry.file_name()));
            let kind = entry.file_type()?;
            let is_built = path == target || path.join("CACHEDIR.TAG").exists();
            if entry.file_name() == ".git" || (kind.is_dir() && is_built) {
                continue;
            }
            if kind.is_dir() {
                open.push((path, to));
            } else if kind.is_symlink() {
                link(&path, &to)?;
            } else if kind.is_file() {
                let metadata = entry.metadata()?;
                if metadata.len() > LARGE {
                    link(&path, &to)?;
                    continue;
                }
                fs::copy(&path, &to)?;
            }
        }
    }
    Ok(())
}

#[cfg(unix)]
fn link(from: &Path, to: &Path) -> io::Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    let leads_to = if from.is_symlink() {
        fs::canonicalize(from).unwrap_or_else(|_| from.to_owned())
    } else {
        from.to_owned()
    };
    std::os::unix::fs::symlink(leads_to, to)
}

#[cfg(not(unix))]
fn link(from: &Path, to: &Path) -> io::Result<()> {
    if from.is_dir() {
        return copy(from, to, Path::new(""));
    }
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::copy(from, to).map(|_| ())
}
