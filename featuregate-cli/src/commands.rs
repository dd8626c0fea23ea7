//! The commands: each reads its arguments, calls the parts, and writes.

pub(crate) mod check;
pub(crate) mod docs;
pub(crate) mod explain;
pub(crate) mod list;
pub(crate) mod schema;
pub(crate) mod shell;
pub(crate) mod update;
pub(crate) mod verify;

use crate::arguments::{Arguments, Command};
use crate::console::{Console, Outcome};
use crate::failure::Failure;

/// Runs the command that the arguments name.
pub(crate) fn run(arguments: Arguments, console: &mut Console) -> Result<Outcome, Failure> {
    match arguments.command {
        Command::Check(command) => command.run(console),
        Command::List(command) => command.run(console),
        Command::Update(command) => command.run(console),
        Command::Verify(command) => command.run(console),
        Command::Docs(command) => command.run(console),
        Command::Schema(command) => command.run(console),
        Command::Explain(command) => command.run(console),
        Command::Completions(command) => command.run(console),
        Command::Man(command) => command.run(console),
    }
}
