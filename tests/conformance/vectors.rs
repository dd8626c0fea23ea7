//! Where the vectors are, and how they are read.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde_json::Value;

/// Scenarios in the order of their files, and the expected answers by id.
///
/// Both are still untyped, so that what cannot be read is a difference of one scenario.
#[derive(Default)]
pub(crate) struct Vectors {
    pub(crate) recorded: Vec<Value>,
    pub(crate) expected: BTreeMap<String, Value>,
}

/// The repository's own vectors.
pub(crate) fn own_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("conformance/vectors")
}

impl Vectors {
    pub(crate) fn load(folder: &Path) -> Result<Self, String> {
        let recorded: Vec<Vec<Value>> = read_all(&folder.join("recorded"))?;
        let files: Vec<BTreeMap<String, Value>> = read_all(&folder.join("expected"))?;
        let mut expected = BTreeMap::new();
        for (id, answers) in files.into_iter().flatten() {
            if expected.contains_key(&id) {
                return Err(format!("{}: {id} is expected twice", folder.display()));
            }
            expected.insert(id, answers);
        }
        Ok(Self { recorded: recorded.into_iter().flatten().collect(), expected })
    }
}

/// Every JSON file of a folder, in the order of names.
fn read_all<T: DeserializeOwned>(folder: &Path) -> Result<Vec<T>, String> {
    let failed =
        |path: &Path, error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| failed(folder, &error))? {
        let path = entry.map_err(|error| failed(folder, &error))?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            paths.push(path);
        }
    }
    paths.sort();
    let read = |path: PathBuf| {
        let text = fs::read(&path).map_err(|error| failed(&path, &error))?;
        serde_json::from_slice(&text).map_err(|error| failed(&path, &error))
    };
    paths.into_iter().map(read).collect()
}
