//! The crates that are compiled: one enum, with one set of derives each.

use std::fmt::Write;
use std::fs;
use std::path::Path;

const VARIANTS: usize = 150;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// No derives.
    Bare,
    /// `strum`'s four usual derives.
    Strum,
    /// Ours, with three milestones for each gate.
    Featuregate,
}

impl Kind {
    pub(crate) const ALL: [Self; 3] = [Self::Bare, Self::Strum, Self::Featuregate];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Bare => "bare",
            Self::Strum => "strum",
            Self::Featuregate => "featuregate",
        }
    }

    /// Makes the file newer, so that only the crate itself is compiled again.
    pub(crate) fn touch(self, folder: &Path) {
        let path = folder.join(self.name()).join("src/lib.rs");
        let text = fs::read_to_string(&path).expect("the file is there");
        fs::write(path, text).expect("the file can be written");
    }

    pub(crate) fn clean(self, folder: &Path) {
        let target = folder.join(self.name()).join("target");
        fs::remove_dir_all(target).expect("the crate was built before");
    }

    fn dependency(self) -> String {
        match self {
            Self::Bare => String::new(),
            Self::Strum => "strum = { version = \"0.28\", features = [\"derive\"] }".into(),
            Self::Featuregate => {
                let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../featuregate");
                format!("featuregate = {{ path = '{}' }}", path.display())
            }
        }
    }

    fn head(self) -> &'static str {
        match self {
            Self::Bare => "#[derive(Clone, Copy)]\n",
            Self::Strum => {
                "#[derive(Clone, Copy, strum::EnumString, strum::Display, strum::VariantArray, strum::EnumMessage)]\n"
            }
            Self::Featuregate => {
                "#[derive(Clone, Copy, featuregate::FeatureGate)]\n#[feature_gate(version = \"1.36\")]\n"
            }
        }
    }
}

pub(crate) fn write_crate(folder: &Path, kind: Kind) {
    let root = folder.join(kind.name());
    fs::create_dir_all(root.join("src")).expect("the folder can be made");
    let manifest = format!(
        "[workspace]\n\n[package]\nname = \"measured\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n{}\n",
        kind.dependency()
    );
    fs::write(root.join("Cargo.toml"), manifest).expect("the manifest can be written");
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    fs::copy(lock, root.join("Cargo.lock")).expect("the lock file can be copied");
    fs::write(root.join("src/lib.rs"), source(kind)).expect("the source can be written");
}

fn source(kind: Kind) -> String {
    let mut text = String::from(kind.head());
    text.push_str("pub enum Feature {\n");
    for number in 0..VARIANTS {
        let minor = number % 10;
        let (alpha, beta, ga) = (10 + minor, 20 + minor, 25 + minor);
        writeln!(
            text,
            "    /// Does what number {number} is for, in a way that takes a line to tell."
        )
        .expect("a string can be written to");
        if kind == Kind::Featuregate {
            writeln!(
                text,
                "    #[gate(alpha = \"1.{alpha}\", beta = \"1.{beta}\", ga = \"1.{ga}\")]"
            )
            .expect("a string can be written to");
        }
        writeln!(text, "    Gate{number},").expect("a string can be written to");
    }
    text.push_str("}\n");
    text
}
