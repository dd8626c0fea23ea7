//! Reads what a command is told to work with: manifests, settings, files that it wrote before.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use crate::io::pipe;

/// The most bytes that are read. The longest known list of gates has a hundredth of that.
pub(crate) const LARGEST: u64 = 32 << 20;

/// The bytes of a file, or of a pipe that somebody writes to.
pub(crate) fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    let file = if is_pipe(path) { pipe::open(path)? } else { File::open(path)? };
    let mut bytes = Vec::new();
    // What is no file may have no end.
    file.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        let most = LARGEST >> 20;
        return Err(io::Error::other(format!("it is larger than {most} MB")));
    }
    Ok(bytes)
}

fn is_pipe(path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt as _;
        path.metadata().is_ok_and(|metadata| metadata.file_type().is_fifo())
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        false
    }
}
