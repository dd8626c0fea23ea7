//! The gates of a manifest, ready to be set.

use alloc::vec::Vec;

use super::list::Manifest;
use crate::declare::group::Groups;
use crate::declare::lifecycle::{self, Strictness};
use crate::declare::spec::Text;
use crate::declare::version::Version;
use crate::gates::dependency;
use crate::gates::names::written_with;
use crate::gates::set::GateSet;
use crate::gates::versions::Versions;
use crate::nearest::Case;
use crate::problem::problems::{Problem, ProblemKind, Problems};
use crate::registry::Registry;

impl Manifest {
    /// A registry of the gates, for a program of that release, which treats removed gates as the manifest
    /// says. A named component is of the release that the manifest says.
    ///
    /// # Errors
    /// Every fault of every history and dependency, as [`Registry::register`] reports them.
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
        if !self.components.is_empty() || *self.groups() != Groups::default() {
            let (registry, breaches) = self.lenient_registry(binary);
            Problems::none(breaches)?;
            registry.validate()?;
            return Ok(registry);
        }
        let mut registry = Registry::new(binary);
        registry.treat_removed(self.removed())?;
        registry.register(self.gates().iter().map(|gate| gate.spec.clone()))?;
        Ok(registry)
    }

    /// The same also where histories or dependencies break rules, as real ones do, with every breach.
    ///
    /// A history is taken as it is: see [`lifecycle::judge`]. A gate whose name is taken, an alias that
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
        set.compare_letters(Case::ANY);
        let mut aliases = Vec::new();
        let named = self.components.iter().map(|component| Some(component.name.as_str()));
        for name in [None].into_iter().chain(named) {
            let Some(part) = self.of_component(name) else { continue };
            let version = if name.is_none() { binary } else { part.version() };
            let versions = Versions::of_binary(version);
            let prefix = name.map(|name| Text::Owned(name.into()));
            let component =
                set.add_component(prefix, versions, part.removed(), part.groups().clone());
            for gate in part.gates {
                let written = written_with(name, gate.name());
                let (mut spec, faults) = lifecycle::judge(gate.spec, Strictness::Data);
                let history = |fault| Problem::of_gate(ProblemKind::History(fault), &written);
                breaches.extend(faults.into_iter().map(history));
                // A gate's own name counts more than another one's alias.
                let of_gate = core::mem::take(&mut spec.rare.aliases);
                match set.insert(component, spec) {
                    Ok(id) => aliases.extend(of_gate.into_iter().map(|alias| (id, alias))),
                    Err(taken) => breaches.push(Problem::name_taken(&set, &written, taken)),
                }
            }
        }
        for (id, alias) in aliases {
            if let Err(taken) = set.add_alias(id, alias) {
                breaches.push(Problem::name_taken(&set, set.written(id), taken));
            }
        }
        set.link();
        breaches.extend(dependency::check(&set).into_iter().map(Problem::of_dependency));
        (Registry::of_gates(set), breaches)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::declare::lifecycle::Rule;
    use crate::declare::milestone::RawMilestone;
    use crate::declare::spec::{RawSpec, RemovedPolicy};
    use crate::gates::dependency::DependencyError;
    use crate::manifest::Gate;

    const RELEASE: Version = Version::new(1, 36);

    fn alpha(name: &str) -> RawSpec {
        RawSpec::new(name).milestone(RawMilestone::alpha("1.30"))
    }

    fn manifest(removed: RemovedPolicy, gates: impl IntoIterator<Item = RawSpec>) -> Manifest {
        Manifest::new(RELEASE, removed, gates.into_iter().map(Gate::new))
    }

    fn broken() -> Manifest {
        let back = alpha("Back").milestone(RawMilestone::beta("1.29"));
        manifest(
            RemovedPolicy::Refuse,
            [
                alpha("A").requires("B"),
                alpha("AllBeta"),
                alpha("B").requires("A").requires("Nowhere").alias("Back"),
                back,
            ],
        )
    }

    #[test]
    fn the_faults_of_a_manifest_are_those_of_registering_its_gates() {
        let reported = broken().registry(RELEASE).unwrap_err();
        let raw = broken().gates().iter().map(|gate| gate.spec.clone()).collect::<Vec<_>>();
        assert_eq!(reported, Registry::new(RELEASE).register(raw).unwrap_err());
        assert!(reported.iter().count() > 2, "{reported}");
    }

    #[test]
    fn a_manifest_that_breaks_rules_gives_a_registry_and_every_breach() {
        let (registry, breaches) = broken().lenient_registry(RELEASE);
        let gates: Vec<&str> = breaches.iter().map(Problem::gate).collect();
        assert_eq!(gates, ["AllBeta", "Back", "B", "B", ""]);
        let kinds: Vec<&ProblemKind> = breaches.iter().map(Problem::kind).collect();
        assert!(matches!(
            kinds[..],
            [
                ProblemKind::NameTaken { .. },
                ProblemKind::History(fault),
                ProblemKind::NameTaken { .. },
                ProblemKind::InvalidDependency(DependencyError::Unknown { .. }),
                ProblemKind::InvalidDependency(DependencyError::Cycle { .. }),
            ] if fault.rule() == Rule::VersionOrder
        ));

        assert_eq!(registry.enabled("Back"), Some(true), "the last that is not above");
        let mut cycle = registry.clone();
        assert!(cycle.set("A=true").is_err());
        cycle.set("A=true,B=true").unwrap();
        assert_eq!(cycle.enabled("B"), Some(true));
    }

    #[test]
    fn a_manifest_without_breaches_gives_the_same_registry_either_way() {
        let manifest = manifest(RemovedPolicy::Tolerate, [alpha("A").requires("B"), alpha("B")]);
        let (lenient, breaches) = manifest.lenient_registry(RELEASE);
        assert_eq!(breaches, []);
        let strict = manifest.registry(RELEASE).unwrap();
        assert_eq!(lenient.gates().specs(), strict.gates().specs());
        for mut registry in [lenient, strict] {
            assert!(registry.set("A=true").is_err());
            assert!(registry.set("A=true,B=true").is_ok());
        }
    }

    #[test]
    fn a_registry_treats_removed_gates_as_the_manifest_says() {
        let removed = RawSpec::new("Gone").removed("1.30").final_value(true);
        for (policy, tolerates) in [(RemovedPolicy::Tolerate, true), (RemovedPolicy::Refuse, false)]
        {
            let manifest = manifest(policy, [removed.clone()]);
            let strict = manifest.registry(RELEASE).unwrap();
            for mut registry in [strict, manifest.lenient_registry(RELEASE).0] {
                assert_eq!(registry.set("Gone=true").is_ok(), tolerates);
            }
        }
    }
}
