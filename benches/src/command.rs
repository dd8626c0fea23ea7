//! The command `featuregate` as its users have it: a process of a release build.
#![expect(clippy::expect_used, reason = "a benchmark ends where it can't measure")]

use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::time::{Duration, Instant};

/// Builds the command, and returns its path.
///
/// # Panics
///
/// It does not build.
#[must_use]
pub fn build() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let status = Command::new(env!("CARGO"))
        .args(["build", "--release", "--quiet", "-p", "featuregate-cli", "--bin", "featuregate"])
        .current_dir(&root)
        .status()
        .expect("cargo starts");
    assert!(status.success(), "featuregate-cli does not build");
    // A bench lies in `deps` beside the programs of its profile.
    let here = std::env::current_exe().expect("this program has a path");
    let release = here.parent().and_then(Path::parent).expect("it lies in target/release/deps");
    let release = release.with_file_name("release");
    release.join(format!("featuregate{}", std::env::consts::EXE_SUFFIX))
}

/// How a process ended.
#[derive(Debug)]
pub struct Watched {
    /// How long it took.
    pub time: Duration,
    /// The most memory that it had, in bytes, on Linux.
    pub memory: Option<u64>,
    /// How it ended.
    pub status: ExitStatus,
}

/// Runs a command, and measures its time and memory.
///
/// # Panics
///
/// It does not start.
pub fn watched(command: &mut Command) -> Watched {
    let start = Instant::now();
    let mut child = command.spawn().expect("it starts");
    let mut memory = None;
    loop {
        if let Some(status) = child.try_wait().expect("it can be waited for") {
            return Watched { time: start.elapsed(), memory, status };
        }
        memory = memory.max(peak(child.id()));
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// The most memory that a process had so far.
fn peak(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    Some(kilobytes << 10)
}
