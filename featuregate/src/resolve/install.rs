//! From a resolution to the values of the process.

use core::fmt;

use alloc::string::String;
use alloc::vec::Vec;

use crate::declare::bits::{bit, packed};
use crate::memory::cells::{Claim, install};
use crate::memory::installed::{Member, Resolved};
use crate::resolve::enums::Enums;
use crate::resolve::resolution::Resolution;

impl<F: Enums> Resolution<F> {
    /// Makes these the values that `Feature::X.enabled()` returns. A process can do this once for an enum; of several
    /// enums, all are installed or none.
    ///
    /// Install before threads start that check gates. A check that runs at the same time sees old or new
    /// values, for eight neighbouring gates together, but only for these. Once a thread sees what was
    /// [`installed`](crate::FeatureGate::installed), it sees all new values, of all of these enums.
    ///
    /// # Errors
    /// [`AlreadyInstalled`] if one of the enums is installed. Then nothing has changed, and this thread sees
    /// the values of that enum from now on.
    pub fn install(self) -> Result<Installed, AlreadyInstalled> {
        let Resolved { resolution, members } = &*self.resolved;
        let claims: Vec<Claim<Resolved>> = members
            .iter()
            .map(|member| member.cells.claim(packed(resolution.values(member.gates))))
            .collect();
        let read = install(&self.resolved, &claims).ok_or(AlreadyInstalled)?;
        let read_of = |(member, read): (&Member, Vec<u8>)| {
            let is_read = move |(index, gate)| bit(&read, index).then_some(gate);
            member.gates.iter().enumerate().filter_map(is_read)
        };
        let read_before = members
            .iter()
            .zip(read)
            .flat_map(read_of)
            .map(|gate| resolution.gates().written(gate).into())
            .collect();
        Ok(Installed { read_before })
    }
}

/// A resolution is installed.
///
/// If a gate was read before its value changed, the program may already have acted on the old value:
/// install first. Such gates are recorded in debug builds only.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[must_use = "gates that were read before their value changed should be reported"]
pub struct Installed {
    read_before: Vec<String>,
}

impl Installed {
    /// The names of the gates that were read before their value changed, in the order of declaration.
    /// Empty in release builds, which do not record it.
    #[must_use]
    pub fn read_before(&self) -> &[String] {
        &self.read_before
    }
}

/// A resolution of this enum was already installed; a process can install only one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct AlreadyInstalled;

impl fmt::Display for AlreadyInstalled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("these gates are already installed, and a process installs them once; use the values of Resolution::gates instead")
    }
}

impl core::error::Error for AlreadyInstalled {}
