//! Files that are read as a whole.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use super::patient::{Patient, is_pipe};

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
    match Patient::of(&file) {
        Some(patient) => patient?.take(LARGEST + 1).read_to_end(&mut bytes)?,
        None => file.take(LARGEST + 1).read_to_end(&mut bytes)?,
    };
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
