//! Feature gates with a lifecycle, as Kubernetes has them, from one annotated enum.
//!
//! ```
//! use featuregate::FeatureGate;
//!
//! /// What this program may do.
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
//! // Right from the start: the defaults of the stages.
//! assert!(Feature::UserNamespaces.enabled());
//! assert!(!Feature::ProcMount.enabled());
//!
//! // Sources, then all or nothing: every problem of every source at once, or a resolution.
//! let resolution = Feature::resolver().flag("ProcMount=true").resolve()?;
//! for notice in resolution.notices() {
//!     eprintln!("warning: {notice}");
//! }
//! resolution.install()?;
//! assert!(Feature::ProcMount.enabled());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The way through
//!
//! | step | item |
//! |---|---|
//! | declare | [`FeatureGate`](derive@FeatureGate), the derive; every lifecycle rule is a compile error |
//! | collect | [`Resolver`]: configuration, environment variable and flag, in this order of precedence |
//! | resolve | [`Resolver::resolve`]: a [`Resolution`], or all [`Problems`] |
//! | install | [`Resolution::install`], once in a process; or [`Gates`], a plain value |
//! | check | `Feature::X.enabled()`: one load and one mask, nothing for a locked gate |
//!
//! # Features
//!
//! | feature | default | what it brings |
//! |---|---|---|
//! | `derive` | yes | the derive macro |
//! | `std` | yes | reading the environment variable, the nearest name in messages; without it the crate is `no_std + alloc` |
//! | `clap` | | `clap::FeatureGateArgs`, `clap::EmulationArgs` and `clap::ExplainArgs`, groups of arguments |
//! | `serde` | | `serde::GateMap` for typed configuration, `serde::Report` and `serde::Explained` for the gates in effect |
//! | `json` | | `--explain-format=json` in `clap::ExplainArgs`, which brings `clap` and `serde` |
//! | `manifest` | | `manifest::<Feature>()`, the gates as `featuregates.yaml`, and `golden_manifest!`, a test that it is current; needs Rust 1.89 |
//! | `testing` | | the hook that `featuregate-test` builds on; for dev-dependencies |
//! | `unstable-clap-complete` | | completion after a comma, on the unstable part of `clap_complete` |
#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(docsrs, feature(doc_cfg))]

extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod cells;
#[cfg(feature = "clap")]
pub mod clap;
mod declaration;
mod enums;
mod expansion;
mod gate;
mod gates;
mod install;
#[cfg(feature = "manifest")]
pub mod manifest;
mod protocol;
mod resolution;
mod resolver;
#[cfg(feature = "serde")]
pub mod serde;

#[cfg(feature = "testing")]
pub mod testing;

#[doc(hidden)]
pub mod __private;

pub use enums::Enums;
/// Whether the hook for tests is compiled in: the feature `testing`.
///
/// With it no check folds, and each one asks the hook. Cargo builds a crate once with the features of all that
/// need it: `cargo build --release --all-targets` carries a feature of the dev-dependencies into the release
/// build, where `cargo build --release` does not. What measures, or counts instructions, should assert it.
///
/// ```
/// // In a benchmark: const _: () = assert!(!featuregate::TESTING);
/// if featuregate::TESTING {
///     println!("checks ask the hook for tests");
/// }
/// ```
pub const TESTING: bool = cfg!(feature = "testing");

pub use featuregate_core::request::assignment;
pub use featuregate_core::resolve::problem;
pub use featuregate_core::{
    Assignment, By, DependencyFault, Effect, Explanation, Explanations, GateSpec, GateState, Item,
    Malformed, Milestone, Notice, NoticeKind, Origin, Presence, Problem, ProblemKind, Problems,
    RawMilestone, RawSpec, Registry, Rule, Said, Source, Stage, Step, UnknownPolicy, Version,
    VersionError,
};
#[cfg(feature = "derive")]
#[doc = include_str!("derive.md")]
pub use featuregate_derive::FeatureGate;
pub use gate::{All, Emulates, FeatureGate, Specs, UnknownGate};
pub use gates::Gates;
pub use install::{AlreadyInstalled, Installed};
#[cfg(feature = "manifest")]
pub use manifest::manifest;
pub use resolution::Resolution;
pub use resolver::Resolver;
