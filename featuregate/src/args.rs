//! Groups of arguments for `clap`.
//!
//! `clap` only collects the texts. The [`Resolver`](crate::Resolver) interprets them, so that the problems of
//! every source are reported together. The resolver also reads the environment variable: with `clap`, the
//! flag would replace the variable, while gates are merged.
//!
//! ```
//! use clap::Parser;
//! use featuregate::FeatureGate;
//! use featuregate::args::FeatureGateArgs;
//!
//! #[derive(Clone, Copy, FeatureGate)]
//! enum Feature {
//!     /// A cache in front of the disk.
//!     #[gate(alpha)]
//!     Cache,
//! }
//!
//! #[derive(Parser)]
//! struct Cli {
//!     #[command(flatten)]
//!     gates: FeatureGateArgs<Feature>,
//! }
//!
//! let cli = Cli::parse_from(["app", "--feature-gates=Cache=true", "--feature-gates=AllBeta=false"]);
//! let resolution = cli.gates.resolver().resolve()?;
//! assert!(resolution.enabled(Feature::Cache));
//! # Ok::<(), featuregate::Problems>(())
//! ```

mod emulation;
mod explain;
mod gates;

pub use emulation::EmulationArgs;
pub use explain::ExplainArgs;
pub use gates::{FeatureGateArgs, for_completion};
