//! A finding for tests of reports.

use std::ops::Range;

use crate::finding::{Finding, Level};
use crate::io::text::Lines;

/// A finding of that part of a text.
pub(super) fn finding(text: &str, span: Range<usize>) -> Finding {
    Finding {
        rule: "removed-gate",
        level: Level::Error,
        target: None,
        gate: text.get(span.clone()).unwrap_or_default().to_owned(),
        value: None,
        path: "config.yaml".into(),
        place: Lines::of(text).place(span.start),
        span,
        message: "the gate was removed in 1.35".to_owned(),
        help: "drop it".to_owned(),
        fix: None,
    }
}
