//! The `featuregate` command: what keeps gates honest in CI.
//!
//! Each command is a folder or file of `commands`, which reads its arguments, calls the parts below and
//! writes. Those parts know nothing of one another's output:
//!
//! ```text
//! manifests ──releases──► Release (gates at a version) ──┐
//! config files ──walk──► text ──extract──► Setting ──────┴─judge──► Finding ──► report, mend
//! enum's source ──source──► Manifest ──► update, verify ──────────► Finding ──► report
//! ```
//!
//! The rules about gates are those of `featuregate-core`; a file of `rules` says what one of them means
//! to whoever reads a report.

mod arguments;
mod changes;
pub mod check;
mod commands;
mod committed;
mod console;
mod diff;
mod difference;
pub mod extract;
mod failure;
pub mod finding;
mod gates;
mod generated;
mod harmless;
mod input;
mod json;
mod json_schema;
mod judge;
mod markdown;
mod mend;
mod pipe;
mod policy;
pub mod releases;
mod replace;
pub mod report;
mod rules;
mod source;
mod story;
mod table;
pub mod text;
mod verify;
pub mod walk;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser as _;

use crate::commands::Arguments;
use crate::console::Console;

/// Runs the command with these arguments, the first of which is its name.
///
/// The exit code is 0 where nothing is at error level, 1 where something is, and 2 for wrong usage, a
/// manifest that can't be read, and a path named among the arguments that can't be opened.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // A closed pipe is no reason for another exit code.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let mut console = Console::of_process(arguments.color.color);
    let result = arguments.run(&mut console);
    console.finish(result)
}
