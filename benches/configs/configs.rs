//! The files, and the manifest that they are checked against.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// How many files there are.
pub(crate) const FILES: usize = 10_000;
/// How many gates the manifest has, and each file.
const KNOWN: usize = 150;
const SET: usize = 10;

/// A folder of files with its manifest beside them.
pub(crate) struct Configs {
    folder: TempDir,
    pub(crate) files: Vec<PathBuf>,
}

impl Configs {
    /// Small files in folders of a hundred.
    pub(crate) fn write(files: usize) -> Self {
        let mut configs = Self::empty();
        for number in 0..files {
            let folder = configs.tree().join(format!("{:04}", number / 100));
            if number % 100 == 0 {
                fs::create_dir_all(&folder).expect("a folder can be made");
            }
            let path = folder.join(format!("config-{number}.yaml"));
            fs::write(&path, kubelet(number)).expect("a file can be written");
            configs.files.push(path);
        }
        configs
    }

    /// A tree as a repository has one: files of many kinds, of which one in five hundred sets gates.
    pub(crate) fn write_mixed(files: usize) -> Self {
        const NAMES: [&str; 8] = [".yaml", ".json", ".sh", ".rs", ".md", ".cfg", ".xml", ""];
        let mut configs = Self::empty();
        let other = "replicas: 3 # as many as the group of nodes has zones\n".repeat(100);
        for (number, ending) in (0..files).zip(NAMES.iter().cycle()) {
            let folder = configs.tree().join(format!("{:04}", number / 100));
            if number % 100 == 0 {
                fs::create_dir_all(&folder).expect("a folder can be made");
            }
            let (path, text) = if number % 500 == 0 {
                (folder.join(format!("config-{number}.yaml")), &kubelet(number))
            } else {
                (folder.join(format!("file-{number}{ending}")), &other)
            };
            fs::write(&path, text).expect("a file can be written");
            configs.files.push(path);
        }
        configs
    }

    /// One file of that size, of many documents.
    pub(crate) fn write_large(bytes: usize) -> Self {
        let mut configs = Self::empty();
        fs::create_dir_all(configs.tree()).expect("a folder can be made");
        let path = configs.tree().join("large.yaml");
        let mut file = BufWriter::new(File::create(&path).expect("a file can be made"));
        let mut written = 0;
        for number in 0.. {
            let document = format!("---\n{}", kubelet(number));
            file.write_all(document.as_bytes()).expect("a file can be written");
            written += document.len();
            if written > bytes {
                break;
            }
        }
        configs.files.push(path);
        configs
    }

    fn empty() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        fs::write(folder.path().join("featuregates.yaml"), manifest()).expect("it can be written");
        Self { folder, files: Vec::new() }
    }

    pub(crate) fn tree(&self) -> PathBuf {
        self.folder.path().join("tree")
    }

    pub(crate) fn manifest(&self) -> PathBuf {
        self.folder.path().join("featuregates.yaml")
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }
}

fn gate(number: usize) -> String {
    format!("SomeFeatureOfTheProgram{:03}", number % KNOWN)
}

/// A manifest of gates in beta, which may be set to both values.
fn manifest() -> String {
    let mut text = String::from("version: \"1.36\"\ngates:\n");
    for number in 0..KNOWN {
        let _ = write!(
            text,
            "- name: {}\n  versionedSpecs:\n  - {{version: \"1.30\", preRelease: Alpha, default: false}}\n  \
             - {{version: \"1.33\", preRelease: Beta, default: true}}\n",
            gate(number)
        );
    }
    text
}

/// A kubelet's configuration.
fn kubelet(number: usize) -> String {
    let mut text = String::from(
        "apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\nfeatureGates:\n",
    );
    for set in 0..SET {
        let value = (number + set).is_multiple_of(3);
        let _ = writeln!(text, "  {}: {value}", gate(number * 7 + set * 11));
    }
    text
}
