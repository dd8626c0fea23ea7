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

mod completion;
mod emulation;
mod explain;
mod flags;
mod gates;
mod given;
mod help;
mod list;
mod switch;

pub use completion::for_completion;
pub use emulation::EmulationArgs;
pub use explain::ExplainArgs;
pub use flags::{EnableDisable, FeatureGates, GateFlag, ListFlags, SwitchFlag};
pub use gates::FeatureGateArgs;
pub use list::FeatureListArgs;
pub use switch::FeatureSwitchArgs;
