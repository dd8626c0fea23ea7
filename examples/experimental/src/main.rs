//! A shell whose only commands are about its experimental options.

use std::error::Error;
use std::io::{Write, stderr, stdout};

use clap::Parser;
use experimental::options::{Experiment, resolve, table};

/// Arguments of the shell.
#[derive(Parser)]
struct Cli {
    /// Experimental options, such as `[pipefail=false, example]`; `all` sets all of them.
    #[arg(long, value_name = "[NAME[=BOOL], …]")]
    experimental_options: Vec<String>,
    /// Lists the experimental options.
    #[arg(long)]
    list: bool,
}

fn main() -> Result<(), Box<dyn Error>> {
    let cli = Cli::parse();
    write!(stderr(), "{}", resolve(&cli.experimental_options)?.install()?)?;
    if cli.list {
        write!(stdout(), "{}", table())?;
    } else if Experiment::Pipefail.enabled() {
        writeln!(stdout(), "a pipeline fails with its first command that fails")?;
    }
    Ok(())
}
