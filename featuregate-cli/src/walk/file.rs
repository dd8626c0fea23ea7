//! The text of a file.

use std::fmt;
use std::io::{self, Read};

/// The most bytes of a text: more than anybody configures, and little enough to have at once.
const MOST: u64 = 256 << 20;

/// How many bytes are looked at to tell a binary file.
const HEAD: usize = 1024;

/// A file of so many bytes is small.
const SMALL: u64 = 64 << 10;

/// How much room a buffer has beyond a file's size.
const SPARE: usize = 64;

/// Why a file has no text.
#[derive(Debug)]
pub(super) enum Unread {
    /// The system says so.
    Io(io::Error),
    /// It has too many bytes.
    Large,
    /// It has bytes of zero at its begin.
    Binary,
    /// It begins with the mark of another encoding.
    Encoding(&'static str),
    /// A line has a byte that is not UTF-8.
    NotText { line: usize, byte: u8 },
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => write!(f, "it can't be read: {error}"),
            Self::Large => write!(f, "it has more than {} MiB", MOST >> 20),
            Self::Binary => f.write_str("it is binary"),
            Self::Encoding(name) => write!(f, "it is {name}, not UTF-8"),
            Self::NotText { line, byte } => {
                write!(f, "it is not UTF-8: line {line} has the byte 0x{byte:02x}")
            }
        }
    }
}

/// The whole text of a file that has about that many bytes.
pub(super) fn text(file: impl Read, size: u64) -> Result<String, Unread> {
    bounded(file, size, MOST)
}

fn bounded(file: impl Read, size: u64, most: u64) -> Result<String, Unread> {
    if size > most {
        return Err(Unread::Large);
    }
    let mut file = file.take(most + 1);
    // With room to spare, what is small is read at once, and its end by one more read.
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0).saturating_add(SPARE));
    // Of what is not, the first bytes may say that the rest need not be read.
    if size == 0 || size > SMALL {
        (&mut file).take(HEAD as u64).read_to_end(&mut bytes).map_err(Unread::Io)?;
        encoding(&bytes)?;
    }
    file.read_to_end(&mut bytes).map_err(Unread::Io)?;
    encoding(bytes.get(..HEAD).unwrap_or(&bytes))?;
    if bytes.len() as u64 > most {
        return Err(Unread::Large);
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let (before, from) = error.as_bytes().split_at_checked(valid).unwrap_or_default();
        let line = before.split(|byte| *byte == b'\n').count();
        Unread::NotText { line, byte: from.first().copied().unwrap_or_default() }
    })
}

/// Refuses what its first bytes tell to be no text.
fn encoding(head: &[u8]) -> Result<(), Unread> {
    match head {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => Err(Unread::Encoding("UTF-32")),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Err(Unread::Encoding("UTF-16")),
        head if head.contains(&0) => Err(Unread::Binary),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::{bounded, text};
    use std::io::{self, Read};

    #[test]
    fn what_is_no_text_is_told_from_it() {
        let latin = b"a: 1\nb: \xe4\n".as_slice();
        let cut = b"a: \xc3".as_slice();
        let cases: &[(&[u8], Result<&str, &str>)] = &[
            (b"", Ok("")),
            ("a: ä\r\n".as_bytes(), Ok("a: ä\r\n")),
            ("\u{feff}a: 1".as_bytes(), Ok("\u{feff}a: 1")),
            (b"\x7fELF\0\0", Err("it is binary")),
            (b"\xff\xfea\0:\0", Err("it is UTF-16, not UTF-8")),
            (b"\xfe\xff\0a\0:", Err("it is UTF-16, not UTF-8")),
            (b"\xff\xfe\0\0a\0\0\0", Err("it is UTF-32, not UTF-8")),
            (latin, Err("it is not UTF-8: line 2 has the byte 0xe4")),
            (cut, Err("it is not UTF-8: line 1 has the byte 0xc3")),
        ];
        for (bytes, expected) in cases {
            let told = text(*bytes, bytes.len() as u64).map_err(|unread| unread.to_string());
            assert_eq!(told, expected.map(str::to_owned).map_err(str::to_owned), "{bytes:?}");
        }
    }

    #[test]
    fn a_text_may_have_the_most_bytes_and_no_more() {
        let read = |bytes: usize, size| bounded(io::repeat(b'a').take(bytes as u64), size, 5_000);
        assert_eq!(read(5_000, 5_000).unwrap().len(), 5_000);
        assert!(read(5_001, 5_001).is_err());
        assert!(read(5_001, 0).is_err(), "whatever size the system tells");
        assert_eq!(read(10, 5_000).unwrap().len(), 10);
    }

    #[test]
    fn what_does_not_end_is_left_at_its_begin_or_at_the_limit() {
        assert_eq!(text(io::repeat(0), 0).unwrap_err().to_string(), "it is binary");
        let told = bounded(io::repeat(b'a'), 0, 10_000).unwrap_err().to_string();
        assert_eq!(told, "it has more than 256 MiB");
    }
}
