//! `cargo featuregate …`: the `featuregate` command as cargo finds it.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Checking many small files is mostly allocating.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    // Cargo hands its subcommand's name on as the first argument.
    let mut arguments: Vec<_> = std::env::args_os().collect();
    if arguments.get(1).is_some_and(|argument| argument == "featuregate") {
        arguments.remove(1);
    }
    featuregate_cli::run(arguments)
}
