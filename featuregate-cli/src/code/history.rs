//! When the last use of a gate was removed, and who owns the code.

use std::path::Path;

use serde::Serialize;

use crate::io::{file, git};

/// A commit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Commit {
    #[serde(rename = "commit")]
    pub(crate) id: String,
    pub(crate) date: String,
    pub(crate) subject: String,
}

/// The commit that changed last how often code outside of a file names a gate.
pub(crate) fn last_use(root: &Path, gate: &str, declared: &Path) -> Option<Commit> {
    let line = git::last_change(root, gate, declared)?;
    let mut parts = line.splitn(3, '\t').map(str::to_owned);
    Some(Commit { id: parts.next()?, date: parts.next()?, subject: parts.next()? })
}

/// The owner of a file by CODEOWNERS: the last pattern that fits decides.
pub(crate) fn code_owner(root: &Path, path: &Path) -> Option<String> {
    let locations = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"];
    let bytes = locations.iter().find_map(|location| file::read(&root.join(location)).ok())?;
    let text = String::from_utf8(bytes).ok()?;
    let path = std::path::absolute(path).ok()?;
    let path = path.strip_prefix(root).ok()?.to_owned();
    let mut owner = None;
    for line in text.lines() {
        let mut words = line.split('#').next().unwrap_or_default().split_whitespace();
        let Some(pattern) = words.next().filter(|pattern| !pattern.starts_with(['[', '^'])) else {
            continue;
        };
        // The patterns are those of `.gitignore`.
        let mut builder = ignore::gitignore::GitignoreBuilder::new("");
        if builder.add_line(None, pattern).is_err() {
            continue;
        }
        let Ok(matcher) = builder.build() else { continue };
        // `/src/*` has the files in a folder, and not those of the folders in it.
        let fits = if pattern.ends_with("/*") {
            matcher.matched(&path, false)
        } else {
            matcher.matched_path_or_any_parents(&path, false)
        };
        if fits.is_ignore() {
            let owners: Vec<&str> = words.collect();
            owner = (!owners.is_empty()).then(|| owners.join(" "));
        }
    }
    owner
}

#[cfg(test)]
mod tests {
    use super::code_owner;
    use std::fs;

    #[test]
    fn the_last_pattern_that_fits_decides() {
        let folder = tempfile::tempdir().unwrap();
        let owners = "* @all # everybody\n/src/* @core\n/docs/ @writers\n*.md @readers @others\n";
        fs::write(folder.path().join("CODEOWNERS"), owners).unwrap();
        let owner = |path: &str| code_owner(folder.path(), &folder.path().join(path));
        assert_eq!(owner("src/gates.rs").as_deref(), Some("@core"));
        assert_eq!(owner("src/gates/mod.rs").as_deref(), Some("@all"));
        assert_eq!(owner("docs/guide/gates.txt").as_deref(), Some("@writers"));
        assert_eq!(owner("docs/gates.md").as_deref(), Some("@readers @others"));
    }
}
