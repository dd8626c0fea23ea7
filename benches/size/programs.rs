//! The programs whose sizes are compared.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A program without gates, with so many, and with so many of which one requires another.
#[derive(Clone, Copy)]
pub(crate) enum Program {
    Bare,
    Gates(usize),
    Dependent(usize),
}

impl Program {
    pub(crate) fn name(self) -> String {
        match self {
            Self::Bare => "bare".into(),
            Self::Gates(count) => format!("gates{count}"),
            Self::Dependent(count) => format!("dependent{count}"),
        }
    }

    fn source(self) -> String {
        let gates = match self {
            Self::Bare => {
                return "fn main() {\n    println!(\"{}\", std::env::args().count());\n}\n".into();
            }
            Self::Gates(count) => gates(count, ""),
            Self::Dependent(count) => gates(count, ", requires(FeatureNumber000)"),
        };
        format!(
            "#[derive(Clone, Copy, featuregate::FeatureGate)]\n\
             #[feature_gate(version = \"1.36\")]\n\
             enum Feature {{\n{gates}}}\n\n\
             fn main() {{\n\
             {INDENT}let text = std::env::args().nth(1).unwrap_or_default();\n\
             {INDENT}match Feature::resolver().flag(&text).resolve() {{\n\
             {INDENT}{INDENT}Ok(resolution) => drop(resolution.install()),\n\
             {INDENT}{INDENT}Err(problems) => println!(\"{{problems}}\"),\n\
             {INDENT}}}\n\
             {INDENT}println!(\"{{}}\", Feature::all().filter(|gate| gate.enabled()).count());\n\
             }}\n"
        )
    }
}

const INDENT: &str = "    ";

/// The text of a declaration, whose length is a part of what it costs.
pub(crate) const DOC: &str = "Does what this gate is for, kept to one line of usual length.";
const OWNER: &str = "sig-node";

/// Gates with names of equal length, three milestones, a line of documentation and an owner; the last has more.
fn gates(count: usize, of_last: &str) -> String {
    let mut text = String::new();
    for number in 0..count {
        let minor = number % 10;
        let (alpha, beta, ga) = (10 + minor, 20 + minor, 27 + minor);
        let more = if number + 1 == count { of_last } else { "" };
        write!(
            text,
            "{INDENT}/// {DOC}\n\
             {INDENT}#[gate(alpha = \"1.{alpha}\", beta = \"1.{beta}\", ga = \"1.{ga}\", owner = \"{OWNER}\"{more})]\n\
             {INDENT}FeatureNumber{number:03},\n"
        )
        .expect("a string can be written to");
    }
    text
}

/// The characters of a gate's texts.
pub(crate) fn texts() -> usize {
    "FeatureNumber000".len() + DOC.len() + OWNER.len()
}

pub(crate) fn write_package(folder: &Path, programs: &[Program]) {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let manifest = format!(
        "[workspace]\n\n[package]\nname = \"measured\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
         [dependencies]\nfeaturegate = {{ path = '{}' }}\n",
        workspace.join("featuregate").display()
    );
    let sources = folder.join("src/bin");
    fs::create_dir_all(&sources).expect("the folder can be made");
    fs::write(folder.join("Cargo.toml"), manifest).expect("the manifest can be written");
    fs::copy(workspace.join("Cargo.lock"), folder.join("Cargo.lock"))
        .expect("the lock file can be copied");
    for program in programs {
        let path = sources.join(program.name()).with_extension("rs");
        fs::write(path, program.source()).expect("the source can be written");
    }
}

/// How programs are built.
#[derive(Clone, Copy)]
pub(crate) struct Profile {
    pub(crate) name: &'static str,
    opt_level: &'static str,
    /// What else of Cargo's profile differs from `release`.
    others: &'static [(&'static str, &'static str)],
}

impl Profile {
    const SPEED: Self = Self { name: "`opt-level = 3`", opt_level: "3", others: &[] };
    pub(crate) const SIZE: Self = Self { name: "`\"s\"`", opt_level: "s", others: &[] };
    const LTO: Self = Self {
        name: "`\"s\"`, `lto = true`, `codegen-units = 1`",
        others: &[
            ("CARGO_PROFILE_RELEASE_LTO", "fat"),
            ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "1"),
        ],
        ..Self::SIZE
    };
    const SMALLEST: Self = Self {
        name: "the same with `panic = \"abort\"`",
        others: &[
            ("CARGO_PROFILE_RELEASE_LTO", "fat"),
            ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "1"),
            ("CARGO_PROFILE_RELEASE_PANIC", "abort"),
        ],
        ..Self::SIZE
    };
}

pub(crate) const PROFILES: &[Profile] =
    &[Profile::SPEED, Profile::SIZE, Profile::LTO, Profile::SMALLEST];

/// Builds all programs, and returns the folder where they are.
pub(crate) fn build(folder: &Path, profile: Profile) -> PathBuf {
    let status = Command::new(env!("CARGO"))
        .args(["build", "--release", "--quiet", "--offline"])
        .current_dir(folder)
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", profile.opt_level)
        .envs(profile.others.iter().copied())
        // The programs have settings of their own.
        .env_remove("CARGO_TARGET_DIR")
        .env_remove("RUSTFLAGS")
        .stdout(Stdio::null())
        .status()
        .expect("cargo starts");
    assert!(status.success(), "the programs don't build");
    folder.join("target/release")
}
