//! `featuregate diff`.

use std::io::{self, Write};

use clap::Args;
use comfy_table::Cell;
use featuregate_core::__private::on_or_off;
use featuregate_core::{Milestone, Version};
use serde::Serialize;

use crate::commands::arguments::{Filter, Format, Manifests};
use crate::commands::complete;
use crate::commands::output::{Console, Outcome};
use crate::error::Error;
use crate::program::changes::{self, Change, Changed};
use crate::program::gates::{Gates, began};
use crate::program::wanted::Wanted;
use crate::report::table::{self, Table};

/// Shows what changes between two releases, and what breaks in an upgrade.
///
/// `--format json` prints {"from", "to", "changes": [{"name", "changes", "before", "after", "removed",
/// "renamedTo", "breaks", "turns", "meaning", "owner"}]}. "changes" are introduced, promoted, demoted,
/// deprecated, default-changed, locked, unlocked, removed and renamed; "breaks" are the values that the
/// first release accepts and the second refuses; "turns" is the new value of a gate that is not set,
/// if it changes.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Diff {
    #[command(flatten)]
    pub(crate) manifests: Manifests,
    /// The release before the upgrade.
    #[arg(long, value_name = "VERSION", add = complete::versions())]
    pub(crate) from: Wanted,
    /// The release after the upgrade; by default that of the newest manifest.
    #[arg(long, value_name = "VERSION", add = complete::versions())]
    pub(crate) to: Option<Wanted>,
    #[command(flatten)]
    pub(crate) filter: Filter,
    /// The format of the output.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

const EXAMPLES: &str = "\
Examples:
  What an upgrade from 1.32 to 1.36 breaks:
    featuregate diff --from 1.32 --to 1.36
  The same from two lists of Kubernetes, of one release each:
    featuregate diff --manifest 1.35=old.yaml --manifest 1.36=new.yaml --from 1.35";

impl Diff {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Error> {
        let releases = self.manifests.read(console)?;
        let from = releases.exact(self.from)?;
        let to = self.to.map_or_else(|| Ok(releases.newest()), |to| releases.exact(to))?;
        if from > to {
            return Err(Error::new(format!(
                "--from {from} is a later release than --to {to}; give the earlier one with --from"
            )));
        }
        let (before, after) =
            (Gates::at_release(&releases, from)?, Gates::at_release(&releases, to)?);
        console.note(before.caveat())?;
        console.note(after.caveat())?;
        let mut changes = changes::between(&before, &after);
        changes.retain(|changed| {
            let state = changed.after.or(changed.before);
            self.filter.includes(state.map(|state| state.stage()), changed.owner)
        });
        match self.format {
            Format::Human => write_changes(&changes, from, to, &mut console.out)?,
            Format::Json => {
                let gates = changes.iter().map(ChangedGate::of).collect();
                console.json(&Changes { from: from.to_string(), to: to.to_string(), gates })?;
            }
        }
        Ok(Outcome::Clean)
    }
}

fn write_changes(
    changes: &[Changed<'_>],
    from: Version,
    to: Version,
    out: &mut dyn Write,
) -> io::Result<()> {
    let breaking = |it: &&Changed<'_>| !it.breaks.is_empty();
    let turning = |it: &&Changed<'_>| it.breaks.is_empty() && it.turns.is_some();
    let new = |it: &&Changed<'_>| it.changes.contains(&Change::Introduced);
    let other = |it: &&Changed<'_>| {
        it.breaks.is_empty() && it.turns.is_none() && !it.changes.contains(&Change::Introduced)
    };
    let sections: [(&str, Vec<&Changed<'_>>); 4] = [
        ("breaking settings", changes.iter().filter(breaking).collect()),
        ("with another default", changes.iter().filter(turning).collect()),
        ("new", changes.iter().filter(new).collect()),
        ("changed otherwise", changes.iter().filter(other).collect()),
    ];
    let bold = anstyle::Style::new().bold();
    for (title, gates) in &sections {
        if gates.is_empty() {
            continue;
        }
        let gate = if gates.len() == 1 { "gate" } else { "gates" };
        writeln!(out, "{bold}{} {gate} {title}{bold:#}\n", gates.len())?;
        let known = gates.iter().any(|changed| changed.before.is_some());
        let columns = ["NAME", "BEFORE", "AFTER", "WHAT IT MEANS"];
        let mut table =
            Table::new(columns.into_iter().filter(|column| known || *column != "BEFORE"));
        for changed in gates {
            let before = known.then(|| changed.before.map_or_else(|| Cell::new(""), state_cell));
            let after = match (changed.after, changed.removed) {
                (Some(state), _) => state_cell(state),
                (None, Some(since)) => Cell::new(format!("removed ({since})")),
                (None, None) => Cell::new("removed"),
            };
            let row = [Some(table::text(changed.name)), before, Some(after)];
            table.push(row.into_iter().flatten().chain([table::text(&changed.meaning())]));
        }
        table.write(out)?;
        writeln!(out)?;
    }
    let counts = sections.iter().filter(|(_, gates)| !gates.is_empty());
    let counts: Vec<String> =
        counts.map(|(title, gates)| format!("{} {title}", gates.len())).collect();
    if counts.is_empty() {
        writeln!(out, "Nothing changes from {from} to {to}.")
    } else {
        writeln!(out, "From {from} to {to}: {}.", counts.join(", "))
    }
}

/// A state, with the release with which it began.
fn state_cell(milestone: Milestone) -> Cell {
    let (stage, on) = (milestone.stage(), on_or_off(milestone.default()));
    let locked = if milestone.is_locked() { ", locked" } else { "" };
    let since = began(&milestone).map_or_else(String::new, |since| format!(" ({since})"));
    table::stage(stage, &format!("{stage}, {on}{locked}{since}"))
}

/// What changes, in JSON.
#[derive(Debug, Serialize)]
struct Changes<'a> {
    from: String,
    to: String,
    #[serde(rename = "changes")]
    gates: Vec<ChangedGate<'a>>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ChangedGate<'a> {
    name: &'a str,
    changes: &'a [Change],
    before: Option<StateJson>,
    after: Option<StateJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    removed: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    renamed_to: Option<&'a str>,
    breaks: &'a [bool],
    turns: Option<bool>,
    meaning: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct StateJson {
    stage: &'static str,
    default: bool,
    locked: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<String>,
}

impl<'a> ChangedGate<'a> {
    fn of(changed: &'a Changed<'_>) -> Self {
        let json = |state: Milestone| StateJson {
            stage: state.stage().as_str(),
            default: state.default(),
            locked: state.is_locked(),
            since: began(&state).map(|since| since.to_string()),
        };
        Self {
            name: changed.name,
            changes: &changed.changes,
            before: changed.before.map(json),
            after: changed.after.map(json),
            removed: changed.removed.map(|removed| removed.to_string()),
            renamed_to: changed.renamed_to,
            breaks: &changed.breaks,
            turns: changed.turns,
            meaning: changed.meaning(),
            owner: changed.owner,
        }
    }
}
