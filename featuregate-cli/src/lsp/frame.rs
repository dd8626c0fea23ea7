//! Messages as bytes: a header with a length, an empty line, and JSON.

use std::io::{self, BufRead, Read as _, Write};

use serde::Serialize;

/// The longest message that is read. A document that long is not checked anyway.
const LONGEST: u64 = 64 << 20;

/// The longest line of a header, and the most lines.
const HEADER: (u64, usize) = (4096, 64);

/// What arrived.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Frame {
    /// A message.
    Message(Vec<u8>),
    /// A message that was too long, and was dropped.
    TooLong,
}

/// Reads the next message; `None` at the end of the input.
///
/// # Errors
/// If the input cannot be read, or its header has no length, so that the next message cannot be found.
pub(super) fn read(input: &mut impl BufRead) -> io::Result<Option<Frame>> {
    let Some(length) = length(input)? else { return Ok(None) };
    let mut body = input.take(length);
    if length > LONGEST {
        io::copy(&mut body, &mut io::sink())?;
        return Ok(Some(Frame::TooLong));
    }
    let mut message = Vec::new();
    body.read_to_end(&mut message)?;
    if body.limit() > 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(Some(Frame::Message(message)))
}

/// The length that a header gives; `None` at the end of the input.
fn length(input: &mut impl BufRead) -> io::Result<Option<u64>> {
    let invalid = |what: &str| io::Error::new(io::ErrorKind::InvalidData, what.to_owned());
    let mut length = None;
    let mut line = Vec::new();
    for number in 0..HEADER.1 {
        line.clear();
        input.by_ref().take(HEADER.0).read_until(b'\n', &mut line)?;
        if line.is_empty() && number == 0 {
            return Ok(None);
        }
        if !line.ends_with(b"\n") {
            return Err(invalid(
                "the header of a message has a line that is too long or not complete",
            ));
        }
        let text = String::from_utf8_lossy(&line);
        let Some((key, value)) = text.split_once(':') else {
            let end = text.trim().is_empty();
            return end
                .then_some(length)
                .flatten()
                .map(Some)
                .ok_or_else(|| invalid("the header of a message has no Content-Length"));
        };
        if key.eq_ignore_ascii_case("Content-Length") {
            let value = value.trim().parse();
            length = Some(
                value.map_err(|_| invalid("the Content-Length of a message is not a number"))?,
            );
        }
    }
    Err(invalid("the header of a message has too many lines"))
}

/// Writes a message.
pub(super) fn write(output: &mut dyn Write, message: &impl Serialize) -> io::Result<()> {
    let text = serde_json::to_vec(message)?;
    write!(output, "Content-Length: {}\r\n\r\n", text.len())?;
    output.write_all(&text)?;
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(mut input: &[u8]) -> Vec<Result<Frame, String>> {
        let mut frames = Vec::new();
        loop {
            match read(&mut input) {
                Ok(Some(frame)) => frames.push(Ok(frame)),
                Ok(None) => return frames,
                Err(error) => {
                    frames.push(Err(error.to_string()));
                    return frames;
                }
            }
        }
    }

    #[test]
    fn messages_are_read_one_after_the_other() {
        let mut bytes = Vec::new();
        write(&mut bytes, &"ä").unwrap();
        bytes.extend(b"content-length:2\r\nContent-Type: x; charset=utf-8\r\n\r\n{}");
        bytes.extend(b"Content-Length: 0\r\n\r\n");
        let message = |text: &str| Ok(Frame::Message(text.into()));
        assert_eq!(all(&bytes), [message("\"ä\""), message("{}"), message("")]);
        assert_eq!(all(b""), []);
    }

    #[test]
    fn a_broken_header_is_an_error_and_never_a_large_allocation() {
        for (bytes, expected) in [
            ("Content-Length: 5\r\n\r\n{}", "unexpected end of file"),
            (
                "Content-Length: 99999999\r\n",
                "the header of a message has a line that is too long or not complete",
            ),
            ("Content-Length: x\r\n\r\n", "the Content-Length of a message is not a number"),
            ("Content-Length: -1\r\n\r\n", "the Content-Length of a message is not a number"),
            ("Content-Type: x\r\n\r\n", "the header of a message has no Content-Length"),
            ("nonsense\r\n\r\n", "the header of a message has no Content-Length"),
            (
                "Content-Length: 18446744073709551616\r\n\r\n",
                "the Content-Length of a message is not a number",
            ),
        ] {
            assert_eq!(all(bytes.as_bytes()), [Err(expected.to_owned())], "{bytes}");
        }
        let long = "x".repeat(10_000);
        let many = "A: b\r\n".repeat(100);
        for (bytes, expected) in [
            (&long, "the header of a message has a line that is too long or not complete"),
            (&many, "the header of a message has too many lines"),
        ] {
            assert_eq!(all(bytes.as_bytes()), [Err(expected.to_owned())]);
        }
        // The rest of the input is the body, which is dropped.
        let largest = format!("Content-Length: {}\r\n\r\n{{}}", u64::MAX);
        assert_eq!(all(largest.as_bytes()), [Ok(Frame::TooLong)]);
    }
}
