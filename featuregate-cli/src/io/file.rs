//! Files: read as a whole, and replaced as a whole.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use tempfile::Builder;

/// The most bytes that [`read`] takes. The longest known list of gates has a hundredth of that.
const LARGEST: u64 = 32 << 20;

/// How long another process has to begin to write to a pipe. A shell's `<(…)` has begun before we do.
const PATIENCE: Duration = Duration::from_secs(3);

/// The bytes of a manifest or of settings, which may come from a pipe.
pub(crate) fn read(path: &Path) -> io::Result<Vec<u8>> {
    let is_pipe = path.metadata().is_ok_and(|metadata| is_pipe(metadata.file_type()));
    let file = if is_pipe { open_pipe(path)? } else { File::open(path)? };
    let mut bytes = Vec::new();
    // A device may have no end.
    file.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        let most = LARGEST >> 20;
        return Err(io::Error::other(format!("larger than {most} MB")));
    }
    Ok(bytes)
}

/// Opens a named pipe that another process writes to, as `<(…)` gives one. Opening waits until it begins, which
/// may be never.
pub(crate) fn open_pipe(path: &Path) -> io::Result<File> {
    let (sender, receiver) = mpsc::channel();
    let of_thread = path.to_owned();
    // Without a writer the thread waits until the process ends.
    thread::Builder::new().spawn(move || sender.send(File::open(of_thread)))?;
    receiver.recv_timeout(PATIENCE).unwrap_or_else(|_| {
        Err(io::Error::new(io::ErrorKind::TimedOut, "no process writes to this named pipe"))
    })
}

#[cfg(unix)]
pub(crate) fn is_pipe(kind: fs::FileType) -> bool {
    std::os::unix::fs::FileTypeExt::is_fifo(&kind)
}

#[cfg(not(unix))]
pub(crate) fn is_pipe(_: fs::FileType) -> bool {
    false
}

/// Replaces the content of a file as a whole or not at all: the text is written to a file beside it, which takes its
/// name in the end. A link stays a link, and the file keeps its permissions, and its owner as far as the system
/// allows.
///
/// A device or a pipe, such as `/dev/stdout`, is written to.
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

/// Gives a file the owner of the one that it replaces, where the user may do that.
fn keep_owner(file: &fs::File, of: &fs::Metadata) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt as _, fchown};
        let _ = fchown(file, Some(of.uid()), Some(of.gid()));
    }
    #[cfg(not(unix))]
    let _ = (file, of);
}

/// A temporary file is for its owner alone; a new file has the permissions that the umask leaves.
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
    fn a_file_is_created_and_replaced() {
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
    fn a_file_keeps_its_owner_where_the_user_may_set_it() {
        use std::os::unix::fs::{MetadataExt as _, chown};
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.yaml");
        fs::write(&path, "a").unwrap();
        // Only root can give a file to another user.
        let other = chown(&path, Some(65_534), Some(65_534)).is_ok();
        let before = fs::metadata(&path).unwrap();
        replace(&path, "b").unwrap();
        let after = fs::metadata(&path).unwrap();
        assert_eq!((after.uid(), after.gid()), (before.uid(), before.gid()));
        assert_eq!(after.uid() == 65_534, other);
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_written_to_and_stays() {
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
    fn a_file_that_cannot_be_written_is_left_unchanged() {
        let folder = tempfile::tempdir().unwrap();
        assert!(replace(&folder.path().join("nowhere/config.yaml"), "a").is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
