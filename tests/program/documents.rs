//! The documents agree with the repository.

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
        root().join("featuregate/tests"),
        root().join("featuregate-test/src"),
        root().join("featuregate-test/tests"),
        root().join("loom"),
        root().join("xtask/tests"),
        root().join("tests"),
    ];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                names.extend(tests_in(&fs::read_to_string(&path).unwrap()));
            }
        }
    }
    names
}

/// The names of the functions of a file with `#[test]` or `#[tokio::test]` above them.
fn tests_in(text: &str) -> Vec<String> {
    let mut is_test = false;
    let mut names = Vec::new();
    for line in text.lines().map(str::trim) {
        if line.starts_with("#[") && line.ends_with("test]") || line.starts_with("#[tokio::test(") {
            is_test = true;
        } else if let Some((_, rest)) = line.split_once("fn ").filter(|_| is_test) {
            names.extend(rest.split(['(', '<']).next().map(String::from));
            is_test = false;
        }
    }
    names
}

/// The number at the start of a rule, which is an item (`- **1.2** A version …`) or a row (`| 1.2 | … |`).
fn rule(line: &str) -> Option<&str> {
    let item = line.strip_prefix("- **").and_then(|rest| rest.split_once("** "));
    let (number, _) = item.or_else(|| line.strip_prefix("| ")?.split_once(" | "))?;
    let (section, of_section) = number.split_once('.')?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (digits(section) && digits(of_section)).then_some(number)
}

/// Whether there is a test of that name.
fn is_test(proof: &str, functions: &[String]) -> bool {
    match proof.strip_prefix("compile_fail/") {
        Some(name) => root().join("tests/compile_fail").join(format!("{name}.stderr")).exists(),
        // A test program is a proof as a whole.
        None => {
            ["conformance", "thousand"].contains(&proof)
                || functions.iter().any(|function| function == proof)
        }
    }
}

#[test]
fn every_rule_has_a_proof() {
    let spec = read("SPEC.md");
    let (rules, proofs) = spec.split_once("\n## 15. Proofs\n").unwrap();
    let numbers = |text| str::lines(text).filter_map(rule).collect::<Vec<&str>>();
    let (rules, proven) = (numbers(rules), numbers(proofs));
    assert!(rules.len() > 150, "{rules:?}");
    let differs = rules.iter().zip(&proven).find(|(rule, proven)| rule != proven);
    assert_eq!(differs, None, "the first rule without a proof, or proof without a rule");
    assert_eq!(rules.len(), proven.len(), "the last rules have no proofs, or the other way around");
}

#[test]
fn every_proof_exists() {
    let spec = read("SPEC.md");
    let (_, proofs) = spec.split_once("\n## 15. Proofs\n").unwrap();
    let functions = test_functions();
    let mut missing = Vec::new();
    for row in proofs.lines().filter(|line| rule(line).is_some()) {
        let names: Vec<&str> = row.split('`').skip(1).step_by(2).collect();
        assert!(!names.is_empty(), "no proof: {row}");
        let unknown = names.into_iter().filter(|name| !is_test(name, &functions));
        missing.extend(unknown.map(|name| (rule(row).unwrap_or_default(), name)));
    }
    assert!(missing.is_empty(), "proofs that do not exist: {missing:#?}");
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

/// crates.io shows these files, where a relative link leads nowhere.
#[test]
fn links_in_a_readme_are_absolute_and_lead_to_files() {
    let folders = ["", "featuregate-core", "featuregate-derive", "featuregate-syntax"];
    let more = ["featuregate-test", "featuregate-cli"];
    for folder in folders.into_iter().chain(more) {
        let path = Path::new(folder).join("README.md");
        let text = read(path.to_str().unwrap());
        for rest in text.split("](").skip(1) {
            let (link, _) = rest.split_once(')').unwrap();
            assert!(link.starts_with("https://"), "{}: {link}", path.display());
            let of_ours = "https://github.com/featuregate/featuregate/blob/main/";
            if let Some(file) = link.strip_prefix(of_ours) {
                assert!(root().join(file).exists(), "{}: {link}", path.display());
            }
        }
    }
}
