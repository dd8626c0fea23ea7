//! The report for people: each finding with its line, the skipped parts, and a summary.

use std::collections::BTreeMap;
use std::io::{self, Write};

use annotate_snippets::renderer::{
    DEFAULT_EMPHASIS_STYLE, DEFAULT_LINE_NUM_STYLE, DEFAULT_NOTE_STYLE,
};
use annotate_snippets::{AnnotationKind, Group, Level as Title, Origin, Renderer, Snippet};
use featuregate_core::__private::{IdVec, id};

use super::block::Block;
use super::excerpt::{Excerpt, Texts};
use super::location::Viewer;
use super::summary;
use crate::finding::{Level, Report, Skipped};
use crate::io::escape::escape;
use crate::io::text::{Lines, Location};

/// How many locations are shown that were skipped for one reason.
const LOCATIONS: usize = 5;

pub(super) fn write(report: &Report, viewer: &Viewer, out: &mut dyn Write) -> io::Result<()> {
    write_findings(report, viewer, out)?;
    skipped(&report.skipped, out)?;
    writeln!(out, "{}", summary::line(report))
}

/// The findings alone.
pub(super) fn write_findings(
    report: &Report,
    viewer: &Viewer,
    out: &mut dyn Write,
) -> io::Result<()> {
    let renderer = Renderer::styled().term_width(viewer.width);
    let mut texts = Texts::of(report);
    for block in Block::each(&report.findings) {
        let lines = texts.lines(&block.finding.path);
        writeln!(out, "{}\n", shown(&renderer, viewer, report, &block, lines))?;
    }
    Ok(())
}

/// A finding with its line.
fn shown(
    renderer: &Renderer,
    viewer: &Viewer,
    report: &Report,
    block: &Block<'_>,
    lines: Option<&Lines<'_>>,
) -> String {
    let finding = block.finding;
    let level = match finding.level {
        Level::Error => Title::ERROR,
        Level::Warning => Title::WARNING,
        Level::Note => Title::NOTE,
    };
    let Location { line, mut column } = finding.location;
    let path = escape(&finding.path);
    let messages = block.messages();
    let mut messages =
        messages.iter().map(|message| (message.targets_text(&report.targets), message.text));
    let (targets, message) = messages.next().unwrap_or_default();
    let title = level.primary_title(escape(message)).id(finding.rule);
    let mut group = Group::with_title(title);
    let mut column_of_excerpt = column as usize;
    if let Some(lines) = lines {
        // Twice what fits, so that the renderer sees that it must cut.
        let excerpt = Excerpt::of(finding, lines, viewer.width.saturating_mul(2));
        column_of_excerpt = excerpt.column();
        // The location is that of what is marked, which may be the value behind the name.
        let marked = lines.location(finding.span.start);
        if marked.line == line {
            column = marked.column;
        }
        let pointer = AnnotationKind::Primary.span(excerpt.marked).label(targets);
        let snippet = Snippet::source(excerpt.text).line_start(line as usize);
        group = group.element(snippet.path(path.as_ref()).annotation(pointer));
    } else {
        let origin = Origin::path(path.as_ref()).line(line as usize);
        group = group.element(origin.char_column(column as usize));
        group = group.elements(targets.map(|targets| Title::NOTE.message(targets)));
    }
    for (targets, message) in messages {
        let targets = targets.map_or_else(String::new, |targets| targets + ": ");
        group = group.element(Title::NOTE.message(targets + &escape(message)));
    }
    if !finding.help.is_empty() {
        group = group.element(Title::HELP.message(escape(&finding.help)));
    }
    if let Some(fix) = &finding.fix {
        let with = Title::HELP.with_name("with --fix");
        group = group.element(with.message(escape(&fix.description)));
    }
    let text = renderer.render(&[group]);
    // The renderer counts columns in the part of the line that it has. The location follows the title, which is one line.
    let (title, rest) = text.split_once('\n').unwrap_or((&text, ""));
    let counted = format!("{path}:{line}:{column_of_excerpt}");
    let rest = rest.replacen(&counted, &format!("{path}:{line}:{column}"), 1);
    format!("{title}\n{rest}")
}

id! {
    /// A reason for which something was skipped.
    struct ReasonId;
}

/// What was not read, by reason.
fn skipped(skipped: &[Skipped], out: &mut dyn Write) -> io::Result<()> {
    let mut reasons: IdVec<ReasonId, (&str, Vec<&Skipped>)> = IdVec::new();
    let mut known: BTreeMap<&str, ReasonId> = BTreeMap::new();
    for entry in skipped {
        let reason = known.entry(&entry.reason);
        let reason = *reason.or_insert_with_key(|reason| reasons.push((reason, Vec::new())));
        reasons[reason].1.push(entry);
    }
    let (note, strong, arrow) =
        (DEFAULT_NOTE_STYLE, DEFAULT_EMPHASIS_STYLE, DEFAULT_LINE_NUM_STYLE);
    for (reason, entries) in reasons.values() {
        writeln!(out, "{note}note{note:#}{strong}: skipped: {}{strong:#}", escape(reason))?;
        for entry in entries.iter().take(LOCATIONS) {
            write!(out, "  {arrow}-->{arrow:#} {}", escape(&entry.path))?;
            match entry.line {
                Some(line) => writeln!(out, ":{line}")?,
                None => writeln!(out)?,
            }
        }
        if let Some(more) = entries.len().checked_sub(LOCATIONS).filter(|more| *more > 0) {
            writeln!(out, "  {arrow}-->{arrow:#} and {more} more, which --format json lists")?;
        }
        writeln!(out)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::write;
    use crate::finding::{Edit, Finding, Fix, Report, Tally};
    use crate::io::escape::controls;
    use crate::report::location::Viewer;
    use featuregate_core::Version;
    use proptest::prelude::*;

    /// Text of what is hard to lay out.
    fn odd() -> impl Strategy<Value = String> {
        let part = prop_oneof![
            "[a-zA-Z:={}\"', ]{0,8}",
            "[\t\r\n\u{0}\u{1b}\u{7f}\u{9b}]",
            "[ä東🦀\u{301}\u{200d}\u{200b}\u{202e}\u{2028}\u{feff}\u{fffd}\u{f0000}]",
            " {20,40}",
            "[x東]{80,300}",
        ];
        proptest::collection::vec(part, 0..8).prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn any_file_is_shown_without_controlling_the_terminal(
            text in odd(), message in odd(), path in odd(),
            (from, to) in any::<(prop::sample::Index, prop::sample::Index)>(),
            width in 0_usize..200,
        ) {
            let boundaries: Vec<usize> =
                (0..=text.len()).filter(|byte| text.is_char_boundary(*byte)).collect();
            let (from, to) = (*from.get(&boundaries), *to.get(&boundaries));
            let mut finding = Finding::example(&text, from.min(to)..from.max(to));
            finding.path = path.as_str().into();
            let about = std::sync::Arc::make_mut(&mut finding.about);
            about.message = message.as_str().into();
            about.help = message.as_str().into();
            finding.target = Some(Version::new(1, 35));
            finding.fix = Some(std::sync::Arc::new(Fix {
                description: message.into(),
                edits: [Edit { span: (from, to), text: String::new() }].into(),
            }));
            let location = finding.location;
            let report = Report {
                targets: vec![Version::new(1, 35), Version::new(1, 36)],
                files: 1,
                tally: Tally::default(),
                texts: [(finding.path.clone(), text)].into(),
                findings: vec![finding],
                skipped: Vec::new(),
                failures: Vec::new(),
            };
            let viewer = Viewer { width, folder: "/".into(), workspace: None };
            let mut out = Vec::new();
            write(&report, &viewer, &mut out).unwrap();
            let out = String::from_utf8(out).unwrap();
            let shown = anstream::adapter::strip_str(&out).to_string();
            prop_assert_eq!(shown.chars().find(|c| *c != '\n' && controls(*c)), None);
            let location = format!(":{}:{}\n", location.line, location.column);
            prop_assert!(shown.contains(&location), "{} in {}", location, shown);
            // Every style of the report is one of its own.
            prop_assert_eq!(out.replace("\u{1b}[", "").chars().find(|c| *c == '\u{1b}'), None);
        }
    }
}
