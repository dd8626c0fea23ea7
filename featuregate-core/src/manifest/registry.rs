//! The gates of a manifest, ready to be set.

use alloc::vec::Vec;

use super::Manifest;
use crate::declare::dependency;
use crate::declare::gate_set::{GateSet, Taken};
use crate::declare::lifecycle::{self, Strictness};
use crate::declare::version::Version;
use crate::declare::versions::Versions;
use crate::registry::Registry;
use crate::resolve::problem::{Problem, ProblemKind, Problems};

impl Manifest {
    /// A registry of the gates, for a program of that release, which treats removed gates as the manifest
    /// says.
    ///
    /// # Errors
    /// Every fault of every history and dependency, as [`Registry::register`] tells them.
    ///
    /// ```
    /// use featuregate_core::Version;
    /// use featuregate_core::manifest::Manifest;
    ///
    /// let manifest = Manifest::read(
    ///     "[{name: A, versionedSpecs: [{version: \"1.30\", preRelease: Alpha, default: false}]}]",
    /// )?;
    /// let mut registry = manifest.registry(Version::new(1, 36))?;
    /// registry.set("A=true")?;
    /// assert_eq!(registry.enabled("A"), Some(true));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn registry(&self, binary: Version) -> Result<Registry, Problems> {
        let mut registry = Registry::new(binary);
        registry.treat_removed(self.removed())?;
        registry.register(self.gates().iter().map(|gate| gate.spec.clone()))?;
        Ok(registry)
    }

    /// The same also where histories or dependencies break rules, as real ones do, with every breach.
    ///
    /// A history is taken as it stands: see [`lifecycle::judge`]. A gate whose name is taken, an alias that
    /// is, and a dependency on a gate that is not there are left out; other dependencies hold.
    ///
    /// ```
    /// use featuregate_core::Version;
    /// use featuregate_core::manifest::Manifest;
    ///
    /// let manifest = Manifest::read(
    ///     "[{name: A, versionedSpecs: [{version: \"1.30\", preRelease: Deprecated, default: true}]}]",
    /// )?;
    /// assert!(manifest.registry(Version::new(1, 36)).is_err());
    ///
    /// let (registry, breaches) = manifest.lenient_registry(Version::new(1, 36));
    /// assert_eq!(breaches[0].gate(), "A");
    /// assert_eq!(registry.enabled("A"), Some(true));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn lenient_registry(&self, binary: Version) -> (Registry, Vec<Problem>) {
        let mut breaches = Vec::new();
        let mut set = GateSet::default();
        let component = set.add_component(None, Versions::of_binary(binary), self.removed());
        let mut aliases = Vec::new();
        for gate in self.gates() {
            let (mut spec, faults) = lifecycle::judge(gate.spec.clone(), Strictness::Data);
            let history = |fault| Problem::of_gate(ProblemKind::History(fault), gate.name());
            breaches.extend(faults.into_iter().map(history));
            // A gate's own name counts more than another one's alias.
            let of_gate = core::mem::take(&mut spec.aliases);
            match set.insert(component, spec) {
                Ok(position) => aliases.extend(of_gate.into_iter().map(|alias| (position, alias))),
                Err(taken) => breaches.push(name_taken(&set, gate.name(), taken)),
            }
        }
        for (position, alias) in aliases {
            if let Err(taken) = set.add_alias(position, alias) {
                breaches.push(name_taken(&set, set.written(position), taken));
            }
        }
        set.link();
        breaches.extend(dependency::check(&set).into_iter().map(Problem::of_dependency));
        (Registry::of_gates(set), breaches)
    }
}

fn name_taken(set: &GateSet, gate: &str, taken: Taken) -> Problem {
    let by = taken.by.map_or("", |by| set.written(by)).into();
    Problem::of_gate(ProblemKind::NameTaken { name: taken.name.into(), by }, gate)
}
