//! Gate lists as data: a file beside the program, for tools and people without a compiler.
//!
//! A manifest is YAML or JSON in one of two forms. The list that Kubernetes keeps as
//! `versioned_feature_list.yaml` is one as it is:
//!
//! ```yaml
//! - name: ProcMountType
//!   versionedSpecs:
//!   - default: false
//!     lockToDefault: false
//!     preRelease: Alpha
//!     version: "1.12"
//! ```
//!
//! Its release is the highest version in it, and a program of that list refuses removed gates. The other
//! form wraps the list and says both; its gates may say more:
//!
//! ```yaml
//! version: "1.36"
//! removedGates: refuse    # or tolerate, the default
//! syntax: opentelemetry   # bare names are on; or kubernetes, or featuregate
//! gates:
//! - name: ProcMountType
//!   versionedSpecs:
//!   - {default: false, lockToDefault: false, preRelease: Alpha, version: "1.12"}
//!   doc: Lets a pod choose how its /proc is mounted.
//!   owner: sig-node
//!   issue: https://kep.k8s.io/4265
//!   requires: [UserNamespacesSupport]
//!   removeIn: "1.39"
//!   aliases: [ProcMount]
//!   components: [kubelet]
//!   cfg: target_os = "linux"
//!   implies: [ProcMask]         # turned on with it
//!   meta: {menu: Security}      # whatever the program itself notes
//!   tags: [mounts]              # by which groups of the program name it
//!   exceptFromGroups: true      # no group sets it
//! - name: NodeSwap
//!   versionedSpecs:
//!   - {default: true, lockToDefault: false, preRelease: GA, version: "1.34"}
//!   switchable: true            # a switch also at GA
//! - name: DynamicKubeletConfig
//!   versionedSpecs: []
//!   removed: "1.26"       # the first release without it
//!   value: false          # what it ended with, where there is no history
//! ```
//!
//! Groups and release channels are those of the program:
//!
//! ```yaml
//! version: "1.36"
//! groups:                 # instead of AllAlpha and AllBeta; [] for none
//! - name: preview
//!   stages: [Alpha, Beta]
//!   master: true          # the master switch of the program
//! - name: ui
//!   tags: [tui, net]
//! channels:
//! - name: nightly         # on by default in this channel
//!   stages: [Alpha]
//! gates: []
//! ```
//!
//! Gates of a component with a release of its own are written with its name, here and in configurations:
//!
//! ```yaml
//! version: "1.36"
//! components:
//! - name: store
//!   version: "3.6"
//!   removedGates: refuse
//! gates:
//! - name: Cache
//!   versionedSpecs:
//!   - {default: false, lockToDefault: false, preRelease: Alpha, version: "1.30"}
//!   requires: [store:Compaction]
//! - name: store:Compaction
//!   versionedSpecs:
//!   - {default: false, lockToDefault: false, preRelease: Alpha, version: "3.5"}
//! ```
//!
//! Reading judges the shape only, so that a list can be looked at that breaks lifecycle rules;
//! [`Manifest::registry`] judges these too.

mod component;
mod components;
mod diagnostic;
mod gate;
mod golden;
mod keep;
mod list;
mod read;
mod registry;
mod syntax;
mod tree;
mod write;

pub use component::Component;
pub use diagnostic::{Diagnostic, ReadError};
pub use gate::Gate;
pub use golden::{GoldenError, UPDATE_VARIABLE, golden};
pub use list::Manifest;
pub use syntax::Syntax;
pub use write::WriteError;
