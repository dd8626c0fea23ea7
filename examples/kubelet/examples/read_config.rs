//! Gates in a configuration that the crate `config` merges: a file, and another one over it.
//! `cargo run -p kubelet --example read_config [FILE] [FILE]`.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program prints")]

use std::env;
use std::error::Error;

use config::{Config, ConfigError, File};
use kubelet::Feature;

fn merged(paths: &[String]) -> Result<Config, ConfigError> {
    let files: Vec<_> = paths.iter().map(|path| File::with_name(path)).collect();
    Config::builder().add_source(files).build()
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut paths: Vec<String> = env::args().skip(1).collect();
    if paths.is_empty() {
        paths.push("examples/kubelet/kubelet.toml".to_owned());
    }
    let config = merged(&paths)?;
    // Taken from `config`, which knows the file that set each of them.
    let gates = featuregate_config::items(&config, "feature_gates")?;
    let installed = Feature::resolver().config(gates).resolve()?.install()?;
    eprint!("{installed}"); // What the operator should know.
    println!("up to {} pods, with {}", config.get_int("max_pods")?, Feature::snapshot());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use featuregate::{Problems, Resolution};
    use std::fs;

    /// The gates of the example's file, and of another one over it.
    fn resolve(over: &str) -> Result<Resolution<Feature>, Problems> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("over.toml");
        fs::write(&path, over).unwrap();
        let example = concat!(env!("CARGO_MANIFEST_DIR"), "/kubelet.toml");
        let config = merged(&[example.to_owned(), path.to_str().unwrap().to_owned()]).unwrap();
        let gates = featuregate_config::items(&config, "feature_gates").unwrap();
        Feature::resolver().without_env().config(gates).resolve()
    }

    #[test]
    fn a_file_overrides_another_gate_by_gate() {
        let resolution = resolve("feature_gates.MemoryQoS = false").unwrap();
        assert!(!resolution.enabled(Feature::MemoryQoS));
        assert!(!resolution.enabled(Feature::GracefulNodeShutdown), "the other file has it");
    }

    #[test]
    fn a_problem_names_the_file() {
        let problems = resolve("feature_gates.MemoryQos = true").unwrap_err().to_string();
        let expected = "over.toml: unknown gate MemoryQos; did you mean MemoryQoS?";
        assert!(problems.ends_with(expected), "{problems}");
    }
}
