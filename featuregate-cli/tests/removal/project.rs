//! A workspace that cargo compiles.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

use tempfile::TempDir;

/// The folder of this repository.
const REPOSITORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// A workspace in a folder of its own.
pub(crate) struct Project {
    folder: TempDir,
}

/// What a command printed, and its exit code.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// Whether the compiler warns of the code of the workspace, which it calls by relative paths.
    pub(crate) fn warns(&self) -> bool {
        let location = |line: &str| line.trim_start().strip_prefix("--> ").map(str::to_owned);
        self.err.lines().filter_map(location).any(|path| !path.starts_with('/'))
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Project {
    /// With these files, in a repository of git.
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let project = Self { folder: tempfile::tempdir().unwrap() };
        // The versions that this repository is built with, so that nothing is downloaded.
        fs::copy(Path::new(REPOSITORY).join("Cargo.lock"), project.path().join("Cargo.lock"))
            .unwrap();
        for (path, text) in files {
            project.write(path, text);
        }
        project.git(&["init", "-q", "."]);
        project.commit();
        project
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let text = text.replace("REPOSITORY", REPOSITORY);
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap()
    }

    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        let mut git = Command::new("git");
        git.args(["-c", "user.name=a", "-c", "user.email=a@example.com"]).args(arguments);
        let output = git.current_dir(self.path()).output().unwrap();
        assert!(output.status.success(), "git {arguments:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    pub(crate) fn commit(&self) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", "Change"]);
    }

    /// A command in a folder of the workspace, which builds where all of these tests do.
    pub(crate) fn command(&self, program: &str, folder: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.path().join(folder));
        for (name, _) in std::env::vars_os() {
            let name = name.to_string_lossy();
            if name.starts_with("CARGO") && name != "CARGO_HOME" {
                command.env_remove(&*name);
            }
        }
        command.env("CARGO_TARGET_DIR", Self::target()).env("CARGO_NET_OFFLINE", "true");
        command.env("CARGO_PROFILE_DEV_DEBUG", "0").env("CARGO_INCREMENTAL", "0");
        command
    }

    /// Where these tests build.
    pub(crate) fn target() -> PathBuf {
        Path::new(env!("CARGO_TARGET_TMPDIR")).join("removal")
    }

    pub(crate) fn featuregate(&self, folder: &str, arguments: &[&str]) -> Ran {
        let mut command = self.command(env!("CARGO_BIN_EXE_featuregate"), folder);
        command.args(arguments).output().unwrap().into()
    }

    /// Runs the tests of the workspace.
    pub(crate) fn test(&self) -> Ran {
        self.cargo(&["test", "--workspace", "--quiet"])
    }

    /// Runs cargo. To cargo, packages of one name are the same wherever they are, so what another project has built
    /// there must be older than the files, and must not change meanwhile.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Ran {
        fs::create_dir_all(Self::target()).unwrap();
        let lock = File::create(Self::target().join("lock")).unwrap();
        lock.lock().unwrap();
        for file in self.git(&["ls-files", "--cached", "--others", "*.rs", "*.toml"]).lines() {
            let file = File::options().append(true).open(self.path().join(file));
            // A removal may have deleted it.
            if let Ok(file) = file {
                file.set_modified(SystemTime::now()).unwrap();
            }
        }
        self.command("cargo", "").args(arguments).output().unwrap().into()
    }
}

/// An enum of two gates.
pub(crate) const GATES: &str = "\
/// The gates.
#[derive(Clone, Copy, featuregate::FeatureGate)]
#[feature_gate(version = \"1.36\")]
pub enum Feature {
    /// A cache.
    #[gate(alpha = \"1.25\")]
    Cache,
    /// Another one.
    #[gate(alpha = \"1.25\")]
    Other,
}
";

const MANIFEST: &str = r#"[package]
name = "NAME"
version = "1.36.0"
edition = "2024"

[dependencies]
"#;

/// A `Cargo.toml` with these dependencies.
pub(crate) fn manifest(name: &str, dependencies: &str) -> String {
    MANIFEST.replace("NAME", name) + dependencies
}

/// A workspace with an enum in one crate, and uses of all kinds in another one that gives the crate a new name.
pub(crate) fn workspace() -> Project {
    Project::with(&[
        ("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"app\", \"core\"]\n"),
        (
            "core/Cargo.toml",
            &manifest("my-core", "featuregate = { path = \"REPOSITORY/featuregate\" }\n"),
        ),
        ("core/src/lib.rs", LIBRARY),
        ("core/src/features.rs", FEATURES),
        (
            "app/Cargo.toml",
            &(manifest("app", "base = { path = \"../core\", package = \"my-core\" }\n")
                + "\n[dev-dependencies]\nfeaturegate-test = { path = \"REPOSITORY/featuregate-test\" }\n"),
        ),
        ("app/src/main.rs", MAIN),
        ("app/src/server.rs", SERVER),
        ("app/tests/sides.rs", TESTS),
        ("docs/operations.md", "Set `--feature-gates=Cache=false` to turn the cache off.\n"),
        ("config.yaml", "featureGates:\n  Cache: true\n  Old: true\n"),
        ("CODEOWNERS", "# Who looks after what.\n* @all\n/core/ @core-team\n"),
    ])
}

const LIBRARY: &str = "\
mod features;

pub use features::Feature;
pub use features::Feature as Gate;

pub fn serve() -> u32 {
    if Feature::Cache.enabled() { 1 } else { 2 }
}
";

const FEATURES: &str = r#"use featuregate::FeatureGate;

/// The gates of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36")]
#[tombstone(Old, alpha = "1.20", beta = "1.22", ga = "1.24", removed = "1.30")]
pub enum Feature {
    /// A cache in front of the disk.
    #[gate(alpha = "1.25", beta = "1.30", ga = "1.33", owner = "team-a", issue = "https://example.com/1")]
    Cache,
    /// Fills the cache in advance.
    #[gate(alpha = "1.34", requires(Cache))]
    Warming,
    /// Nothing asks for it.
    #[gate(beta = "1.35")]
    Lonely,
}
"#;

const MAIN: &str = "\
use base::{Feature as F, Gate::*, serve};
mod server;

fn main() {
    if F::Cache.enabled() && !base::Gate::Warming.enabled() {
        println!(\"cache {}\", Cache.enabled());
    }
    println!(\"{}\", serve());
    server::run();
    match F::Warming {
        F::Warming => println!(\"warming\"),
        Cache => println!(\"cache\"),
        _ => {}
    }
}
";

const SERVER: &str = "\
use super::F;

/// With Cache, it is fast.
pub fn run() {
    let gates = F::snapshot();
    if !gates.enabled(F::Cache) {
        println!(\"no cache\");
    }
    let cached = F::Cache.enabled();
    if cached {
        println!(\"cached {}\", start());
    }
}

fn start() -> u32 {
    // The slow way.
    if !F::Cache.enabled() {
        return slow();
    }
    // The fast way.
    2
}

/// Used without the gate only.
fn slow() -> u32 {
    7
}
";

const TESTS: &str = "\
use base::Feature;
use featuregate_test::overrides;

#[test]
fn with_cache() {
    let _scope = overrides::<Feature>().on(Feature::Cache).enter();
    assert_eq!(base::serve(), 1);
}

#[test]
fn without_cache() {
    let _scope = overrides::<Feature>().at(\"1.30\").off(Feature::Cache).enter();
    assert_eq!(base::serve(), 2);
}

#[test]
fn with_both() {
    let _scope = overrides::<Feature>().on(Feature::Cache).on(Feature::Warming).enter();
    assert!(Feature::Warming.enabled());
}

#[test]
fn by_text() {
    let _scope = overrides::<Feature>().text(\"Cache=true,Warming=true\").enter();
    assert!(Feature::Warming.enabled());
}

#[test]
fn by_name() {
    let _scope = overrides::<Feature>().named(\"Cache\", true).enter();
    assert_eq!(base::serve(), 1);
}

featuregate_test::under! {
    Feature: with = \"Cache=true\", warm = \"Warming=true,Cache=true\", cold = \"Warming=false\";

    #[test]
    fn under_settings() {
        assert!(base::serve() < 3);
    }
}
";
