//! Arguments that several commands take.

use std::ffi::OsString;

use clap::{Args, ValueEnum};
use featuregate_core::{Stage, Version};

use crate::commands::complete;
use crate::commands::output::Console;
use crate::error::Error;
use crate::lint::owner::Owners;
use crate::lint::settings::Settings;
use crate::program::gates::Gates;
use crate::program::options::{BuildOption, Options};
use crate::program::programs::Programs;
use crate::program::releases::Releases;
use crate::program::wanted::Wanted;

/// The lists of gates.
#[derive(Clone, Debug, Args)]
pub(crate) struct Manifests {
    /// The program's list of gates: a manifest, the list that Kubernetes publishes, or `kubernetes` or `kubeadm`, which
    /// are built in. Several files are releases of one program; VERSION=FILE gives the release of a list, and NAME=FILE
    /// another program or component that it is of. By default featuregates.yaml, or `kubernetes` where that does not exist.
    #[arg(long = "manifest", value_name = "[VERSION=|NAME=]FILE", add = complete::manifests())]
    manifests: Vec<OsString>,
}

impl Manifests {
    /// The program that is meant; notes about its manifests are printed.
    pub(crate) fn read(&self, console: &mut Console) -> Result<Releases, Error> {
        let programs = Programs::read_one(&self.manifests)?;
        noted(&programs, console)?;
        Ok(programs.main)
    }

    /// The same, or others where none are given.
    fn or(&self, others: &[OsString]) -> Self {
        let manifests = if self.manifests.is_empty() { others } else { &self.manifests };
        Self { manifests: manifests.to_vec() }
    }

    /// The environment variables that the manifests name, as keys.
    pub(crate) fn variables(&self, settings: &Settings) -> Result<Vec<String>, Error> {
        let programs = Programs::read(&self.or(&settings.manifests).manifests)?;
        Ok(programs.main.variables().cloned().collect())
    }

    /// All programs whose manifests are given or built in; notes about these are printed.
    pub(crate) fn programs(&self, console: &mut Console) -> Result<Programs, Error> {
        let programs = Programs::read(&self.manifests)?;
        noted(&programs, console)?;
        Ok(programs)
    }
}

/// Prints the notes about manifests.
fn noted(programs: &Programs, console: &mut Console) -> Result<(), Error> {
    let mut notes = programs.notes.iter().cloned();
    Ok(notes.try_for_each(|note| console.note(Some(note)))?)
}

/// The programs that settings are judged by, and the releases that should accept them.
pub(crate) struct Asked {
    /// By release; without other ones the newest one of the main program.
    pub(crate) targets: Vec<Version>,
    pub(crate) owners: Owners,
    /// The environment variables that the manifest names, as keys.
    pub(crate) variables: Vec<String>,
}

/// What is asked for besides manifests and targets.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Judging<'a> {
    /// The options of the build, if the conditions of defaults are decided.
    pub(crate) cfg: &'a [BuildOption],
    /// Whether settings of unknown programs are judged as well.
    pub(crate) strict: bool,
}

impl Asked {
    /// Reads the manifests of the arguments and of `featuregate.toml`; notes about them are printed.
    pub(crate) fn of(
        manifests: &Manifests,
        targets: &[Wanted],
        settings: &Settings,
        judging: Judging<'_>,
        console: &mut Console,
    ) -> Result<Self, Error> {
        let Judging { cfg, strict } = judging;
        let mut programs = manifests.or(&settings.manifests).programs(console)?;
        let options: Options = cfg.iter().chain(&settings.cfg).cloned().collect();
        if !options.is_empty() {
            programs = programs.built_with(&options);
        }
        let wanted = if targets.is_empty() { &settings.targets } else { targets };
        let exact = wanted.iter().map(|target| programs.exact(*target));
        let mut targets: Vec<Version> = exact.collect::<Result<_, Error>>()?;
        if targets.is_empty() {
            let newest = programs.main.newest();
            targets.push(newest);
            // A list of one's own is that of the release that is wanted.
            let note = format!(
                "the release is {newest}, the newest that is known; name yours with --target VERSION"
            );
            console.note(programs.is_built_in.then_some(note))?;
        }
        targets.sort_unstable();
        targets.dedup();
        let mut notes = Vec::new();
        let others = settings.programs(&targets, &options, &mut notes)?;
        notes.into_iter().try_for_each(|note| console.note(Some(note)))?;
        let owners = Owners::of(&programs, &targets, strict || settings.strict).with(others);
        let variables = programs.main.variables().cloned().collect();
        Ok(Self { targets, owners, variables })
    }
}

/// A program at a release.
#[derive(Clone, Debug, Args)]
pub(crate) struct Program {
    #[command(flatten)]
    pub(crate) manifests: Manifests,
    /// The release; by default that of the newest manifest.
    #[arg(long, value_name = "VERSION", add = complete::versions())]
    target: Option<Wanted>,
}

impl Program {
    /// Its gates; notes about them are printed.
    pub(crate) fn gates(&self, console: &mut Console) -> Result<Gates, Error> {
        let releases = self.manifests.read(console)?;
        self.gates_of(&releases, console)
    }

    pub(crate) fn gates_of(
        &self,
        releases: &Releases,
        console: &mut Console,
    ) -> Result<Gates, Error> {
        let gates = Gates::at(releases, self.target)?;
        console.note(gates.caveat())?;
        Ok(gates)
    }
}

/// Which gates are shown.
#[derive(Clone, Debug, Args)]
pub(crate) struct Filter {
    /// Only gates at these stages.
    #[arg(long = "stage", value_name = "STAGE", value_delimiter = ',', ignore_case = true)]
    stages: Vec<StageName>,
    /// Only gates of these owners.
    #[arg(long = "owner", value_name = "OWNER", value_delimiter = ',')]
    owners: Vec<String>,
}

impl Filter {
    pub(crate) fn includes(&self, stage: Option<Stage>, owner: Option<&str>) -> bool {
        let at_stage = |stage: Stage| self.stages.iter().any(|name| name.stage() == stage);
        let of_owner = |owner| self.owners.iter().any(|name| name == owner);
        (self.stages.is_empty() || stage.is_some_and(at_stage))
            && (self.owners.is_empty() || owner.is_some_and(of_owner))
    }
}

/// A stage on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum StageName {
    Alpha,
    Beta,
    #[value(alias = "stable")]
    Ga,
    Deprecated,
}

impl StageName {
    fn stage(self) -> Stage {
        match self {
            Self::Alpha => Stage::Alpha,
            Self::Beta => Stage::Beta,
            Self::Ga => Stage::Ga,
            Self::Deprecated => Stage::Deprecated,
        }
    }
}

/// The format of the output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    #[default]
    Human,
    /// For programs.
    Json,
}
