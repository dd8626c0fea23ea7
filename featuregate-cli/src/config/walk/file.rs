//! The text of a file.

use std::fmt;
use std::io::{self, Read};

use featuregate_core::__private::slice_bytes;

/// The most bytes of a text: more than any configuration has, and little enough to keep in memory.
const MOST: u64 = 256 << 20;

/// How many bytes are looked at to recognize a binary file.
const HEAD: usize = 1024;

/// A file of so many bytes is small: it is read without asking for its size, as most are.
const SMALL: usize = 8 << 10;

/// Why a file has no text.
#[derive(Debug)]
pub(super) enum Unread {
    /// The system reported an error.
    Io(io::Error),
    /// It has too many bytes.
    Large,
    /// It has bytes of zero at its beginning.
    Binary,
    /// It begins with the mark of another encoding.
    Encoding(&'static str),
    /// A line has a byte that is not UTF-8.
    NotText { line: usize, byte: u8, bytes: Vec<u8> },
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => write!(f, "cannot be read: {error}"),
            Self::Large => write!(f, "larger than {} MiB", MOST >> 20),
            Self::Binary => f.write_str("binary file"),
            Self::Encoding(name) => write!(f, "encoded as {name}, not UTF-8"),
            Self::NotText { line, byte, .. } => {
                write!(f, "invalid UTF-8: line {line} has the byte 0x{byte:02x}")
            }
        }
    }
}

impl Unread {
    /// Whether the file may be of interest, as far as it is known.
    pub(super) fn may_concern(&self, concerns: impl Fn(&str) -> bool) -> bool {
        match self {
            Self::Binary => false,
            Self::NotText { bytes, .. } => concerns(&String::from_utf8_lossy(bytes)),
            Self::Io(_) | Self::Large | Self::Encoding(_) => true,
        }
    }
}

/// The whole text of a file. `size` is asked about one that is not small: how many bytes it has, and what to keep
/// as long as its text exists.
pub(super) fn text<R: Read, G>(
    file: R,
    size: impl FnOnce(&R) -> (Option<u64>, G),
) -> Result<(String, Option<G>), Unread> {
    bounded(file, size, MOST)
}

fn bounded<R: Read, G>(
    mut file: R,
    size: impl FnOnce(&R) -> (Option<u64>, G),
    most: u64,
) -> Result<(String, Option<G>), Unread> {
    let mut bytes = Vec::with_capacity(SMALL);
    (&mut file).take(SMALL as u64).read_to_end(&mut bytes).map_err(Unread::Io)?;
    let begin = slice_bytes(&bytes, ..bytes.len().min(HEAD));
    if bytes.len() < SMALL {
        encoding(begin)?;
        return Ok((decoded(bytes, most)?, None));
    }
    let (size, held) = size(&file);
    if size.is_some_and(|size| size > most) {
        return Err(Unread::Large);
    }
    // Of what is not small, the first bytes may show that the rest need not be read.
    encoding(begin)?;
    if let Some(size) = size.and_then(|size| usize::try_from(size).ok()) {
        bytes.reserve(size.saturating_sub(SMALL));
    }
    file.take((most + 1).saturating_sub(SMALL as u64))
        .read_to_end(&mut bytes)
        .map_err(Unread::Io)?;
    Ok((decoded(bytes, most)?, Some(held)))
}

fn decoded(bytes: Vec<u8>, most: u64) -> Result<String, Unread> {
    if bytes.len() as u64 > most {
        return Err(Unread::Large);
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let (before, from) = error.as_bytes().split_at(valid);
        let line = before.split(|byte| *byte == b'\n').count();
        let byte = from.first().copied().unwrap_or_default();
        Unread::NotText { line, byte, bytes: error.into_bytes() }
    })
}

/// Refuses what is not text by its first bytes.
fn encoding(head: &[u8]) -> Result<(), Unread> {
    match head {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => Err(Unread::Encoding("UTF-32")),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Err(Unread::Encoding("UTF-16")),
        head if memchr::memchr(0, head).is_some() => Err(Unread::Binary),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::{SMALL, bounded, text};
    use std::io::{self, Read};

    #[test]
    fn what_is_not_text_is_refused() {
        let latin = b"a: 1\nb: \xe4\n".as_slice();
        let cut = b"a: \xc3".as_slice();
        let cases: &[(&[u8], Result<&str, &str>)] = &[
            (b"", Ok("")),
            ("a: ä\r\n".as_bytes(), Ok("a: ä\r\n")),
            ("\u{feff}a: 1".as_bytes(), Ok("\u{feff}a: 1")),
            (b"\x7fELF\0\0", Err("binary file")),
            (b"\xff\xfea\0:\0", Err("encoded as UTF-16, not UTF-8")),
            (b"\xfe\xff\0a\0:", Err("encoded as UTF-16, not UTF-8")),
            (b"\xff\xfe\0\0a\0\0\0", Err("encoded as UTF-32, not UTF-8")),
            (latin, Err("invalid UTF-8: line 2 has the byte 0xe4")),
            (cut, Err("invalid UTF-8: line 1 has the byte 0xc3")),
        ];
        for (bytes, expected) in cases {
            let found = text(*bytes, |_| (Some(bytes.len() as u64), ()))
                .map_err(|unread| unread.to_string());
            let found = found.map(|(text, _)| text);
            assert_eq!(found, expected.map(str::to_owned).map_err(str::to_owned), "{bytes:?}");
        }
    }

    #[test]
    fn a_text_may_have_the_most_bytes_and_no_more() {
        let read = |bytes: usize, size| {
            let file = io::repeat(b'a').take(bytes as u64);
            bounded(file, |_| (Some(size), ()), 50_000).map(|(text, _)| text.len()).ok()
        };
        assert_eq!(read(50_000, 50_000), Some(50_000));
        assert_eq!(read(50_001, 50_001), None);
        assert_eq!(read(50_001, 0), None, "for any size that the system reports");
        for size in [10, SMALL - 1, SMALL, SMALL + 1] {
            assert_eq!(read(size, 50_000), Some(size));
            assert_eq!(read(size, 0), Some(size));
        }
    }

    #[test]
    fn what_does_not_end_is_left_at_its_beginning_or_at_the_limit() {
        assert_eq!(text(io::repeat(0), |_| (None, ())).unwrap_err().to_string(), "binary file");
        let found = bounded(io::repeat(b'a'), |_| (None, ()), 10_000).unwrap_err().to_string();
        assert_eq!(found, "larger than 256 MiB");
    }
}
