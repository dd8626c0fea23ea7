//! New files, without a name as long as possible, so that a process that is killed leaves nothing behind.

use std::fs::File;
use std::io;
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

/// A new file in the folder of that path, filled before it gets a name of its own, where the file system allows it. The
/// umask still takes its part of the mode.
pub(super) fn file<E: From<io::Error>>(
    path: &Path,
    mode: u32,
    fill: impl Fn(&File) -> Result<(), E>,
) -> Result<NamedTempFile, E> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    #[cfg(target_os = "linux")]
    if let Ok(file) = linux::unnamed(folder, mode) {
        fill(&file)?;
        if let Ok(named) = linux::name(&file, folder) {
            return Ok(named);
        }
    }
    let mut builder = Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(mode));
    #[cfg(not(unix))]
    let _ = mode;
    let named = builder.tempfile_in(folder)?;
    fill(named.as_file())?;
    Ok(named)
}

#[cfg(target_os = "linux")]
mod linux {
    use std::fs::File;
    use std::io;
    use std::os::fd::AsRawFd as _;
    use std::path::Path;

    use rustix::fs::{AtFlags, CWD, Mode, OFlags, linkat, open};
    use tempfile::{Builder, NamedTempFile};

    /// A file that ends with the process.
    pub(super) fn unnamed(folder: &Path, mode: u32) -> io::Result<File> {
        let flags = OFlags::TMPFILE | OFlags::RDWR | OFlags::CLOEXEC;
        Ok(open(folder, flags, Mode::from_raw_mode(mode))?.into())
    }

    /// Gives it a name.
    pub(super) fn name(file: &File, folder: &Path) -> io::Result<NamedTempFile> {
        let itself = format!("/proc/self/fd/{}", file.as_raw_fd());
        Builder::new().make_in(folder, |path| {
            linkat(CWD, itself.as_str(), CWD, path, AtFlags::SYMLINK_FOLLOW)?;
            file.try_clone()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::file;
    use std::fs;
    use std::io::{self, Write as _};

    #[test]
    fn a_file_has_no_name_until_it_is_filled() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.yaml");
        let names = || fs::read_dir(folder.path()).unwrap().count();
        let filled = file(&path, 0o600, |mut file| {
            file.write_all(b"a")?;
            assert_eq!(names(), usize::from(!cfg!(target_os = "linux")));
            io::Result::Ok(())
        });
        assert_eq!((names(), fs::read(filled.unwrap().path()).unwrap()), (1, b"a".to_vec()));
        assert_eq!(names(), 0);
    }
}
