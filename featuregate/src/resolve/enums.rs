//! One enum of gates, or several that a process resolves together.

use alloc::vec::Vec;
use featuregate_core::__private::{Declared, Extras, compose};
use featuregate_core::{Emulation, GateSet, Problems};

use crate::declare::declaration::Part;
use crate::declare::gate_enum::GateEnum;
use crate::declare::part;
use crate::memory::installed::Member;

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
    const EXTRAS: Option<Extras>;
    #[doc(hidden)]
    const HAS_GATE_VARIABLES: bool;
    /// The enums, each once.
    #[doc(hidden)]
    fn parts() -> Vec<Part>;
}

impl<F: GateEnum> Enums for F {
    const EXTRAS: Option<Extras> = match F::REQUIRED {
        [] if F::DECLARATION.is_independent => None,
        [] => Some(Extras::RELATED_GATES),
        _ => Some(Extras::SEVERAL_ENUMS),
    };
    const HAS_GATE_VARIABLES: bool = F::DECLARATION.env_prefix.is_some();

    fn parts() -> Vec<Part> {
        Vec::from([part::of::<F>()])
    }
}

macro_rules! tuples {
    ($first:ident $($one:ident)*) => {
        impl<$first: Enums, $($one: Enums),*> Enums for ($first, $($one,)*) {
            const EXTRAS: Option<Extras> = Some(Extras::SEVERAL_ENUMS);
            const HAS_GATE_VARIABLES: bool =
                $first::HAS_GATE_VARIABLES $(|| $one::HAS_GATE_VARIABLES)*;

            fn parts() -> Vec<Part> {
                once_each([$first::parts() $(, $one::parts())*].concat())
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
///
/// ```
/// use featuregate::{FeatureGate, Runtime};
///
/// #[derive(Clone, Copy, FeatureGate)]
/// enum Feature {
///     /// A cache in front of the disk.
///     #[gate(alpha, runtime)]
///     Cache,
///     /// Fewer round trips.
///     #[gate(beta)]
///     Pipelining,
/// }
///
/// fn changes<F: Runtime>() {}
/// changes::<Feature>();
/// assert!(Feature::Cache.spec().is_runtime() && !Feature::Pipelining.spec().is_runtime());
/// ```
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

fn once_each(all: Vec<Part>) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::with_capacity(all.len());
    for part in all {
        if !parts.iter().any(|known| known.id == part.id) {
            parts.push(part);
        }
    }
    parts
}

/// The enums of `F` with those whose gates they require, directly or not.
pub(crate) fn parts_with_required<F: Enums>() -> Vec<Part> {
    let mut parts = F::parts();
    let mut next = 0;
    while let Some(part) = parts.get(next) {
        next += 1;
        for (_, required) in part.required {
            let needed = (required.part)();
            if !parts.iter().any(|known| known.id == needed.id) {
                parts.push(needed);
            }
        }
    }
    parts
}

/// The environment variables that the enums name, each once.
pub(crate) fn variables<F: Enums>() -> Vec<&'static str> {
    let mut variables: Vec<&str> = Vec::new();
    for variable in F::parts().iter().filter_map(|part| part.declaration.env) {
        if !variables.contains(&variable) {
            variables.push(variable);
        }
    }
    variables
}

fn declarations(parts: &[Part]) -> Vec<Declared> {
    parts.iter().map(Part::declared).collect()
}

/// What each enum declares.
#[cfg(any(feature = "manifest", feature = "clap"))]
pub(crate) fn declared<F: Enums>() -> Vec<Declared> {
    declarations(&F::parts())
}

/// The gates of all enums, at the releases in effect.
pub(crate) fn composed(
    parts: Vec<Part>,
    emulations: &[Emulation],
    extras: Option<Extras>,
) -> Result<(GateSet, Vec<Member>), Problems> {
    let (set, locations) = compose(declarations(&parts), emulations, extras)?;
    let members = parts.into_iter().zip(locations);
    let members = members.map(|(Part { id, cells, .. }, gates)| Member { id, cells, gates });
    Ok((set, members.collect()))
}

/// The gates of all enums at their own releases.
#[cfg(feature = "clap")]
pub(crate) fn gates<F: Enums>() -> Result<GateSet, Problems> {
    composed(F::parts(), &[], F::EXTRAS).map(|(gates, _)| gates)
}
