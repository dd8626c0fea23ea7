//! The report as SARIF 2.1.0, as code scanning takes it.
//!
//! These are the parts of the format that a report needs. The crate that has all of them is made from the
//! schema when it is built, by nineteen more crates; the tests read this output with it.

use std::collections::BTreeSet;
use std::io::{self, Write};

use serde::ser::SerializeSeq as _;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::block::Block;
use super::excerpt::{Region, Texts};
use super::location::{Viewer, below, file_uri, relative_uri};
use crate::finding::{Edit, Fix, Level, Report};
use crate::io::json;
use crate::io::text::Lines;
use crate::lint::rules;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The base of relative URIs, named as usual.
const ROOT: &str = "%SRCROOT%";

pub(super) fn write(report: &Report, viewer: &Viewer, out: &mut dyn Write) -> io::Result<()> {
    let rules = broken_rules(report);
    let here = Here { report, viewer, rules: &rules };
    let log = Log { schema: SCHEMA, version: "2.1.0", runs: [Run::of(here)] };
    json::write(&log, out)
}

/// What a run is built from.
#[derive(Clone, Copy)]
struct Here<'r> {
    report: &'r Report,
    viewer: &'r Viewer,
    rules: &'r [&'static str],
}

#[derive(Serialize)]
struct Log<'r> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'r>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'r> {
    tool: Value,
    invocations: [Value; 1],
    original_uri_base_ids: Value,
    column_kind: &'static str,
    results: Results<'r>,
}

impl<'r> Run<'r> {
    fn of(here: Here<'r>) -> Self {
        let Here { report, viewer, rules } = here;
        let failed = report.failures.iter().map(|failure| {
            json!({
                "descriptor": { "id": "failed" },
                "level": Level::Error,
                "message": { "text": failure },
            })
        });
        let skipped = report.skipped.iter().map(|skipped| {
            let region = skipped.line.map(|line| json!({ "startLine": line }));
            json!({
                "descriptor": { "id": "skipped" },
                "level": Level::Note,
                "message": { "text": skipped.reason },
                "locations": [location(&artifact(viewer, &skipped.path), region.as_ref())],
            })
        });
        Self {
            tool: json!({
                "driver": {
                    "name": "featuregate",
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "informationUri": env!("CARGO_PKG_REPOSITORY"),
                    "rules": rules.iter().map(|name| rule(name)).collect::<Vec<_>>(),
                },
            }),
            invocations: [json!({
                "executionSuccessful": report.failures.is_empty(),
                "toolExecutionNotifications": failed.chain(skipped).collect::<Vec<_>>(),
            })],
            original_uri_base_ids: json!({
                ROOT: { "uri": format!("{}/", file_uri(&viewer.root(), "")) },
            }),
            column_kind: "unicodeCodePoints",
            results: Results(here),
        }
    }
}

/// The rules that findings break, in the order of all rules.
fn broken_rules(report: &Report) -> Vec<&'static str> {
    let order = |name: &str| rules::all().position(|rule| rule.name == name);
    let broken: BTreeSet<&'static str> = report.findings.iter().map(|it| it.rule).collect();
    let mut broken: Vec<&'static str> = broken.into_iter().collect();
    broken.sort_by_key(|name| (order(name).is_none(), order(name)));
    broken
}

fn rule(name: &str) -> Value {
    match rules::find(name) {
        None => json!({ "id": name }),
        Some(rule) => json!({
            "id": name,
            "shortDescription": { "text": sentence(rule.summary) },
            "help": { "text": rule.page, "markdown": rule.page },
            "defaultConfiguration": { "level": rule.level },
        }),
    }
}

/// With a capital letter and a full stop.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    first.chain(chars.as_str().chars()).chain(['.']).collect()
}

/// The results, each made when it is written.
struct Results<'r>(Here<'r>);

impl Serialize for Results<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Here { report, .. } = self.0;
        let mut texts = Texts::of(report);
        let mut list = serializer.serialize_seq(None)?;
        for block in Block::each(&report.findings) {
            list.serialize_element(&self.0.result(&block, texts.lines(&block.finding.path)))?;
        }
        list.end()
    }
}

impl Here<'_> {
    fn result(self, block: &Block<'_>, lines: Option<&Lines<'_>>) -> Value {
        let finding = block.finding;
        let file = artifact(self.viewer, &finding.path);
        let part = match lines {
            Some(lines) => region(lines, finding.span.clone()),
            None => json!({
                "startLine": finding.location.line,
                "startColumn": finding.location.column,
            }),
        };
        let fix = finding.fix.as_ref().zip(lines);
        without_nulls(json!({
            "ruleId": finding.rule,
            "ruleIndex": self.rules.iter().position(|rule| *rule == finding.rule),
            "level": finding.level,
            "message": { "text": block.text(&self.report.targets) },
            "locations": [location(&file, Some(&part))],
            "fixes": fix.map(|(fix, lines)| [change(&file, fix, lines)]),
            // The fields of a finding that the format does not have.
            "properties": without_nulls(json!({
                "gate": &*finding.gate,
                "value": finding.value.as_deref(),
                "targets": block.targets().map(|it| it.to_string()).collect::<Vec<_>>(),
            })),
        }))
    }
}

fn change(file: &Value, fix: &Fix, lines: &Lines<'_>) -> Value {
    let replacement = |edit: &Edit| {
        json!({
            "deletedRegion": region(lines, edit.span.0..edit.span.1),
            "insertedContent": { "text": edit.text },
        })
    };
    json!({
        "description": { "text": sentence(&fix.description) },
        "artifactChanges": [{
            "artifactLocation": file,
            "replacements": fix.edits.iter().map(replacement).collect::<Vec<_>>(),
        }],
    })
}

fn location(file: &Value, region: Option<&Value>) -> Value {
    json!({
        "physicalLocation": without_nulls(json!({ "artifactLocation": file, "region": region })),
    })
}

fn region(lines: &Lines<'_>, bytes: std::ops::Range<usize>) -> Value {
    let Region { start, end } = Region::of(lines, bytes);
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

/// The file, below the root of the repository if it is there.
fn artifact(viewer: &Viewer, path: &str) -> Value {
    match below(&viewer.root(), &viewer.folder, path) {
        Some(path) => json!({ "uri": relative_uri(&path), "uriBaseId": ROOT }),
        None => json!({ "uri": file_uri(&viewer.folder, path) }),
    }
}

/// An object without its fields that are null.
fn without_nulls(object: Value) -> Value {
    match object {
        Value::Object(fields) => fields.into_iter().filter(|(_, value)| !value.is_null()).collect(),
        other => other,
    }
}
