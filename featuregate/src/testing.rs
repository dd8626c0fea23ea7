//! The hook that `featuregate-test` builds on: it is asked before each check, so that tests can override gates.
//! It is not for programs, and changes without notice.
//!
//! With the feature `testing`, no check is folded to a constant, and each check asks the hook;
//! [`TESTING`](crate::TESTING) says whether the feature is on.

use alloc::string::String;
use alloc::vec::Vec;

use featuregate_core::Problems;

use crate::declare::bits::bit;
use crate::declare::gate_enum::{self, GateEnum};
pub use crate::memory::hook::{EnumId, Hook, set_hook};
use crate::memory::installed::Member;
#[cfg(feature = "record")]
pub use crate::record::{of_thread, set_owner};
use crate::resolve::enums::{Enums, composed, parts_with_required};
use crate::resolve::resolution::Resolution;
#[cfg(feature = "std")]
pub use crate::runner::runs_test;

impl EnumId {
    /// The id of the enum `F`.
    #[must_use]
    pub fn of<F: GateEnum>() -> Self {
        F::cells().id()
    }
}

/// The ids of enums, without those that they require.
#[must_use]
pub fn ids<F: Enums>() -> Vec<EnumId> {
    F::parts().iter().map(|part| part.cells.id()).collect()
}

/// The values of one enum in a resolution.
#[derive(Clone, Debug)]
pub struct Values {
    /// The enum.
    pub id: EnumId,
    /// The written name and the value of each gate, in the order of declaration.
    pub gates: Vec<(String, bool)>,
}

/// The values of each enum of a resolution.
#[must_use]
pub fn values<F: Enums>(resolution: &Resolution<F>) -> Vec<Values> {
    let untyped = resolution.untyped();
    let values = |member: &Member| {
        let names = member.gates.iter().map(|gate| untyped.gates().written(gate).into());
        let gates = names.zip(untyped.values(member.gates)).collect();
        Values { id: member.cells.id(), gates }
    };
    resolution.resolved.members.iter().map(values).collect()
}

/// The values of the process, without regard to the hook.
///
/// # Errors
/// Why several enums cannot be composed.
pub fn process_values<F: Enums>() -> Result<Vec<Values>, Problems> {
    let (set, members) = composed(parts_with_required::<F>(), &[], F::EXTRAS)?;
    let values = |member: &Member| {
        let bits: Vec<u8> = member.cells.values().collect();
        let gates = member.gates.iter().enumerate();
        let gate = |(index, gate)| (set.written(gate).into(), bit(&bits, index));
        Values { id: member.cells.id(), gates: gates.map(gate).collect() }
    };
    Ok(members.iter().map(values).collect())
}

/// A gate's name as it is written in a text, with its component if it has one.
#[must_use]
pub fn written<F: GateEnum>(gate: F) -> String {
    gate_enum::written(gate)
}
