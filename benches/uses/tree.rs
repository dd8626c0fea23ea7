//! A workspace of many files, few of which ask for gates.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use tempfile::TempDir;

/// How many gates the enum has.
pub(crate) const GATES: usize = 50;

/// How many checks the tree has.
pub(crate) const CHECKS: usize = 40;

const CRATES: usize = 10;

/// The name of a gate.
pub(crate) fn name(gate: usize) -> String {
    format!("SidecarStartup{gate}")
}

/// The workspace.
pub(crate) struct Tree {
    folder: TempDir,
    /// How many lines of Rust it has.
    pub(crate) lines: usize,
}

impl Tree {
    /// Writes a workspace of ten crates with so many files.
    pub(crate) fn write(files: usize) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut tree = Self { folder, lines: 0 };
        let members: Vec<String> = (0..CRATES).map(|number| format!("\"part{number}\"")).collect();
        tree.file("Cargo.toml", &format!("[workspace]\nmembers = [{}]\n", members.join(", ")));
        for number in 0..CRATES {
            let manifest = format!(
                "[package]\nname = \"part{number}\"\nversion = \"1.36.0\"\nedition = \"2024\"\n"
            );
            let on_gates = "\n[dependencies]\npart0 = { path = \"../part0\" }\n";
            let dependency = if number == 0 { "" } else { on_gates };
            tree.file(&format!("part{number}/Cargo.toml"), &(manifest + dependency));
            let mut root = String::new();
            if number == 0 {
                root.push_str("pub mod gates;\n");
                tree.rust("part0/src/gates.rs", &enumeration());
            }
            for file in (number..files).step_by(CRATES) {
                let _ = writeln!(root, "pub mod file{file};");
                let every = (files / CHECKS).max(1);
                let check = (file % every == 0 && file / every < CHECKS).then_some(file);
                tree.rust(&format!("part{number}/src/file{file}.rs"), &module(file, number, check));
            }
            tree.rust(&format!("part{number}/src/lib.rs"), &root);
        }
        if files < CHECKS {
            let module = (files..CHECKS).fold(String::new(), |text, file| text + &check(file, 0));
            tree.rust("part0/src/lib.rs", &format!("pub mod gates;\n{module}"));
        }
        tree
    }

    /// Its folder.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn rust(&mut self, path: &str, text: &str) {
        self.lines += text.lines().count();
        self.file(path, text);
    }

    fn file(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        let folder = path.parent().expect("a file is in a folder");
        fs::create_dir_all(folder).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }
}

fn enumeration() -> String {
    let mut text = String::from(
        "use featuregate::FeatureGate;\n\n/// The gates.\n#[derive(Clone, Copy, FeatureGate)]\npub enum Feature {\n",
    );
    for gate in 0..GATES {
        let _ = writeln!(
            text,
            "    /// Gate {gate}.\n    #[gate(alpha = \"1.30\")]\n    {},",
            name(gate)
        );
    }
    text + "}\n"
}

fn check(file: usize, number: usize) -> String {
    let of = if number == 0 { "crate" } else { "part0" };
    let gate = name(file % GATES);
    format!(
        "\npub fn gated{file}() -> u32 {{\n    use {of}::gates::Feature;\n    if Feature::{gate}.enabled() {{ 1 }} else {{ 2 }}\n}}\n"
    )
}

/// About 500 lines.
fn module(file: usize, number: usize, checks: Option<usize>) -> String {
    let mut text = format!("//! Part {file}.\n\nuse std::collections::BTreeMap;\n");
    for function in 0..31 {
        let _ = write!(
            text,
            r"
/// Sums up what the table {function} has above a limit.
pub fn table{function}(table: &BTreeMap<String, u64>, limit: u64) -> Option<u64> {{
    let mut sum = 0_u64;
    for (name, value) in table {{
        // Names of hidden entries begin with a dot.
        if name.starts_with('.') || *value < limit {{
            continue;
        }}
        sum = sum.checked_add(*value)?;
        if sum > {function} * 1000 {{
            return Some(sum);
        }}
    }}
    Some(sum)
}}
"
        );
    }
    if checks.is_some() {
        text.push_str(&check(file, number));
    }
    text
}
