//! Arguments that several commands take.

use std::ffi::OsString;

use clap::{Args, ValueEnum};
use featuregate_core::{Stage, Version};

use crate::commands::output::Console;
use crate::error::Error;
use crate::program::gates::Gates;
use crate::program::releases::Releases;

/// The lists of gates.
#[derive(Clone, Debug, Args)]
pub(crate) struct Manifests {
    /// The program's list of gates: a manifest, or the list that Kubernetes publishes. Several
    /// are releases of one program; VERSION=FILE gives the release of a list.
    #[arg(long = "manifest", value_name = "[VERSION=]FILE", default_value = "featuregates.yaml")]
    manifests: Vec<OsString>,
}

impl Manifests {
    pub(crate) fn read(&self) -> Result<Releases, Error> {
        Releases::read(&self.manifests)
    }
}

/// A program at a release.
#[derive(Clone, Debug, Args)]
pub(crate) struct Program {
    #[command(flatten)]
    pub(crate) manifests: Manifests,
    /// The release; by default that of the newest manifest.
    #[arg(long, value_name = "VERSION")]
    target: Option<Version>,
}

impl Program {
    /// Its gates; notes about them are printed.
    pub(crate) fn gates(&self, console: &mut Console) -> Result<Gates, Error> {
        self.gates_of(&self.manifests.read()?, console)
    }

    pub(crate) fn gates_of(
        &self,
        releases: &Releases,
        console: &mut Console,
    ) -> Result<Gates, Error> {
        let gates = Gates::at(releases, self.target)?;
        console.note(gates.caveat(releases))?;
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
