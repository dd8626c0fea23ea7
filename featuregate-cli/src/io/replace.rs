//! Writes a file as a whole or not at all.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use tempfile::Builder;

/// Puts a text in the place of a file's: into a file beside it that takes its name in the end, so that a
/// reader sees the old text or the new one. A link stays a link, and the file keeps its permissions, and its owner
/// as far as the system allows.
///
/// What is no file, such as `/dev/stdout` or a pipe, is written to.
pub(crate) fn replace(path: &Path, text: &str) -> io::Result<()> {
    let is_there = path.metadata();
    let is_link = path.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink());
    if is_there.as_ref().map_or(is_link, |metadata| !metadata.is_file() && !metadata.is_dir()) {
        return fs::write(path, text);
    }
    let file = match fs::canonicalize(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => path.to_owned(),
        Err(error) => return Err(error),
    };
    let kept = match fs::metadata(&file) {
        Ok(metadata) => Some(metadata),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut beside = Builder::new();
    if kept.is_none() {
        as_a_new_file(&mut beside);
    }
    let mut beside = beside.tempfile_in(folder.unwrap_or(Path::new(".")))?;
    beside.write_all(text.as_bytes())?;
    if let Some(metadata) = kept {
        keep_owner(beside.as_file(), &metadata);
        fs::set_permissions(beside.path(), metadata.permissions())?;
    }
    beside.as_file().sync_all()?;
    beside.persist(&file)?;
    Ok(())
}

/// Gives a file the owner of the one that it replaces, where whoever runs the command may do that.
fn keep_owner(file: &fs::File, of: &fs::Metadata) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt as _, fchown};
        let _ = fchown(file, Some(of.uid()), Some(of.gid()));
    }
    #[cfg(not(unix))]
    let _ = (file, of);
}

/// A temporary file is for its owner alone; a new file is for those whom the umask leaves.
fn as_a_new_file(beside: &mut Builder<'_, '_>) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        beside.permissions(fs::Permissions::from_mode(0o666));
    }
    #[cfg(not(unix))]
    let _ = beside;
}

#[cfg(test)]
mod tests {
    use super::replace;
    use std::fs;

    #[test]
    fn a_file_is_made_and_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.yaml");
        replace(&path, "a").unwrap();
        replace(&path, "b").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "b");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link_and_permissions_stay() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        fs::write(&file, "a").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("file", &link).unwrap();
        replace(&link, "b").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&file).unwrap(), "b");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_keeps_its_owner_where_that_may_be() {
        use std::os::unix::fs::{MetadataExt as _, chown};
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.yaml");
        fs::write(&path, "a").unwrap();
        // Whoever is not root has only files of their own.
        let other = chown(&path, Some(65_534), Some(65_534)).is_ok();
        let before = fs::metadata(&path).unwrap();
        replace(&path, "b").unwrap();
        let after = fs::metadata(&path).unwrap();
        assert_eq!((after.uid(), after.gid()), (before.uid(), before.gid()));
        assert_eq!(after.uid() == 65_534, other);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_written_to_and_stays() {
        use std::os::unix::fs::{FileTypeExt as _, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (null, nowhere) = (folder.path().join("null"), folder.path().join("nowhere"));
        symlink("/dev/null", &null).unwrap();
        replace(&null, "a").unwrap();
        assert!(null.metadata().unwrap().file_type().is_char_device());
        symlink("made", &nowhere).unwrap();
        replace(&nowhere, "b").unwrap();
        assert!(nowhere.symlink_metadata().unwrap().is_symlink());
        assert_eq!(fs::read_to_string(folder.path().join("made")).unwrap(), "b");
    }

    #[test]
    fn what_cannot_be_written_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        assert!(replace(&folder.path().join("nowhere/config.yaml"), "a").is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
