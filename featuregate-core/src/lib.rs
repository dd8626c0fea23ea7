//! The pure part of `featuregate`: what a gate is, which histories are legal, and what a set of
//! assignments means.
//!
//! The modules follow the way of the data:
//!
//! | step | module |
//! |---|---|
//! | what is declared | [`version`], [`stage`], [`milestone`], [`spec`] |
//! | which declarations are legal | [`lifecycle`], [`dependency`] |
//! | all gates of a program | [`gate_set`], [`packed`] (as the derive hands them over) |
//! | what is asked for | [`origin`], [`assignment`], [`parse`](mod@parse)(mod@parse) |
//! | what that means | [`resolve`](mod@resolve), [`resolution`], [`problem`], [`notice`] |
//! | the same, changed step by step | [`registry`] |
//! | what may be set | [`help`] |
//!
//! ```
//! use featuregate_core::{RawMilestone, RawSpec, Registry, Version};
//!
//! let mut registry = Registry::new(Version::new(1, 36));
//! registry.register([RawSpec::new("MemoryQoS").milestone(RawMilestone::alpha("1.22"))])?;
//! registry.set("MemoryQoS=true")?;
//! assert_eq!(registry.enabled("MemoryQoS"), Some(true));
//! # Ok::<(), featuregate_core::Problems>(())
//! ```
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

#[cfg(feature = "resolve")]
pub mod assignment;
pub mod dependency;
#[cfg_attr(not(feature = "resolve"), allow(dead_code, reason = "for resolving"))]
pub mod gate_set;
#[cfg(feature = "resolve")]
pub mod help;
pub mod lifecycle;
#[cfg(feature = "resolve")]
mod mend;
pub mod milestone;
pub mod nearest;
#[cfg(feature = "resolve")]
pub mod notice;
#[cfg(feature = "resolve")]
pub mod origin;
pub mod packed;
#[cfg(feature = "resolve")]
pub mod parse;
#[cfg(feature = "resolve")]
pub mod problem;
mod quote;
#[cfg(feature = "resolve")]
pub mod registry;
#[cfg(feature = "resolve")]
pub mod resolution;
#[cfg(feature = "resolve")]
pub mod resolve;
pub mod spec;
pub mod stage;
pub mod version;

#[cfg(feature = "resolve")]
pub use assignment::{Assignment, Item, Malformed};
pub use dependency::DependencyFault;
pub use gate_set::GateSet;
pub use lifecycle::{Fault, Part, Rule, Strictness};
pub use milestone::{Milestone, RawMilestone};
#[cfg(feature = "resolve")]
pub use notice::{Notice, NoticeKind};
#[cfg(feature = "resolve")]
pub use origin::{Origin, Source};
#[cfg(feature = "resolve")]
pub use parse::{parse, parse_bool};
#[cfg(feature = "resolve")]
pub use problem::{Problem, ProblemKind, Problems};
#[cfg(feature = "resolve")]
pub use registry::Registry;
#[cfg(feature = "resolve")]
pub use resolution::{By, GateState, Resolution};
#[cfg(feature = "resolve")]
pub use resolve::{UnknownPolicy, Versions, resolve};
pub use spec::{GateSpec, RawSpec, RemovedPolicy};
pub use stage::Stage;
pub use version::{Version, VersionError};
