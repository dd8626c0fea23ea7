//! `featuregate completions` and `featuregate man`.

use std::fs;
use std::path::PathBuf;

use clap::{Args, Command};
use clap_complete::Shell;

use crate::commands::output::{Console, Outcome};
use crate::error::Error;

/// Writes completions for a shell.
#[derive(Debug, Args)]
#[command(after_help = COMPLETIONS)]
pub(crate) struct Completions {
    /// The shell.
    #[arg(value_enum)]
    shell: Shell,
}

const COMPLETIONS: &str = "\
Examples:
  bash:
    featuregate completions bash > ~/.local/share/bash-completion/completions/featuregate
  zsh, in a folder of $fpath:
    featuregate completions zsh > _featuregate
  fish:
    featuregate completions fish > ~/.config/fish/completions/featuregate.fish";

impl Completions {
    pub(crate) fn run(
        self,
        command: &mut Command,
        console: &mut Console,
    ) -> Result<Outcome, Error> {
        // Written to memory first, since the generator panics if it cannot write.
        let mut text = Vec::new();
        clap_complete::generate(self.shell, command, "featuregate", &mut text);
        console.out.write_all(&text)?;
        Ok(Outcome::Clean)
    }
}

/// Writes the manual pages.
///
/// Without --output, the command's own page goes to standard output.
#[derive(Debug, Args)]
#[command(after_help = MAN)]
pub(crate) struct Man {
    /// Writes all pages, one for each subcommand, into DIR.
    #[arg(long, short, value_name = "DIR")]
    output: Option<PathBuf>,
}

const MAN: &str = "\
Examples:
  Read the page:
    featuregate man | man -l -
  Install all pages:
    featuregate man --output ~/.local/share/man/man1";

impl Man {
    pub(crate) fn run(self, command: Command, console: &mut Console) -> Result<Outcome, Error> {
        // The generator names a page for `help`, and writes none.
        let command = command.disable_help_subcommand(true);
        match self.output {
            None => clap_mangen::Man::new(command).render(&mut console.out)?,
            Some(folder) => {
                let written = fs::create_dir_all(&folder)
                    .and_then(|()| clap_mangen::generate_to(command, &folder));
                written.map_err(|error| {
                    Error::new(format!("cannot write the pages to {}: {error}", folder.display()))
                })?;
            }
        }
        Ok(Outcome::Clean)
    }
}
