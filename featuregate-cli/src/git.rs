//! What git has of a file at another revision.

use std::path::Path;
use std::process::Command;

use crate::failure::Failure;

/// The bytes of a file at a revision; nothing where it was not there yet.
pub(crate) fn show(revision: &str, path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let run = |arguments: &[&str]| {
        Command::new("git")
            .arg("-C")
            .arg(folder)
            .args(arguments)
            .env("LC_ALL", "C")
            .output()
            .map_err(|error| Failure::new(format!("git can't be run for --base: {error}")))
    };
    // A revision may not be taken for an option.
    let commit = format!("{revision}^{{commit}}");
    let known = run(&["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])?;
    if !known.status.success() {
        let inside = run(&["rev-parse", "--git-dir"])?;
        let why = if inside.status.success() {
            "git knows no such revision; fetch it, as in `git fetch origin main`"
        } else {
            "the manifest is in no git repository"
        };
        return Err(Failure::new(format!("--base {revision}: {why}")));
    }
    let commit = String::from_utf8_lossy(&known.stdout).trim().to_owned();
    let object = format!("{commit}:./{name}");
    let there = run(&["cat-file", "-e", &object])?;
    if !there.status.success() {
        return Ok(None);
    }
    let shown = run(&["cat-file", "blob", &object])?;
    if shown.status.success() {
        return Ok(Some(shown.stdout));
    }
    let told = String::from_utf8_lossy(&shown.stderr).trim().to_owned();
    Err(Failure::new(format!("--base {revision}: {told}")))
}
