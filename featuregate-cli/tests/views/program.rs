//! The command as a process.

use std::path::{Path, PathBuf};
use std::process::Command;

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ended {
    /// The output of a run that went well and had nothing to remark.
    #[track_caller]
    pub(crate) fn fine(self) -> String {
        assert_eq!((self.code, self.err.as_str()), (0, ""), "{}", self.out);
        self.out
    }

    /// The message of a run that could not do its work.
    #[track_caller]
    pub(crate) fn failed(self) -> String {
        assert_eq!((self.code, self.out.as_str()), (2, ""), "{}", self.err);
        self.err
    }

    #[track_caller]
    pub(crate) fn json(self) -> serde_json::Value {
        serde_json::from_str(&self.fine()).unwrap()
    }
}

pub(crate) fn run<S: AsRef<std::ffi::OsStr>>(arguments: impl IntoIterator<Item = S>) -> Ended {
    program(env!("CARGO_BIN_EXE_featuregate"), arguments)
}

pub(crate) fn program<S: AsRef<std::ffi::OsStr>>(
    program: &str,
    arguments: impl IntoIterator<Item = S>,
) -> Ended {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/views/fixtures");
    let output = Command::new(program).args(arguments).current_dir(folder).output().unwrap();
    Ended {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Runs the words of a line.
pub(crate) fn line(line: &str) -> Ended {
    run(line.split(' '))
}

/// Runs a line against both releases of the shop.
pub(crate) fn shop(line: &str) -> Ended {
    let manifests = ["--manifest", "shop-2.1.yaml", "--manifest", "shop-2.3.yaml"];
    run(line.split(' ').chain(manifests))
}

/// A file of Kubernetes, as an argument.
pub(crate) fn kubernetes(file: &str) -> String {
    let path: PathBuf = featuregate_tests::data::folder().join(file);
    path.to_str().unwrap().to_owned()
}
