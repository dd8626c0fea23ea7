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
//! | what that means | [`versions`], [`resolve`](mod@resolve), [`resolution`], [`problem`], [`notice`] |
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

pub mod assignment;
pub mod dependency;
pub mod gate_set;
pub mod help;
pub mod lifecycle;
mod mend;
pub mod milestone;
pub mod nearest;
pub mod notice;
pub mod origin;
pub mod packed;
pub mod parse;
pub mod problem;
mod quote;
pub mod registry;
pub mod resolution;
pub mod resolve;
pub mod spec;
pub mod stage;
pub mod version;
pub mod versions;

pub use assignment::{Assignment, Item, Malformed};
pub use dependency::DependencyFault;
pub use gate_set::GateSet;
pub use lifecycle::{Fault, Part, Rule, Strictness};
pub use milestone::{Milestone, RawMilestone};
pub use notice::{Notice, NoticeKind};
pub use origin::{Origin, Source};
pub use parse::{parse, parse_bool};
pub use problem::{Problem, ProblemKind, Problems};
pub use registry::Registry;
pub use resolution::{By, GateState, Resolution};
pub use resolve::{UnknownPolicy, resolve};
pub use spec::{GateSpec, RawSpec, RemovedPolicy};
pub use stage::Stage;
pub use version::{Version, VersionError};
pub use versions::Versions;
