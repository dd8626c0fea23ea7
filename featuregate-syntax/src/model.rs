//! The enum, validated.

use featuregate_core::{GateSpec, RemovedPolicy, Version};
use proc_macro2::{Ident, TokenStream};

use crate::diagnostic::Range;

/// An enum of gates that obeys every rule.
#[derive(Debug)]
#[non_exhaustive]
pub struct Model {
    /// The enum.
    pub ident: Ident,
    /// The release of its component.
    pub version: Version,
    /// Whether it can emulate other releases.
    pub emulation: bool,
    /// Whether settings of removed gates are tolerated.
    pub removed_gates: RemovedPolicy,
    /// The environment variable that sets its gates.
    pub env: Option<String>,
    /// The component before the colon of `etcd:MemoryQoS`.
    pub component: Option<String>,
    /// The path of the runtime crate, if it is not `::featuregate`.
    pub krate: Option<TokenStream>,
    /// The variants, in their order.
    pub gates: Vec<Gate>,
    /// The removed gates, in their order.
    pub tombstones: Vec<Tombstone>,
    /// Whether a variant has a discriminant, so that its position is not its number.
    pub explicit_discriminants: bool,
}

/// A variant.
#[derive(Debug)]
#[non_exhaustive]
pub struct Gate {
    /// The variant.
    pub ident: Ident,
    /// Its declaration.
    pub spec: GateSpec,
    /// The constant condition under which it is compiled in; always, if there is none.
    pub available: Option<TokenStream>,
    /// The gates of other enums that it requires.
    pub others: Vec<Other>,
    /// Where it says what.
    pub places: Places,
}

/// A removed gate.
#[derive(Debug)]
#[non_exhaustive]
pub struct Tombstone {
    /// Its declaration.
    pub spec: GateSpec,
    /// Where it says what.
    pub places: Places,
}

/// Where a declaration says what.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Places {
    /// The name.
    pub name: Range,
    /// Each milestone, as many as its spec has.
    pub milestones: Vec<Range>,
    /// Each former name, as many as its spec has.
    pub aliases: Vec<Range>,
    /// The planned release of removal.
    pub remove_in: Option<Range>,
    /// The release of removal.
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
    /// Both.
    pub range: Range,
}
