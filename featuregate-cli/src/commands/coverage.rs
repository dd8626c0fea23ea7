//! `featuregate coverage`.

use std::ffi::OsString;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, path};

use clap::{Args, ValueEnum};

use crate::code::checked::Checked;
use crate::code::names::Names;
use crate::commands::output::{Console, Outcome};
use crate::commands::refusal;
use crate::commands::uses::declaring;
use crate::error::Error;
use crate::lint::coverage::Covered;
use crate::records::read::{Records, Tested};
use crate::report::coverage::Coverage as Report;
use crate::source::selection::{Code, Selected};

/// Shows which values of each gate tests have read.
///
/// A run of tests with the feature `record` of featuregate-test and the variable `FEATUREGATE_RECORD=DIR` writes to
/// DIR which gates each test reads, and with which values. This command merges these records, also of several runs, and
/// compares them with the gates that the package declares. What a program reads that a test starts counts as
/// read, but in no test. Of a locked gate, only its value needs a test.
///
/// `--format json` prints `{"version": 1, "gates": [{"gate", "checked", "on", "off", "tests_on", "tests_off"}]}`: whether code
/// checks the gate, whether it was read on and off, and how many tests read it so.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Coverage {
    /// The folders with the records of tests.
    #[arg(value_name = "DIR", required = true)]
    folders: Vec<PathBuf>,
    /// Fails if a gate is read too rarely, with exit code 1.
    #[arg(long, value_enum, value_name = "SIDES")]
    min: Option<Min>,
    /// All packages of the workspace that have enums.
    #[arg(long, conflicts_with_all = ["package", "src"])]
    workspace: bool,
    #[command(flatten)]
    code: Code,
    /// The format of the output.
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    /// Runs the tests first: this command, with `FEATUREGATE_RECORD` set to DIR, whose earlier records are removed.
    #[arg(last = true, value_name = "COMMAND")]
    command: Vec<OsString>,
}

/// What of a gate must be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Min {
    /// Each gate.
    Any,
    /// Each gate on and off; a locked one with its value.
    Both,
}

/// How it is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    #[default]
    Human,
    /// A table for a pull request.
    Markdown,
    /// For programs.
    Json,
}

const EXAMPLES: &str = "\
Examples:
  Once, so that tests can be recorded:
    cargo add --dev featuregate-test --features record
  Run the tests, and show which sides of gates they miss:
    featuregate coverage target/gates -- cargo test
  In CI, where the tests run elsewhere; the folder is absolute, since cargo changes it for each package:
    FEATUREGATE_RECORD=$PWD/target/gates cargo nextest run --workspace
    featuregate coverage target/gates --workspace --min both";

const TESTS_FAILED: &str = "the command that runs the tests has failed";

impl Coverage {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Error> {
        let selected =
            if self.workspace { self.code.read_workspace()? } else { vec![self.code.read()?] };
        if refusal::report(&selected, console)? {
            return Ok(Outcome::Errors);
        }
        let passed = self.run_tests()?;
        let records = Records::read(&self.folders)
            .map_err(|error| if passed { error } else { error.after(TESTS_FAILED.to_owned()) })?;
        let of_killed = records.incomplete;
        console.note((of_killed > 0).then(|| {
            format!("{of_killed} of {} processes ended while they recorded", records.files)
        }))?;
        let workspace = self.code.searched()?;
        let checked = Checked::find(&Names::new(&workspace, declaring(&selected)))?;
        let report = Report(gates(&selected, &records, &checked));
        match self.format {
            Format::Human => report.write(&mut console.out)?,
            Format::Markdown => console.out.write_all(report.markdown()?.as_bytes())?,
            Format::Json => console.json(&report.json())?,
        }
        if !passed {
            console.out.flush()?;
            writeln!(console.err, "{TESTS_FAILED}")?;
        }
        let enough = report.0.iter().all(|(gate, _)| self.is_enough(gate));
        Ok(if passed && enough { Outcome::Clean } else { Outcome::Errors })
    }

    fn is_enough(&self, gate: &Covered<'_>) -> bool {
        match self.min {
            None => true,
            Some(Min::Any) => gate.is_read() || gate.untested().next().is_none(),
            Some(Min::Both) => gate.untested().next().is_none(),
        }
    }

    /// Runs the command that was given; whether it succeeds.
    fn run_tests(&self) -> Result<bool, Error> {
        let Some((program, arguments)) = self.command.split_first() else { return Ok(true) };
        let [folder] = self.folders.as_slice() else {
            return Err(Error::new("the tests write to one folder; name one DIR before `--`"));
        };
        let folder = prepare(folder)
            .map_err(|error| Error::new(format!("cannot prepare {}: {error}", folder.display())))?;
        let mut command = Command::new(program);
        command.args(arguments).env("FEATUREGATE_RECORD", folder);
        let status = command
            .status()
            .map_err(|error| Error::new(format!("cannot run {}: {error}", program.display())))?;
        Ok(status.success())
    }
}

/// The gates of packages by name, each with whether code checks it, as far as that can be followed, or as a test shows.
fn gates<'a>(
    selected: &'a [Selected],
    records: &Records,
    checked: &Checked,
) -> Vec<(Covered<'a>, bool)> {
    let mut gates = Vec::new();
    for selected in selected {
        let tested = Tested { records, crates: &selected.crates };
        for component in &selected.source.components {
            for gate in Covered::of(component, tested) {
                let variant = gate.declared.variant.as_deref().unwrap_or_default();
                let checked = gate.is_read() || checked.is_checked(gate.of, variant);
                gates.push((gate, checked));
            }
        }
    }
    gates.sort_by(|(one, _), (other, _)| one.name.cmp(&other.name));
    gates
}

/// The folder without earlier records, by its absolute path.
fn prepare(folder: &Path) -> std::io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    Records::remove(folder)?;
    path::absolute(folder)
}
