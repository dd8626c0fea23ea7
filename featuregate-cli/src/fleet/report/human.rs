//! The report for people: what runs, the findings, the order of an upgrade, and what is missing.

use std::io::{self, Write};

use annotate_snippets::renderer::{
    DEFAULT_EMPHASIS_STYLE, DEFAULT_ERROR_STYLE, DEFAULT_NOTE_STYLE, DEFAULT_WARNING_STYLE,
};
use anstyle::Style;
use comfy_table::Cell;

use super::groups::{Entry, Group, on_by_default};
use super::{Report, release};
use crate::error::counted;
use crate::finding::Level;
use crate::fleet::finding::{Certainty, What};
use crate::fleet::peers::{Peers, instances};
use crate::io::escape::escape;
use crate::report::location::columns;
use crate::report::table::{self, Table};

/// How many instances are named of each finding, and how many sources that are missing.
const SHOWN: usize = 5;

/// The columns without a terminal, and the most that is read with ease.
const WIDTH: usize = 80;

pub(crate) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    running(report, out)?;
    let groups = Group::all(&report.findings);
    let (usual, entries): (Vec<_>, Vec<_>) =
        Entry::all(&groups).into_iter().partition(Entry::is_usual);
    for entry in &entries {
        finding(entry, out)?;
    }
    unlisted(&usual, out)?;
    order(&report.order, out)?;
    missing(report, out)?;
    summary(report, &groups, out)
}

fn running(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let all = Peers::all(report.instances);
    if all.is_empty() {
        return Ok(());
    }
    let emulate = all.iter().any(|peers| peers.emulated.is_some());
    let mut header = vec!["COMPONENT", "RELEASE", "INSTANCES"];
    header.extend(emulate.then_some("EMULATES"));
    let mut table = Table::new(header);
    for peers in all {
        let component = peers.component.as_deref().unwrap_or("unknown");
        let mut row = vec![
            table::text(component),
            Cell::new(release(peers.release)),
            Cell::new(peers.instances.len()),
        ];
        let emulated = peers.emulated.map_or_else(String::new, |emulated| emulated.to_string());
        row.extend(emulate.then(|| Cell::new(emulated)));
        table.push(row);
    }
    table.write(out)?;
    writeln!(out)
}

fn style(level: Level) -> Style {
    match level {
        Level::Error => DEFAULT_ERROR_STYLE,
        Level::Warning => DEFAULT_WARNING_STYLE,
        Level::Note => DEFAULT_NOTE_STYLE,
    }
}

fn finding(entry: &Entry<'_>, out: &mut dyn Write) -> io::Result<()> {
    let what = entry.what;
    headline(what, &escape(&entry.message()), out)?;
    for (number, group) in entry.places.iter().enumerate() {
        place(if number == 0 { "at" } else { "and at" }, group, out)?;
    }
    if entry.gates.len() > 1 {
        let names: Vec<_> = entry.gates.iter().map(|gate| escape(gate)).collect();
        part("gates", &names.join(", "), out)?;
    }
    for set_in in &what.set_in {
        let (path, location) = (escape(&set_in.path), set_in.location);
        part("set in", &format!("{path}:{}:{}", location.line, location.column), out)?;
    }
    match entry.help() {
        Some(help) => part("help", &escape(help), out)?,
        None if entry.gates.len() > 1 => explained(what, out)?,
        None => {}
    }
    writeln!(out)
}

fn headline(what: &What, message: &str, out: &mut dyn Write) -> io::Result<()> {
    let (style, strong) = (style(what.level), DEFAULT_EMPHASIS_STYLE);
    let possible = if what.certainty == Certainty::Possible { " (possible)" } else { "" };
    let title = format!("{}[{}]{possible}", what.level.as_str(), what.rule.name);
    for line in wrapped(&format!("{title}: {message}"), 0) {
        match line.strip_prefix(&title) {
            Some(rest) => writeln!(out, "{style}{title}{style:#}{strong}{rest}{strong:#}")?,
            None => writeln!(out, "{strong}{line}{strong:#}")?,
        }
    }
    Ok(())
}

/// The instances, or the component.
fn place(title: &str, group: &Group<'_>, out: &mut dyn Write) -> io::Result<()> {
    if group.instances.is_empty() {
        return group.component.map_or(Ok(()), |component| part("of", &escape(component), out));
    }
    let count = group.instances.len();
    let of = group.component.map_or_else(String::new, |name| format!("{}: ", escape(name)));
    let more = count.checked_sub(SHOWN).filter(|more| *more > 0);
    let more = more.map_or_else(String::new, |more| format!(", and {more} more"));
    let names: Vec<_> = group.instances.iter().take(SHOWN).map(|name| escape(name)).collect();
    part(title, &format!("{of}{count} {}: {}{more}", instances(count), names.join(", ")), out)
}

fn explained(what: &What, out: &mut dyn Write) -> io::Result<()> {
    part("help", &format!("`featuregate rule {}` explains it", what.rule.name), out)
}

/// What every upgrade brings with it, in one finding.
fn unlisted(usual: &[Entry<'_>], out: &mut dyn Write) -> io::Result<()> {
    match usual {
        [] => Ok(()),
        [one] => finding(one, out),
        [first, ..] => {
            let message =
                format!("{} at newer instances, and not on at older ones", on_by_default(usual));
            headline(first.what, &message, out)?;
            part("help", "--format json and --html FILE list them", out)?;
            writeln!(out)
        }
    }
}

fn part(title: &str, text: &str, out: &mut dyn Write) -> io::Result<()> {
    let strong = DEFAULT_EMPHASIS_STYLE;
    let indent = title.len() + 6;
    for (number, line) in wrapped(text, indent).iter().enumerate() {
        if number == 0 {
            writeln!(out, "  = {strong}{title}{strong:#}: {line}")?;
        } else {
            writeln!(out, "{:indent$}{line}", "")?;
        }
    }
    Ok(())
}

fn order(steps: &[String], out: &mut dyn Write) -> io::Result<()> {
    if steps.is_empty() {
        return Ok(());
    }
    let strong = DEFAULT_EMPHASIS_STYLE;
    writeln!(out, "{strong}A safe order{strong:#}")?;
    for (number, step) in (1..).zip(steps) {
        let number = format!("{number:>3}. ");
        let indent = number.len();
        for (line_number, line) in wrapped(&escape(step), indent).iter().enumerate() {
            let before = if line_number == 0 { number.as_str() } else { "     " };
            writeln!(out, "{before}{line}")?;
        }
    }
    writeln!(out)
}

fn missing(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let style = DEFAULT_WARNING_STYLE;
    for missing in report.missing.iter().take(SHOWN) {
        let text = format!("missing: {}: {}", escape(&missing.source), escape(&missing.reason));
        for (number, line) in wrapped(&text, 2).iter().enumerate() {
            match line.strip_prefix("missing").filter(|_| number == 0) {
                Some(rest) => writeln!(out, "{style}missing{style:#}{rest}")?,
                None => writeln!(out, "  {line}")?,
            }
        }
    }
    if let Some(more) = report.missing.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        writeln!(out, "{style}missing{style:#}: and {more} more, which --format json lists")?;
    }
    if report.missing.is_empty() { Ok(()) } else { writeln!(out) }
}

/// `1 error, 2 warnings; 3 instances checked against 1.37; 1 source is missing`.
fn summary(report: &Report<'_>, groups: &[Group<'_>], out: &mut dyn Write) -> io::Result<()> {
    let mut parts = Vec::new();
    let found: Vec<String> = Level::ALL
        .into_iter()
        .filter_map(|level| {
            let count = groups.iter().filter(|group| group.what.level == level).count();
            let style = style(level);
            (count > 0).then(|| format!("{style}{}{style:#}", counted(count, level.as_str())))
        })
        .collect();
    if !found.is_empty() {
        parts.push(found.join(", "));
    }
    let count = report.instances.len();
    let ok = if found.is_empty() && report.missing.is_empty() && count > 0 { "ok: " } else { "" };
    let against =
        report.target.map_or_else(|| " read".to_owned(), |it| format!(" checked against {it}"));
    parts.push(format!("{ok}{}{against}", counted(count, "instance")));
    if !report.missing.is_empty() {
        parts.push(format!("the answer is partial: {} missing", report.missing.len()));
    }
    writeln!(out, "{}", parts.join("; "))
}

/// Lines that fit beside an indent. A word that is too long has a line of its own.
fn wrapped(text: &str, indent: usize) -> Vec<String> {
    let width = columns().map_or(WIDTH, usize::from).clamp(40, 100).saturating_sub(indent);
    let mut lines: Vec<String> = Vec::new();
    let mut left = 0;
    for word in text.split(' ') {
        let length = word.chars().count();
        match lines.last_mut() {
            Some(line) if left > length => {
                line.push(' ');
                line.push_str(word);
                left -= length + 1;
            }
            _ => {
                lines.push(word.to_owned());
                left = width.saturating_sub(length);
            }
        }
    }
    lines
}
