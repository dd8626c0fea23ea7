//! Files are replaced as a whole or not at all.
//!
//! The text is written to a new file in the same folder, which has everything of the old one but its content, and
//! takes its name in the end. Before and after that, the old file is compared with what was read of it.
//!
//! Two things cannot be prevented. Another process may give the name to a file of its own in the microseconds between the
//! last comparison and the replacement. And one that had opened the file before may write to it later than [`LATE`].

use std::fs::{self, File, Metadata, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{fmt, thread};

use tempfile::NamedTempFile;

use super::keep::{self, Lost};
use super::{beside, signal};

/// How long a process that had opened the file may take to write to it.
const LATE: Duration = Duration::from_millis(1);

/// Why a file is not replaced.
#[derive(Debug)]
pub(crate) enum Unreplaced {
    /// It no longer has the content that was expected.
    Changed,
    /// Another process has locked it.
    Locked,
    /// It has so many names, of which one would get the new content.
    Names(u64),
    /// The new file would lack something of it.
    Lost(Lost),
    /// It cannot be written.
    Io(io::Error),
}

impl fmt::Display for Unreplaced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed => f.write_str("the file has changed since it was read"),
            Self::Locked => f.write_str("another process has locked the file"),
            Self::Names(names) => {
                write!(f, "the file has {names} names (hard links), and only one would change")
            }
            Self::Lost(lost) => lost.fmt(f),
            Self::Io(error) => write!(f, "cannot write it: {error}"),
        }
    }
}

impl From<io::Error> for Unreplaced {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<Unreplaced> for io::Error {
    fn from(unreplaced: Unreplaced) -> Self {
        match unreplaced {
            Unreplaced::Io(error) => error,
            unreplaced => Self::other(unreplaced.to_string()),
        }
    }
}

/// Gives a file this text, whatever it has. A file that does not exist is created, a link stays a link, and a device or a
/// pipe, such as `/dev/stdout`, is written to.
pub(crate) fn replace(path: &Path, text: &str) -> io::Result<()> {
    match path.metadata() {
        Ok(metadata) if metadata.is_file() => Ok(exchange(path, &fs::read(path)?, text)?),
        Ok(metadata) if !metadata.is_dir() => fs::write(path, text),
        // A link to nothing names the file to create.
        Err(_) if path.is_symlink() => fs::write(path, text),
        _ => create(path, text),
    }
}

fn create(path: &Path, text: &str) -> io::Result<()> {
    let _whole = signal::hold();
    let new = beside::file(path, 0o666, |mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    })?;
    new.persist_noclobber(path)?;
    Ok(())
}

/// Gives a file this text if it still has that content.
pub(crate) fn exchange(path: &Path, before: &[u8], text: &str) -> Result<(), Unreplaced> {
    exchange_while(path, before, text, || thread::sleep(LATE))
}

/// The same; `late` is what passes until the old file is looked at for the last time.
fn exchange_while(
    path: &Path,
    before: &[u8],
    text: &str,
    late: impl FnOnce(),
) -> Result<(), Unreplaced> {
    let _whole = signal::hold();
    let held = Held::open(path)?;
    let new = held.with(text.as_bytes())?;
    if !held.has(before)? {
        return Err(Unreplaced::Changed);
    }
    new.persist(&held.path).map_err(io::Error::from)?;
    late();
    match content(&held.file) {
        Ok(now) if now != before => {
            held.with(&now)?.persist(&held.path).map_err(io::Error::from)?;
            Err(Unreplaced::Changed)
        }
        _ => Ok(()),
    }
}

/// A file that is to be replaced, with its present content.
struct Held {
    path: PathBuf,
    file: File,
    metadata: Metadata,
}

impl Held {
    fn open(path: &Path) -> Result<Self, Unreplaced> {
        let path = fs::canonicalize(path)?;
        // A user who may write to the folder but not to the file must not replace it either.
        let file = OpenOptions::new().read(true).write(true).open(&path)?;
        if let Err(TryLockError::WouldBlock) = file.try_lock() {
            return Err(Unreplaced::Locked);
        }
        let metadata = file.metadata()?;
        match names(&metadata) {
            0 | 1 => Ok(Self { path, file, metadata }),
            names => Err(Unreplaced::Names(names)),
        }
    }

    /// A file beside it with another content, and all else as it has it.
    fn with(&self, content: &[u8]) -> Result<NamedTempFile, Unreplaced> {
        beside::file(&self.path, 0o600, |mut file| {
            file.write_all(content)?;
            keep::all(file, &self.file, &self.metadata).map_err(Unreplaced::Lost)?;
            file.sync_all().map_err(Unreplaced::Io)
        })
    }

    /// Whether the path still leads to it, and it has that content.
    fn has(&self, before: &[u8]) -> io::Result<bool> {
        Ok(is_at(&self.path, &self.metadata) && content(&self.file)? == before)
    }
}

/// Files that are ready to be replaced as one.
pub(crate) struct Staged {
    files: Vec<Exchange>,
}

/// One of them.
struct Exchange {
    held: Held,
    before: Vec<u8>,
    new: NamedTempFile,
    /// A file with the content before, to take the change back.
    back: NamedTempFile,
}

/// Prepares to give files these texts if they still have these contents: everything that can fail is done, and no file has
/// changed. On failure, the file and the reason.
pub(crate) fn stage(files: &[(&Path, &[u8], &str)]) -> Result<Staged, (PathBuf, Unreplaced)> {
    let one = |(path, before, text): &(&Path, &[u8], &str)| {
        let held = Held::open(path)?;
        let (new, back) = (held.with(text.as_bytes())?, held.with(before)?);
        Ok(Exchange { held, before: before.to_vec(), new, back })
    };
    let stage =
        |file: &(&Path, &[u8], &str)| one(file).map_err(|reason| (file.0.to_owned(), reason));
    Ok(Staged { files: files.iter().map(stage).collect::<Result<_, _>>()? })
}

impl Staged {
    /// Replaces all files, or none of them.
    pub(crate) fn commit(self) -> Result<(), (PathBuf, Unreplaced)> {
        let _whole = signal::hold();
        for file in &self.files {
            if !file.held.has(&file.before).unwrap_or(false) {
                return Err((file.held.path.clone(), Unreplaced::Changed));
            }
        }
        let mut done: Vec<(PathBuf, NamedTempFile)> = Vec::new();
        for Exchange { held: Held { path, .. }, new, back, .. } in self.files {
            if let Err(error) = new.persist(&path) {
                for (path, back) in done {
                    // It took the other name a moment ago.
                    let _ = back.persist(&path);
                }
                return Err((path, Unreplaced::Io(error.error)));
            }
            done.push((path, back));
        }
        Ok(())
    }
}

fn content(mut file: &File) -> io::Result<Vec<u8>> {
    let mut content = Vec::new();
    file.rewind()?;
    file.read_to_end(&mut content)?;
    Ok(content)
}

/// How many names a file has.
fn names(metadata: &Metadata) -> u64 {
    #[cfg(unix)]
    return std::os::unix::fs::MetadataExt::nlink(metadata);
    #[cfg(not(unix))]
    {
        let _ = metadata;
        1
    }
}

/// Whether the path still leads to that file.
fn is_at(path: &Path, metadata: &Metadata) -> bool {
    let Ok(now) = path.metadata() else { return false };
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        (now.dev(), now.ino()) == (metadata.dev(), metadata.ino())
    }
    #[cfg(not(unix))]
    {
        let _ = metadata;
        now.is_file()
    }
}

#[cfg(test)]
mod tests {
    use super::{Unreplaced, exchange, exchange_while, replace};
    use std::fs::{self, File, OpenOptions};
    use std::io::Write as _;
    use std::path::PathBuf;

    /// A folder with a file of this content.
    fn file(content: &str) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.yaml");
        fs::write(&path, content).unwrap();
        (folder, path)
    }

    fn files(folder: &tempfile::TempDir) -> usize {
        fs::read_dir(folder.path()).unwrap().count()
    }

    #[test]
    fn a_file_is_created_and_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.yaml");
        replace(&path, "a").unwrap();
        replace(&path, "b").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "b");
        assert_eq!(files(&folder), 1, "nothing is left beside it");
    }

    #[test]
    fn a_file_with_another_content_is_left_unchanged() {
        let (folder, path) = file("b");
        assert!(matches!(exchange(&path, b"a", "c"), Err(Unreplaced::Changed)));
        assert_eq!((fs::read_to_string(&path).unwrap().as_str(), files(&folder)), ("b", 1));
        exchange(&path, b"b", "c").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "c");
    }

    #[test]
    fn what_is_written_to_the_old_file_is_not_lost() {
        let (folder, path) = file("a\n");
        let mut other = OpenOptions::new().append(true).open(&path).unwrap();
        let result = exchange_while(&path, b"a\n", "b\n", || other.write_all(b"more\n").unwrap());
        assert!(matches!(result, Err(Unreplaced::Changed)));
        let now = fs::read_to_string(&path).unwrap();
        assert_eq!((now.as_str(), files(&folder)), ("a\nmore\n", 1));
    }

    #[test]
    fn a_file_that_is_locked_is_left_unchanged() {
        let (_folder, path) = file("a");
        let other = File::open(&path).unwrap();
        other.lock().unwrap();
        assert!(matches!(exchange(&path, b"a", "b"), Err(Unreplaced::Locked)));
        assert_eq!(fs::read_to_string(&path).unwrap(), "a");
        other.unlock().unwrap();
        exchange(&path, b"a", "b").unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn a_file_with_several_names_is_left_unchanged() {
        let (folder, path) = file("a");
        fs::hard_link(&path, folder.path().join("other")).unwrap();
        assert!(matches!(exchange(&path, b"a", "b"), Err(Unreplaced::Names(2))));
        assert_eq!(fs::read_to_string(&path).unwrap(), "a");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link_and_permissions_stay() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let (folder, path) = file("a");
        let link = folder.path().join("link");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("config.yaml", &link).unwrap();
        replace(&link, "b").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&path).unwrap(), "b");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o7777, 0o640);
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
    fn a_file_that_cannot_be_written_is_not_created() {
        let folder = tempfile::tempdir().unwrap();
        assert!(replace(&folder.path().join("nowhere/config.yaml"), "a").is_err());
        assert_eq!(files(&folder), 0);
    }
}
