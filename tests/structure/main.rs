//! The structure of the workspace: no file, folder or crate imports against the flow of the data, and each crate
//! compiles with the Rust that it states.
//!
//! Imports are read from paths. A method that is called on a value of another file's type is not seen, but who has
//! such a value has named its type, or a function that returns it.
#![expect(
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests, where a panic is a failure"
)]

mod cycles;
mod imports;
mod packages;
mod read;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use crate::cycles::{against, cycles, listed};
use crate::imports::{Imports, imports};
use crate::packages::{dependencies, host, metadata, too_old};

/// The crates of the workspace whose files are read.
const CRATES: [&str; 19] = [
    "examples/flags",
    "examples/kubelet",
    "examples/experimental",
    "examples/preview",
    "examples/quickstart",
    "examples/session",
    "featuregate",
    "featuregate-cli",
    "featuregate-core",
    "featuregate-derive",
    "featuregate-syntax",
    "featuregate-test",
    "integrations/featuregate-config",
    "integrations/featuregate-figment",
    "integrations/featuregate-http",
    "integrations/featuregate-openfeature",
    "integrations/featuregate-page",
    "integrations/featuregate-prometheus",
    "xtask",
];

/// For each published crate, the crates of the workspace that it may depend on.
const MAY_DEPEND_ON: &[(&str, &[&str])] = &[
    ("featuregate", &["featuregate-core", "featuregate-derive"]),
    ("featuregate-cli", &["featuregate-core", "featuregate-page", "featuregate-syntax"]),
    ("featuregate-config", &["featuregate"]),
    ("featuregate-core", &[]),
    ("featuregate-derive", &["featuregate-core", "featuregate-syntax"]),
    ("featuregate-figment", &["featuregate"]),
    ("featuregate-http", &["featuregate", "featuregate-page"]),
    ("featuregate-openfeature", &["featuregate"]),
    ("featuregate-page", &["featuregate-core"]),
    ("featuregate-prometheus", &["featuregate"]),
    ("featuregate-syntax", &["featuregate-core"]),
    ("featuregate-test", &["featuregate", "featuregate-core"]),
];

/// The folders and files at the root of a crate. Each imports only from those after it.
const ORDER: &[(&str, &[&str])] = &[
    (
        "featuregate",
        &[
            "lib",
            "expansion",
            "args",
            "manifest",
            "events",
            "gauges",
            "data",
            "testing",
            "__private",
            "feature_gate",
            "resolve",
            "record",
            "runner",
            "declare",
            "memory",
        ],
    ),
    (
        "featuregate-cli",
        &[
            "main", "lib", "commands", "removal", "simplify", "fleet", "lsp", "report", "change",
            "lint", "code", "records", "config", "program", "source", "error", "finding", "io",
        ],
    ),
    (
        "featuregate-core",
        &[
            "lib", "compose", "manifest", "schema", "registry", "resolve", "problem", "gates",
            "declare", "request", "nearest", "order", "id", "quote", "slice",
        ],
    ),
];

fn imports_of(name: &str) -> Imports {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name).join("src");
    let text = |file: &str| fs::read_to_string(sources.join(file)).ok();
    let roots = ["lib.rs", "main.rs"].into_iter().filter(|root| sources.join(root).exists());
    let imports: Imports = roots.flat_map(|root| imports(root, &text)).collect();
    assert!(!imports.is_empty(), "{name} has no sources");
    imports
}

#[test]
fn no_files_import_from_one_another() {
    let mut report = String::new();
    for name in CRATES {
        let imports = imports_of(name);
        let found = cycles(&imports);
        for cycle in found {
            _ = writeln!(report, "{name}: {cycle:?}\n{}", listed(&imports, &cycle));
        }
    }
    assert!(report.is_empty(), "cycles:\n{report}");
}

#[test]
fn no_folder_imports_from_one_above_it() {
    let mut report = String::new();
    for (name, order) in ORDER {
        let imports = imports_of(name);
        let (backward, unknown) = against(&imports, order);
        for part in unknown {
            _ = writeln!(report, "{name}: ORDER does not name {part}");
        }
        for part in
            order.iter().filter(|part| !imports.keys().any(|file| cycles::part(file) == **part))
        {
            _ = writeln!(report, "{name}: ORDER names {part}, which does not exist");
        }
        for (arrow, lines) in backward {
            _ = writeln!(report, "{name}: {arrow}\n    {}", lines.join("\n    "));
        }
    }
    assert!(report.is_empty(), "imports against the order:\n{report}");
}

#[test]
fn no_crate_depends_on_one_above_it() {
    let metadata = metadata(&["--no-deps", "--offline"]);
    let allowed: BTreeMap<&str, BTreeSet<&str>> = MAY_DEPEND_ON
        .iter()
        .map(|(name, allowed)| (*name, allowed.iter().copied().collect()))
        .collect();
    let found = dependencies(&metadata);
    assert_eq!(
        found.keys().collect::<Vec<_>>(),
        allowed.keys().collect::<Vec<_>>(),
        "published crates"
    );
    for (name, dependencies) in found {
        let backward: Vec<&&str> = dependencies.difference(&allowed[name]).collect();
        assert!(backward.is_empty(), "{name} may not depend on {backward:?}");
    }
}

#[test]
fn the_runtime_without_features_depends_on_our_crates_and_once_cell() {
    let found = packages::tree(&["-p", "featuregate", "--no-default-features"]);
    let expected = ["featuregate", "featuregate-core", "once_cell"];
    assert_eq!(found, expected.map(str::to_owned).into());
}

/// The derive needs `featuregate-core` too. With other features, of its own or of what it depends on, it would be compiled
/// once more for the derive.
#[test]
fn a_build_compiles_each_crate_once() {
    let mut compiled = packages::compiled(&["-p", "featuregate"]);
    assert!(compiled.iter().any(|name| name == "featuregate_core"), "{compiled:?}");
    compiled.sort();
    let twice: Vec<&[String]> =
        compiled.chunk_by(|a, b| a == b).filter(|same| same.len() > 1).collect();
    assert!(twice.is_empty(), "{twice:?}");
}

#[test]
fn each_crate_compiles_with_the_rust_it_states_by_its_dependencies() {
    assert_rust_versions(&metadata(&["--all-features", "--filter-platform", &host()]));
}

#[test]
#[ignore = "downloads the packages of every platform; run by .ci/full"]
fn each_crate_compiles_with_the_rust_it_states_on_every_platform() {
    assert_rust_versions(&metadata(&["--all-features"]));
}

fn assert_rust_versions(metadata: &serde_json::Value) {
    let too_old: Vec<String> = too_old(metadata).iter().map(ToString::to_string).collect();
    assert!(too_old.is_empty(), "{}", too_old.join("\n"));
}
