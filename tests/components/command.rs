//! The command `featuregate`, for tests that run it beside a program.

fn main() -> std::process::ExitCode {
    featuregate_cli::run(std::env::args_os())
}
