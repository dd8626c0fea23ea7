//! An agent that starts a session: `cargo run -p session -- --enable code_mode_only --config config.toml`.
//!
//! The exit code is 2 for usage errors, and 1 for problems with the features or the configuration.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{fs, io};

use clap::Parser;
use featuregate::data::GateMap;
use serde::Deserialize;
use session::{Cli, Config, Session, menu, table};

#[derive(Parser)]
#[command(name = "session")]
struct Arguments {
    /// The configuration
    #[arg(long, value_name = "FILE", default_value = "config.toml")]
    config: PathBuf,
    /// The requirements of the administrator
    #[arg(long, value_name = "FILE", default_value = "requirements.toml")]
    requirements: PathBuf,
    /// Also show what the menu of experiments offers
    #[arg(long)]
    menu: bool,
    #[command(flatten)]
    session: Cli,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Requirements {
    features: GateMap,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), String> {
    let config: Config = read(&arguments.config)?;
    let requirements: Requirements = read(&arguments.requirements)?;
    let session = Session::start(&arguments.session, &config, &requirements.features)?;
    for warning in &session.warnings {
        eprintln!("warning: {warning}");
    }
    print!("{}", table(&session));
    if arguments.menu {
        for (feature, title, description) in menu() {
            println!("{title} ({feature}): {description}");
        }
    }
    Ok(())
}

/// Reads a file; one that does not exist says nothing.
fn read<T: Default + for<'de> Deserialize<'de>>(path: &Path) -> Result<T, String> {
    match fs::read_to_string(path) {
        Ok(text) => toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(T::default()),
        Err(error) => Err(format!("{}: {error}", path.display())),
    }
}
