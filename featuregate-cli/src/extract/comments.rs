//! Comments in JSON, as editors' settings have them.

use std::borrow::Cow;

/// A text in which comments are blank, byte for byte as long as before.
pub(super) fn hidden(text: &str) -> Cow<'_, str> {
    if !text.contains("//") && !text.contains("/*") {
        return Cow::Borrowed(text);
    }
    let mut bytes = text.as_bytes().to_vec();
    let mut at = 0;
    while let Some(byte) = text.as_bytes().get(at) {
        let rest = text.as_bytes().get(at..).unwrap_or_default();
        let length = match (byte, rest.get(1)) {
            (b'"', _) => {
                at += string(rest);
                continue;
            }
            (b'/', Some(b'/')) => rest.iter().take_while(|byte| **byte != b'\n').count(),
            (b'/', Some(b'*')) => {
                let end = text.get(at + 2..).and_then(|rest| rest.find("*/"));
                end.map_or(rest.len(), |end| end + 4)
            }
            _ => {
                at += 1;
                continue;
            }
        };
        let comment = bytes.get_mut(at..at + length).unwrap_or_default();
        comment.iter_mut().filter(|byte| !b"\r\n".contains(byte)).for_each(|byte| *byte = b' ');
        at += length;
    }
    // Each comment is blank as a whole, so what remains is UTF-8.
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// How long the string is that the bytes begin with.
fn string(bytes: &[u8]) -> usize {
    let mut escaped = false;
    let end = bytes.iter().skip(1).position(|byte| {
        let ends = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        ends
    });
    end.map_or(bytes.len(), |end| end + 2)
}

#[cfg(test)]
mod tests {
    use super::hidden;

    #[test]
    fn comments_are_blank_and_strings_are_not() {
        for (text, expected) in [
            ("{\"a\": \"//\"} // ä\n{}", "{\"a\": \"//\"}      \n{}"),
            ("/* a\n b */1", "    \n     1"),
            (r#"{"\"/*": 1} /* x"#, r#"{"\"/*": 1}     "#),
            ("{}", "{}"),
            ("\"//", "\"//"),
        ] {
            assert_eq!(hidden(text), expected);
        }
    }
}
