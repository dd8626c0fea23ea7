//! The text format of Prometheus, in which programs export metrics: a sample a line.
//!
//! A line that is not of a metric that is wanted is not read further, so that most of a long answer costs little.

use std::borrow::Cow;
use std::io::{BufRead, Read as _};

/// The longest line that is read. A program's longest help has a thousandth of that.
const LONGEST: u64 = 1 << 20;

/// The labels of a sample, in the order in which they are written.
pub(crate) type Labels<'a> = Vec<(Cow<'a, str>, Cow<'a, str>)>;

/// A value of a metric.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sample<'a> {
    pub(crate) metric: &'a str,
    pub(crate) labels: Labels<'a>,
    pub(crate) value: f64,
}

/// Reads a text; `each` takes the samples of the metrics that are `wanted`, or says what is wrong with one.
///
/// # Errors
/// What is wrong with the first line that cannot be read; the samples before it were given to `each`.
pub(crate) fn read(
    mut text: impl BufRead,
    wanted: impl Fn(&str) -> bool,
    mut each: impl FnMut(Sample<'_>) -> Result<(), String>,
) -> Result<(), String> {
    let mut line = Vec::new();
    for number in 1_u64.. {
        line.clear();
        let read = text.by_ref().take(LONGEST).read_until(b'\n', &mut line);
        let read = read.map_err(|error| error.to_string())?;
        if read == 0 {
            break;
        }
        let wrong = |what: &str| format!("line {number} {what}");
        if read as u64 == LONGEST && line.last() != Some(&b'\n') {
            return Err(wrong("is longer than 1 MB"));
        }
        // Some editors write a mark before the text.
        let bytes = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&line).trim_ascii();
        let end = bytes.iter().position(|byte| matches!(byte, b'{' | b' ' | b'\t'));
        let (metric, _) = bytes.split_at(end.unwrap_or(bytes.len()));
        if !std::str::from_utf8(metric).is_ok_and(&wanted) {
            continue;
        }
        let text = std::str::from_utf8(bytes).map_err(|_| wrong("is not UTF-8"))?;
        let sample = sample(text).ok_or_else(|| wrong("is not a sample"))?;
        each(sample).map_err(|what| format!("line {number}: {what}"))?;
    }
    Ok(())
}

/// `metric{label="value"} 1`, perhaps with a time and more, which are left out.
fn sample(line: &str) -> Option<Sample<'_>> {
    let end = line.find(['{', ' ', '\t'])?;
    let (metric, rest) = line.split_at(end);
    let (labels, rest) = match rest.trim_start().strip_prefix('{') {
        Some(rest) => labels(rest)?,
        None => (Vec::new(), rest),
    };
    let value = rest.split_ascii_whitespace().next()?.parse().ok()?;
    Some(Sample { metric, labels, value })
}

/// Labels up to the closing brace, and what follows it.
fn labels(mut rest: &str) -> Option<(Labels<'_>, &str)> {
    let mut labels = Vec::new();
    loop {
        rest = rest.trim_start();
        if let Some(rest) = rest.strip_prefix('}') {
            return Some((labels, rest));
        }
        let (name, after) = if let Some(rest) = rest.strip_prefix('"') {
            quoted(rest)?
        } else {
            let (name, _) = rest.split_once('=')?;
            (Cow::Borrowed(name.trim()), rest.strip_prefix(name)?)
        };
        let value = after.trim_start().strip_prefix('=')?.trim_start().strip_prefix('"')?;
        let (value, after) = quoted(value)?;
        labels.push((name, value));
        rest = after.trim_start();
        match rest.strip_prefix(',') {
            Some(more) => rest = more,
            None if rest.starts_with('}') => {}
            None => return None,
        }
    }
}

/// A text up to its closing quote, and what follows that.
fn quoted(text: &str) -> Option<(Cow<'_, str>, &str)> {
    let end = text.find(['"', '\\'])?;
    let (plain, mut rest) = text.split_at(end);
    if let Some(rest) = rest.strip_prefix('"') {
        return Some((Cow::Borrowed(plain), rest));
    }
    let mut value = plain.to_owned();
    loop {
        let end = rest.find(['"', '\\'])?;
        let (plain, special) = rest.split_at(end);
        value.push_str(plain);
        if let Some(rest) = special.strip_prefix('"') {
            return Some((Cow::Owned(value), rest));
        }
        let mut escaped = special.strip_prefix('\\')?.chars();
        match escaped.next()? {
            'n' => value.push('\n'),
            c @ ('\\' | '"') => value.push(c),
            // As Prometheus reads it.
            c => value.extend(['\\', c]),
        }
        rest = escaped.as_str();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn samples(text: &str) -> (Vec<String>, Result<(), String>) {
        let mut samples = Vec::new();
        let result = read(
            text.as_bytes(),
            |metric| metric == "a",
            |sample| {
                samples.push(format!("{:?} {}", sample.labels, sample.value));
                Ok(())
            },
        );
        (samples, result)
    }

    #[test]
    fn labels_have_escapes_and_values_may_have_a_time() {
        for (line, expected) in [
            ("a 1", "[] 1"),
            ("a{} 0 1700000000000", "[] 0"),
            ("  a{x=\"1\", y = \"2\",} 1e0\r", "[(\"x\", \"1\"), (\"y\", \"2\")] 1"),
            (r#"a{x="a\"b\\c\nd",y="}"} 1 # {t="x"} 2"#, r#"[("x", "a\"b\\c\nd"), ("y", "}")] 1"#),
            (r#"a{x="\t"} NaN"#, r#"[("x", "\\t")] NaN"#),
            (r#"a{"x.y"="ä"} +Inf"#, r#"[("x.y", "ä")] inf"#),
        ] {
            assert_eq!(samples(line), (vec![expected.to_owned()], Ok(())), "{line}");
        }
    }

    #[test]
    fn other_lines_are_passed_over_and_the_first_wrong_one_ends_the_text() {
        let text = "# HELP a\n# TYPE a gauge\n\nab{x=\"} 1\nb{ 1\n\u{0}\na 1\na{x=\"1} 1\na 0\n";
        let (samples, result) = samples(text);
        assert_eq!(samples, ["[] 1"]);
        assert_eq!(result, Err("line 8 is not a sample".to_owned()));
    }

    #[test]
    fn what_is_not_a_sample_is_reported() {
        let long = format!("a{{x=\"{}", "x".repeat(2 << 20));
        for (line, error) in [
            ("a", "is not a sample"),
            ("a{", "is not a sample"),
            ("a{x} 1", "is not a sample"),
            ("a{x=1} 1", "is not a sample"),
            ("a{x=\"1\" y=\"2\"} 1", "is not a sample"),
            ("a{x=\"1\"}", "is not a sample"),
            ("a banana", "is not a sample"),
            (&long, "is longer than 1 MB"),
        ] {
            assert_eq!(samples(line), (Vec::new(), Err(format!("line 1 {error}"))), "{line:.20}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in "[a{}=\",\\\\ \n1äx#]{0,40}") {
            let _ = samples(&format!("a{text}"));
        }

        #[test]
        fn a_label_is_read_as_it_was_written(value in "\\PC{0,20}|[\"\\\\\n]{0,6}") {
            let written = value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
            let (samples, result) = samples(&format!("a{{x=\"{written}\"}} 1"));
            prop_assert_eq!(result, Ok(()));
            prop_assert_eq!(samples, [format!("[(\"x\", {value:?})] 1")]);
        }
    }
}
