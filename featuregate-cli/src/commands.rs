//! The commands: each reads its arguments, calls the other folders, and writes.

mod add;
mod arguments;
mod baseline;
mod check;
mod complete;
mod coverage;
mod declaring;
mod diff;
mod docs;
mod explain;
mod fleet;
mod init;
pub(crate) mod output;

mod list;
mod lsp;
mod owners;
mod promote;
mod refusal;
mod remove;
mod reporting;
mod rule;
mod schema;
mod shell;
mod uncommitted;
mod update;
mod uses;
mod verify;

use std::ffi::OsString;

use clap::{Args, CommandFactory as _, Parser, Subcommand};
use clap_complete::CompleteEnv;

use crate::commands::output::{Console, Outcome};
use crate::error::Error;

/// Checks feature gates: their declarations, their configuration, and what the next release changes.
#[derive(Debug, Parser)]
#[command(name = "featuregate", version, max_term_width = 100, after_help = AFTER)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    pub(crate) color: Color,
}

const AFTER: &str = "\
Exit codes: 0 nothing at error level; 1 findings at error level; 2 wrong usage, a manifest that cannot \
be read, or a PATH that cannot be opened; 3 a source of `fleet` did not answer completely.";

/// A command.
#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Check),
    List(list::List),
    Diff(diff::Diff),
    Owners(owners::Owners),
    Coverage(coverage::Coverage),
    Fleet(fleet::Fleet),
    Lsp(lsp::Lsp),
    Init(init::Init),
    Add(add::Add),
    Promote(promote::Promote),
    Update(update::Update),
    Verify(verify::Verify),
    Uses(uses::Uses),
    Remove(remove::Remove),
    Docs(docs::Docs),
    Schema(schema::Schema),
    Explain(explain::Explain),
    Rule(rule::ExplainRule),
    Completions(shell::Completions),
    Man(shell::Man),
}

/// The use of colours.
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

impl Arguments {
    /// Answers a shell that asks what to offer; whether this is such a question.
    pub(crate) fn complete(arguments: &[OsString]) -> Result<bool, clap::Error> {
        let folder = std::env::current_dir().ok();
        let completion = CompleteEnv::with_factory(Self::command).var(shell::VARIABLE);
        Ok(!arguments.is_empty() && completion.try_complete(arguments, folder.as_deref())?)
    }

    /// Runs the command.
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Error> {
        match self.command {
            Command::Check(command) => command.run(console),
            Command::List(command) => command.run(console),
            Command::Diff(command) => command.run(console),
            Command::Owners(command) => command.run(console),
            Command::Coverage(command) => command.run(console),
            Command::Fleet(command) => command.run(console),
            Command::Lsp(command) => command.run(console),
            Command::Init(command) => command.run(console),
            Command::Add(command) => command.run(console),
            Command::Promote(command) => command.run(console),
            Command::Update(command) => command.run(console),
            Command::Verify(command) => command.run(console),
            Command::Uses(command) => command.run(console),
            Command::Remove(command) => command.run(console),
            Command::Docs(command) => command.run(console),
            Command::Schema(command) => command.run(console),
            Command::Explain(command) => command.run(console),
            Command::Rule(command) => command.run(console),
            Command::Completions(command) => command.run(console),
            Command::Man(command) => command.run(Self::command(), console),
        }
    }
}
