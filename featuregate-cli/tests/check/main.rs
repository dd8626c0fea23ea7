//! `featuregate check`: on config files that people run, and on one error of each kind.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests, where these are the failure"
)]

mod accepted;
mod command;
mod groups;
mod programs;
mod rules;
mod uncommitted;
mod upgrade;
mod writing;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// The command in a folder.
fn featuregate(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_featuregate"));
    command.current_dir(folder).args(arguments).env("NO_COLOR", "1").env_remove("CLICOLOR_FORCE");
    command.output().unwrap()
}

/// What a command wrote on standard output and on standard error, and its exit code.
fn ended(output: &Output) -> (String, String, i32) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&output.stdout), text(&output.stderr), output.status.code().unwrap())
}

/// A folder with the manifest of the fixtures and `kubelet.yaml`.
struct Folder(tempfile::TempDir);

impl Folder {
    fn with(config: &str) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        let manifest =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/check/fixtures/featuregates.yaml");
        fs::copy(manifest, folder.path().join("featuregates.yaml")).unwrap();
        folder.write(config);
        folder
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, config: &str) {
        fs::write(self.path().join("kubelet.yaml"), config).unwrap();
    }

    fn read(&self) -> String {
        fs::read_to_string(self.path().join("kubelet.yaml")).unwrap()
    }
}
