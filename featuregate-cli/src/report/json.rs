//! The report for programs. Its fields are a contract.

use std::io::{self, Write};

use featuregate_core::parse_bool;
use serde::ser::SerializeSeq as _;
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::excerpt::{Region, Texts};
use crate::finding::{Edit, Finding, Level, Report, Skipped};
use crate::io::json;
use crate::io::text::Lines;
use crate::lint::rules;

pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let whole = Whole {
        version: 1,
        targets: report.targets.iter().map(ToString::to_string).collect(),
        files: report.files,
        findings: Findings(report),
        skipped: &report.skipped,
    };
    json::write(&whole, out)
}

#[derive(Serialize)]
struct Whole<'r> {
    version: u32,
    targets: Vec<String>,
    files: usize,
    findings: Findings<'r>,
    skipped: &'r [Skipped],
}

#[derive(Serialize)]
struct FindingJson<'r> {
    rule: &'r str,
    level: Level,
    target: Option<String>,
    gate: &'r str,
    /// A boolean in any of its spellings, or another text.
    value: Option<Value>,
    path: &'r str,
    line: u32,
    column: u32,
    message: &'r str,
    help: &'r str,
    fix: Option<FixJson<'r>>,
}

#[derive(Serialize)]
struct FixJson<'r> {
    description: &'r str,
    edits: Vec<EditJson<'r>>,
}

#[derive(Serialize)]
struct EditJson<'r> {
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    text: &'r str,
}

/// The findings of a report, each made when it is written.
struct Findings<'r>(&'r Report);

impl Serialize for Findings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.0.findings.len()))?;
        let mut texts = Texts::of(self.0);
        for finding in &self.0.findings {
            list.serialize_element(&FindingJson::of(finding, texts.lines(&finding.path)))?;
        }
        list.end()
    }
}

impl<'r> FindingJson<'r> {
    fn of(finding: &'r Finding, lines: Option<&Lines<'_>>) -> Self {
        let fix = finding.fix.as_ref().zip(lines).map(|(fix, lines)| FixJson {
            description: &fix.description,
            edits: fix.edits.iter().map(|edit| EditJson::of(edit, lines)).collect(),
        });
        Self {
            rule: finding.rule,
            level: finding.level,
            target: finding.target.map(|target| target.to_string()),
            gate: &finding.gate,
            value: finding.value.as_deref().map(|value| match parse_bool(value) {
                // `"true"` is not a boolean where a boolean is needed.
                Some(boolean) if finding.rule != rules::INVALID_VALUE.name => Value::Bool(boolean),
                _ => value.into(),
            }),
            path: &finding.path,
            line: finding.location.line,
            column: finding.location.column,
            message: &finding.message,
            help: &finding.help,
            fix,
        }
    }
}

impl<'r> EditJson<'r> {
    fn of(edit: &'r Edit, lines: &Lines<'_>) -> Self {
        let Region { start, end } = Region::of(lines, edit.span.0..edit.span.1);
        Self {
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            text: &edit.text,
        }
    }
}
