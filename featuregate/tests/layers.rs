//! Which file builds on which: no two build on each other, and no folder on one above it.
#![expect(clippy::unwrap_used, reason = "helpers of tests, where this is the failure")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The layers of the crate, from the bottom to the top: a folder or file at the root of `src`.
const LAYERS: [&[&str]; 6] = [
    &["memory"],
    &["declare"],
    &["resolve"],
    &["feature_gate", "manifest", "serde", "testing"],
    &["clap", "__private"],
    &["expansion", "lib"],
];

/// Each module with the paths that its file imports from this crate. A file is a module, as `memory::cells`.
fn imports() -> BTreeMap<String, BTreeSet<String>> {
    fn read(folder: &Path, prefix: &str, found: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{prefix}{}", path.file_stem().unwrap().to_str().unwrap());
            if path.is_dir() {
                read(&path, &format!("{name}::"), found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.insert(name, fs::read_to_string(path).unwrap());
            }
        }
    }
    let mut texts = BTreeMap::new();
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), "", &mut texts);
    let module = |path: &str| -> Option<String> {
        let path = path.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')).next()?;
        let mut path = path.trim_end_matches(':');
        loop {
            if texts.contains_key(path) {
                return Some(path.to_owned());
            }
            path = path.rsplit_once("::")?.0;
        }
    };
    let imports = |(name, text): (&String, &String)| {
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        let paths = code.flat_map(|line| line.split("crate::").skip(1));
        let modules = paths.filter_map(module).filter(|imported| imported != name);
        (name.clone(), modules.collect())
    };
    texts.iter().map(imports).collect()
}

#[test]
fn no_two_files_build_on_each_other() {
    let mut open = imports();
    assert!(open.values().map(BTreeSet::len).sum::<usize>() > 40, "imports are found");
    loop {
        let known: BTreeSet<String> = open.keys().cloned().collect();
        let before = open.len();
        open.retain(|_, imports| !imports.is_disjoint(&known));
        if open.len() == before {
            break;
        }
    }
    assert!(open.is_empty(), "these files are in a cycle, or build on one: {open:#?}");
}

#[test]
fn no_folder_builds_on_one_above_it() {
    let layer = |module: &str| {
        let top = module.split("::").next().unwrap();
        let layer = LAYERS.iter().position(|layer| layer.contains(&top));
        layer.unwrap_or_else(|| panic!("{top} has no layer"))
    };
    for (module, imports) in imports() {
        for imported in imports {
            assert!(layer(&imported) <= layer(&module), "{module} imports {imported}");
        }
    }
}
