//! The report as SARIF 2.1.0, as code scanning takes it.
//!
//! These are the parts of the format that a report needs. The crate that has all of them is made from the
//! schema when it is built, by nineteen more crates; the tests read this output with it.

use std::io::{self, Write};

use serde::ser::SerializeSeq as _;
use serde::{Serialize, Serializer};

use super::block::Block;
use super::excerpt::{Region, Texts};
use super::location::Viewer;
use super::location::{below, file_uri, relative_uri};
use crate::finding::Level;
use crate::finding::Report;
use crate::io::json;
use crate::lint::rules;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The base of relative URIs, named as usual.
const ROOT: &str = "%SRCROOT%";

pub(super) fn write(report: &Report, viewer: &Viewer, out: &mut dyn Write) -> io::Result<()> {
    let rules = broken_rules(report);
    let here = Here { report, viewer, rules: &rules };
    let log = Log { schema: SCHEMA, version: "2.1.0", runs: [Run::of(&here)] };
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
    tool: Tool,
    invocations: [Invocation; 1],
    original_uri_base_ids: Bases,
    column_kind: &'static str,
    results: Results<'r>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    information_uri: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    short_description: Option<Message>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<Help>,
    #[serde(skip_serializing_if = "Option::is_none")]
    default_configuration: Option<Configuration>,
}

#[derive(Serialize)]
struct Help {
    text: &'static str,
    markdown: &'static str,
}

#[derive(Serialize)]
struct Configuration {
    level: Level,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Notification {
    descriptor: Descriptor,
    level: Level,
    message: Message,
    #[serde(skip_serializing_if = "Option::is_none")]
    locations: Option<[Location; 1]>,
}

#[derive(Serialize)]
struct Descriptor {
    id: &'static str,
}

#[derive(Serialize)]
struct Bases {
    #[serde(rename = "%SRCROOT%")]
    root: Base,
}

#[derive(Serialize)]
struct Base {
    uri: String,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: PhysicalLocation,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Part>,
}

#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct Artifact {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
}

#[derive(Clone, Copy, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Part {
    start_line: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_column: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_column: Option<u32>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'r> {
    rule_id: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: Level,
    message: Message,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<FixObject<'r>>,
    properties: Properties<'r>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FixObject<'r> {
    description: Message,
    artifact_changes: [Change<'r>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change<'r> {
    artifact_location: Artifact,
    replacements: Vec<Replacement<'r>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'r> {
    deleted_region: Part,
    inserted_content: Content<'r>,
}

#[derive(Serialize)]
struct Content<'r> {
    text: &'r str,
}

/// The fields of a finding that the format does not have.
#[derive(Serialize)]
struct Properties<'r> {
    gate: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'r str>,
    targets: Vec<String>,
}

impl<'r> Run<'r> {
    fn of(here: &Here<'r>) -> Self {
        let failed = here.report.failures.iter().map(|failure| Notification {
            descriptor: Descriptor { id: "failed" },
            level: Level::Error,
            message: Message { text: failure.clone() },
            locations: None,
        });
        let skipped = here.report.skipped.iter().map(|skipped| Notification {
            descriptor: Descriptor { id: "skipped" },
            level: Level::Note,
            message: Message { text: skipped.reason.clone() },
            locations: Some([Location::of(
                artifact(here.viewer, &skipped.path),
                skipped.line.map(|start_line| Part { start_line, ..Part::default() }),
            )]),
        });
        Self {
            tool: Tool {
                driver: Driver {
                    name: "featuregate",
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    information_uri: env!("CARGO_PKG_REPOSITORY"),
                    rules: here.rules.iter().map(|rule| Rule::of(rule)).collect(),
                },
            },
            invocations: [Invocation {
                execution_successful: here.report.failures.is_empty(),
                tool_execution_notifications: failed.chain(skipped).collect(),
            }],
            original_uri_base_ids: Bases {
                root: Base { uri: format!("{}/", file_uri(&here.viewer.folder, "")) },
            },
            column_kind: "unicodeCodePoints",
            results: Results(*here),
        }
    }
}

/// The rules that findings break, in the order of all rules.
fn broken_rules(report: &Report) -> Vec<&'static str> {
    let order = |name: &str| rules::all().position(|rule| rule.name == name);
    let mut broken: Vec<&'static str> = report.findings.iter().map(|it| it.rule).collect();
    broken.sort_by_key(|name| (order(name).is_none(), order(name), *name));
    broken.dedup();
    broken
}

impl Rule {
    fn of(name: &'static str) -> Self {
        let rule = rules::find(name);
        Self {
            id: name,
            short_description: rule.map(|rule| Message { text: sentence(rule.summary) }),
            help: rule.map(|rule| Help { text: rule.page, markdown: rule.page }),
            default_configuration: rule.map(|rule| Configuration { level: rule.level }),
        }
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
        let here = self.0;
        let mut texts = Texts::of(here.report);
        let blocks = Block::of(&here.report.findings);
        let mut list = serializer.serialize_seq(Some(blocks.len()))?;
        for block in &blocks {
            list.serialize_element(&Outcome::of(&here, block, &mut texts))?;
        }
        list.end()
    }
}

impl<'r> Outcome<'r> {
    fn of(here: &Here<'_>, block: &Block<'r>, texts: &mut Texts<'r>) -> Self {
        let finding = block.finding;
        let file = artifact(here.viewer, &finding.path);
        let lines = texts.lines(&finding.path);
        let part = match lines {
            Some(lines) => Part::of(Region::of(lines, finding.span.clone())),
            None => Part {
                start_line: finding.location.line,
                start_column: Some(finding.location.column),
                ..Part::default()
            },
        };
        let fixes = finding.fix.as_ref().zip(lines).map(|(fix, lines)| FixObject {
            description: Message { text: sentence(&fix.description) },
            artifact_changes: [Change {
                artifact_location: file.clone(),
                replacements: fix
                    .edits
                    .iter()
                    .map(|edit| Replacement {
                        deleted_region: Part::of(Region::of(lines, edit.span.0..edit.span.1)),
                        inserted_content: Content { text: &edit.text },
                    })
                    .collect(),
            }],
        });
        Self {
            rule_id: finding.rule,
            rule_index: here.rules.iter().position(|rule| *rule == finding.rule),
            level: finding.level,
            message: Message { text: block.text(&here.report.targets) },
            locations: [Location::of(file, Some(part))],
            fixes: fixes.into_iter().collect(),
            properties: Properties {
                gate: &finding.gate,
                value: finding.value.as_deref(),
                targets: block.targets().map(|target| target.to_string()).collect(),
            },
        }
    }
}

impl Location {
    fn of(artifact_location: Artifact, region: Option<Part>) -> Self {
        Self { physical_location: PhysicalLocation { artifact_location, region } }
    }
}

impl Part {
    fn of(region: Region) -> Self {
        Self {
            start_line: region.start.line,
            start_column: Some(region.start.column),
            end_line: Some(region.end.line),
            end_column: Some(region.end.column),
        }
    }
}

/// The file, below the folder that the command runs in if it is there.
fn artifact(viewer: &Viewer, path: &str) -> Artifact {
    match below(&viewer.folder, &viewer.folder, path) {
        Some(path) => Artifact { uri: relative_uri(&path), uri_base_id: Some(ROOT) },
        None => Artifact { uri: file_uri(&viewer.folder, path), uri_base_id: None },
    }
}
