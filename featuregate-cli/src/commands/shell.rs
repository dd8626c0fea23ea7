//! `featuregate completions` and `featuregate man`.

use std::fs;
use std::path::PathBuf;

use clap::{Args, Command};
use clap_complete::Shell;
use clap_complete::env::Shells;

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
  bash, in ~/.bashrc:
    source <(featuregate completions bash)
  zsh, in ~/.zshrc after compinit:
    source <(featuregate completions zsh)
  fish:
    featuregate completions fish > ~/.config/fish/conf.d/featuregate.fish

In these three, they are also for `cargo featuregate`.";

/// The variable with which a script asks the command what to offer.
pub(crate) const VARIABLE: &str = "_FEATUREGATE_COMPLETE";

/// The command's name, as a script calls it.
pub(crate) const NAME: &str = "featuregate";

/// For bash: `cargo featuregate`, as `featuregate`, and any other command of cargo, as cargo's own script has it.
const CARGO_BASH: &str = r#"_featuregate_of_cargo() {
    if [[ $COMP_CWORD -ge 2 && ${COMP_WORDS[1]} == featuregate ]]; then
        COMP_WORDS=(featuregate "${COMP_WORDS[@]:2}")
        COMP_CWORD=$((COMP_CWORD - 1))
        _clap_complete_featuregate featuregate "$2" "$3"
        return
    fi
    if ! declare -F _cargo > /dev/null; then
        source "$(rustc --print sysroot 2> /dev/null)/etc/bash_completion.d/cargo" 2> /dev/null
        complete -o bashdefault -o default -F _featuregate_of_cargo cargo
    fi
    if declare -F _cargo > /dev/null; then _cargo "$@"; fi
}
complete -o bashdefault -o default -F _featuregate_of_cargo cargo
"#;

/// The same for zsh.
const CARGO_ZSH: &str = r#"
_featuregate_of_cargo() {
    if (( CURRENT > 2 )) && [[ $words[2] == featuregate ]]; then
        words=(featuregate "${(@)words[3,-1]}")
        (( CURRENT -= 1 ))
        _clap_dynamic_completer_featuregate
    else
        _cargo "$@"
    fi
}
compdef _featuregate_of_cargo cargo
"#;

/// The same for fish, which adds to what cargo has.
const CARGO_FISH: &str = r#"
complete --keep-order --exclusive --command cargo --condition "__fish_seen_subcommand_from featuregate" --arguments "(_FEATUREGATE_COMPLETE=fish featuregate -- (commandline --current-process --tokenize --cut-at-cursor)[2..] (commandline --current-token))"
"#;

impl Completions {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Error> {
        let shells = Shells::builtins();
        let mut text = Vec::new();
        if let Some(shell) = shells.completer(&self.shell.to_string()) {
            shell.write_registration(VARIABLE, NAME, NAME, NAME, &mut text)?;
        }
        console.out.write_all(&text)?;
        let of_cargo = match self.shell {
            Shell::Bash => CARGO_BASH,
            Shell::Zsh => CARGO_ZSH,
            Shell::Fish => CARGO_FISH,
            _ => "",
        };
        console.out.write_all(of_cargo.as_bytes())?;
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
