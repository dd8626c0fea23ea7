//! Gates in a configuration in JSON, each with line and column:
//! `cargo run -p kubelet --example read_json [FILE]`.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program prints")]

use std::error::Error;
use std::{env, fs};

use featuregate::Item;
use featuregate::data::{JsonName, LocatedGates};
use kubelet::Feature;
use serde::Deserialize;

/// The program's own configuration. `serde_json` knows no locations, but the names are parts of its text.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Config<'a> {
    max_pods: u32,
    #[serde(borrow, default)]
    feature_gates: LocatedGates<JsonName<'a>>,
}

impl Config<'_> {
    fn gates(&self, path: &str, text: &str) -> Vec<Item> {
        self.feature_gates.items(path, |name| name.located(text))
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = env::args().nth(1).unwrap_or("examples/kubelet/kubelet.json".to_owned());
    let text = fs::read_to_string(&path)?;
    let config: Config<'_> = serde_json::from_str(&text)?;
    let gates = config.gates(&path, &text);
    let installed = Feature::resolver().config(gates).resolve()?.install()?;
    eprint!("{installed}"); // What the operator should know.
    println!("up to {} pods, with {}", config.max_pods, Feature::snapshot());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = include_str!("../kubelet.json");

    fn read(text: &str) -> Vec<Item> {
        serde_json::from_str::<Config<'_>>(text).unwrap().gates("kubelet.json", text)
    }

    #[test]
    fn the_file_sets_gates() {
        let resolution = Feature::resolver().without_env().config(read(TEXT)).resolve().unwrap();
        assert!(resolution.enabled(Feature::MemoryQoS));
        assert!(!resolution.enabled(Feature::GracefulNodeShutdown));
    }

    #[test]
    fn a_problem_has_line_and_column() {
        let text = TEXT.replace("MemoryQoS", "MemoryQos");
        let problems = Feature::resolver().without_env().config(read(&text)).resolve();
        let problems = problems.unwrap_err().to_string();
        assert_eq!(problems, "kubelet.json:4:5: unknown gate MemoryQos; did you mean MemoryQoS?");
    }
}
