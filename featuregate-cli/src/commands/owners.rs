//! `featuregate owners`.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::commands::arguments::{Filter, Program};
use crate::commands::output::{Console, Outcome};
use crate::error::Error;
use crate::lint::due;
use crate::lint::rule::Policy;
use crate::report::owners::Owners as Report;

/// Shows who has to do something about a gate, now or soon.
///
/// A gate is due in the release that is to remove it (`remove_in`), and in the first release in which it breaks the
/// rule old-alpha or old-beta, where featuregate.toml turns these on. It is overdue if that release is reached.
///
/// `--format json` prints {"version": 1, "target", "owners": [{"owner", "gates": [{"gate",
/// "status": "overdue|soon", "due", "reason": "removal|expiry", "stage", "since", "issue"}]}]}, by owner, then by
/// release, without a "since" and "issue" that are unknown; "owner" is null for the gates without one.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Owners {
    #[command(flatten)]
    program: Program,
    #[command(flatten)]
    filter: Filter,
    /// How many releases ahead a gate is due soon.
    #[arg(long, value_name = "RELEASES", default_value_t = 1)]
    within: u32,
    /// The levels and limits of rules; by default the nearest featuregate.toml.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The format of the output.
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

/// How owners are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    #[default]
    Human,
    /// A list with a box to check for each gate, for an issue.
    Markdown,
    /// For programs.
    Json,
}

const EXAMPLES: &str = "\
Examples:
  What is due in this release, and in the next one:
    featuregate owners
  An issue for the next two releases:
    featuregate owners --within 2 --format markdown | gh issue create --title 'Gates' --body-file -
  Alpha gates expire after four releases, in featuregate.toml:
    [rules]
    old-alpha = { releases = 4, never-expire = [\"Profiling: only used in tests\"] }";

impl Owners {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Error> {
        let gates = self.program.gates(console)?;
        let policy = Policy::find(self.config.as_deref(), Path::new("."))?;
        let mut due = due::due(&gates, &policy, self.within);
        due.retain(|due| self.filter.includes(due.gate.stage(), due.gate.spec.owner()));
        let report = Report::of(gates.target, due);
        match self.format {
            Format::Human => report.write(&mut console.out)?,
            Format::Markdown => console.out.write_all(report.markdown()?.as_bytes())?,
            Format::Json => console.json(&report.json())?,
        }
        Ok(Outcome::Clean)
    }
}
