//! One enum of gates, or several that a process resolves together.

use core::any::{TypeId, type_name};

use alloc::vec::Vec;
use featuregate_core::{Declared, Emulation, GateSet, Problems, compose};

use crate::cells::CellsRef;
use crate::declaration::Declaration;
use crate::gate::{Emulates, FeatureGate};

/// An enum of gates, or a tuple of them: what a program resolves and installs together.
///
/// A library brings the enum of its own gates, and the program composes it with its own. One flag, one
/// configuration map and one help text then hold the gates of all; an enum with a component has its gates
/// written with a prefix.
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
///         /// Compacts in the background.
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

impl<F: FeatureGate> Enums for F {
    fn parts() -> Vec<Part> {
        Vec::from([Part {
            id: TypeId::of::<F>(),
            name: type_name::<F>(),
            // Nothing folds while the hook for tests is in.
            emulates: F::EMULATES || crate::TESTING,
            declaration: F::DECLARATION,
            cells: F::cells(),
            declared: declared::<F>,
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
    };
}

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
    pub(crate) cells: CellsRef,
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

    /// How many gates are variants; the tombstones follow them.
    fn gates(&self) -> usize {
        self.declaration.gates
    }
}

fn declared<F: FeatureGate>(part: &Part) -> Declared {
    let Part { name, emulates, declaration, .. } = part;
    let Declaration { component, version, removed, .. } = *declaration;
    let specs = declaration.clone().all_specs::<F>().collect();
    let (emulates, requires_others) = (*emulates, !F::REQUIRED.is_empty());
    Declared { name, component, version, emulates, removed, requires_others, specs }
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

/// Which gates of a set are those of which enum.
#[derive(Clone, Debug)]
pub(crate) struct Places(Vec<Place>);

#[derive(Clone, Debug)]
pub(crate) struct Place {
    id: TypeId,
    pub(crate) cells: CellsRef,
    pub(crate) gates: core::ops::Range<usize>,
}

impl Places {
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Place> {
        self.0.iter()
    }

    /// The positions of an enum's gates; none if it was not resolved with the others.
    pub(crate) fn of<F: FeatureGate>(&self) -> Option<core::ops::Range<usize>> {
        let id = TypeId::of::<F>();
        self.iter().find(|place| place.id == id).map(|place| place.gates.clone())
    }
}

/// The gates of all enums, at the releases that they run as.
pub(crate) fn composed<F: Enums>(emulations: &[Emulation]) -> Result<(GateSet, Places), Problems> {
    let parts = parts::<F>();
    let declared = parts.iter().map(|part| (part.declared)(part)).collect();
    let (set, starts) = compose(declared, emulations)?;
    let place = |(part, start): (Part, usize)| Place {
        id: part.id,
        cells: part.cells,
        gates: start..start + part.gates(),
    };
    Ok((set, Places(parts.into_iter().zip(starts).map(place).collect())))
}

/// The gates of all enums at their own releases.
#[cfg(feature = "clap")]
pub(crate) fn gates<F: Enums>() -> Result<GateSet, Problems> {
    composed::<F>(&[]).map(|(gates, _)| gates)
}
