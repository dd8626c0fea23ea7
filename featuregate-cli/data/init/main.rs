use std::error::Error;
use std::fs;
use std::path::PathBuf;

use clap::Parser;
use featuregate::args::FeatureGateArgs;
use featuregate::data::GateMap;
use serde::Deserialize;

use crate::features::Feature;

mod features;

#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// The configuration, in TOML.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    gates: FeatureGateArgs<Feature>,
}

/// What the file of `--config` sets.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Config {
    /// Values of feature gates. The environment and the flag override them, gate by gate.
    #[serde(rename = "featureGates")]
    feature_gates: GateMap,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let config: Config = match &arguments.config {
        Some(path) => toml::from_str(&fs::read_to_string(path)?)?,
        None => Config::default(),
    };
    let path = arguments.config.unwrap_or_default().display().to_string();
    // Either all gates get their values, or every problem of every source is reported.
    let resolver = arguments
        .gates
        .resolver()
        .config(config.feature_gates.items(&path));
    let installed = resolver.resolve()?.install()?;
    eprint!("{installed}"); // What the operator should know.
    println!("{}", greeting());
    Ok(())
}

fn greeting() -> &'static str {
    if Feature::Greeting.enabled() {
        "Hello, featuregate!"
    } else {
        "Hello, world!"
    }
}

#[cfg(test)]
mod tests {
    use featuregate_test::overrides;

    use super::{Feature, greeting};

    #[test]
    fn the_world_is_greeted_while_the_gate_is_off() {
        let _scope = overrides::<Feature>().off(Feature::Greeting).enter();
        assert_eq!(greeting(), "Hello, world!");
    }

    #[test]
    fn featuregate_is_greeted_while_the_gate_is_on() {
        let _scope = overrides::<Feature>().on(Feature::Greeting).enter();
        assert_eq!(greeting(), "Hello, featuregate!");
    }
}
