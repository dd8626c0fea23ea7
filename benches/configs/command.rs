//! The command as its users have it: a process of a release build.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

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
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let status = Command::new(env!("CARGO"))
            .args([
                "build",
                "--release",
                "--quiet",
                "-p",
                "featuregate-cli",
                "--bin",
                "featuregate",
            ])
            .current_dir(&root)
            .status()
            .expect("cargo starts");
        assert!(status.success(), "featuregate-cli does not build");
        // A bench lies in `deps` beside the programs of its profile.
        let here = std::env::current_exe().expect("this program has a path");
        let release = here.parent().and_then(Path::parent).expect("it lies in target/release/deps");
        let release = release.with_file_name("release");
        Self { path: release.join(format!("featuregate{}", std::env::consts::EXE_SUFFIX)) }
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
        let start = Instant::now();
        let mut child = self.command(configs, &["check", "tree"]).spawn().expect("it starts");
        let mut most = None;
        while child.try_wait().expect("it can be waited for").is_none() {
            most = most.max(peak(child.id()));
            std::thread::sleep(Duration::from_millis(1));
        }
        (start.elapsed(), most)
    }
}

/// The most memory that a process had so far.
fn peak(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    Some(kilobytes << 10)
}
