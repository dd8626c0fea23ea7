//! Lines of a shell, an environment file or a systemd unit.

use std::ops::Range;

use featuregate_core::__private::{slice, slice_bytes};

use super::{Builder, Passage};

/// A line as a shell reads it: with those that continue it, without comments.
#[derive(Debug)]
pub(crate) struct Script<'p> {
    /// Its text.
    pub(crate) line: Passage<'p>,
    /// The lines that it is on.
    pub(crate) lines: Range<usize>,
    /// Whether a block of the shell would be empty without it.
    pub(crate) needed: bool,
}

/// The lines of a text that are `wanted`, with the number of all lines that are not empty.
pub(crate) fn logical<'p>(
    outer: &'p Passage<'_>,
    mut wanted: impl FnMut(Range<usize>) -> bool,
) -> (Vec<Script<'p>>, usize) {
    let text = outer.text();
    let (mut scripts, mut count) = (Vec::new(), 0);
    let mut opened = false;
    let mut at = 0;
    while at < text.len() {
        let start = at;
        // The parts of the line, and where each ends with its end of line.
        let mut parts: Vec<(Range<usize>, usize)> = Vec::new();
        loop {
            let rest = slice_bytes(text.as_bytes(), at..);
            let length = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
            let written = slice(text, at..at + length);
            let next = (at + length + 1).min(text.len());
            let content = written.trim_end();
            let is_comment = content.trim_start().starts_with(['#', ';']);
            // An even number of backslashes does not continue the line.
            let slashes = content.len() - content.trim_end_matches('\\').len();
            let continues =
                slashes % 2 == 1 && content.len() == written.trim_end_matches('\r').len();
            if !is_comment {
                let kept = if continues { content.len() - 1 } else { without_comment(content) };
                parts.push((at..at + kept, next));
            }
            at = next;
            let more = if is_comment { !parts.is_empty() } else { continues };
            if !more || at >= text.len() {
                break;
            }
        }
        let has_text =
            |part: &(Range<usize>, usize)| !slice(text, part.0.clone()).trim().is_empty();
        if !parts.iter().any(has_text) {
            continue;
        }
        count += 1;
        let first = slice(text, start..).trim_start();
        if wanted(start..at) {
            let needed = opened && closes(slice(text, at..));
            let line = joined(outer, &parts);
            scripts.push(Script { line, lines: outer.lines(start..at), needed });
        }
        let line = first.lines().next().unwrap_or_default().trim_end();
        opened = ["then", "do", "else", "{", "("].iter().any(|word| line.ends_with(word));
    }
    (scripts, count)
}

fn joined<'p>(outer: &'p Passage<'_>, parts: &[(Range<usize>, usize)]) -> Passage<'p> {
    if let [(only, _)] = parts {
        return outer.slice(only.clone());
    }
    let mut builder = Builder::new(outer, parts.first().map_or(0, |(part, _)| part.start));
    let last = parts.len().saturating_sub(1);
    for (index, (part, next)) in parts.iter().enumerate() {
        builder.copy(part.clone());
        if index < last {
            builder.put(' ', part.end..*next);
        }
    }
    builder.finish()
}

/// Whether the next line that is not empty closes a block of the shell.
fn closes(rest: &str) -> bool {
    let next = rest.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
    let word = next.and_then(|line| line.split([' ', ';']).next()).unwrap_or_default();
    matches!(word, "fi" | "else" | "elif" | "done" | "}" | ")" | "esac" | ";;")
}

/// The length of a line before a comment at its end.
fn without_comment(line: &str) -> usize {
    let bytes = line.as_bytes();
    if memchr::memchr(b'#', bytes).is_none() {
        return line.len();
    }
    let (mut quote, mut escaped, mut after_space) = (None, false, true);
    for (at, byte) in bytes.iter().enumerate() {
        match (byte, quote) {
            _ if escaped => escaped = false,
            (b'\\', None | Some(b'"')) => escaped = true,
            (b'#', None) if after_space => {
                return slice(line, ..at).trim_end().len();
            }
            (b'"' | b'\'', None) => quote = Some(*byte),
            (byte, Some(open)) if *byte == open => quote = None,
            _ => {}
        }
        after_space = matches!(byte, b' ' | b'\t');
    }
    line.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let outer = Passage::of_file(text);
        logical(&outer, |_| true).0.iter().map(|script| script.line.text().to_owned()).collect()
    }

    #[test]
    fn a_backslash_continues_a_line_and_comments_are_left_out() {
        let text = "a \\\n  b \\\n# no\n  c # d\n\n; e\nf '# g' # h\ni\\\\\nj";
        assert_eq!(read(text), ["a    b    c", "f '# g'", "i\\\\", "j"]);
    }

    #[test]
    fn a_line_that_a_block_needs_is_known() {
        let outer = Passage::of_file("if x; then\n  y\nfi\nif x; then\n  y\n  z\nfi\n");
        let (scripts, count) = logical(&outer, |_| true);
        let needed: Vec<bool> = scripts.iter().map(|script| script.needed).collect();
        assert_eq!((needed, count), (vec![false, true, false, false, false, false, false], 7));
    }
}
