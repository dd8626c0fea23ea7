//! JSON, as every command writes it.

use std::io::{self, Write};

use featuregate_core::__private::slice;
use serde::Serialize;

use crate::io::escape::controls;

/// Writes JSON with indentation and a line end.
pub(crate) fn write(value: &impl Serialize, mut out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(Escaped(&mut out), value)?;
    writeln!(out)
}

/// The same as a text.
pub(crate) fn text(value: &impl Serialize) -> io::Result<String> {
    let mut text = Vec::new();
    write(value, &mut text)?;
    String::from_utf8(text).map_err(io::Error::other)
}

/// Escapes what would control a terminal, which JSON allows in a string. The value is the same.
struct Escaped<W>(W);

impl<W: Write> Write for Escaped<W> {
    /// Every write of the serializer is whole characters; a line end is one between values.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = std::str::from_utf8(bytes).map_err(io::Error::other)?;
        for part in text.split_inclusive(|c| c != '\n' && controls(c)) {
            let last = part.chars().next_back().filter(|c| *c != '\n' && controls(*c));
            let plain = part.len() - last.map_or(0, char::len_utf8);
            self.0.write_all(slice(part, ..plain).as_bytes())?;
            for unit in last.iter().flat_map(|c| c.encode_utf16(&mut [0; 2]).to_vec()) {
                write!(self.0, "\\u{unit:04x}")?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}
