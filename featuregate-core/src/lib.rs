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

pub mod declare;
mod id;
#[cfg(feature = "manifest")]
pub mod manifest;
pub mod nearest;
mod order;
pub mod quote;
pub mod registry;
pub mod request;
pub mod resolve;
mod slice;

/// What the crates that are released together share. Not for anyone else: it changes without notice.
#[doc(hidden)]
pub mod __private {
    pub use crate::__id as id;
    pub use crate::id::{Id, IdVec};
    pub use crate::slice::{slice, slice_bytes};
}

pub use declare::compose::{Declared, Emulation, compose};
pub use declare::dependency::DependencyFault;
pub use declare::gate_set::{Component, GateSet, Group};
pub use declare::lifecycle::{self, Fault, Part, Rule, Strictness};
pub use declare::milestone::{Milestone, RawMilestone};
pub use declare::spec::{GateSpec, RawSpec, RemovedPolicy};
pub use declare::stage::Stage;
pub use declare::version::{Version, VersionError};
pub use declare::versions::Versions;
pub use registry::Registry;
pub use request::assignment::{Assignment, Item, Malformed};
pub use request::origin::{Origin, Source};
pub use request::parse::{parse, parse_bool};
pub use resolve::explain::{Effect, Explanation, Explanations, Presence, Said, Step};
pub use resolve::help;
pub use resolve::notice::{Notice, NoticeKind};
pub use resolve::problem::{Mend, Missing, Off, OnBy, Problem, ProblemKind, Problems};
pub use resolve::resolution::{By, GateState, Resolution};
pub use resolve::{UnknownPolicy, resolve};
