//! The report as annotations of a GitHub workflow: commands to its runner, a line each, see
//! <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>.

use std::io::{self, Write};

use pulldown_cmark::{HeadingLevel, Tag};

use super::block::Block;
use super::excerpt::{Region, Texts};
use super::location::{Names, Viewer};
use super::page::Page;
use super::summary;
use crate::error::Error;
use crate::finding::{Level, Report};
use crate::io::escape::escape;

pub(super) fn write(report: &Report, viewer: &Viewer, out: &mut dyn Write) -> io::Result<()> {
    let mut texts = Texts::of(report);
    let mut names = Names::of(viewer);
    for block in Block::each(&report.findings) {
        let finding = block.finding;
        let command = match finding.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "notice",
        };
        let line = finding.location.line;
        write!(out, "::{command} file={},line={line}", property(&names.name(&finding.path)))?;
        let lines = texts.lines(&finding.path);
        let region = lines.map(|lines| Region::of(lines, finding.span.clone()));
        match region {
            Some(Region { start, end }) if start.line == line => {
                write!(out, ",endLine={}", end.line)?;
                // Columns are for a part of one line.
                if end.line == line {
                    write!(out, ",col={},endColumn={}", start.column, end.column)?;
                }
            }
            _ => write!(out, ",col={}", finding.location.column)?,
        }
        let title = property(finding.rule);
        writeln!(out, ",title={title}::{}", data(&block.text(&report.targets)))?;
    }
    for skipped in &report.skipped {
        write!(out, "::notice file={}", property(&names.name(&skipped.path)))?;
        if let Some(line) = skipped.line {
            write!(out, ",line={line}")?;
        }
        writeln!(out, ",title=skipped::{}", data(&escape(&skipped.reason)))?;
    }
    writeln!(out, "{}", summary::plain(report))
}

/// How many findings a summary of a job shows; GitHub refuses one of more than a megabyte.
const SHOWN: usize = 500;

/// The summary of a job: Markdown with the totals and a table of the findings.
pub(super) fn summary(report: &Report, viewer: &Viewer) -> Result<String, Error> {
    let mut names = Names::of(viewer);
    let mut page = Page::default();
    page.heading(HeadingLevel::H2, "featuregate");
    page.element(Tag::Paragraph, |page| page.text(summary::plain(report)));
    let mut blocks = Block::each(&report.findings);
    let rows = blocks.by_ref().take(SHOWN).map(|block| {
        let finding = block.finding;
        let place = format!("{}:{}", names.name(&finding.path), finding.location.line);
        [finding.level.as_str().into(), finding.rule.into(), place, block.sentence(&report.targets)]
    });
    let rows: Vec<[String; 4]> = rows.collect();
    if !rows.is_empty() {
        page.table(["Level", "Rule", "Location", "Finding"], rows, Page::cells);
    }
    let more = blocks.count();
    if more > 0 {
        page.element(Tag::Paragraph, |page| page.text(format!("{more} more are in the log.")));
    }
    page.written()
}

/// A text as the message of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A text as a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::{data, property, write};
    use crate::finding::{Finding, Level, Report, Skipped, Tally};
    use crate::report::location::Viewer;
    use featuregate_core::Version;

    #[test]
    fn what_has_a_meaning_in_a_command_is_escaped() {
        assert_eq!(data("100%, a: b\r\nc"), "100%25, a: b%0D%0Ac");
        assert_eq!(property("100%,\r\na:b"), "100%25%2C%0D%0Aa%3Ab");
    }

    fn written(folder: &str, workspace: Option<&str>, report: &Report) -> String {
        let workspace = workspace.map(Into::into);
        let mut out = Vec::new();
        write(report, &Viewer { width: 80, folder: folder.into(), workspace }, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn report() -> Report {
        let text = "ä: {A: true,\n  B: true}";
        let mut findings = Vec::new();
        for (target, span, level) in [
            (35, 5..6, Level::Error),
            (36, 5..6, Level::Error),
            (36, 5..18, Level::Warning),
            (36, 16..17, Level::Note),
        ] {
            let mut finding = Finding::example(text, span);
            finding.target = Some(Version::new(1, target));
            finding.level = level;
            finding.path = "a,b/config.yaml".into();
            findings.push(finding);
        }
        let skip = |line| Skipped {
            path: "x.yaml".into(),
            line,
            reason: "an action\n::error::appears there".to_owned(),
        };
        Report {
            targets: vec![Version::new(1, 35), Version::new(1, 36)],
            files: 2,
            tally: Tally { count: 2, files: 1, ..Tally::default() },
            findings,
            skipped: vec![skip(None), skip(Some(3))],
            failures: Vec::new(),
            texts: [("a,b/config.yaml".into(), text.to_owned())].into(),
        }
    }

    #[test]
    fn each_finding_is_a_command_of_one_line() {
        let expected = "\
::error file=a%2Cb/config.yaml,line=1,endLine=1,col=5,endColumn=6,title=removed-gate\
::the gate was removed in 1.35 (for 1.35 and 1.36)%0Ahelp: remove the setting
::warning file=a%2Cb/config.yaml,line=1,endLine=2,title=removed-gate\
::the gate was removed in 1.35 (for 1.36)%0Ahelp: remove the setting
::notice file=a%2Cb/config.yaml,line=2,endLine=2,col=3,endColumn=4,title=removed-gate\
::the gate was removed in 1.35 (for 1.36)%0Ahelp: remove the setting
::notice file=x.yaml,title=skipped::an action\\n::error::appears there
::notice file=x.yaml,line=3,title=skipped::an action\\n::error::appears there
1 error, 1 warning, 1 note; 2 settings in 1 file checked against 1.35 and 1.36; 2 skipped
";
        assert_eq!(written("/w", None, &report()), expected);
    }

    #[test]
    fn a_file_is_named_from_the_workspace() {
        let written = written("/w/sub", Some("/w"), &report());
        assert!(written.contains("file=sub/a%2Cb/config.yaml,"), "{written}");
    }

    #[test]
    fn without_the_text_the_location_is_still_reported() {
        let mut report = report();
        report.texts.clear();
        let written = written("/w", None, &report);
        assert!(
            written.starts_with("::error file=a%2Cb/config.yaml,line=1,col=5,title="),
            "{written}"
        );
    }
}
