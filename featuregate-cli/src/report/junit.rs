//! The report as test results in the XML of JUnit, as most CI systems take it: an error is a failed test, a warning or
//! note is one that passes with output, and what was skipped is skipped.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::BytesText;

use super::block::Block;
use super::location::{Names, Viewer};
use super::summary::{self, Found};
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
    Bare { element: &'static str, message: String },
}

pub(super) fn write(report: &Report, viewer: &Viewer, out: &mut dyn Write) -> io::Result<()> {
    let errors = report.failures.len();
    let skipped = report.skipped.len();
    let found = Found::of(report);
    let blocks = found.blocks();
    // A report without a test is an error to some systems.
    let clean = blocks + errors + skipped == 0;
    let counts = [
        ("tests", (blocks + errors + skipped).max(1).to_string()),
        ("failures", found.errors.to_string()),
        ("errors", errors.to_string()),
        ("skipped", skipped.to_string()),
    ];
    let attributes = || {
        let counts = counts.iter().map(|(name, count)| (*name, count.as_str()));
        std::iter::once(("name", "featuregate")).chain(counts)
    };
    let empty = clean.then(|| Case {
        file: String::new(),
        line: None,
        name: summary::plain(report),
        result: Outcome::Passed(None),
    });
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    let mut writer = Writer::new_with_indent(&mut *out, b' ', 2);
    writer.create_element("testsuites").with_attributes(attributes()).write_inner_content(
        |writer| {
            writer.create_element("testsuite").with_attributes(attributes()).write_inner_content(
                |writer| {
                    let mut cases = cases(report, viewer).chain(empty);
                    cases.try_for_each(|case| case.in_xml().write(writer))
                },
            )?;
            Ok(())
        },
    )?;
    writeln!(out)
}

/// The tests, each made when it is written.
fn cases(report: &Report, viewer: &Viewer) -> impl Iterator<Item = Case> {
    let mut names = Names::of(viewer);
    let mut names_of_skipped = Names::of(viewer);
    let found = Block::each(&report.findings).map(move |block| {
        let finding = block.finding;
        let text = block.text(&report.targets);
        Case {
            file: names.name(&finding.path),
            line: Some(finding.location.line),
            name: format!("{} {}", finding.rule, escape(&finding.gate)),
            result: match finding.level {
                Level::Error => Outcome::Failed { rule: finding.rule, text },
                Level::Warning | Level::Note => {
                    Outcome::Passed(Some(format!("{}: {text}", finding.level.as_str())))
                }
            },
        }
    });
    let skipped = report.skipped.iter().map(move |skipped| Case {
        file: names_of_skipped.name(&skipped.path),
        line: skipped.line,
        name: "skipped".to_owned(),
        result: Outcome::Bare { element: "skipped", message: escape(&skipped.reason).into_owned() },
    });
    let failed = report.failures.iter().map(|failure| Case {
        file: String::new(),
        line: None,
        name: "failed".to_owned(),
        result: Outcome::Bare { element: "error", message: escape(failure).into_owned() },
    });
    found.chain(skipped).chain(failed)
}

impl Case {
    /// Replaces the characters that are not controls and yet cannot be in XML.
    fn in_xml(mut self) -> Self {
        let text = match &mut self.result {
            Outcome::Passed(text) => text.as_mut(),
            Outcome::Failed { text, .. } | Outcome::Bare { message: text, .. } => Some(text),
        };
        for text in [&mut self.file, &mut self.name].into_iter().chain(text) {
            *text = text.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}");
        }
        self
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
            Outcome::Bare { element: name, message } => element.write_inner_content(|writer| {
                let bare = writer.create_element(*name);
                bare.with_attribute(("message", message.as_str())).write_empty()?;
                Ok(())
            })?,
        };
        Ok(())
    }
}
