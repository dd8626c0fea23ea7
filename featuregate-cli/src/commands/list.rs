//! `featuregate list`.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use comfy_table::Cell;
use featuregate_core::{Stage, Version};
use serde::Serialize;

use crate::commands::arguments::{Format, Manifests};
use crate::commands::output::{Console, Outcome};
use crate::error::Error;
use crate::program::changes::{self, Change, Changed};
use crate::program::gates::{Facts, Gates, Listed, Standing, State};
use crate::program::releases::Releases;
use crate::report::table::{self, Rows};

/// Lists the gates at a release, or what changes between two.
///
/// `--format json` prints an array, by name, of {"name", "stage", "default", "locked", "since",
/// "introduced", "doc", "owner", "issue", "requires", "aliases", "components", "cfg", "removeIn",
/// "removed"} without the fields that are empty; stages are spelled as in a manifest. "since" is the
/// release with which this stage, default and lock began.
///
/// With `--from` it prints {"from", "to", "changes": [{"name", "changes", "before", "after", "removed",
/// "renamedTo", "breaks", "turns", "meaning", "owner"}]}. "changes" are introduced, promoted, demoted,
/// deprecated, default-changed, locked, unlocked, removed and renamed; "breaks" are the values that the
/// first release takes and the second refuses; "turns" is the new value of a gate that nobody sets, where
/// that is another one.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct List {
    #[command(flatten)]
    manifests: Manifests,
    /// The release; by default that of the newest manifest.
    #[arg(long, value_name = "VERSION")]
    target: Option<Version>,
    /// Shows what changes from this release on, and what breaks in an upgrade.
    #[arg(long, value_name = "VERSION", conflicts_with_all = ["target", "removed"])]
    from: Option<Version>,
    /// The release to which it changes; by default that of the newest manifest.
    #[arg(long, value_name = "VERSION", requires = "from")]
    to: Option<Version>,
    /// Only gates at these stages.
    #[arg(long, value_name = "STAGE", value_delimiter = ',', ignore_case = true)]
    stage: Vec<Wanted>,
    /// Only gates of these owners.
    #[arg(long, value_name = "OWNER", value_delimiter = ',')]
    owner: Vec<String>,
    /// Also the gates that the release has no more.
    #[arg(long)]
    removed: bool,
    /// How to print it.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  The alpha and beta gates of 1.36:
    featuregate list --target 1.36 --stage alpha,beta
  What an upgrade from 1.32 to 1.36 breaks:
    featuregate list --from 1.32 --to 1.36
  The same from two lists of Kubernetes, of one release each:
    featuregate list --manifest 1.35=old.yaml --manifest 1.36=new.yaml --from 1.35";

/// A stage on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Wanted {
    Alpha,
    Beta,
    #[value(alias = "stable")]
    Ga,
    Deprecated,
}

impl Wanted {
    fn stage(self) -> Stage {
        match self {
            Self::Alpha => Stage::Alpha,
            Self::Beta => Stage::Beta,
            Self::Ga => Stage::Ga,
            Self::Deprecated => Stage::Deprecated,
        }
    }
}

impl List {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Error> {
        let releases = Releases::read(&self.manifests.manifests)?;
        match self.from {
            None => self.gates(&releases, console)?,
            Some(from) => self.changes(from, &releases, console)?,
        }
        Ok(Outcome::Clean)
    }

    fn gates(&self, releases: &Releases, console: &mut Console) -> Result<(), Error> {
        let gates = Gates::at(releases, self.target)?;
        console.note(gates.caveat(releases))?;
        let rows: Vec<(Listed<'_>, State)> = gates
            .iter()
            .filter_map(|listed| match listed.standing {
                Standing::There(state) => Some((listed, state)),
                Standing::Removed { last, .. } if self.removed => Some((listed, last)),
                _ => None,
            })
            .filter(|(listed, state)| {
                let state = Some(*state).filter(|_| listed.knows_stages());
                self.stages_include(state) && self.owners_include(listed.spec.owner())
            })
            .collect();
        match self.format {
            Format::Human => write_rows(&rows, &mut console.out)?,
            Format::Json => {
                let rows: Vec<_> =
                    rows.iter().map(|(listed, state)| Row::of(*listed, *state)).collect();
                console.json(&rows)?;
            }
        }
        Ok(())
    }

    fn changes(
        &self,
        from: Version,
        releases: &Releases,
        console: &mut Console,
    ) -> Result<(), Error> {
        let to = self.to.unwrap_or_else(|| releases.newest());
        if from > to {
            return Err(Error::new(format!(
                "--from {from} is a later release than --to {to}; name the earlier one with --from"
            )));
        }
        let (before, after) = (Gates::at(releases, Some(from))?, Gates::at(releases, Some(to))?);
        console.note(before.caveat(releases))?;
        console.note(after.caveat(releases))?;
        let mut changes = changes::between(&before, &after);
        changes.retain(|changed| {
            self.stages_include(changed.after.or(changed.before))
                && self.owners_include(changed.owner)
        });
        match self.format {
            Format::Human => write_changes(&changes, from, to, &mut console.out)?,
            Format::Json => {
                let gates = changes.iter().map(ChangedRow::of).collect();
                console.json(&Changes { from: from.to_string(), to: to.to_string(), gates })?;
            }
        }
        Ok(())
    }

    fn stages_include(&self, state: Option<State>) -> bool {
        self.stage.is_empty()
            || state
                .is_some_and(|state| self.stage.iter().any(|wanted| wanted.stage() == state.stage))
    }

    fn owners_include(&self, owner: Option<&str>) -> bool {
        self.owner.is_empty() || owner.is_some_and(|owner| self.owner.iter().any(|it| it == owner))
    }
}

// ---- the gates of a release ----

fn write_rows(rows: &[(Listed<'_>, State)], out: &mut dyn Write) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let owners = rows.iter().any(|(listed, _)| listed.spec.owner().is_some());
    let removals = rows.iter().any(|(listed, _)| removal(*listed).is_some());
    let mut header = vec!["NAME", "STAGE", "DEFAULT", "LOCKED", "SINCE"];
    header.extend(owners.then_some("OWNER"));
    header.extend(removals.then_some("REMOVAL"));
    let mut table = Rows::new(header);
    for (listed, state) in rows {
        let mut row = vec![
            table::text(listed.gate.name()),
            if listed.knows_stages() {
                table::stage(state.stage, state.stage.as_str())
            } else {
                Cell::new("–")
            },
            Cell::new(state.default),
            Cell::new(if state.locked { "yes" } else { "no" }),
            Cell::new(state.since.map_or_else(String::new, |since| since.to_string())),
        ];
        row.extend(owners.then(|| table::text(listed.spec.owner().unwrap_or_default())));
        row.extend(removals.then(|| Cell::new(removal(*listed).unwrap_or_default())));
        table.push(row);
    }
    table.write(out)
}

/// When the gate goes, or went.
fn removal(listed: Listed<'_>) -> Option<String> {
    match listed.gone_since() {
        Some(since) => Some(format!("gone since {since}")),
        None => listed.spec.remove_in().map(|due| format!("due in {due}")),
    }
}

/// A gate in JSON.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Row<'a> {
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

impl<'a> Row<'a> {
    fn of(listed: Listed<'a>, state: State) -> Self {
        let spec = listed.spec;
        let written = |version: Version| version.to_string();
        let began = spec.introduced().filter(|introduced| *introduced != Version::ZERO);
        Self {
            name: spec.name(),
            stage: listed.knows_stages().then_some(state.stage.as_str()),
            default: state.default,
            locked: state.locked,
            since: state.since.map(written),
            introduced: began.map(written),
            facts: listed.facts(),
        }
    }
}

// ---- what changes ----

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
        ("otherwise changed", changes.iter().filter(other).collect()),
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
            Rows::new(columns.into_iter().filter(|column| known || *column != "BEFORE"));
        for changed in gates {
            let before = known.then(|| told(changed.before, "", None));
            let after = told(changed.after, "removed", changed.removed);
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
fn told(state: Option<State>, gone: &str, removed: Option<Version>) -> Cell {
    match (state, removed) {
        (Some(state), _) => {
            let since = state.since.map_or_else(String::new, |since| format!(" ({since})"));
            table::stage(state.stage, &format!("{state}{since}"))
        }
        (None, Some(since)) => Cell::new(format!("{gone} ({since})")),
        (None, None) => Cell::new(gone),
    }
}

/// What changes, in JSON.
#[derive(Debug, Serialize)]
struct Changes<'a> {
    from: String,
    to: String,
    #[serde(rename = "changes")]
    gates: Vec<ChangedRow<'a>>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ChangedRow<'a> {
    name: &'a str,
    changes: &'a [Change],
    before: Option<StateRow>,
    after: Option<StateRow>,
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
struct StateRow {
    stage: &'static str,
    default: bool,
    locked: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<String>,
}

impl<'a> ChangedRow<'a> {
    fn of(changed: &'a Changed<'_>) -> Self {
        let row = |state: State| StateRow {
            stage: state.stage.as_str(),
            default: state.default,
            locked: state.locked,
            since: state.since.map(|since| since.to_string()),
        };
        Self {
            name: changed.name,
            changes: &changed.changes,
            before: changed.before.map(row),
            after: changed.after.map(row),
            removed: changed.removed.map(|removed| removed.to_string()),
            renamed_to: changed.renamed_to,
            breaks: &changed.breaks,
            turns: changed.turns,
            meaning: changed.meaning(),
            owner: changed.owner,
        }
    }
}
