//! Runs cargo with its own arguments, but asks for rustc's short messages where JSON is asked for.
//!
//! `trybuild` starts the cargo that the environment variable `CARGO` names, and has no setting for the
//! format of the messages. Flags of rustc cannot set it either: cargo also passes them when it asks rustc
//! for its version, and there rustc refuses them.

use std::env;
use std::ffi::OsString;
use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    let cargo = env::var_os("COMPILE_FAIL_CARGO").unwrap_or_else(|| "cargo".into());
    let arguments = env::args_os().skip(1).map(|argument| {
        if argument == "--message-format=json" {
            OsString::from("--message-format=json-diagnostic-short")
        } else {
            argument
        }
    });
    let status = Command::new(cargo).args(arguments).status();
    let code = status.ok().and_then(|status| u8::try_from(status.code()?).ok());
    ExitCode::from(code.unwrap_or(u8::MAX))
}
