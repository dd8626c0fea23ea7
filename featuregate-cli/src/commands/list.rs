//! `featuregate list`.

use std::io::{self, Write};

use clap::Args;
use comfy_table::Cell;
use featuregate_core::{Stage, Status, Version};
use serde::Serialize;

use crate::commands::arguments::{Filter, Format, Program};
use crate::commands::diff::Diff;
use crate::commands::output::{Console, Outcome};
use crate::error::Error;
use crate::program::gates::{Facts, Listed};
use crate::program::wanted::Wanted;
use crate::report::table::{self, Table};

/// Lists the gates of a release.
///
/// `--format json` prints an array, by name, of {"name", "stage", "default", "locked", "since",
/// "introduced", "doc", "owner", "issue", "requires", "implies", "aliases", "components", "cfg", "defaultIf",
/// "tags", "meta", "switchable", "runtime", "exceptFromGroups", "removeIn", "removed"} without the fields that are empty; stages are spelled as in a manifest. "since" is the
/// release with which this stage, default and lock began.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct List {
    #[command(flatten)]
    program: Program,
    /// The old spelling of `diff --from`.
    #[arg(long, value_name = "VERSION", conflicts_with_all = ["target", "removed"], hide = true)]
    from: Option<Wanted>,
    /// The old spelling of `diff --to`.
    #[arg(long, value_name = "VERSION", requires = "from", hide = true)]
    to: Option<Wanted>,
    #[command(flatten)]
    filter: Filter,
    /// Also lists the gates that were removed.
    #[arg(long)]
    removed: bool,
    /// The format of the output.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  The alpha and beta gates of 1.36:
    featuregate list --target 1.36 --stage alpha,beta
  What changes with an upgrade:
    featuregate diff --from 1.32 --to 1.36";

impl List {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Error> {
        if let Some(from) = self.from {
            let Self { program, to, filter, format, .. } = self;
            let diff = Diff { manifests: program.manifests, from, to, filter, format };
            return diff.run(console);
        }
        let gates = self.program.gates(console)?;
        let listed: Vec<Listed<'_>> = gates
            .iter()
            .filter(|listed| match listed.status {
                Status::Removed { .. } => self.removed,
                status => status.exists(),
            })
            .filter(|listed| self.filter.includes(listed.stage(), listed.spec.owner()))
            .collect();
        match self.format {
            Format::Human => write_table(&listed, &mut console.out)?,
            Format::Json => {
                let gates: Vec<_> = listed.into_iter().map(GateJson::of).collect();
                console.json(&gates)?;
            }
        }
        Ok(Outcome::Clean)
    }
}

fn write_table(rows: &[Listed<'_>], out: &mut dyn Write) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let owners = rows.iter().any(|listed| listed.spec.owner().is_some());
    let tags = rows.iter().any(|listed| !listed.gate.spec.tags.is_empty());
    let removals = rows.iter().any(|listed| removal(*listed).is_some());
    let mut header = vec!["NAME", "STAGE", "DEFAULT", "LOCKED", "SINCE"];
    header.extend(owners.then_some("OWNER"));
    header.extend(tags.then_some("TAGS"));
    header.extend(removals.then_some("REMOVAL"));
    let mut table = Table::new(header);
    for listed in rows {
        let mut row = vec![
            table::text(listed.gate.name()),
            match listed.stage() {
                Some(stage) => table::stage(stage, stage.as_str()),
                None => Cell::new("–"),
            },
            match listed.facts().default_if {
                Some(condition) => table::text(condition),
                None => Cell::new(listed.status.default()),
            },
            Cell::new(if listed.status.is_locked() { "yes" } else { "no" }),
            Cell::new(listed.since().map_or_else(String::new, |since| since.to_string())),
        ];
        row.extend(owners.then(|| table::text(listed.spec.owner().unwrap_or_default())));
        row.extend(tags.then(|| table::text(&listed.gate.spec.tags.join(", "))));
        row.extend(removals.then(|| Cell::new(removal(*listed).unwrap_or_default())));
        table.push(row);
    }
    table.write(out)
}

/// When the gate is to be removed, or was.
fn removal(listed: Listed<'_>) -> Option<String> {
    match listed.removed_in() {
        Some(since) => Some(format!("in {since}")),
        None => listed.spec.remove_in().map(|due| format!("due in {due}")),
    }
}

/// A gate in JSON.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct GateJson<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    stage: Option<&'static str>,
    default: bool,
    locked: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    introduced: Option<String>,
    #[serde(flatten)]
    facts: Facts<'a>,
}

impl<'a> GateJson<'a> {
    fn of(listed: Listed<'a>) -> Self {
        let spec = listed.spec;
        let written = |version: Version| version.to_string();
        let began = spec.introduced().filter(|introduced| *introduced != Version::ZERO);
        Self {
            name: listed.gate.name(),
            stage: listed.stage().map(Stage::as_str),
            default: listed.status.default(),
            locked: listed.status.is_locked(),
            since: listed.since().map(written),
            introduced: began.map(written),
            facts: listed.facts(),
        }
    }
}
