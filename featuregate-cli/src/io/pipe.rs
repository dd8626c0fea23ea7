//! Opening a named pipe: who opens one waits until somebody writes to it, which may be never.

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// How long somebody has to begin to write. A shell's `<(…)` has begun before we do.
const PATIENCE: Duration = Duration::from_secs(3);

/// Opens a pipe that somebody writes to, as `<(…)` gives one.
pub(crate) fn open(path: &Path) -> io::Result<File> {
    let (sender, receiver) = mpsc::channel();
    let of_thread = path.to_owned();
    // If nobody comes it waits until the process ends.
    thread::Builder::new().spawn(move || sender.send(File::open(of_thread)))?;
    receiver.recv_timeout(PATIENCE).unwrap_or_else(|_| {
        Err(io::Error::new(io::ErrorKind::TimedOut, "nobody writes to this named pipe"))
    })
}
