//! Writes the probe and builds it.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

/// How a probe is built.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Build {
    pub(crate) name: &'static str,
    opt_level: &'static str,
    lto: &'static str,
    features: &'static str,
}

const BUILDS: [Build; 6] = [
    // What `cargo build --release` does.
    Build { name: "usual", opt_level: "3", lto: "false", features: "" },
    Build { name: "without LTO", opt_level: "3", lto: "off", features: "" },
    Build { name: "without LTO, for size", opt_level: "s", lto: "off", features: "" },
    Build { name: "with LTO", opt_level: "3", lto: "fat", features: "" },
    Build { name: "with LTO, for size", opt_level: "s", lto: "fat", features: "" },
    Build { name: "with all features", opt_level: "3", lto: "false", features: "all" },
];

/// The program in every build.
///
/// Its folder stays, so that only what has changed is built again; and one process at a time is in it.
pub(crate) fn programs() -> impl Iterator<Item = (Build, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("machine_code");
    fs::create_dir_all(&folder).unwrap();
    let lock = File::create(folder.join("in_use")).unwrap();
    lock.lock().unwrap();
    write_probe(&folder);
    BUILDS.into_iter().map(move |build| {
        let _held = &lock;
        (build, build.program(&folder))
    })
}

impl Build {
    fn program(self, folder: &Path) -> Vec<u8> {
        let target = folder.join("target");
        let mut cargo = Command::new(env!("CARGO"));
        // The caller's flags and profiles would change what is counted.
        for (name, _) in std::env::vars_os() {
            let text = name.to_string_lossy();
            if text.contains("RUSTFLAGS") || text.starts_with("CARGO_PROFILE_") {
                cargo.env_remove(&name);
            }
        }
        let output = cargo
            .args(["build", "--offline", "--release", "--package", "probe"])
            .args(["--features", self.features, "--target-dir"])
            .arg(&target)
            .current_dir(folder)
            .env_remove("CARGO_BUILD_TARGET")
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", self.opt_level)
            .env("CARGO_PROFILE_RELEASE_LTO", self.lto)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        fs::read(target.join("release/probe")).unwrap()
    }
}

/// All features of the runtime but those for tests, which a check asks.
const FEATURES: &str = r#"
[features]
all = [
    "featuregate/json", "featuregate/manifest", "featuregate/metrics", "featuregate/schemars", "featuregate/tokio",
    "featuregate/tracing", "featuregate/unstable-clap-complete",
]
"#;

fn write_probe(folder: &Path) {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let runtime = workspace.join("featuregate");
    let runtime = format!("featuregate = {{ path = '{}' }}\n", runtime.display());
    let lock = fs::read_to_string(workspace.join("Cargo.lock")).unwrap();
    // Cargo takes out of its own copy what the probe does not need.
    if put(folder.join("workspace.lock"), &lock) {
        put(folder.join("Cargo.lock"), &lock);
    }
    let members = "[workspace]\nresolver = \"3\"\nmembers = [\"probe\", \"declared\"]\n";
    put(folder.join("Cargo.toml"), members);
    package(folder, "declared", "lib.rs", &runtime, include_str!("probe/declared.rs"));
    let both = format!("{runtime}declared = {{ path = '../declared' }}\n{FEATURES}");
    package(folder, "probe", "main.rs", &both, include_str!("probe/main.rs"));
}

fn package(folder: &Path, name: &str, file: &str, dependencies: &str, source: &str) {
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"1.36.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}"
    );
    put(folder.join(name).join("Cargo.toml"), &manifest);
    put(folder.join(name).join("src").join(file), source);
}

/// Writes a file unless it exists, since cargo looks at its time.
fn put(path: PathBuf, text: &str) -> bool {
    if fs::read_to_string(&path).is_ok_and(|there| there == text) {
        return false;
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
    true
}
