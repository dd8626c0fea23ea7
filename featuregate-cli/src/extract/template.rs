//! What a template engine replaces: `{{ … }}`, `{% … %}` and `{# … #}`.

use std::borrow::Cow;
use std::ops::Range;

/// A text in which the actions of a template are hidden, byte for byte as long as before.
#[derive(Debug)]
pub(super) struct Masked<'t> {
    /// The text as it is.
    pub(super) original: &'t str,
    /// The text to read.
    pub(super) text: Cow<'t, str>,
    /// Where something was hidden within a line, by place.
    hidden: Vec<Range<usize>>,
}

const PAIRS: &[(&str, &str)] = &[("{{", "}}"), ("{%", "%}"), ("{#", "#}")];

impl<'t> Masked<'t> {
    /// Hides the actions of a text. Lines that hold nothing else become blank; elsewhere an action becomes
    /// a word.
    pub(super) fn of(text: &'t str) -> Self {
        /// Stands for a hidden byte until it is known what else the line has.
        const HIDDEN: u8 = 1;
        let actions = actions(text);
        if actions.is_empty() {
            return Self { original: text, text: Cow::Borrowed(text), hidden: Vec::new() };
        }
        let mut bytes = text.as_bytes().to_vec();
        for action in actions {
            let of_action = bytes.get_mut(action).unwrap_or_default();
            of_action
                .iter_mut()
                .filter(|byte| !b"\r\n".contains(byte))
                .for_each(|byte| *byte = HIDDEN);
        }
        let mut hidden: Vec<Range<usize>> = Vec::new();
        let mut start = 0;
        for line in bytes.split_inclusive_mut(|byte| *byte == b'\n') {
            let alone = line.iter().all(|byte| *byte == HIDDEN || byte.is_ascii_whitespace());
            for (at, byte) in line.iter_mut().enumerate().filter(|(_, byte)| **byte == HIDDEN) {
                *byte = if alone { b' ' } else { b'x' };
                if alone {
                    continue;
                }
                match hidden.last_mut() {
                    Some(last) if last.end == start + at => last.end += 1,
                    _ => hidden.push(start + at..start + at + 1),
                }
            }
            start += line.len();
        }
        // Each action is replaced whole, so what remains is UTF-8.
        let masked = String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned);
        Self { original: text, text: masked, hidden }
    }

    /// Whether anything in that place is hidden.
    pub(super) fn hides(&self, span: &Range<usize>) -> bool {
        let after = self.hidden.partition_point(|hidden| hidden.end <= span.start);
        self.hidden.get(after).is_some_and(|hidden| hidden.start < span.end)
    }
}

/// The actions, by place.
fn actions(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text.get(at..).and_then(|rest| rest.find('{')) {
        let start = at + open;
        let rest = text.get(start..).unwrap_or_default();
        let pair = PAIRS.iter().find(|(open, _)| rest.starts_with(open));
        let end = pair.and_then(|(_, close)| {
            let inner = rest.get(2..)?;
            Some(start + 2 + inner.find(close)? + close.len())
        });
        match (pair, end) {
            (Some(_), Some(end)) if plausible(text.get(start..end).unwrap_or_default()) => {
                found.push(start..end);
                at = end;
            }
            // Nothing closes it, so nothing after it closes either.
            (Some((_, close)), None) if !rest.contains(close) => at = start + 2,
            _ => at = start + 1,
        }
    }
    found
}

/// Braces of JSON and of flow mappings may stand side by side as well: `{{"a": 1}}` is no YAML, but
/// `{"a": {"b": {}}}` has both pairs. An action has no line break, unless it is a comment or a long pipeline,
/// and is not empty.
fn plausible(action: &str) -> bool {
    let inner = action.get(2..action.len().saturating_sub(2)).unwrap_or_default();
    !inner.trim().is_empty() && !inner.contains("{{")
}

#[cfg(test)]
mod tests {
    use super::Masked;

    #[test]
    fn an_action_is_hidden_byte_for_byte() {
        for (text, masked) in [
            ("a: {{ .b }}\nc: d", "a: xxxxxxxx\nc: d"),
            ("{{- if .a }}\n  b: c\n{{- end }}\n", "            \n  b: c\n          \n"),
            ("  {{ a }} {{ b }}  \n", "                   \n"),
            ("{{/* a: b\n  c: d */}}\ne: f", "         \n           \ne: f"),
            ("{% for x in y %}\na: {{ x }}{# ä #}", "                \na: xxxxxxxxxxxxxxx"),
            ("a: {b: {c: {}}}", "a: {b: {c: {}}}"),
            ("a: {{ b", "a: {{ b"),
            ("a: {{}}", "a: {{}}"),
        ] {
            assert_eq!(Masked::of(text).text, masked, "{text}");
        }
    }

    #[test]
    fn what_is_hidden_within_a_line_is_known() {
        let masked = Masked::of("A={{ a }},B=true\n{{ c }}\n");
        assert!(masked.hides(&(0..9)) && masked.hides(&(2..3)) && masked.hides(&(8..9)));
        assert!(!masked.hides(&(0..2)) && !masked.hides(&(9..16)) && !masked.hides(&(17..24)));
    }
}
