//! The last line of a report: what was found, in what.

use annotate_snippets::renderer::{
    DEFAULT_ERROR_STYLE, DEFAULT_NOTE_STYLE, DEFAULT_WARNING_STYLE, Style,
};

use super::block::{Block, releases};
use crate::finding::{Level, Report, Tally};

/// `2 errors, 1 warning; 12 settings in 3 files checked against 1.36; 1 can be fixed with --fix; 2 skipped`, with styles.
pub(super) fn line(report: &Report) -> String {
    let found = Found::of(report);
    let mut parts = vec![found.text(), checked(report, report.findings.is_empty())];
    if found.fixable > 0 {
        parts.push(format!("{} can be fixed with --fix", found.fixable));
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
pub(super) fn plain(report: &Report) -> String {
    anstream::adapter::strip_str(&line(report)).to_string()
}

/// How many blocks there are of each level, and how many locations have a fix.
#[derive(Default)]
pub(super) struct Found {
    pub(super) errors: usize,
    warnings: usize,
    notes: usize,
    fixable: usize,
}

impl Found {
    pub(super) fn of(report: &Report) -> Self {
        let mut found = Self::default();
        let mut fixed = None;
        for block in Block::each(&report.findings) {
            let finding = block.finding;
            match finding.level {
                Level::Error => found.errors += 1,
                Level::Warning => found.warnings += 1,
                Level::Note => found.notes += 1,
            }
            // Several findings of a location share its fix.
            let location = Some((&finding.path, finding.location));
            if finding.fix.is_some() && fixed != location {
                found.fixable += 1;
                fixed = location;
            }
        }
        found
    }

    /// How many blocks there are.
    pub(super) fn blocks(&self) -> usize {
        self.errors + self.warnings + self.notes
    }

    /// `2 errors, 1 warning`.
    fn text(&self) -> String {
        let counts = [
            (Level::Error, self.errors, DEFAULT_ERROR_STYLE),
            (Level::Warning, self.warnings, DEFAULT_WARNING_STYLE),
            (Level::Note, self.notes, DEFAULT_NOTE_STYLE),
        ];
        let counts = counts.into_iter().filter(|(_, count, _)| *count > 0);
        let counts = counts.map(|(level, count, style)| counted(count, level.as_str(), style));
        counts.collect::<Vec<_>>().join(", ")
    }
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
    format!("{style}{}{style:#}", crate::error::counted(count, name))
}
