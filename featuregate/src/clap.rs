//! Groups of arguments for `clap`.
//!
//! `clap` only collects the texts; what they mean is the [`Resolver`](crate::Resolver)'s business, so that the problems of
//! every source are told together. The environment variable is the resolver's too: `clap` would let the
//! flag replace it, where gates are merged.
//!
//! ```
//! use clap::Parser;
//! use featuregate::FeatureGate;
//! use featuregate::clap::FeatureGateArgs;
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
