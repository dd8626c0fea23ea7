//! The command line.

use std::ffi::OsString;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::commands;

/// Keeps feature gates honest: what is declared, what is configured, and what the next release makes of it.
#[derive(Debug, Parser)]
#[command(name = "featuregate", version, max_term_width = 100, after_help = AFTER)]
pub struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) color: Color,
}

const AFTER: &str = "\
Exit codes: 0 nothing at error level; 1 findings at error level; 2 wrong usage, a manifest that can't be \
read, or a PATH that can't be opened.";

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Check(commands::check::Check),
    List(commands::list::List),
    Update(commands::update::Update),
    Verify(commands::verify::Verify),
    Docs(commands::docs::Docs),
    Schema(commands::schema::Schema),
    Explain(commands::explain::Explain),
    Completions(commands::shell::Completions),
    Man(commands::shell::Man),
}

/// When to colour.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Color {
    /// When to use colours; `auto` means on a terminal, unless the variable `NO_COLOR` is set.
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = true
    )]
    pub(crate) color: clap::ColorChoice,
}

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
