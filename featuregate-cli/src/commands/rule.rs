//! `featuregate rule`.

use std::io::{self, Write};

use anstyle::Style;
use clap::Args;
use comfy_table::Cell;
use serde::Serialize;

use crate::commands::arguments::Format;
use crate::commands::complete;
use crate::commands::output::{Console, Outcome};
use crate::error::Error;
use crate::finding::Level;
use crate::lint::rule::{Policy, Rule};
use crate::lint::rules;
use crate::report::table::Table;

/// Explains a rule; without a name, lists the rules.
///
/// `--format json` prints {"rule", "level", "summary", "page"}, where the page is Markdown; without
/// a name, an array of them without the pages.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ExplainRule {
    /// The rule.
    #[arg(value_name = "NAME", add = complete::rules())]
    name: Option<String>,
    /// The format of the output.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  What a finding of `featuregate check` means, and what to do about it:
    featuregate rule removed-gate
  All rules:
    featuregate rule";

impl ExplainRule {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Error> {
        let Some(name) = &self.name else {
            list(self.format, console)?;
            return Ok(Outcome::Clean);
        };
        let rule = rules::find(name).ok_or_else(|| Error::new(rules::unknown(name)))?;
        show(rule, self.format, console)?;
        Ok(Outcome::Clean)
    }
}

/// Prints all rules.
pub(crate) fn list(format: Format, console: &mut Console) -> io::Result<()> {
    match format {
        Format::Human => {
            let mut table = Table::new(["RULE", "LEVEL", "SUMMARY"]);
            for rule in rules::all() {
                let level = Cell::new(level(rule));
                table.push([Cell::new(rule.name), level, Cell::new(rule.summary)]);
            }
            table.write(&mut console.out)
        }
        Format::Json => {
            let pages: Vec<_> = rules::all().map(|rule| Page::of(rule, None)).collect();
            console.json(&pages)
        }
    }
}

/// Prints the page of a rule.
pub(crate) fn show(rule: &'static Rule, format: Format, console: &mut Console) -> io::Result<()> {
    match format {
        Format::Human => write_page(rule.page, &mut console.out),
        Format::Json => console.json(&Page::of(rule, Some(rule.page))),
    }
}

/// The level of a rule without `featuregate.toml`.
fn level(rule: &Rule) -> &'static str {
    Policy::default().level(rule).map_or("off", Level::as_str)
}

/// Markdown is readable as it is; only its headings are made bold.
fn write_page(page: &str, out: &mut dyn Write) -> io::Result<()> {
    let bold = Style::new().bold();
    let mut code = false;
    for line in page.lines() {
        code ^= line.starts_with("```");
        let heading =
            Some(line.trim_start_matches('#')).filter(|it| !code && it.len() < line.len());
        match heading {
            Some(heading) => writeln!(out, "{bold}{}{bold:#}", heading.trim())?,
            None => writeln!(out, "{line}")?,
        }
    }
    Ok(())
}

/// A rule in JSON.
#[derive(Debug, Serialize)]
struct Page {
    rule: &'static str,
    level: &'static str,
    summary: &'static str,
    #[serde(rename = "page", skip_serializing_if = "Option::is_none")]
    text: Option<&'static str>,
}

impl Page {
    fn of(rule: &'static Rule, text: Option<&'static str>) -> Self {
        Self { rule: rule.name, level: level(rule), summary: rule.summary, text }
    }
}
