//! The last line of a report: what was found, in what.

use annotate_snippets::renderer::{
    DEFAULT_ERROR_STYLE, DEFAULT_NOTE_STYLE, DEFAULT_WARNING_STYLE, Style,
};

use super::block::{Block, releases};
use crate::finding::{Level, Report, Tally};

/// `2 errors, 1 warning; 12 settings in 3 files checked against 1.36; 1 can be fixed with --fix; 2 skipped`, with styles.
pub(super) fn line(report: &Report, blocks: &[Block<'_>]) -> String {
    let mut parts = vec![found(blocks).unwrap_or_default(), checked(report, blocks.is_empty())];
    // Several findings of a location share its fix.
    let mut fixable: Vec<_> = blocks.iter().map(|block| block.finding).collect();
    fixable.retain(|finding| finding.fix.is_some());
    fixable.dedup_by_key(|finding| (&finding.path, finding.location));
    if !fixable.is_empty() {
        parts.push(format!("{} can be fixed with --fix", fixable.len()));
    }
    let Tally { ignored, in_baseline, .. } = report.tally;
    if ignored > 0 {
        parts.push(format!("{ignored} ignored"));
    }
    if in_baseline > 0 {
        parts.push(format!("{in_baseline} in the baseline"));
    }
    if !report.skipped.is_empty() {
        parts.push(format!("{} skipped", report.skipped.len()));
    }
    parts.retain(|part| !part.is_empty());
    parts.join("; ")
}

/// The same without styles.
pub(super) fn plain(report: &Report, blocks: &[Block<'_>]) -> String {
    anstream::adapter::strip_str(&line(report, blocks)).to_string()
}

/// `2 errors, 1 warning`.
fn found(blocks: &[Block<'_>]) -> Option<String> {
    let levels = [
        (Level::Error, DEFAULT_ERROR_STYLE),
        (Level::Warning, DEFAULT_WARNING_STYLE),
        (Level::Note, DEFAULT_NOTE_STYLE),
    ];
    let counts = levels.into_iter().filter_map(|(level, style)| {
        let count = blocks.iter().filter(|block| block.finding.level == level).count();
        (count > 0).then(|| counted(count, level.as_str(), style))
    });
    let counts: Vec<String> = counts.collect();
    (!counts.is_empty()).then(|| counts.join(", "))
}

/// `ok: 12 settings in 3 files accepted by 1.36`.
fn checked(report: &Report, clean: bool) -> String {
    let Tally { subject, count, files, accepted, .. } = report.tally;
    let plain = Style::new();
    if report.files == 0 {
        return "no files checked".to_owned();
    }
    let ok = if clean { "ok: " } else { "" };
    let read = counted(report.files, "file", plain);
    match (count, clean) {
        (0, true) => return format!("ok: no {}s in {read}", subject.as_str()),
        (0, false) => return format!("{read} checked"),
        _ => {}
    }
    let what = counted(count, subject.as_str(), plain);
    let place = counted(files, "file", plain);
    if report.targets.is_empty() {
        return format!("{ok}{what} in {place}");
    }
    let verdict = if accepted { "accepted by" } else { "checked against" };
    format!("{ok}{what} in {place} {verdict} {}", releases(&report.targets))
}

fn counted(count: usize, name: &str, style: Style) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{style}{count} {name}{plural}{style:#}")
}
