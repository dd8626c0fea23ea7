//! `corpus/` has a folder for each construct, with a program as it was (`before.rs`), and what is left of it with the gate
//! `on` and `off`. With `UPDATE_CORPUS=1`, the test writes the last two.

use std::path::{Path, PathBuf};
use std::{env, fs};

use crate::batch::{Case, differences};
use crate::with;

fn folders() -> Vec<PathBuf> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/simplify/corpus");
    let mut folders: Vec<PathBuf> =
        fs::read_dir(corpus).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders
}

#[test]
fn what_is_left_is_as_expected() {
    let mut wrong = Vec::new();
    let folders = folders();
    for folder in &folders {
        let before = fs::read_to_string(folder.join("before.rs")).unwrap();
        for (name, value) in [("on.rs", true), ("off.rs", false)] {
            let path = folder.join(name);
            let left = with(&before, value);
            if env::var_os("UPDATE_CORPUS").is_some() {
                fs::write(&path, &left).unwrap();
            }
            let expected = fs::read_to_string(&path).unwrap_or_default();
            if left != expected {
                wrong.push(format!("{}:\n{left}\nexpected:\n{expected}", path.display()));
            }
            let again = with(&left, value);
            assert_eq!(again, left, "{}: it changes when nothing is known", path.display());
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(folders.len() >= 150, "{} constructs", folders.len());
}

#[test]
fn what_is_left_does_the_same() {
    let read = |folder: &Path, name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let cases: Vec<Case> = folders()
        .iter()
        .map(|folder| {
            let before = read(folder, "before.rs");
            Case {
                name: folder.file_name().unwrap().to_string_lossy().into_owned(),
                on: with(&before, true),
                off: with(&before, false),
                before,
            }
        })
        .collect();
    let found = differences(&cases);
    assert!(found.is_empty(), "{found}");
}

/// A guard with `let` needs Rust 1.95, so this program is not compiled.
#[test]
fn a_guard_that_declares_a_name_hides_the_variable() {
    let before = "\
fn find(value: Option<u32>) -> bool {
    let on = Feature::X.enabled();
    match value {
        Some(n) if let Some(on) = is_even(n) => on,
        _ => on,
    }
}
";
    let left = with(before, false);
    assert!(
        left.contains("Some(n) if let Some(on) = is_even(n) => on,\n        _ => false,"),
        "{left}"
    );
}
