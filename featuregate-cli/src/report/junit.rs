//! The report as test results in the XML of JUnit, as most CI systems take it: an error is a failed test, a warning or
//! note is one that passes with output, and what was skipped is skipped.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::BytesText;

use super::block::Block;
use super::location::{Names, Viewer};
use super::summary;
use crate::finding::{Level, Report};
use crate::io::escape::escape;

/// A test.
struct Case {
    file: String,
    line: Option<u32>,
    name: String,
    result: Outcome,
}

/// What became of it: the element that says so, and its text.
enum Outcome {
    Passed(Option<String>),
    Failed { rule: &'static str, text: String },
    Skipped(String),
    Error(String),
}

pub(super) fn write(report: &Report, viewer: &Viewer, out: &mut dyn Write) -> io::Result<()> {
    let cases = cases(report, viewer);
    let count = |matches: fn(&Outcome) -> bool| {
        cases.iter().filter(|case| matches(&case.result)).count().to_string()
    };
    let counts = [
        ("tests", cases.len().to_string()),
        ("failures", count(|result| matches!(result, Outcome::Failed { .. }))),
        ("errors", count(|result| matches!(result, Outcome::Error(_)))),
        ("skipped", count(|result| matches!(result, Outcome::Skipped(_)))),
    ];
    let attributes = || {
        let counts = counts.iter().map(|(name, count)| (*name, count.as_str()));
        std::iter::once(("name", "featuregate")).chain(counts)
    };
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    let mut writer = Writer::new_with_indent(&mut *out, b' ', 2);
    writer.create_element("testsuites").with_attributes(attributes()).write_inner_content(
        |writer| {
            writer.create_element("testsuite").with_attributes(attributes()).write_inner_content(
                |writer| cases.iter().try_for_each(|case| case.write(writer)),
            )?;
            Ok(())
        },
    )?;
    writeln!(out)
}

fn cases(report: &Report, viewer: &Viewer) -> Vec<Case> {
    let mut names = Names::of(viewer);
    let blocks = Block::of(&report.findings);
    let mut cases = Vec::new();
    for block in &blocks {
        let finding = block.finding;
        let text = block.text(&report.targets);
        cases.push(Case {
            file: names.name(&finding.path),
            line: Some(finding.location.line),
            name: format!("{} {}", finding.rule, escape(&finding.gate)),
            result: match finding.level {
                Level::Error => Outcome::Failed { rule: finding.rule, text },
                Level::Warning | Level::Note => {
                    Outcome::Passed(Some(format!("{}: {text}", finding.level.as_str())))
                }
            },
        });
    }
    for skipped in &report.skipped {
        cases.push(Case {
            file: names.name(&skipped.path),
            line: skipped.line,
            name: "skipped".to_owned(),
            result: Outcome::Skipped(escape(&skipped.reason).into_owned()),
        });
    }
    for failure in &report.failures {
        let (file, name) = (String::new(), "failed".to_owned());
        cases.push(Case {
            file,
            line: None,
            name,
            result: Outcome::Error(escape(failure).into_owned()),
        });
    }
    for case in &mut cases {
        case.as_xml();
    }
    if cases.is_empty() {
        // A report without a test is an error to some systems.
        let name = summary::plain(report, &blocks);
        cases.push(Case { file: String::new(), line: None, name, result: Outcome::Passed(None) });
    }
    cases
}

impl Case {
    /// Replaces the characters that are not controls and yet cannot be in XML.
    fn as_xml(&mut self) {
        let text = match &mut self.result {
            Outcome::Passed(text) => text.as_mut(),
            Outcome::Failed { text, .. } | Outcome::Skipped(text) | Outcome::Error(text) => {
                Some(text)
            }
        };
        for text in [&mut self.file, &mut self.name].into_iter().chain(text) {
            *text = text.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}");
        }
    }

    fn write<W: Write>(&self, writer: &mut Writer<W>) -> io::Result<()> {
        let line = self.line.map(|line| line.to_string());
        let class = if self.file.is_empty() { "featuregate" } else { &self.file };
        let place = (!self.file.is_empty()).then_some(("file", self.file.as_str()));
        let element = writer
            .create_element("testcase")
            .with_attribute(("classname", class))
            .with_attribute(("name", self.name.as_str()))
            .with_attributes(place)
            .with_attributes(line.as_deref().map(|line| ("line", line)));
        match &self.result {
            Outcome::Passed(None) => element.write_empty()?,
            Outcome::Passed(Some(text)) => element.write_inner_content(|writer| {
                writer.create_element("system-out").write_text_content(BytesText::new(text))?;
                Ok(())
            })?,
            Outcome::Failed { rule, text } => element.write_inner_content(|writer| {
                let failure = writer.create_element("failure").with_attribute(("type", *rule));
                let message = text.lines().next().unwrap_or_default();
                let failure = failure.with_attribute(("message", message));
                failure.write_text_content(BytesText::new(text))?;
                Ok(())
            })?,
            Outcome::Skipped(reason) => element.write_inner_content(|writer| {
                let skipped = writer.create_element("skipped");
                skipped.with_attribute(("message", reason.as_str())).write_empty()?;
                Ok(())
            })?,
            Outcome::Error(message) => element.write_inner_content(|writer| {
                let error = writer.create_element("error");
                error.with_attribute(("message", message.as_str())).write_empty()?;
                Ok(())
            })?,
        };
        Ok(())
    }
}
