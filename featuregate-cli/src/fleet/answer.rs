//! Answers of the HTTP API of Prometheus, which may have millions of series: each is given away as soon as it is read.

use std::borrow::Cow;
use std::fmt;
use std::io::Read;

use memchr::memchr2;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};

use crate::fleet::exposition::Labels;

/// The most bytes of a series; a range of 11,000 points, the most that Prometheus gives, has a tenth of that.
const LARGEST: usize = 4 << 20;

/// The most bytes around the series.
const AROUND: usize = 1 << 20;

/// The deepest that an answer is nested.
const DEEPEST: usize = 32;

const FOREIGN: &str = "the answer is not one of the API of Prometheus";

/// A series: its labels, and its value, or values over time.
#[derive(Debug, Deserialize)]
pub(crate) struct Series<'a> {
    #[serde(borrow)]
    metric: LabelMap<'a>,
    #[serde(borrow, default)]
    value: Option<(f64, Text<'a>)>,
    #[serde(borrow, default)]
    values: Vec<(f64, Text<'a>)>,
}

impl<'a> Series<'a> {
    /// The value of an instant.
    pub(crate) fn value(&self) -> Option<f64> {
        self.value.as_ref().and_then(|(_, value)| value.0.parse().ok())
    }

    /// The values of a range, each with its time in seconds.
    pub(crate) fn values(&self) -> impl Iterator<Item = (f64, f64)> {
        self.values.iter().filter_map(|(at, value)| Some((*at, value.0.parse().ok()?)))
    }

    /// The labels, and the name of the metric, which an aggregation does not have.
    pub(crate) fn into_labels(self) -> (Option<Cow<'a, str>>, Labels<'a>) {
        let mut labels = self.metric.0;
        let name = labels.iter().position(|(label, _)| label == "__name__");
        let name = name.map(|at| labels.swap_remove(at).1);
        (name, labels)
    }
}

#[derive(Debug)]
struct LabelMap<'a>(Labels<'a>);

impl<'de: 'a, 'a> Deserialize<'de> for LabelMap<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OfMap;

        impl<'de> Visitor<'de> for OfMap {
            type Value = LabelMap<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("labels")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut labels = Vec::with_capacity(8);
                while let Some((name, value)) = map.next_entry::<Text<'de>, Text<'de>>()? {
                    labels.push((name.0, value.0));
                }
                Ok(LabelMap(labels))
            }
        }
        deserializer.deserialize_map(OfMap)
    }
}

/// A text, which is copied only if it has escapes.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

/// What an answer says about itself.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Envelope {
    status: String,
    #[serde(rename = "errorType")]
    error_type: Option<String>,
    error: Option<String>,
    /// What the server could not do, such as asking a store.
    warnings: Option<Vec<String>>,
    /// As `VictoriaMetrics` says that something is missing.
    #[serde(rename = "isPartial")]
    is_partial: bool,
}

impl Envelope {
    /// The error that the server reports.
    fn error(&self) -> Option<String> {
        if self.status == "success" {
            return None;
        }
        let mut texts = [&self.error, &self.error_type].into_iter().flatten();
        let what = texts.find(|text| !text.is_empty());
        Some(what.map_or_else(|| FOREIGN.to_owned(), Clone::clone))
    }

    /// What the server says is missing.
    pub(crate) fn missing(self) -> Option<String> {
        let partial =
            self.is_partial.then(|| "the server says that the answer is partial".to_owned());
        self.warnings.into_iter().flatten().chain(partial).reduce(|all, next| all + "; " + &next)
    }
}

/// Reads an answer; `each` takes a series, or says what is wrong with it.
///
/// # Errors
/// What is wrong with the answer, or the error that it reports. The series before it were given to `each`.
pub(crate) fn read(
    mut answer: impl Read,
    mut each: impl FnMut(Series<'_>) -> Result<(), String>,
) -> Result<Envelope, String> {
    let mut parts = Parts::default();
    let mut chunk = vec![0; 256 << 10];
    loop {
        let read = answer.read(&mut chunk).map_err(|error| error.to_string())?;
        let Some((read, _)) = chunk.split_at_checked(read).filter(|(read, _)| !read.is_empty())
        else {
            break;
        };
        parts.take(read, &mut |element| {
            let series = serde_json::from_slice(element);
            each(series.map_err(|error| format!("a series cannot be read: {error}"))?)
        })?;
    }
    if parts.depth > 0 || parts.in_text {
        return Err("the answer ends too early".to_owned());
    }
    let envelope: Envelope =
        serde_json::from_slice(&parts.envelope).map_err(|error| format!("{FOREIGN}: {error}"))?;
    envelope.error().map_or(Ok(envelope), Err)
}

/// Divides an answer into the series, which are the elements of `{"data": {"result": […]}}`, and the rest.
#[derive(Default)]
struct Parts {
    depth: usize,
    in_text: bool,
    /// After a backslash.
    escaped: bool,
    at: At,
    element: Vec<u8>,
    envelope: Vec<u8>,
}

/// Where the next bytes belong.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum At {
    /// What is around the series.
    #[default]
    Envelope,
    /// Between two series.
    Between,
    Element,
}

/// How deep the array of series is, which is closed by a bracket at this depth.
const RESULT: usize = 3;

impl Parts {
    fn take(
        &mut self,
        mut rest: &[u8],
        each: &mut impl FnMut(&[u8]) -> Result<(), String>,
    ) -> Result<(), String> {
        while !rest.is_empty() {
            let end = if self.escaped {
                Some(0)
            } else if self.in_text {
                memchr2(b'"', b'\\', rest)
            } else {
                rest.iter().position(|byte| matches!(byte, b'"' | b'{' | b'}' | b'[' | b']'))
            };
            let (before, from) = rest.split_at(end.unwrap_or(rest.len()));
            self.keep(before)?;
            let Some((special, after)) = from.split_first() else { break };
            rest = after;
            match special {
                _ if self.escaped => {
                    self.escaped = false;
                    self.keep(&[*special])?;
                }
                b'"' => {
                    self.in_text = !self.in_text;
                    self.keep(b"\"")?;
                }
                b'\\' => {
                    self.escaped = true;
                    self.keep(b"\\")?;
                }
                b'{' | b'[' => self.open(*special)?,
                _ => self.close(*special, each)?,
            }
        }
        Ok(())
    }

    fn open(&mut self, bracket: u8) -> Result<(), String> {
        let is_result = bracket == b'[' && self.depth + 1 == RESULT && self.is_after_result();
        if self.at == At::Between && bracket == b'{' {
            self.at = At::Element;
        }
        self.keep(&[bracket])?;
        if self.at == At::Envelope && is_result {
            self.at = At::Between;
        }
        self.depth += 1;
        if self.depth > DEEPEST {
            Err("the answer is nested too deeply".to_owned())
        } else {
            Ok(())
        }
    }

    fn close(
        &mut self,
        bracket: u8,
        each: &mut impl FnMut(&[u8]) -> Result<(), String>,
    ) -> Result<(), String> {
        if self.at == At::Between {
            self.at = At::Envelope;
        }
        self.keep(&[bracket])?;
        self.depth = self.depth.checked_sub(1).ok_or(FOREIGN)?;
        if self.at == At::Element && self.depth == RESULT {
            each(&self.element)?;
            self.element.clear();
            self.at = At::Between;
        }
        Ok(())
    }

    fn is_after_result(&self) -> bool {
        let envelope = self.envelope.trim_ascii_end();
        envelope.strip_suffix(b":").is_some_and(|key| key.trim_ascii_end().ends_with(b"\"result\""))
    }

    fn keep(&mut self, bytes: &[u8]) -> Result<(), String> {
        match self.at {
            At::Envelope if self.envelope.len() + bytes.len() <= AROUND => {
                self.envelope.extend_from_slice(bytes);
            }
            At::Envelope => return Err(FOREIGN.to_owned()),
            At::Between if bytes.iter().all(|it| it.is_ascii_whitespace() || *it == b',') => {}
            At::Between => return Err("the result has something else than series".to_owned()),
            At::Element if self.element.len() + bytes.len() <= LARGEST => {
                self.element.extend_from_slice(bytes);
            }
            At::Element => return Err("a series is larger than 4 MB".to_owned()),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use proptest::prelude::*;
    use std::io::Read;

    /// Gives so many bytes at once.
    struct Pieces<'a>(&'a [u8], usize);

    impl Read for Pieces<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let most = self.1.min(buffer.len());
            self.0.read(&mut buffer[..most])
        }
    }

    fn series(answer: &str, at_once: usize) -> (Vec<String>, Result<Option<String>, String>) {
        let mut found = Vec::new();
        let result = read(Pieces(answer.as_bytes(), at_once), |series| {
            let value = series.value();
            let range: Vec<_> = series.values().collect();
            let (name, labels) = series.into_labels();
            found.push(format!("{name:?} {labels:?} {value:?} {range:?}"));
            Ok(())
        });
        (found, result.map(super::Envelope::missing))
    }

    #[test]
    fn series_are_read_in_any_pieces() {
        let answer = r#"{"status":"success","isPartial":true,"data":{"resultType":"vector","result" : [
            {"metric":{"__name__":"a","x":"{\"]\\"},"value":[1.5,"1"]} , {"metric":{},"values":[[1,"0"],[2,"NaN"]]}
        ]},"warnings":["w [\"result\":["]}"#;
        let expected = [
            r#"Some("a") [("x", "{\"]\\")] Some(1.0) []"#,
            "None [] None [(1.0, 0.0), (2.0, NaN)]",
        ];
        for at_once in [1, 2, 7, 4096] {
            let (found, result) = series(answer, at_once);
            assert_eq!(found, expected);
            let missing = r#"w ["result":[; the server says that the answer is partial"#;
            assert_eq!(result, Ok(Some(missing.to_owned())));
        }
    }

    #[test]
    fn an_answer_that_is_not_one_is_an_error() {
        let deep = "[".repeat(100);
        let endless = "x".repeat(2 << 20);
        let large =
            format!(r#"{{"data":{{"result":[{{"metric":{{"x":"{}"}}}}]}}}}"#, "x".repeat(5 << 20));
        for (answer, error) in [
            (
                "",
                "the answer is not one of the API of Prometheus: EOF while parsing a value at line 1 column 0",
            ),
            (
                "<html>",
                "the answer is not one of the API of Prometheus: expected value at line 1 column 1",
            ),
            ("}", "the answer is not one of the API of Prometheus"),
            ("{}", "the answer is not one of the API of Prometheus"),
            (&endless, "the answer is not one of the API of Prometheus"),
            (&deep, "the answer is nested too deeply"),
            (&large, "a series is larger than 4 MB"),
            (
                r#"{"status":"error","errorType":"timeout","error":"query timed out"}"#,
                "query timed out",
            ),
            (r#"{"status":"success","data":{"result":["#, "the answer ends too early"),
            (
                r#"{"status":"success","data":{"result":[1]}}"#,
                "the result has something else than series",
            ),
            (
                r#"{"status":"success","data":{"result":["a"]}}"#,
                "the result has something else than series",
            ),
            (
                r#"{"status":"success","data":{"result":[[]]}}"#,
                "the result has something else than series",
            ),
        ] {
            assert_eq!(series(answer, 4096).1, Err(error.to_owned()), "{answer:.60}");
        }
        for wrong in [
            r#"{"metric":1}"#,
            r#"{"metric":{"a":1}}"#,
            r#"{"value":[1,"1"]}"#,
            r#"{"metric":{},"value":["1",1]}"#,
        ] {
            let (found, result) =
                series(&format!(r#"{{"data":{{"result":[{{"metric":{{}}}},{wrong}]}}}}"#), 4096);
            assert_eq!(found.len(), 1, "{wrong}");
            let error = result.unwrap_err();
            assert!(error.starts_with("a series cannot be read: "), "{error}");
        }
    }

    proptest! {
        #[test]
        fn any_answer_is_read_without_a_panic(text in "[\\[\\]{}\",:\\\\ 1a]{0,60}", at_once in 1_usize..9) {
            let _ = series(&text, at_once);
            let _ = series(&format!(r#"{{"data":{{"result":[{text}"#), at_once);
        }
    }
}
