//! The command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Parser, ValueEnum};
use featuregate::args::{EmulationArgs, ExplainArgs, FeatureGateArgs};
use kubelet::Feature;

/// Resolves the feature gates of Kubernetes 1.36 as the kubelet does, and shows their effects.
#[derive(Parser)]
#[command(name = "kubelet", version)]
pub(crate) struct Cli {
    /// A KubeletConfiguration; the environment variable and the flag override its `featureGates`.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) gates: FeatureGateArgs<Feature>,

    #[command(flatten)]
    pub(crate) emulation: EmulationArgs<Feature>,

    #[command(flatten)]
    pub(crate) explain: ExplainArgs<Feature>,

    /// Print the gates in effect, with what decided each of them, and exit.
    #[arg(
        long,
        value_name = "FORMAT",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "table"
    )]
    pub(crate) print_feature_gates: Option<Format>,

    /// Print a JSON Schema of the configuration, and exit.
    #[arg(long)]
    pub(crate) print_config_schema: bool,

    /// Serve `/metrics`, `/featurez`, `/flagz` and `/healthz` on this address until the process is asked to end.
    ///
    /// Anyone who can connect can read them: use an address such as 127.0.0.1:10255.
    #[arg(long, value_name = "ADDR")]
    pub(crate) serve: Option<SocketAddr>,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Table,
    /// An array, sorted by name.
    Json,
}
