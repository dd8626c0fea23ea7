//! One enum of gates, or several that a process resolves together.

use core::any::{TypeId, type_name};

use alloc::vec::Vec;
use featuregate_core::__private::{Declared, compose};
use featuregate_core::{Emulation, GateSet, Problems};

use crate::declare::declaration::Declaration;
use crate::declare::gate_enum::{GateEnum, specs};
use crate::memory::hook::TESTING;
use crate::memory::installed::{CellsRef, Member};

/// An enum of gates, or a tuple of such enums: what a program resolves and installs together.
///
/// A library has an enum of its own gates, and a program composes it with its own enum. One flag, one
/// configuration map and one help text then contain the gates of all of them. The gates of an enum with a
/// component are written with a prefix.
///
/// ```
/// use featuregate::{FeatureGate, Resolver};
///
/// #[derive(Clone, Copy, FeatureGate)]
/// enum Feature {
///     /// A cache in front of the disk.
///     #[gate(alpha)]
///     Cache,
/// }
///
/// mod store {
///     /// The gates of a library, with releases of its own.
///     #[derive(Clone, Copy, featuregate::FeatureGate)]
///     #[feature_gate(component = "store", version = "3.6")]
///     pub enum Feature {
///         /// Compacts data in the background.
///         #[gate(alpha = "3.5")]
///         Compaction,
///     }
/// }
///
/// let resolver = Resolver::<(Feature, store::Feature)>::new();
/// let resolution = resolver.flag("Cache=true,store:Compaction=true").resolve()?;
/// resolution.install()?;
/// assert!(Feature::Cache.enabled() && store::Feature::Compaction.enabled());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither an enum of feature gates nor a tuple of such enums",
    label = "add `#[derive(FeatureGate)]` to the enum"
)]
pub trait Enums: 'static {
    #[doc(hidden)]
    fn parts() -> Vec<Part>;
}

impl<F: GateEnum> Enums for F {
    fn parts() -> Vec<Part> {
        Vec::from([Part {
            id: TypeId::of::<F>(),
            name: type_name::<F>(),
            // Nothing folds while the hook for tests is compiled in.
            emulates: F::EMULATES || TESTING,
            declaration: F::DECLARATION,
            cells: F::cells(),
            declared: declared_by::<F>,
        }])
    }
}

macro_rules! tuples {
    ($first:ident $($one:ident)*) => {
        impl<$first: Enums, $($one: Enums),*> Enums for ($first, $($one,)*) {
            fn parts() -> Vec<Part> {
                [$first::parts() $(, $one::parts())*].concat()
            }
        }

        impl<$first: Emulates, $($one: Enums),*> Emulates for ($first, $($one,)*) {}

        impl<$first: Runtime, $($one: Enums),*> Runtime for ($first, $($one,)*) {}
    };
}

/// An enum that can run as another release: `#[feature_gate(emulation)]`; or a tuple of enums of which the
/// first can.
///
/// Its checks are never folded to constants, since a gate may be unlocked at an earlier version.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot emulate another release",
    label = "add `#[feature_gate(emulation)]` to it"
)]
pub trait Emulates: Enums {}

/// An enum with gates that may change while the program runs: `#[feature_gate(runtime)]`, or `runtime` in the
/// `#[gate(…)]` of some of them; or a tuple of enums of which the first has such gates.
///
/// The checks of these gates are never folded to constants.
#[diagnostic::on_unimplemented(
    message = "the gates of `{Self}` cannot change while the program runs",
    label = "add `#[feature_gate(runtime)]` to it"
)]
pub trait Runtime: Enums {}

tuples!(A);
tuples!(A B);
tuples!(A B C);
tuples!(A B C D);
tuples!(A B C D E);
tuples!(A B C D E F);
tuples!(A B C D E F G);
tuples!(A B C D E F G H);

/// An enum without its type.
#[derive(Clone, Debug)]
pub struct Part {
    id: TypeId,
    name: &'static str,
    emulates: bool,
    declaration: Declaration,
    cells: CellsRef,
    declared: fn(&Part) -> Declared,
}

impl Part {
    pub(crate) fn component(&self) -> Option<&'static str> {
        self.declaration.component
    }

    #[cfg(feature = "clap")]
    pub(crate) fn version(&self) -> featuregate_core::Version {
        self.declaration.version
    }

    pub(crate) fn env(&self) -> Option<&'static str> {
        self.declaration.env
    }

    #[cfg(feature = "clap")]
    pub(crate) fn emulates(&self) -> bool {
        self.emulates
    }
}

fn declared_by<F: GateEnum>(part: &Part) -> Declared {
    let Part { name, emulates, declaration, .. } = part;
    let Declaration { component, version, removed, .. } = *declaration;
    Declared {
        name,
        component,
        version,
        emulates: *emulates,
        removed,
        requires_others: !F::REQUIRED.is_empty(),
        gates: specs::<F>().collect(),
        tombstones: F::DECLARATION.tombstones().collect(),
    }
}

/// The enums of `F`, each once.
pub(crate) fn parts<F: Enums>() -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for part in F::parts() {
        if !parts.iter().any(|known| known.id == part.id) {
            parts.push(part);
        }
    }
    parts
}

/// The environment variables that the enums name, each once.
pub(crate) fn variables<F: Enums>() -> Vec<&'static str> {
    let mut variables: Vec<&str> = Vec::new();
    for variable in parts::<F>().iter().filter_map(Part::env) {
        if !variables.contains(&variable) {
            variables.push(variable);
        }
    }
    variables
}

fn declarations(parts: &[Part]) -> Vec<Declared> {
    parts.iter().map(|part| (part.declared)(part)).collect()
}

/// What each enum declares.
#[cfg(feature = "manifest")]
pub(crate) fn declared<F: Enums>() -> Vec<Declared> {
    declarations(&parts::<F>())
}

/// The gates of all enums, at the releases in effect.
pub(crate) fn composed<F: Enums>(
    emulations: &[Emulation],
) -> Result<(GateSet, Vec<Member>), Problems> {
    let parts = parts::<F>();
    let (set, locations) = compose(declarations(&parts), emulations)?;
    let members = parts.into_iter().zip(locations);
    let members = members.map(|(Part { id, cells, .. }, gates)| Member { id, cells, gates });
    Ok((set, members.collect()))
}

/// The gates of all enums at their own releases.
#[cfg(feature = "clap")]
pub(crate) fn gates<F: Enums>() -> Result<GateSet, Problems> {
    composed::<F>(&[]).map(|(gates, _)| gates)
}
