//! What the documents say is there.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

/// All test functions of the workspace and of the crates, by their sources.
fn test_functions() -> Vec<String> {
    let mut names = Vec::new();
    let mut folders = vec![
        root().join("featuregate-core/src"),
        root().join("featuregate-syntax/src"),
        root().join("featuregate-cli/src"),
        root().join("featuregate-cli/tests"),
        root().join("featuregate/src"),
        root().join("featuregate-test/src"),
        root().join("featuregate-test/tests"),
        root().join("loom"),
        root().join("tests"),
    ];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                let functions = text.split("fn ").skip(1);
                names.extend(
                    functions.filter_map(|rest| rest.split(['(', '<']).next()).map(String::from),
                );
            }
        }
    }
    names
}

#[test]
fn every_proof_exists() {
    let spec = read("SPEC.md");
    let functions = test_functions();
    let mut proofs = 0;
    let mut of_proofs = false;
    for row in spec.lines() {
        if !row.starts_with('|') {
            of_proofs = false;
        }
        let Some(last) = row.trim_end_matches(" |").rsplit("| ").next() else { continue };
        of_proofs |= last == "proof";
        for name in last.split('`').skip(1).step_by(2).filter(|_| of_proofs) {
            proofs += 1;
            let there = match name.strip_prefix("compile_fail/") {
                Some(case) => {
                    root().join("tests/compile_fail").join(format!("{case}.stderr")).exists()
                }
                None => name == "conformance" || functions.iter().any(|function| function == name),
            };
            assert!(there, "{name} is no test:\n{row}");
        }
    }
    assert!(proofs > 100, "{proofs}");
}

#[test]
fn the_program_in_the_readme_is_the_quickstart() {
    let source = read("examples/quickstart/src/main.rs");
    let (_, program) = source.split_once('\n').unwrap();
    assert!(read("README.md").contains(program.trim()), "README shows another program");
}

#[test]
fn the_figures_in_the_documents_are_those_of_the_tests() {
    let scenarios = "1,297";
    for document in ["SPEC.md", "CHANGELOG.md"] {
        assert!(read(document).contains(scenarios), "{document}");
    }
}
