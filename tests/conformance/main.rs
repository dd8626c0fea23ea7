//! Replays recorded Kubernetes scenarios on the public `Registry` and compares every answer with what
//! is expected of featuregate.
//!
//! The folder with the vectors is the repository's own copy, or the one that the environment variable
//! `FEATUREGATE_CONFORMANCE_DIR` names: `recorded/*.json` and `expected/*.json`. A relative one counts
//! from this package, where cargo runs tests.
#![allow(clippy::print_stdout, reason = "the report is what this program is for")]

mod compare;
mod expected;
mod replay;
mod scenario;
mod vectors;
mod verdict;

use std::path::PathBuf;
use std::process::ExitCode;

use crate::vectors::Vectors;
use crate::verdict::Tally;

/// The one test, as runners list it. Other arguments of runners (`--nocapture`, `--exact`) change
/// nothing here.
const NAME: &str = "conformance";

fn main() -> ExitCode {
    let given = |wanted: &str| std::env::args().skip(1).any(|argument| argument == wanted);
    if given("--list") {
        if !given("--ignored") {
            println!("{NAME}: test");
        }
        return ExitCode::SUCCESS;
    }
    let folder = std::env::var_os("FEATUREGATE_CONFORMANCE_DIR");
    let folder = folder.map_or_else(vectors::own_folder, PathBuf::from);
    let vectors = match Vectors::load(&folder) {
        Ok(vectors) => vectors,
        Err(error) => {
            println!("{error}");
            return ExitCode::FAILURE;
        }
    };
    let tally = Tally::of(&vectors);
    for (id, difference) in &tally.differences {
        println!("{id}: {difference}");
    }
    println!("{tally}");
    let outcome = if tally.passes() { "ok" } else { "FAILED" };
    println!(
        "test result: {outcome}. {} passed; {} failed",
        tally.agree + tally.wanted,
        tally.differences.len()
    );
    if tally.passes() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
