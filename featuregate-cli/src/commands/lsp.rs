//! `featuregate lsp`.

use std::io;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::commands::arguments::{Asked, Judging, Manifests};
use crate::commands::output::{Console, Outcome};
use crate::error::Error;
use crate::lint::checker::Checker;
use crate::lint::rule::Policy;
use crate::lint::settings::Settings;
use crate::lsp::server;
use crate::lsp::workspace::Workspace;
use crate::program::wanted::Wanted;

/// Serves an editor: the language server protocol on standard input and output.
///
/// The editor shows what `check` finds in configuration, and what the compiler would refuse in the declaration of
/// gates. It completes the names of gates, shows their history, and applies fixes. Manifests and featuregate.toml
/// are read in the nearest folder that has either, from the one that the editor has open upwards to the root of its
/// repository, and again when they are saved.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Lsp {
    #[command(flatten)]
    manifests: Manifests,
    /// The release that should accept the configuration; may be repeated. By default that of the newest manifest.
    #[arg(long = "target", value_name = "VERSION")]
    targets: Vec<Wanted>,
    /// Also reads gates under this key, flag or variable, in addition to featureGates and its spellings. NAME=on and
    /// NAME=off are lists of names that are turned on or off, and PREFIX* are variables with the value of one gate each.
    #[arg(long = "key", value_name = "NAME")]
    keys: Vec<String>,
    /// The levels of rules; by default the nearest featuregate.toml.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Accepted, since some editors add it; there is no other way to communicate.
    #[arg(long, hide = true)]
    stdio: bool,
}

const EXAMPLES: &str = "\
Examples:
  What an editor runs, to see what 1.36 does not accept:
    featuregate lsp --target 1.36
  In Neovim (0.11 or later):
    vim.lsp.config('featuregate', { cmd = { 'featuregate', 'lsp' }, filetypes = { 'yaml', 'rust' } })
    vim.lsp.enable('featuregate')
  In Helix, in languages.toml:
    [language-server.featuregate]
    command = \"featuregate\"
    args = [\"lsp\"]

Exit codes: 0 after the editor asked to shut down; 1 without that; 2 if a message cannot be read.";

impl Lsp {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Error> {
        let mut load = || {
            let policy = Policy::find(self.config.as_deref(), Path::new("."))?;
            let settings = Settings::find(self.config.as_deref())?;
            let judging = Judging { cfg: &[], strict: false };
            let asked = Asked::of(&self.manifests, &self.targets, &settings, judging, console)?;
            let keys = [&*self.keys, &*settings.keys, &*asked.variables].concat();
            let checker = Checker::of(asked.owners, &keys).under(policy);
            Ok(Workspace { checker, targets: asked.targets })
        };
        let input = io::BufReader::new(io::stdin());
        let shut_down = server::serve(input, &mut io::stdout().lock(), &mut load)?;
        Ok(if shut_down { Outcome::Clean } else { Outcome::Errors })
    }
}
