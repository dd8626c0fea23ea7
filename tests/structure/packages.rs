//! What Cargo says of the workspace's packages.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::{env, fmt};

use serde_json::Value;

/// What a command of cargo prints, in the workspace.
fn cargo(arguments: &[&[&str]]) -> Vec<u8> {
    let output = Command::new(env!("CARGO"))
        .args(arguments.concat())
        // Only `--unit-graph` needs it.
        .env("RUSTC_BOOTSTRAP", "1")
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .output()
        .unwrap_or_else(|error| panic!("cargo cannot be run: {error}"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn json(text: &[u8]) -> Value {
    serde_json::from_slice(text).unwrap_or_else(|error| panic!("what cargo prints: {error}"))
}

/// Reads what `cargo metadata` prints.
pub(crate) fn metadata(arguments: &[&str]) -> Value {
    json(&cargo(&[&["metadata", "--locked", "--format-version", "1"], arguments]))
}

/// The names of the packages that `cargo tree` prints, without those of tests and builds.
pub(crate) fn tree(arguments: &[&str]) -> BTreeSet<String> {
    let tree = ["tree", "--locked", "--edges", "normal", "--prefix", "none", "--format", "{p}"];
    let lines = cargo(&[&tree, arguments]);
    let lines = String::from_utf8_lossy(&lines);
    lines.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
}

/// The libraries that a build compiles, each as often as it is compiled.
pub(crate) fn compiled(arguments: &[&str]) -> Vec<String> {
    let build = ["build", "--locked", "--unit-graph", "-Zunstable-options"];
    let graph = json(&cargo(&[&build, arguments]));
    let targets = items(&graph["units"]).map(|unit| &unit["target"]);
    let libraries = targets.filter(|target| target["kind"][0] != "custom-build");
    libraries.map(|target| text(&target["name"]).to_owned()).collect()
}

/// The platform of this compiler, as Cargo names it.
pub(crate) fn host() -> String {
    let output = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
        .args(["--print", "host-tuple"])
        .output()
        .unwrap_or_else(|error| panic!("rustc cannot be run: {error}"));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// For each package that is published, the packages of the workspace that it depends on, except for tests.
pub(crate) fn dependencies(metadata: &Value) -> BTreeMap<&str, BTreeSet<&str>> {
    let packages = || items(&metadata["packages"]);
    let members: BTreeSet<&str> = packages().map(|package| text(&package["name"])).collect();
    packages()
        .filter(|package| package["publish"].is_null())
        .map(|package| {
            let needed =
                items(&package["dependencies"]).filter(|dependency| dependency["kind"].is_null());
            let names = needed.map(|dependency| text(&dependency["name"]));
            (text(&package["name"]), names.filter(|name| members.contains(name)).collect())
        })
        .collect()
}

/// A package of the workspace that states an older compiler than one that it depends on.
#[derive(Debug, PartialEq)]
pub(crate) struct TooOld {
    package: String,
    states: RustVersion,
    dependency: String,
    needs: RustVersion,
}

impl fmt::Display for TooOld {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { package, states, dependency, needs } = self;
        write!(
            f,
            "{package} says that it compiles with Rust {states}, {dependency} needs Rust {needs}"
        )
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct RustVersion(u32, u32);

impl RustVersion {
    fn of(package: &Value) -> Option<Self> {
        let mut numbers =
            package["rust_version"].as_str()?.split('.').map_while(|number| number.parse().ok());
        Some(Self(numbers.next()?, numbers.next()?))
    }
}

impl fmt::Display for RustVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.0, self.1)
    }
}

/// The published packages whose `rust-version` is not true for every feature, by what they depend on.
pub(crate) fn too_old(metadata: &Value) -> Vec<TooOld> {
    let packages: BTreeMap<&str, &Value> =
        items(&metadata["packages"]).map(|package| (text(&package["id"]), package)).collect();
    let needed: BTreeMap<&str, BTreeSet<&str>> = items(&metadata["resolve"]["nodes"])
        .map(|node| {
            let is_needed = |dependency: &&Value| {
                items(&dependency["dep_kinds"]).any(|kind| kind["kind"] != "dev")
            };
            let needed =
                items(&node["deps"]).filter(is_needed).map(|dependency| text(&dependency["pkg"]));
            (text(&node["id"]), needed.collect())
        })
        .collect();
    let mut too_old = Vec::new();
    for member in items(&metadata["workspace_members"]).map(text) {
        let package = packages[member];
        if !package["publish"].is_null() {
            continue;
        }
        let states =
            RustVersion::of(package).unwrap_or_else(|| panic!("{member} has no rust-version"));
        let mut reached = BTreeSet::from([member]);
        let mut open = vec![member];
        while let Some(next) = open.pop() {
            for dependency in &needed[next] {
                if reached.insert(dependency) {
                    open.push(dependency);
                }
            }
        }
        for dependency in reached {
            if let Some(needs) =
                RustVersion::of(packages[dependency]).filter(|needs| *needs > states)
            {
                too_old.push(TooOld {
                    package: text(&package["name"]).to_owned(),
                    states,
                    dependency: text(&packages[dependency]["name"]).to_owned(),
                    needs,
                });
            }
        }
    }
    too_old
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is not text"))
}

#[cfg(test)]
mod tests {
    use super::{RustVersion, TooOld, too_old};
    use serde_json::json;

    #[test]
    fn a_dependency_of_a_dependency_that_needs_a_newer_compiler_is_reported_and_one_of_tests_is_not()
     {
        let metadata = json!({
            "packages": [
                {"id": "ours", "name": "ours", "rust_version": "1.86", "publish": null},
                {"id": "near", "name": "near", "rust_version": null},
                {"id": "far", "name": "far", "rust_version": "1.89.0"},
                {"id": "tests", "name": "tests", "rust_version": "1.90"},
            ],
            "workspace_members": ["ours"],
            "resolve": {"nodes": [
                {"id": "ours", "deps": [
                    {"pkg": "near", "dep_kinds": [{"kind": "dev"}, {"kind": null}]},
                    {"pkg": "tests", "dep_kinds": [{"kind": "dev"}]},
                ]},
                {"id": "near", "deps": [{"pkg": "far", "dep_kinds": [{"kind": "build"}]}]},
                {"id": "far", "deps": []},
                {"id": "tests", "deps": []},
            ]},
        });
        let expected = TooOld {
            package: "ours".to_owned(),
            states: RustVersion(1, 86),
            dependency: "far".to_owned(),
            needs: RustVersion(1, 89),
        };
        assert_eq!(too_old(&metadata), [expected]);
    }
}
