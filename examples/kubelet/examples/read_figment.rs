//! Gates in a configuration that `figment` merges: a file, and variables over it.
//! `NODE_FEATURE_GATES='{MemoryQoS=false}' cargo run -p kubelet --example read_figment [FILE]`.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program prints")]

use std::env;
use std::error::Error;

use figment::Figment;
use figment::providers::{Env, Format, Toml};
use kubelet::Feature;
use serde::Deserialize;

/// What else is in the configuration. The gates are taken from `figment`, which knows what set each of them.
#[derive(Deserialize)]
struct Config {
    max_pods: u32,
}

fn figment(path: &str) -> Figment {
    Figment::new().merge(Toml::file(path)).merge(Env::prefixed("NODE_"))
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = env::args().nth(1).unwrap_or("examples/kubelet/kubelet.toml".to_owned());
    let figment = figment(&path);
    let config: Config = figment.extract()?;
    let gates = featuregate_figment::items(&figment, "feature_gates")?;
    let installed = Feature::resolver().config(gates).resolve()?.install()?;
    eprint!("{installed}"); // What the operator should know.
    println!("up to {} pods, with {}", config.max_pods, Feature::snapshot());
    Ok(())
}

#[cfg(test)]
#[expect(clippy::result_large_err, reason = "it is the error of figment")]
mod tests {
    use super::*;
    use featuregate::{Problems, Resolution};
    use figment::Jail;

    const TEXT: &str = include_str!("../kubelet.toml");

    fn resolve() -> Result<Resolution<Feature>, Problems> {
        let gates = featuregate_figment::items(&figment("kubelet.toml"), "feature_gates").unwrap();
        Feature::resolver().without_env().config(gates).resolve()
    }

    #[test]
    fn a_variable_overrides_the_file_gate_by_gate() {
        Jail::expect_with(|jail| {
            jail.create_file("kubelet.toml", TEXT)?;
            jail.set_env("NODE_FEATURE_GATES", "{MemoryQoS=false}");
            let resolution = resolve().unwrap();
            assert!(!resolution.enabled(Feature::MemoryQoS));
            assert!(!resolution.enabled(Feature::GracefulNodeShutdown), "the file has it");
            Ok(())
        });
    }

    #[test]
    fn a_problem_names_the_file_or_the_variable() {
        Jail::expect_with(|jail| {
            jail.create_file("kubelet.toml", &TEXT.replace("MemoryQoS", "MemoryQos"))?;
            jail.set_env("NODE_FEATURE_GATES", "{NodeSwop=true}");
            let problems = resolve().unwrap_err();
            let [file, variable] = [0, 1].map(|at| problems.iter().nth(at).unwrap().to_string());
            assert!(file.contains("kubelet.toml: unknown gate MemoryQos; did you mean"), "{file}");
            assert!(
                variable.starts_with("NODE_FEATURE_GATES: unknown gate NodeSwop"),
                "{variable}"
            );
            Ok(())
        });
    }
}
