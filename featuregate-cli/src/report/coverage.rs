//! Which values of gates tests have read.

use std::io::{self, Write};

use comfy_table::{Cell, Color};
use pulldown_cmark::{HeadingLevel, Tag};
use serde::Serialize;

use crate::error::Error;
use crate::io::escape::escape;
use crate::lint::coverage::Covered;
use crate::records::read::Side;
use crate::report::page::Page;
use crate::report::table::{self, Table};

/// The gates by name, each with whether code checks it.
#[derive(Debug)]
pub(crate) struct Coverage<'a>(pub(crate) Vec<(Covered<'a>, bool)>);

/// The report in JSON. Its fields are a contract.
#[derive(Debug, Serialize)]
pub(crate) struct CoverageJson<'a> {
    version: u32,
    gates: Vec<GateJson<'a>>,
}

#[derive(Debug, Serialize)]
struct GateJson<'a> {
    gate: &'a str,
    checked: bool,
    on: bool,
    off: bool,
    tests_on: usize,
    tests_off: usize,
}

impl Coverage<'_> {
    /// A table, and the totals.
    pub(crate) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut table = Table::new(["GATE", "STAGE", "CHECKED", "ON", "OFF", "NOT TESTED"]);
        for (gate, checked) in &self.0 {
            let missing = missing(gate);
            table.push([
                table::text(&gate.name),
                table::stage(gate.stage, gate.stage.as_str()),
                Cell::new(if *checked { "yes" } else { "no" }),
                Cell::new(reads(gate, true)),
                Cell::new(reads(gate, false)),
                if missing.is_empty() {
                    Cell::new("")
                } else {
                    Cell::new(missing).fg(Color::DarkRed)
                },
            ]);
        }
        if !self.0.is_empty() {
            table.write(out)?;
            writeln!(out)?;
        }
        writeln!(out, "{}", self.summary())
    }

    /// A table in Markdown, for a pull request.
    pub(crate) fn markdown(&self) -> Result<String, Error> {
        let mut page = Page::default();
        page.heading(HeadingLevel::H2, "Tested sides of feature gates");
        page.element(Tag::Paragraph, |page| page.text(format!("{}.", self.summary())));
        let row = |(gate, checked): &(Covered<'_>, bool)| {
            [
                escape(&gate.name).into_owned(),
                gate.stage.as_str().to_owned(),
                if *checked { "yes" } else { "no" }.to_owned(),
                reads(gate, true),
                reads(gate, false),
                missing(gate).to_owned(),
            ]
        };
        let columns = ["Gate", "Stage", "Checked", "On", "Off", "Not tested"];
        page.table(columns, self.0.iter().map(row), Page::cells);
        page.written()
    }

    pub(crate) fn json(&self) -> CoverageJson<'_> {
        let gates = self.0.iter().map(|(gate, checked)| GateJson {
            gate: &gate.name,
            checked: *checked,
            on: gate.sides.on.read,
            off: gate.sides.off.read,
            tests_on: gate.sides.on.tests.len(),
            tests_off: gate.sides.off.tests.len(),
        });
        CoverageJson { version: 1, gates: gates.collect() }
    }

    /// `20 of 30 gates tested; 4 only on, 3 only off, 3 never`.
    fn summary(&self) -> String {
        let mut counts = [("only on", 0), ("only off", 0), ("never", 0)];
        let mut tested = 0;
        for (gate, _) in &self.0 {
            let untested: Vec<bool> = gate.untested().collect();
            let [on, off, never] = &mut counts;
            match (untested.as_slice(), gate.is_read()) {
                ([], _) => tested += 1,
                ([false], true) => on.1 += 1,
                ([true], true) => off.1 += 1,
                _ => never.1 += 1,
            }
        }
        let counts: Vec<String> = counts
            .iter()
            .filter(|(_, count)| *count > 0)
            .map(|(what, count)| format!("{count} {what}"))
            .collect();
        let counts =
            if counts.is_empty() { String::new() } else { format!("; {}", counts.join(", ")) };
        format!("{tested} of {} gates tested{counts}", self.0.len())
    }
}

/// Who has read a gate with a value.
fn reads(gate: &Covered<'_>, value: bool) -> String {
    let Side { read, tests } = gate.sides.side(value);
    match (read, tests.len()) {
        (_, 1) => "1 test".to_owned(),
        (true, 0) => "outside of tests".to_owned(),
        (false, 0) if gate.locked.is_some_and(|locked| locked != value) => "locked".to_owned(),
        (false, 0) => "–".to_owned(),
        (_, tests) => format!("{tests} tests"),
    }
}

/// The values that no test has read.
fn missing(gate: &Covered<'_>) -> &'static str {
    match gate.untested().collect::<Vec<bool>>().as_slice() {
        [] => "",
        [true] => "on",
        [false] => "off",
        _ => "on, off",
    }
}
