//! A folder with files, and the command in it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

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
        run_in(self.path(), arguments)
    }

    /// `update` of `src.rs`, which must not fail.
    pub(crate) fn update(&self) -> Ran {
        let ran = self.run(&["update", "--src", "src.rs"]);
        assert_eq!(ran.code, 0, "{ran:?}");
        ran
    }

    /// `verify` of `src.rs`.
    pub(crate) fn verify(&self) -> Ran {
        self.run(&["verify", "--src", "src.rs"])
    }

    /// Runs git, which must not fail.
    pub(crate) fn git(&self, arguments: &[&str]) {
        let mut git = Command::new("git");
        git.args(["-c", "user.name=a", "-c", "user.email=a@example.org"]).args(arguments);
        let output = git.current_dir(self.path()).output().unwrap();
        assert!(output.status.success(), "{output:?}");
    }
}

/// Runs the command in a folder.
pub(crate) fn run_in(folder: &Path, arguments: &[&str]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_featuregate"));
    // What the test run sets must not reach the command.
    command.args(arguments).current_dir(folder).env_remove("GITHUB_WORKSPACE");
    let Output { status, stdout, stderr } = command.output().unwrap();
    Ran {
        code: status.code().unwrap(),
        out: String::from_utf8(stdout).unwrap(),
        err: String::from_utf8(stderr).unwrap(),
    }
}

/// An enum of release 1.36 with this inside.
pub(crate) fn source(variants: &str) -> String {
    source_of("version = \"1.36\"", "", variants)
}

/// An enum with these settings, attributes and variants.
pub(crate) fn source_of(settings: &str, attributes: &str, variants: &str) -> String {
    format!(
        "#[derive(Clone, Copy, FeatureGate)]\n#[feature_gate({settings})]\n{attributes}\nenum Feature {{\n{variants}\n}}\n"
    )
}

/// A documented variant.
pub(crate) fn gate(name: &str, attribute: &str) -> String {
    format!("    /// Caches pages.\n    #[gate({attribute})]\n    {name},\n")
}

/// The rules of the findings in a JSON report, each with its gate and line.
pub(crate) fn found(ran: &Ran) -> Vec<(String, String, u64)> {
    let report: serde_json::Value =
        serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"));
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let findings = report["findings"].as_array().unwrap().iter();
    findings
        .map(|it| (text(&it["rule"]), text(&it["gate"]), it["line"].as_u64().unwrap()))
        .collect()
}
