//! The `featuregate` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    featuregate_cli::run(std::env::args_os())
}
