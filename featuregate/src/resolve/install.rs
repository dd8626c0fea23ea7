//! From a resolution to the values of the process.

use core::fmt;
use core::marker::PhantomData;

use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use featuregate_core::Notice;

use crate::declare::bits::{bit, packed};
use crate::declare::gate_enum::GateEnum;
use crate::memory::cells::{Claim, install, install_provisionally};
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
    /// What is returned shows what the operator should know; print it:
    ///
    /// ```
    /// # use featuregate::FeatureGate;
    /// #[derive(Clone, Copy, FeatureGate)]
    /// enum Feature {
    ///     /// A cache in front of the disk.
    ///     #[gate(deprecated)]
    ///     Cache,
    /// }
    ///
    /// let installed = Feature::resolver().flag("Cache=true").resolve()?.install()?;
    /// eprint!("{installed}");
    /// # assert!(installed.to_string().starts_with("warning: --feature-gates, column 1, \"Cache=true\": gate Cache is"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`AlreadyInstalled`] if one of the enums is installed. Then nothing has changed, and this thread sees
    /// the values of that enum from now on.
    pub fn install(self) -> Result<Installed<F>, AlreadyInstalled> {
        let read = install(&self.resolved, &self.claims()).ok_or(AlreadyInstalled)?;
        let read_before = self.read_before(read);
        Ok(Installed { resolved: self.resolved, read_before, of: PhantomData })
    }

    /// Makes these the values for now: of the flags, say, before the configuration is read. A later
    /// [`install`](Self::install) replaces them, and in debug builds reports the gates that were read in between
    /// and then changed.
    ///
    /// ```
    /// # use featuregate::FeatureGate;
    /// #[derive(Clone, Copy, FeatureGate)]
    /// enum Feature {
    ///     /// Reads the configuration in a new way.
    ///     #[gate(alpha)]
    ///     NewConfig,
    /// }
    ///
    /// let flags = Feature::resolver().flag("NewConfig=true");
    /// eprint!("{}", flags.clone().resolve()?.install_provisionally()?);
    /// assert!(Feature::NewConfig.enabled());
    /// let config = []; // Read with the gates of the flags.
    /// eprint!("{}", flags.config(config).resolve()?.install()?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// Until then nothing counts as [`installed`](crate::FeatureGate::installed). The notices are not shown: the
    /// later install has them.
    ///
    /// # Errors
    /// [`AlreadyInstalled`] if one of the enums is installed for good.
    pub fn install_provisionally(&self) -> Result<Provisional, AlreadyInstalled> {
        let read = install_provisionally(&self.claims()).ok_or(AlreadyInstalled)?;
        Ok(Provisional { read_before: self.read_before(read) })
    }

    fn claims(&self) -> Vec<Claim<Resolved>> {
        let Resolved { resolution, members, .. } = &*self.resolved;
        let claim = |member: &Member| member.cells.claim(packed(resolution.values(member.gates)));
        members.iter().map(claim).collect()
    }

    /// The names of the gates whose bits are set.
    fn read_before(&self, read: Vec<Vec<u8>>) -> Vec<String> {
        let Resolved { resolution, members, .. } = &*self.resolved;
        let read_of = |(member, read): (&Member, Vec<u8>)| {
            let is_read = move |(index, gate)| bit(&read, index).then_some(gate);
            member.gates.iter().enumerate().filter_map(is_read)
        };
        let gates = members.iter().zip(read).flat_map(read_of);
        gates.map(|gate| resolution.gates().written(gate).into()).collect()
    }
}

/// A resolution is installed.
///
/// `Display` has what the operator should know, each in a line: the notices, and the gates that were read before their
/// value changed, in which case the program may already have acted on the old value.
///
/// If gates of the enum may change while the program runs, this is where they are changed. It is a handle: its clones
/// are about the same gates, and [`get`](Self::get) returns one anywhere.
#[must_use = "it has notices for the operator: print it"]
pub struct Installed<F> {
    pub(crate) resolved: Arc<Resolved>,
    read_before: Vec<String>,
    of: PhantomData<fn() -> F>,
}

impl<F: Enums> Installed<F> {
    /// What the operator should know of the settings that were installed.
    #[must_use]
    pub fn notices(&self) -> &[Notice] {
        self.resolved.resolution.notices()
    }

    /// The names of the gates that were read before their value changed, in the order of declaration.
    /// Empty in release builds, which do not record it.
    #[must_use]
    pub fn read_before(&self) -> &[String] {
        &self.read_before
    }

    /// What is in effect now: what was installed, with the changes since.
    pub fn resolution(&self) -> Resolution<F> {
        Resolution::of_resolved(Arc::clone(&self.resolved).current())
    }
}

impl<F: GateEnum> Installed<F> {
    /// What is installed, if something is. It has no gates that were read before, which the first one has.
    #[must_use]
    pub fn get() -> Option<Self> {
        let resolved = F::cells().installed()?;
        Some(Self { resolved, read_before: Vec::new(), of: PhantomData })
    }
}

impl<F> Clone for Installed<F> {
    fn clone(&self) -> Self {
        let (resolved, read_before) = (Arc::clone(&self.resolved), self.read_before.clone());
        Self { resolved, read_before, of: PhantomData }
    }
}

/// How many notices there are, and which gates were read before.
impl<F> fmt::Debug for Installed<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Installed")
            .field("notices", &self.resolved.resolution.notices().len())
            .field("read_before", &self.read_before)
            .finish()
    }
}

/// A line for each warning; nothing if there is none. What was left out, where it was resolved leniently, comes first.
impl<F> fmt::Display for Installed<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in self.resolved.resolution.problems() {
            writeln!(f, "warning: {problem}")?;
        }
        for notice in self.resolved.resolution.notices() {
            writeln!(f, "warning: {notice}")?;
        }
        write_read_before(f, &self.read_before)
    }
}

/// A resolution is installed for now: see [`Resolution::install_provisionally`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[must_use = "it has the gates that were read too early: print it"]
pub struct Provisional {
    read_before: Vec<String>,
}

impl Provisional {
    /// The names of the gates that were read before their value changed, as for [`Installed::read_before`].
    #[must_use]
    pub fn read_before(&self) -> &[String] {
        &self.read_before
    }
}

/// A line for each gate that was read before its value changed.
impl fmt::Display for Provisional {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_read_before(f, &self.read_before)
    }
}

fn write_read_before(f: &mut fmt::Formatter<'_>, gates: &[String]) -> fmt::Result {
    gates.iter().try_for_each(|gate| {
        writeln!(f, "warning: gate {gate} was read before the value that it has now was installed")
    })
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
