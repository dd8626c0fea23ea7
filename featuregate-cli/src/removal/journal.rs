//! Several files are changed as one: what is to be written is kept until all files have it, so that a change that was
//! interrupted is completed by the next run.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::io::{file, replace};

/// The name of the journal in the folder of built files.
const NAME: &str = "featuregate/removal.json";

/// A file before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Change {
    pub(crate) path: PathBuf,
    pub(crate) before: String,
    pub(crate) after: String,
}

/// Writes all changes, or none of them.
pub(crate) fn write(target: &Path, changes: &[Change]) -> Result<(), Error> {
    let failed = |path: &Path, reason: &dyn std::fmt::Display| {
        Error::new(format!("cannot change {}: {reason}; nothing was changed", path.display()))
    };
    let journal = target.join(NAME);
    let text = serde_json::to_string(changes).map_err(|error| failed(&journal, &error))?;
    let files: Vec<(&Path, &[u8], &str)> = changes
        .iter()
        .map(|change| (change.path.as_path(), change.before.as_bytes(), change.after.as_str()))
        .collect();
    // Everything that can fail is done before the first file changes.
    let staged = replace::stage(&files).map_err(|(path, reason)| failed(&path, &reason))?;
    replace::replace(&journal, &text).map_err(|error| failed(&journal, &error))?;
    let written = staged.commit();
    // Without it, everything is written, or was taken back.
    let _ = fs::remove_file(&journal);
    written.map_err(|(path, reason)| failed(&path, &reason))
}

/// Waits until no other removal is on its way, and completes one that was interrupted: a file that keeps other removals
/// away while it is open, and the files that the interrupted one had still to write.
pub(crate) fn begin(target: &Path) -> Result<(File, Vec<PathBuf>), Error> {
    let path = target.join("featuregate/lock");
    let locked = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| {
        let file = File::create(&path)?;
        file.lock()?;
        Ok(file)
    });
    let locked =
        locked.map_err(|error| Error::new(format!("cannot lock {}: {error}", path.display())))?;
    Ok((locked, recover(target)?))
}

fn recover(target: &Path) -> Result<Vec<PathBuf>, Error> {
    let journal = target.join(NAME);
    let Ok(bytes) = fs::read(&journal) else { return Ok(Vec::new()) };
    let Ok(changes) = serde_json::from_slice::<Vec<Change>>(&bytes) else {
        // It is written before any file is changed.
        let _ = fs::remove_file(&journal);
        return Ok(Vec::new());
    };
    let mut completed = Vec::new();
    for change in changes {
        let now = file::read(&change.path).unwrap_or_default();
        if now != change.before.as_bytes() {
            continue;
        }
        replace::replace(&change.path, &change.after).map_err(|error| {
            Error::new(format!(
                "cannot complete a removal that was interrupted: {}: {error}",
                change.path.display()
            ))
        })?;
        completed.push(change.path);
    }
    let _ = fs::remove_file(&journal);
    Ok(completed)
}
