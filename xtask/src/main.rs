//! `cargo xtask gates [FOLDER]`.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command")]

use std::path::PathBuf;
use std::process::ExitCode;
use std::{env, fs};

use xtask::gates;

const USAGE: &str = "\
usage: cargo xtask gates [FOLDER]

Writes the gates of Kubernetes that the command has built in, from the published lists in FOLDER; by default \
$FEATUREGATE_DATA_DIR/kubernetes.";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<(), String> {
    let mut arguments = env::args_os().skip(1);
    let command = arguments.next();
    if command.is_none_or(|command| command != "gates") {
        return Err(USAGE.to_owned());
    }
    let data = || env::var_os("FEATUREGATE_DATA_DIR").map(PathBuf::from);
    let folder = arguments.next().map(PathBuf::from);
    let folder = folder.or_else(|| data().map(|data| data.join("kubernetes")));
    let folder = folder.ok_or("name the folder of the lists, or set FEATUREGATE_DATA_DIR")?;
    let file = gates::file();
    let before = gates::read(&file)?;
    let after = gates::updated(&before, &folder)?;
    if before == after {
        println!("{} is up to date", file.display());
        return Ok(());
    }
    fs::write(&file, after).map_err(|error| format!("cannot write {}: {error}", file.display()))?;
    println!("{} is updated; read the difference", file.display());
    Ok(())
}
