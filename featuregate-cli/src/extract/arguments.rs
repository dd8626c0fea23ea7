//! Arguments and assignments in a line: `--feature-gates=A=true`, `KUBE_FEATURE_GATES="A=true"`.

use std::ops::Range;

use super::keys::Keys;

/// An argument, by its places in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Argument {
    /// From its name to the end of its value, with the value's quotes.
    pub(super) whole: Range<usize>,
    /// Its value, without quotes.
    pub(super) value: Range<usize>,
}

/// How a text is made of lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lines {
    /// Line breaks are blanks.
    One,
    /// A script: each line is a command, unless it goes on after a backslash.
    Script,
    /// A file of assignments, such as a systemd unit: the same, and `;` begins a comment as well.
    Assignments,
}

/// The lines of a part of a text that are no comments.
pub(super) fn lines(text: &str, part: &Range<usize>, kind: Lines) -> Vec<Range<usize>> {
    if kind == Lines::One {
        return vec![part.clone()];
    }
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut goes_on = false;
    let mut at = part.start;
    for line in text.get(part.clone()).unwrap_or_default().split_inclusive('\n') {
        let range = at..at + line.len();
        at = range.end;
        let begin = line.trim_start();
        let comment =
            begin.starts_with('#') || kind == Lines::Assignments && begin.starts_with(';');
        match found.last_mut() {
            Some(last) if goes_on => last.end = range.end,
            _ if comment => continue,
            _ => found.push(range),
        }
        goes_on = line.trim_end_matches(['\n', '\r']).ends_with('\\');
    }
    found
}

/// The arguments in a line.
pub(super) fn arguments(
    text: &str,
    line: &Range<usize>,
    kind: Lines,
    keys: Keys<'_>,
) -> Vec<Argument> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let end = line.end.min(bytes.len());
    let mut at = line.start;
    let mut quote = None;
    while let Some(&byte) = bytes.get(at).filter(|_| at < end) {
        if !part_of_name(byte) {
            match byte {
                b'"' | b'\'' if quote == Some(byte) => quote = None,
                b'"' | b'\'' if quote.is_none() => quote = Some(byte),
                // The rest of a script's line is a comment.
                b'#' if kind != Lines::One && quote.is_none() && blank_before(bytes, line, at) => {
                    break;
                }
                _ => {}
            }
            at += 1;
            continue;
        }
        let length = bytes.get(at..end).unwrap_or_default();
        let length = length.iter().take_while(|byte| part_of_name(**byte)).count();
        let name = at..at + length;
        at = name.end;
        // Of an address, or of a variable that is read.
        let before = name.start.checked_sub(1).filter(|before| *before >= line.start);
        let of_another =
            before.and_then(|at| bytes.get(at)).is_some_and(|it| b"?&/$#".contains(it));
        if !of_another
            && keys.has(text.get(name.clone()).unwrap_or_default())
            && let Some(argument) = argument(text, name, end, kind)
        {
            at = argument.whole.end;
            found.push(argument);
        }
    }
    found
}

/// The argument of that name, if a value follows it.
fn argument(text: &str, name: Range<usize>, end: usize, kind: Lines) -> Option<Argument> {
    let dashed = text.get(name.clone())?.starts_with('-');
    let rest = text.get(name.end..end)?;
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let after = rest.get(blanks..)?;
    // A shell appends with `+=`.
    let appended = usize::from(after.starts_with("+=") && !dashed);
    let after = after.get(appended..)?;
    let blanks = blanks + appended;
    let start = if let Some(value) = after.strip_prefix('=') {
        // `name = value` is an assignment in a file of them, and elsewhere three words.
        if blanks > appended && kind != Lines::Assignments {
            return None;
        }
        let loose = if kind == Lines::Assignments && !dashed { value } else { "" };
        name.end + blanks + 1 + (loose.len() - loose.trim_start_matches([' ', '\t']).len())
    } else {
        let word = rest.trim_start();
        let start = name.end + (rest.len() - word.len());
        let value = value(text, start, end)?;
        // In a sentence anything may follow.
        let listed = text.get(value.1.clone())?.contains('=');
        if !dashed || start == name.end || !listed {
            return None;
        }
        start
    };
    let (whole, value) = value(text, start, end)?;
    (!value.is_empty()).then_some(Argument { whole: name.start..whole.end, value })
}

/// The value that begins there, with its quotes and without them.
fn value(text: &str, start: usize, end: usize) -> Option<(Range<usize>, Range<usize>)> {
    let rest = text.get(start..end)?;
    if let Some(quote) = rest.chars().next().filter(|first| matches!(first, '"' | '\'')) {
        let inner = rest.get(1..)?;
        if let Some(length) = inner.find(quote) {
            return Some((start..start + length + 2, start + 1..start + 1 + length));
        }
    }
    let bytes = rest.as_bytes();
    let mut length = 0;
    while let Some(&byte) = bytes.get(length) {
        if byte == b'\\' {
            // A list may go on in the next line.
            let next = bytes.get(length + 1..).unwrap_or_default();
            let listed = length > 0 && bytes.get(length - 1) == Some(&b',');
            let gap = next.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            if !listed || !next.get(..gap).unwrap_or_default().contains(&b'\n') {
                break;
            }
            length += 1 + gap;
            continue;
        }
        if byte.is_ascii_whitespace() || b"\"';|&)]}<>`".contains(&byte) {
            break;
        }
        length += 1;
    }
    Some((start..start + length, start..start + length))
}

fn part_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')
}

fn blank_before(bytes: &[u8], line: &Range<usize>, at: usize) -> bool {
    at == line.start || bytes.get(at - 1).is_some_and(u8::is_ascii_whitespace)
}

#[cfg(test)]
mod tests {
    use super::{Lines, arguments, lines};
    use crate::extract::keys::Keys;

    fn values(text: &str, kind: Lines) -> Vec<&str> {
        let keys = Keys { more: &[] };
        lines(text, &(0..text.len()), kind)
            .iter()
            .flat_map(|line| arguments(text, line, kind, keys))
            .map(|argument| &text[argument.value])
            .collect()
    }

    #[test]
    fn an_argument_is_found_where_a_value_follows() {
        for (text, expected) in [
            ("--feature-gates=A=true", "A=true"),
            ("-feature-gates=A=true,B=f --v=2", "A=true,B=f"),
            ("feature-gates=A=true", "A=true"),
            ("--feature-gates A=true", "A=true"),
            ("--feature-gates \"A=true\" x", "A=true"),
            ("--kube-apiserver-arg=feature-gates=A=true", "A=true"),
            ("ARGS=\"--v=2 --feature-gates=A=true\"", "A=true"),
            ("export KUBE_FEATURE_GATES='A=true' # B", "A=true"),
            ("x --feature-gates=A=true,\\\n   B=f \\\n --v=2", "A=true,\\\n   B=f"),
            ("--feature-gates=+a,-b", "+a,-b"),
            ("exec x --feature-gates=A=true; y", "A=true"),
        ] {
            assert_eq!(values(text, Lines::Script), [expected], "{text}");
        }
    }

    #[test]
    fn what_only_mentions_the_name_is_none() {
        for text in [
            "the --feature-gates flag",
            "feature-gates A=true",
            "# --feature-gates=A=true",
            "x # --feature-gates=A=true",
            "--feature-gates=",
            "--feature-gates=\"\" x",
            "--feature-gates",
            "featureGates.A=true",
        ] {
            assert_eq!(values(text, Lines::Script), [""; 0], "{text}");
        }
        assert_eq!(values("; FEATURE_GATES=A=true", Lines::Assignments), [""; 0]);
    }

    #[test]
    fn a_file_of_assignments_has_blanks_around_the_equals_sign() {
        assert_eq!(values("feature_gates = A=true", Lines::Assignments), ["A=true"]);
        assert_eq!(values("feature_gates = A=true", Lines::Script), [""; 0]);
        let unit = "[Service]\nEnvironment=\"ARGS=--feature-gates=A=true\" \"B=c\"\n";
        assert_eq!(values(unit, Lines::Assignments), ["A=true"]);
    }
}
