//! Feature gates with a lifecycle, as Kubernetes has them, from one annotated enum.
//!
//! ```
//! use featuregate::FeatureGate;
//!
//! /// The feature gates of this program.
//! #[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
//! #[feature_gate(version = "1.36", env = "APP_FEATURE_GATES")]
//! enum Feature {
//!     /// Runs each job in a user namespace of its own.
//!     #[gate(alpha = "1.25", beta(since = "1.30", default = false), beta = "1.33")]
//!     UserNamespaces,
//!     /// Lets a job choose how its /proc is mounted.
//!     #[gate(alpha = "1.36", requires(UserNamespaces))]
//!     ProcMount,
//! }
//!
//! // Before anything is installed, gates have the defaults of their stages.
//! assert!(Feature::UserNamespaces.enabled());
//! assert!(!Feature::ProcMount.enabled());
//!
//! // Either a resolution, or every problem of every source.
//! let installed = Feature::resolver().flag("ProcMount=true").resolve()?.install()?;
//! // What the operator should know, such as gates that are on their way out.
//! eprint!("{installed}");
//! assert!(Feature::ProcMount.enabled());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # From a declaration to a check
//!
//! | step | item |
//! |---|---|
//! | declare | [`FeatureGate`](derive@FeatureGate), the derive; breaking a lifecycle rule is a compile error |
//! | collect | [`Resolver`]: configuration, environment variable and flag; each overrides the one before |
//! | resolve | [`Resolver::resolve`]: a [`Resolution`], or all [`Problems`] |
//! | install | [`Resolution::install`], once in a process; or [`Gates`], a plain value |
//! | change | `Installed::change`, for gates that may change while the program runs (feature `runtime`) |
//! | check | `Feature::X.enabled()`: one load and one mask, and no code for a locked gate |
//!
//! # Features
//!
//! | feature | default | what it adds |
//! |---|---|---|
//! | `derive` | yes | the derive macro |
//! | `std` | yes | reading the environment variable, and the nearest name in messages; without it, the crate is `no_std + alloc` |
//! | `clap` | | `args::FeatureGateArgs`, `args::EmulationArgs` and `args::ExplainArgs`, groups of arguments |
//! | `serde` | | `data::GateMap` for typed configuration, `data::Report` and `data::Explained` for the gates in effect |
//! | `json` | | `--explain-format=json` in `args::ExplainArgs`; it turns on `clap` and `serde` |
//! | `runtime` | | `Installed::change` and `RuntimeLayer`: gates that change while the program runs, for enums that declare it |
//! | `tokio` | | `Installed::watch`: their changes as a `tokio::sync::watch`; it turns on `runtime` |
//! | `schemars` | | `JsonSchema` of `Gates` and `data::GateMap`, for `schemars` 1; it turns on `serde` |
//! | `manifest` | | `manifest::<Feature>()`, the gates as `featuregates.yaml`, and `golden_manifest!`, a test that the file is up to date |
//! | `metrics` | | `Resolution::record_metrics`, the metrics of Kubernetes' feature gates in the facade `metrics` |
//! | `tracing` | | `Resolution::trace`, the notices and the gates that differ from their defaults as events |
//! | `testing` | | the hook that `featuregate-test` builds on; for dev-dependencies |
//! | `record` | | a run of tests can record which gates it reads; for dev-dependencies, through `featuregate-test` |
//! | `unstable-clap-complete` | | completion after a comma; uses an unstable part of `clap_complete` |
#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(docsrs, feature(doc_cfg))]

extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod declare;
mod expansion;
mod feature_gate;
mod memory;
#[cfg(feature = "record")]
mod record;
mod resolve;
#[cfg(all(feature = "testing", feature = "std"))]
mod runner;

#[cfg(feature = "clap")]
pub mod args;
#[cfg(feature = "serde")]
pub mod data;
#[cfg(feature = "tracing")]
mod events;
#[cfg(feature = "metrics")]
mod gauges;
#[cfg(feature = "manifest")]
pub mod manifest;
#[cfg(feature = "testing")]
#[doc(hidden)]
pub mod testing;

#[doc(hidden)]
pub mod __private;

pub use declare::found::Found;
pub use declare::gate_enum::{All, GateEnum, Specs};
pub use feature_gate::FeatureGate;
#[cfg(feature = "derive")]
#[doc = include_str!("derive.md")]
pub use featuregate_derive::FeatureGate;
#[cfg(feature = "manifest")]
pub use manifest::manifest;
pub use memory::hook::TESTING;
#[cfg(feature = "runtime")]
pub use memory::installed::Changed;
#[cfg(feature = "runtime")]
pub use memory::layer::{RuntimeEntry, RuntimeLayer};
pub use resolve::disabled::Disabled;
pub use resolve::enums::{Emulates, Enums, Runtime};
pub use resolve::gates::set::{Diff, On};
pub use resolve::gates::{Gates, Values};
pub use resolve::install::{AlreadyInstalled, Installed, Provisional};
pub use resolve::resolution::Resolution;
pub use resolve::resolver::Resolver;
pub use resolve::unknown_gate::UnknownGate;

/// A [`Resolution`] without the enum's type, as [`Resolution::untyped`] and [`Registry::resolution`] return it: gates
/// are looked up by name.
pub use featuregate_core::Resolution as UntypedResolution;
pub use featuregate_core::{
    Assignment, Cause, Channel, Code, Component, ComponentId, DependencyError, Effect, Explanation,
    Explanations, Fix, GateId, GateRange, GateSet, GateSpec, GateState, Group, Groups, Item,
    ItemError, ItemId, Layer, LifecycleError, Link, Milestone, MilestoneId, Mismatch, Missing,
    Notation, Notice, NoticeKind, Origin, Part, Policy, Precision, Problem, ProblemKind, Problems,
    RawMilestone, RawSpec, Registry, Relation, RemovedPolicy, Rule, Selection, Source, SourceKind,
    Stage, Status, Treatment, UnknownPolicy, Value, Variables, Version, VersionError, Versions,
    parse_bool,
};
