//! Arguments that several commands take.

use std::ffi::OsString;

use clap::{Args, ValueEnum};

/// The lists of gates.
#[derive(Clone, Debug, Args)]
pub(crate) struct Manifests {
    /// The program's list of gates: a manifest, or the list that Kubernetes publishes. Several
    /// are releases of one program; VERSION=FILE says which release a list is of.
    #[arg(long = "manifest", value_name = "[VERSION=]FILE", default_value = "featuregates.yaml")]
    pub(crate) manifests: Vec<OsString>,
}

/// How data is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    #[default]
    Human,
    /// For programs.
    Json,
}
