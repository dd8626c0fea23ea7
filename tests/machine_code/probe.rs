//! Writes the probe and builds it.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// How a probe is built.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Build {
    profile: &'static str,
    opt_level: &'static str,
    lto: &'static str,
}

pub(crate) const BUILDS: [Build; 4] = [
    Build { profile: "alone-3", opt_level: "3", lto: "\"off\"" },
    Build { profile: "alone-s", opt_level: "\"s\"", lto: "\"off\"" },
    Build { profile: "fat-3", opt_level: "3", lto: "\"fat\"" },
    Build { profile: "fat-s", opt_level: "\"s\"", lto: "\"fat\"" },
];

impl Build {
    pub(crate) fn name(self) -> &'static str {
        self.profile
    }

    /// The program, built.
    pub(crate) fn program(self) -> Vec<u8> {
        let folder = folder();
        let target = folder.join("target");
        // The caller's flags and profiles would change what is counted.
        let settings = std::env::vars_os().map(|(name, _)| name).filter(|name| {
            let name = name.to_string_lossy();
            name.contains("RUSTFLAGS") || name.starts_with("CARGO_PROFILE_")
        });
        let mut cargo = Command::new(env!("CARGO"));
        settings.for_each(|name| {
            cargo.env_remove(name);
        });
        let output = cargo
            .args(["build", "--offline", "--profile", self.profile, "--target-dir"])
            .arg(&target)
            .current_dir(&folder)
            .env_remove("CARGO_BUILD_TARGET")
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        fs::read(target.join(self.profile).join("probe")).unwrap()
    }
}

/// The folder of the probe, which stays, so that only what has changed is built again.
fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("machine_code");
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let runtime = workspace.join("featuregate");
    let runtime = format!("featuregate = {{ path = '{}' }}\n", runtime.display());
    let mut root =
        String::from("[workspace]\nresolver = \"3\"\nmembers = [\"probe\", \"declared\"]\n");
    for Build { profile, opt_level, lto } in BUILDS {
        write!(
            root,
            "[profile.{profile}]\ninherits = \"release\"\nopt-level = {opt_level}\nlto = {lto}\n"
        )
        .unwrap();
    }
    let lock = fs::read_to_string(workspace.join("Cargo.lock")).unwrap();
    // Cargo takes out of its own copy what the probe does not need.
    if put(&folder.join("workspace.lock"), &lock) {
        put(&folder.join("Cargo.lock"), &lock);
    }
    put(&folder.join("Cargo.toml"), &root);
    package(&folder, "declared", "lib.rs", &runtime, include_str!("probe/declared.rs"));
    let both = format!("{runtime}declared = {{ path = '../declared' }}\n");
    package(&folder, "probe", "main.rs", &both, include_str!("probe/main.rs"));
    folder
}

fn package(folder: &Path, name: &str, file: &str, dependencies: &str, source: &str) {
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"1.36.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}"
    );
    put(&folder.join(name).join("Cargo.toml"), &manifest);
    put(&folder.join(name).join("src").join(file), source);
}

/// Writes a file unless it is there, since cargo looks at its time.
fn put(path: &Path, text: &str) -> bool {
    if fs::read_to_string(path).is_ok_and(|there| there == text) {
        return false;
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
    true
}
