//! Builds and runs a program of the workspace.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// No run here has to do more than a fraction of a second's work; a debug build on a busy machine
/// may take some of them.
const LONGEST: Duration = Duration::from_secs(300);

/// Builds the program of a package beside this test, with its profile, and says where it is.
///
/// Cargo makes known only the programs of a test's own package.
pub(crate) fn build(package: &str) -> PathBuf {
    let test = std::env::current_exe().unwrap();
    // target/PROFILE/deps/TEST
    let profile_folder = test.ancestors().nth(2).unwrap();
    let profile = match profile_folder.file_name().unwrap().to_str().unwrap() {
        "debug" => "dev",
        other => other,
    };
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| env!("CARGO").into());
    // What it needs was fetched for this test already.
    let output = Command::new(cargo)
        .args(["build", "--quiet", "--offline", "--message-format=json", "--package", package])
        .args(["--profile", profile, "--target-dir"])
        .arg(profile_folder.parent().unwrap())
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    assert!(output.status.success(), "{package} does not build");
    let messages = String::from_utf8(output.stdout).unwrap();
    let executable = messages.lines().find_map(|line| {
        let message: serde_json::Value = serde_json::from_str(line).unwrap();
        message["executable"].as_str().map(PathBuf::from)
    });
    executable.unwrap_or_else(|| panic!("{package} has no program"))
}

/// What a program did.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    /// Whether it ended well, and what it wrote then.
    #[track_caller]
    pub(crate) fn succeeded(self) -> (String, String) {
        assert_eq!(self.code, Some(0), "{self:#?}");
        (self.out, self.err)
    }

    /// What it complains of, where it refused to go on: line by line, and nothing on its output.
    #[track_caller]
    pub(crate) fn refused(self) -> Vec<String> {
        self.failed(1)
    }

    #[track_caller]
    pub(crate) fn failed(self, code: i32) -> Vec<String> {
        assert_eq!((self.code, self.out.as_str()), (Some(code), ""), "{self:#?}");
        assert!(!self.err.is_empty(), "it does not say why");
        self.err.lines().map(str::to_owned).collect()
    }
}

/// Runs a command to its end, which must be soon and no panic.
#[track_caller]
pub(crate) fn run(command: &mut Command) -> Run {
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let (out, err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    let (out, err) = (thread::spawn(|| read(out)), thread::spawn(|| read(err)));
    let begun = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if begun.elapsed() > LONGEST {
            child.kill().unwrap();
            panic!("still running after {LONGEST:?}: {command:?}");
        }
        thread::sleep(Duration::from_millis(1));
    };
    let run = Run { code: status.code(), out: out.join().unwrap(), err: err.join().unwrap() };
    let panicked = run.code == Some(101) || run.err.contains("panicked");
    assert!(!panicked && run.code.is_some(), "{command:?}: {run:#?}");
    run
}

fn read(mut stream: impl Read) -> String {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}
