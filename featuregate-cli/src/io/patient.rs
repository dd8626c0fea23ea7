//! Reading what may never give anything: a pipe without a writer, or a file of the kernel that waits for events.

use std::fs::{File, FileType};
use std::io::{self, Read};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

/// How long a process may write nothing to a pipe.
const OF_PIPE: Duration = Duration::from_secs(10);

/// How long a file without a size may give nothing.
const OF_FILE: Duration = Duration::from_secs(3);

/// How many bytes are read at once.
const CHUNK: usize = 64 << 10;

/// A file that is read on a thread of its own, which waits until the process ends if the file never gives anything.
#[derive(Debug)]
pub(crate) struct Patient {
    chunks: Receiver<io::Result<Vec<u8>>>,
    current: io::Cursor<Vec<u8>>,
    patience: Duration,
}

impl Patient {
    /// Of a file that may wait. That is a pipe, or a file without a size, as those of the kernel are; `None` for others.
    pub(crate) fn of(file: &File) -> Option<io::Result<Self>> {
        let metadata = file.metadata().ok()?;
        let patience = match (is_pipe(metadata.file_type()), metadata.len()) {
            (true, _) => OF_PIPE,
            (false, 0) => OF_FILE,
            _ => return None,
        };
        Some(file.try_clone().and_then(|file| Self::with(file, patience)))
    }

    fn with(mut file: impl Read + Send + 'static, patience: Duration) -> io::Result<Self> {
        let (sender, chunks) = sync_channel(1);
        thread::Builder::new().spawn(move || {
            loop {
                let mut chunk = vec![0; CHUNK];
                let read = file.read(&mut chunk);
                let last = !matches!(read, Ok(1..));
                let chunk = read.map(|bytes| {
                    chunk.truncate(bytes);
                    chunk
                });
                if sender.send(chunk).is_err() || last {
                    break;
                }
            }
        })?;
        Ok(Self { chunks, current: io::Cursor::default(), patience })
    }
}

impl Read for Patient {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.current.position() == self.current.get_ref().len() as u64 {
            self.current = match self.chunks.recv_timeout(self.patience) {
                Ok(chunk) => io::Cursor::new(chunk?),
                // The thread has ended with the file.
                Err(RecvTimeoutError::Disconnected) => return Ok(0),
                Err(RecvTimeoutError::Timeout) => {
                    let seconds = self.patience.as_secs();
                    let message = format!("it gave nothing for {seconds} seconds");
                    return Err(io::Error::new(io::ErrorKind::TimedOut, message));
                }
            };
        }
        self.current.read(buffer)
    }
}

#[cfg(unix)]
pub(crate) fn is_pipe(kind: FileType) -> bool {
    std::os::unix::fs::FileTypeExt::is_fifo(&kind)
}

#[cfg(not(unix))]
pub(crate) fn is_pipe(_: FileType) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::Patient;
    use std::io::{self, Read};
    use std::time::Duration;

    /// Gives its bytes one by one, and then waits.
    struct Slow(Vec<u8>);

    impl Read for Slow {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let Some(byte) = self.0.pop() else {
                std::thread::sleep(Duration::from_secs(60));
                return Ok(0);
            };
            buffer[0] = byte;
            Ok(1)
        }
    }

    #[test]
    fn a_file_that_gives_nothing_is_an_error() {
        let patience = Duration::from_millis(50);
        let mut reader = Patient::with(Slow(b"ab".to_vec()), patience).unwrap();
        let mut text = String::new();
        let error = reader.read_to_string(&mut text).unwrap_err();
        assert_eq!((text.as_str(), error.kind()), ("ba", io::ErrorKind::TimedOut));
    }

    #[test]
    fn a_file_is_read_to_its_end() {
        let patience = Duration::from_secs(60);
        for size in [0, 1, super::CHUNK, 3 * super::CHUNK + 1] {
            let mut text = Vec::new();
            let file = io::repeat(b'a').take(size as u64);
            Patient::with(file, patience).unwrap().read_to_end(&mut text).unwrap();
            assert_eq!(text.len(), size);
        }
    }
}
