//! A folder with files, and the command in it.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

/// A folder that is removed at the end.
pub(crate) struct Project {
    folder: TempDir,
}

/// What the command came to.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Project {
    /// A folder with these files.
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let project = Self { folder: tempfile::tempdir().unwrap() };
        for (name, text) in files {
            project.write(name, text);
        }
        project
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap()
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        ran(Command::new(env!("CARGO_BIN_EXE_featuregate")).args(arguments), self.path())
    }

    /// A command about `src.rs`.
    pub(crate) fn change(&self, arguments: &[&str]) -> Ran {
        self.run(&[arguments, &["--src", "src.rs"]].concat())
    }
}

/// Runs a command in a folder.
pub(crate) fn ran(command: &mut Command, folder: &Path) -> Ran {
    let output = command.current_dir(folder).env("COLUMNS", "100").output().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}
