//! The pure part of `featuregate`: what a gate is, which histories are legal, and what a set of
//! assignments means.
//!
//! The modules follow the way of the data:
//!
//! | step | module |
//! |---|---|
//! | what is declared, and which declarations are legal | [`declare`] |
//! | what is asked for | [`request`] |
//! | what that means | [`resolve`](mod@resolve) |
//! | the same, changed step by step | [`registry`] |
//! | what is declared, as a file (feature `manifest`) | `manifest` |
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

mod compose;
mod declare;
mod gates;
mod id;
#[cfg(feature = "manifest")]
pub mod manifest;
mod nearest;
mod order;
mod problem;
mod quote;
mod registry;
mod request;
mod resolve;
mod slice;

/// What the crates that are released together share. Not for anyone else: it changes without notice.
#[doc(hidden)]
pub mod __private {
    pub use crate::__id as id;
    pub use crate::compose::{Declared, compose};
    pub use crate::declare::{history, packed};
    pub use crate::gates::dependency::check_specs;
    pub use crate::id::{Id, IdVec};
    pub use crate::nearest::nearest;
    pub use crate::quote::{Name, Quoted, on_or_off, steers};
    pub use crate::request::parse::{FALSE, TRUE};
    pub use crate::slice::{slice, slice_bytes};
}

pub use compose::Emulation;
pub use declare::lifecycle::{self, LifecycleError, Part, Rule, Strictness};
pub use declare::milestone::{Milestone, MilestoneId, RawMilestone};
pub use declare::spec::{GateSpec, RawSpec, RemovedPolicy};
pub use declare::stage::Stage;
pub use declare::version::{Version, VersionError};
pub use gates::component::{Component, ComponentId, GateId};
pub use gates::dependency::{DependencyError, Mismatch};
pub use gates::group::Group;
pub use gates::set::{GateRange, GateSet};
pub use gates::status::Status;
pub use gates::versions::Versions;
pub use problem::cause::Cause;
pub use problem::code::Code;
pub use problem::fix::Fix;
pub use problem::notice::{Notice, NoticeKind};
pub use problem::problems::{Missing, Problem, ProblemKind, Problems};
pub use registry::Registry;
pub use request::assignment::{Assignment, Item, ItemError, ItemId, Value};
pub use request::origin::{Origin, Source};
pub use request::parse::{ItemText, items, parse, parse_bool};
pub use resolve::explain::{Effect, Explanation, Explanations, Link};
pub use resolve::help;
pub use resolve::resolution::{GateState, Resolution};
pub use resolve::{UnknownPolicy, resolve};
