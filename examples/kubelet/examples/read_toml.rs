//! Gates in a configuration in TOML, each with line and column:
//! `cargo run -p kubelet --example read_toml [FILE]`.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program prints")]

use std::error::Error;
use std::{env, fs};

use featuregate::Item;
use featuregate::data::{LocatedGates, Position};
use kubelet::Feature;
use serde::Deserialize;
use toml::Spanned;

/// The program's own configuration. A misspelt section is an error, since it would set nothing.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    max_pods: u32,
    #[serde(default)]
    feature_gates: LocatedGates<Spanned<String>>,
}

impl Config {
    fn gates(&self, path: &str, text: &str) -> Vec<Item> {
        self.feature_gates
            .items(path, |name| (name.get_ref(), Position::in_text(text, name.span().start)))
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = env::args().nth(1).unwrap_or("examples/kubelet/kubelet.toml".to_owned());
    let text = fs::read_to_string(&path)?;
    let config: Config = toml::from_str(&text)?;
    let gates = config.gates(&path, &text);
    let installed = Feature::resolver().config(gates).resolve()?.install()?;
    eprint!("{installed}"); // What the operator should know.
    println!("up to {} pods, with {}", config.max_pods, Feature::snapshot());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = include_str!("../kubelet.toml");

    fn read(text: &str) -> Vec<Item> {
        toml::from_str::<Config>(text).unwrap().gates("kubelet.toml", text)
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
        assert_eq!(problems, "kubelet.toml:5:1: unknown gate MemoryQos; did you mean MemoryQoS?");
    }

    #[test]
    fn a_misspelt_section_is_an_error() {
        let text = TEXT.replace("[feature_gates]", "[feature_gate]");
        assert!(toml::from_str::<Config>(&text).is_err());
    }
}
