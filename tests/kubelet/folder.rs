//! A folder for the files of a test.

use std::io::Write as _;
use std::path::{Path, PathBuf};

/// A folder of a test's own, empty at its beginning.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(test: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("kubelet").join(test);
        if path.exists() {
            std::fs::remove_dir_all(&path).unwrap();
        }
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn write(&self, name: impl AsRef<Path>, content: impl AsRef<[u8]>) {
        let mut file = std::fs::File::create(self.0.join(name)).unwrap();
        file.write_all(content.as_ref()).unwrap();
    }
}
