//! A program with two components, which says of each configuration whether it accepts it.
#![expect(clippy::print_stdout, reason = "a program")]

use std::env;
use std::fs;
use std::process::ExitCode;

use featuregate::data::GateMap;
use featuregate::{FeatureGate, Resolver};

/// The gates of the program.
#[derive(Clone, Copy, FeatureGate)]
#[feature_gate(version = "1.36")]
#[tombstone(Legacy, alpha = "1.20", beta = "1.22", removed = "1.30")]
enum Feature {
    /// Keeps pages in memory.
    #[gate(alpha = "1.35", requires(Index, Store::Compaction))]
    Cache,
    /// Finds pages by their words.
    #[gate(alpha = "1.30", beta = "1.33", alias = "Idx")]
    Index,
    /// Serves pages over TLS.
    #[gate(beta = "1.28", ga = "1.33")]
    Tls,
    /// Serves pages without TLS.
    #[gate(beta = "1.20", deprecated(since = "1.35", default = true))]
    Plain,
    /// Prints pages.
    #[gate(alpha = "1.36")]
    Print,
}

/// The gates of the store, which has releases of its own.
#[derive(Clone, Copy, FeatureGate)]
#[feature_gate(component = "store", version = "3.6", removed_gates = "refuse")]
#[tombstone(Journal, beta = "3.0", removed = "3.5")]
enum Store {
    /// Compacts data in the background.
    #[gate(alpha = "3.5")]
    Compaction,
    /// Compacts data that is not needed often.
    #[gate(alpha = "3.6", requires(Compaction))]
    Cold,
    /// Reads ahead. The program has a gate of that name too.
    #[gate(beta = "3.2", alias = "Prefetch")]
    Cache,
    /// Checks sums.
    #[gate(beta = "3.1", ga = "3.4")]
    Checksums,
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Config {
    #[serde(default)]
    feature_gates: GateMap,
    /// The arguments of a container.
    #[serde(default)]
    args: Vec<String>,
}

fn main() -> ExitCode {
    let mut failed = false;
    for path in env::args().skip(1) {
        let text = fs::read_to_string(&path).map_err(|error| error.to_string());
        let config = text.and_then(|text| {
            serde_saphyr::from_str::<Config>(&text).map_err(|error| error.to_string())
        });
        let accepted = config.and_then(|config| {
            let mut resolver = Resolver::<(Feature, Store)>::new().without_env();
            resolver = resolver.config(config.feature_gates.items(&path));
            for argument in &config.args {
                if let Some(text) = argument.strip_prefix("--feature-gates=") {
                    resolver = resolver.flag(text);
                }
            }
            resolver.resolve().map(|_| ()).map_err(|problems| problems.to_string())
        });
        failed |= accepted.is_err();
        println!("{path}\t{}", accepted.err().unwrap_or_default().replace('\n', " / "));
    }
    ExitCode::from(u8::from(failed))
}

featuregate::golden_manifest!((Feature, Store), "components/featuregates.yaml");
