//! The `featuregate` command.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Checking many small files is mostly allocating.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    featuregate_cli::run(std::env::args_os())
}
