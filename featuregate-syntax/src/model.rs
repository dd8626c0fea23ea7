//! The enum after validation.

use featuregate_core::{GateSpec, Groups, Precision, RemovedPolicy, Version};
use proc_macro2::{Ident, TokenStream};

use crate::diagnostic::Range;

/// An enum of gates that obeys every rule.
#[derive(Debug)]
#[non_exhaustive]
pub struct Model {
    /// The name of the enum.
    pub ident: Ident,
    /// The version of its component.
    pub version: Version,
    /// How finely it counts releases.
    pub versions: Precision,
    /// Whether it can emulate other versions.
    pub emulation: bool,
    /// Whether settings of removed gates are tolerated.
    pub removed_gates: RemovedPolicy,
    /// The environment variable that sets its gates.
    pub env: Option<String>,
    /// What the environment variables of its gates begin with, if each has one.
    pub env_prefix: Option<String>,
    /// Its groups and channels.
    pub groups: Groups,
    /// Whether the help lists all gates that can be set.
    pub lists_all_settable: bool,
    /// The component: the text before the colon in `etcd:MemoryQoS`.
    pub component: Option<String>,
    /// The path of the runtime crate, if it is not `::featuregate`.
    pub krate: Option<TokenStream>,
    /// The variants, in the order of the source.
    pub gates: Vec<Gate>,
    /// The removed gates, in the order of the source.
    pub tombstones: Vec<Tombstone>,
    /// Whether a variant has a discriminant, so that its position can differ from its number.
    pub explicit_discriminants: bool,
}

impl Model {
    /// An enum without attributes and gates.
    #[must_use]
    pub fn new(ident: Ident) -> Self {
        Self {
            ident,
            version: Version::ZERO,
            versions: Precision::default(),
            emulation: false,
            removed_gates: RemovedPolicy::default(),
            env: None,
            env_prefix: None,
            groups: Groups::default(),
            lists_all_settable: false,
            component: None,
            krate: None,
            gates: Vec::new(),
            tombstones: Vec::new(),
            explicit_discriminants: false,
        }
    }
}

/// A variant.
#[derive(Debug)]
#[non_exhaustive]
pub struct Gate {
    /// The name of the variant.
    pub ident: Ident,
    /// Its declaration.
    pub spec: GateSpec,
    /// The milestones whose default depends on a constant condition, with the condition; in the spec they are off by
    /// default.
    pub conditions: Vec<(usize, TokenStream)>,
    /// The constant condition under which it is compiled in; `None` means always.
    pub available: Option<TokenStream>,
    /// The gates of other enums that it requires.
    pub others: Vec<Other>,
    /// The locations of the parts of its declaration.
    pub locations: Locations,
}

/// A removed gate.
#[derive(Debug)]
#[non_exhaustive]
pub struct Tombstone {
    /// Its declaration.
    pub spec: GateSpec,
    /// Which of the attributes `tombstone` and `tombstones` of the enum it is from, in their order.
    pub attribute: usize,
    /// The locations of the parts of its declaration.
    pub locations: Locations,
}

/// The locations of the parts of a declaration.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Locations {
    /// The name.
    pub name: Range,
    /// Each milestone: as many as the spec has.
    pub milestones: Vec<Range>,
    /// Each former name: as many as the spec has.
    pub aliases: Vec<Range>,
    /// The version in which the gate is planned to be removed.
    pub remove_in: Option<Range>,
    /// The version in which the gate was removed.
    pub removed: Option<Range>,
}

/// A gate of another enum.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Other {
    /// The path of the enum.
    pub path: TokenStream,
    /// The variant.
    pub variant: Ident,
    /// The location of both together.
    pub range: Range,
}
