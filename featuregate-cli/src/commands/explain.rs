//! `featuregate explain`.

use std::io::{self, Write};

use anstyle::Style;
use clap::Args;
use comfy_table::Cell;
use featuregate_core::quote::Name;
use featuregate_core::{Group, Version};
use serde::Serialize;

use crate::commands::arguments::{Format, Manifests};
use crate::commands::output::{Console, Outcome};
use crate::error::Error;
use crate::finding::Level;
use crate::lint::rules::{self, Policy, Rule};
use crate::program::gates::Gates;
use crate::program::releases::Releases;
use crate::program::story::Story;
use crate::report::table::Rows;

/// Explains a rule, or tells a gate's story.
///
/// Without a name it lists the rules. A rule needs no manifest; a gate that is named like one is told with
/// --gate.
///
/// `--format json` prints for a rule {"rule", "level", "summary", "page"}, where the page is Markdown; without
/// a name an array of them without the pages; for a gate {"gate", "target", "standing", "meaning", "accepts",
/// "stage", "default", "locked", "milestones", "doc", "owner", "issue", "requires", "aliases",
/// "components", "cfg", "removeIn", "removed", "requiredBy"} without the fields that are empty. "standing" is there,
/// not-yet or removed; "milestones" are written as the "versionedSpecs" of a manifest.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Explain {
    /// A rule, or a gate by its name or a former name.
    #[arg(value_name = "RULE|GATE")]
    name: Option<String>,
    /// Takes the name for a gate's, even if a rule has it.
    #[arg(long, requires = "name")]
    gate: bool,
    #[command(flatten)]
    manifests: Manifests,
    /// For a gate the release; by default that of the newest manifest.
    #[arg(long, value_name = "VERSION")]
    target: Option<Version>,
    /// How to print it.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  What a finding of `featuregate check` means, and what to do:
    featuregate explain removed-gate
  What became of a gate, and whether it may still be set at 1.36:
    featuregate explain MemoryQoS --target 1.36
  All rules:
    featuregate explain";

impl Explain {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Error> {
        let rule = self.name.as_deref().filter(|_| !self.gate).and_then(rules::find);
        match (&self.name, rule) {
            (None, _) => self.rules(console)?,
            (Some(_), Some(rule)) => self.rule(rule, console)?,
            (Some(name), None) => self.story(name, console)?,
        }
        Ok(Outcome::Clean)
    }

    fn rules(&self, console: &mut Console) -> Result<(), Error> {
        match self.format {
            Format::Human => {
                let mut table = Rows::new(["RULE", "LEVEL", "SUMMARY"]);
                for rule in rules::all() {
                    let level = Cell::new(level(rule));
                    table.push([Cell::new(rule.name), level, Cell::new(rule.summary)]);
                }
                table.write(&mut console.out)?;
            }
            Format::Json => {
                console.json(&rules::all().map(|rule| Page::of(rule, None)).collect::<Vec<_>>())?;
            }
        }
        Ok(())
    }

    fn rule(&self, rule: &'static Rule, console: &mut Console) -> Result<(), Error> {
        match self.format {
            Format::Human => write_page(rule.page, &mut console.out)?,
            Format::Json => console.json(&Page::of(rule, Some(rule.page)))?,
        }
        Ok(())
    }

    fn story(&self, name: &str, console: &mut Console) -> Result<(), Error> {
        let releases = Releases::read(&self.manifests.manifests).map_err(|failure| {
            if self.gate {
                return failure;
            }
            let nearest =
                featuregate_core::nearest::nearest(name, rules::all().map(|rule| rule.name));
            let meant = nearest.map_or_else(String::new, |near| format!("; did you mean {near}?"));
            failure.after(format!("no rule is named {}{meant}", Name(name)))
        })?;
        let gates = Gates::at(&releases, self.target)?;
        let listed = gates.get(name).or_else(|| gates.renamed(name));
        let Some(listed) = listed else {
            return Err(self.unknown(name, &gates));
        };
        console.note(gates.caveat(&releases))?;
        if listed.gate.name() != name {
            let now = Name(listed.gate.name());
            console.note(Some(format!("{} is a former name of {now}; write that", Name(name))))?;
        }
        let story = Story::of(&gates, listed);
        match self.format {
            Format::Human => story.write(&mut console.out)?,
            Format::Json => console.json(&story)?,
        }
        Ok(())
    }

    fn unknown(&self, name: &str, gates: &Gates) -> Error {
        if let Some(group) = Group::named(name) {
            let stage = group.stage.as_word();
            return Error::new(format!(
                "{name} is no gate but sets every {stage} gate that is not set itself; list them with featuregate list --stage {stage}"
            ));
        }
        let (rules, what): (Vec<&str>, _) = if self.gate {
            (Vec::new(), "no gate is")
        } else {
            (rules::all().map(|rule| rule.name).collect(), "no rule and no gate is")
        };
        let advice = match gates.nearest(name, &rules) {
            Some(nearest) => format!("did you mean {}?", Name(&nearest)),
            None => {
                "featuregate list lists the gates, and featuregate explain the rules".to_owned()
            }
        };
        Error::new(format!("{what} named {}; {advice}", Name(name)))
    }
}

/// The level that a rule has where no `featuregate.toml` says another.
fn level(rule: &Rule) -> &'static str {
    Policy::default().level(rule).map_or("off", Level::as_str)
}

/// Markdown reads well as it is; only its headings need to stand out.
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
