//! The command as its users have it: a process of a release build.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use featuregate_bench::command;

use crate::configs::Configs;

/// The command.
pub(crate) struct Featuregate {
    path: PathBuf,
}

/// How it ended.
pub(crate) struct Ended {
    pub(crate) success: bool,
}

impl Featuregate {
    /// Builds it.
    pub(crate) fn build() -> Self {
        Self { path: command::build() }
    }

    fn command(&self, configs: &Configs, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.path);
        command.args(arguments).arg("--manifest").arg(configs.manifest());
        command.current_dir(configs.folder()).stdout(Stdio::null());
        command
    }

    /// Checks all files.
    pub(crate) fn check(&self, configs: &Configs) -> Ended {
        let status = self.command(configs, &["check", "tree"]).status().expect("it starts");
        Ended { success: status.success() }
    }

    /// Checks the first file.
    pub(crate) fn check_one(&self, configs: &Configs) -> Ended {
        let mut command = self.command(configs, &["check"]);
        let status = command.args(configs.files.first()).status().expect("it starts");
        Ended { success: status.success() }
    }

    /// The JSON Schema of a config file.
    pub(crate) fn schema(&self, configs: &Configs) -> String {
        let mut command = self.command(configs, &["schema", "--key", "featureGates"]);
        let output = command.stdout(Stdio::piped()).output().expect("it starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("it writes UTF-8")
    }

    /// Checks all files, and says how long that takes and how much memory it has at most.
    pub(crate) fn watched(&self, configs: &Configs) -> (Duration, Option<u64>) {
        let watched = command::watched(&mut self.command(configs, &["check", "tree"]));
        (watched.time, watched.memory)
    }
}
