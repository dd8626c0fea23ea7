//! The pure part of `featuregate`: what a gate is, which histories are legal, and what a set of
//! assignments means.
//!
//! The items, in the order of the data:
//!
//! | step | items |
//! |---|---|
//! | declare | [`RawSpec`] and [`RawMilestone`], which [`lifecycle`] checks, become a [`GateSpec`] |
//! | gather | a [`GateSet`] has the gates of a process; [`Status`] is what one is at the versions in effect |
//! | request | [`parse`] reads [`Assignment`]s, each with its [`Origin`] |
//! | resolve | [`resolve`](fn@resolve) gives a [`Resolution`], with [`Notice`]s, or every [`Problem`] |
//! | change | a [`Registry`] is a mutable set of gates, for gates declared at run time |
//! | store | `manifest` has the gates as a file (feature `manifest`) |
//!
//! Programs use the crate `featuregate`, which re-exports what they need.
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
#![cfg_attr(docsrs, feature(doc_cfg))]

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
#[cfg(feature = "schema")]
mod schema;
mod slice;

/// What the crates that are released together share. Not for anyone else: it changes without notice.
#[doc(hidden)]
pub mod __private {
    pub use crate::__id as id;
    pub use crate::compose::{Declared, Extras, Specs, choose_channel, compose};
    pub use crate::declare::{history, packed};
    pub use crate::gates::dependency::check_specs;
    pub use crate::gates::names::written_with;
    pub use crate::id::{Id, IdVec};
    pub use crate::nearest::{Case, letters, nearest, nearest_by};
    pub use crate::order::sorted;
    pub use crate::quote::{Name, Quoted, on_or_off, steers};
    pub use crate::request::boolean::{FALSE, TRUE};
    pub use crate::request::notation::{is_variable_of, variable};
    pub use crate::resolve::change::changed;
    pub use crate::resolve::resolve_independent;
    pub use crate::resolve::work::SUGGESTIONS;
    #[cfg(feature = "schema")]
    pub use crate::schema::{GateSchema, Values};
    pub use crate::slice::{slice, slice_bytes};
}

pub use compose::Emulation;
pub use declare::group::{Channel, Group, Groups, Selection};
pub use declare::lifecycle::{self, LifecycleError, Part, Rule, Strictness};
pub use declare::milestone::{Milestone, MilestoneId, RawMilestone};
pub use declare::spec::{GateSpec, RawSpec, RemovedPolicy};
pub use declare::stage::Stage;
pub use declare::version::{Precision, Version, VersionError};
pub use gates::component::{Component, ComponentId, GateId};
pub use gates::dependency::{DependencyError, Mismatch, Relation};
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
pub use request::boolean::parse_bool;
/// The former name of [`Treatment`].
#[doc(hidden)]
pub use request::layer::Treatment as UnknownPolicy;
pub use request::layer::{Layer, Policy, Treatment};
pub use request::notation::{Notation, Variables};
pub use request::origin::{Origin, Source, SourceKind};
pub use request::parse::{ItemText, items, parse, parse_item};
pub use resolve::explain::{Effect, Explanation, Explanations, Link};
pub use resolve::help;
pub use resolve::resolution::{GateState, Resolution};
pub use resolve::{resolve, resolve_layers, resolve_lenient};
