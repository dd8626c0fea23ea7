//! What Kubernetes' `FeatureGate` can do besides, and few programs need: the replay of its recorded scenarios does.

use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::Registry;
use crate::declare::stage::Stage;
use crate::declare::version::Version;
use crate::gates::set::GateSet;
use crate::gates::status::Status;
use crate::gates::versions::Versions;
use crate::problem::notice::{Notice, NoticeKind};
use crate::problem::problems::{Problem, ProblemKind, Problems};
use crate::resolve::help;

impl Registry {
    /// Records that the gates were shown to the operator (`AddFlag`, `Close`): from now on none can be
    /// registered and no default overridden.
    pub fn close(&mut self) {
        self.closed = true;
    }

    /// Overrides the default of the milestone in effect (`OverrideDefault`), for all versions that have this
    /// milestone, and returns a notice if that is GA or deprecated.
    ///
    /// # Errors
    /// [`Problems`], as for a setting: an unknown or locked gate, one that does not exist yet, what a
    /// dependency forbids, or that the registry is [closed](Self::close).
    pub fn override_default(&mut self, name: &str, value: bool) -> Result<Vec<Notice>, Problems> {
        let Versions { emulated, min_compat, .. } = match self.gates.lookup(name) {
            Some(lookup) => self.gates.versions(lookup.gate),
            None => self.versions(),
        };
        self.override_at(name, value, emulated, min_compat)
    }

    /// Overrides the default of the milestone that applies at a version (`OverrideDefaultAtVersion`).
    ///
    /// # Errors
    /// As for [`override_default`](Self::override_default).
    pub fn override_default_at(
        &mut self,
        name: &str,
        value: bool,
        version: Version,
    ) -> Result<Vec<Notice>, Problems> {
        self.override_at(name, value, version, version.previous_minor())
    }

    fn override_at(
        &mut self,
        name: &str,
        value: bool,
        emulated: Version,
        min_compat: Version,
    ) -> Result<Vec<Notice>, Problems> {
        if self.closed {
            return Err(Problem::closed("override a default", name).into());
        }
        let refused = |kind| Problems::from(Problem::of_gate(kind, name));
        let mut gates = GateSet::clone(&self.gates);
        let Some(gate) = gates.lookup(name).map(|lookup| lookup.gate) else {
            let nearest = gates.nearest(name);
            return Err(refused(ProblemKind::Unknown { nearest }));
        };
        let status = gates.status_at(gate, emulated, min_compat);
        let introduced = gates.spec(gate).introduced();
        let not_introduced = ProblemKind::NotIntroduced { value, introduced, emulated };
        let now = match status {
            Status::Removed { since: removed, value: ended, .. } => {
                return Err(refused(ProblemKind::Removed { value, removed, ended }));
            }
            Status::NotIntroduced { milestone, .. }
            | Status::NotCompiledIn { milestone }
            | Status::Locked { milestone }
            | Status::Free { milestone } => milestone,
        };
        if now.locked {
            let (stage, locked_to) = (now.stage, now.default);
            return Err(refused(ProblemKind::Locked { value, locked_to, stage }));
        }
        if now.stage == Stage::PreAlpha {
            return Err(refused(not_introduced));
        }
        gates.spec_mut(gate).edit_at(emulated, min_compat, |milestone| milestone.default = value);
        // The notices of the requests in force were given when these were made.
        self.change(|next| next.gates = Arc::new(gates))?;
        let kind = match now.stage {
            Stage::Ga => NoticeKind::OverrideGa,
            Stage::Deprecated => NoticeKind::OverrideDeprecated,
            _ => return Ok(Vec::new()),
        };
        let gate = name.to_string();
        Ok(Vec::from([Notice { kind, gate, value, item: None, origin: None, written: None }]))
    }

    /// Runs as another release (`SetEmulationVersionAndMinCompatibilityVersion`).
    ///
    /// # Errors
    /// As for [`emulate`](Self::emulate).
    pub fn emulate_with(
        &mut self,
        emulated: Version,
        min_compat: Version,
    ) -> Result<Vec<Notice>, Problems> {
        let component = self.component;
        self.edit_gates(|gates| {
            let versions = &mut gates.component_mut(component).versions;
            *versions = Versions { binary: versions.binary, emulated, min_compat };
        })
    }

    /// Whether a request of its own is in force (`ExplicitlySet`), for a gate by its name or alias.
    #[must_use]
    pub fn explicitly_set(&self, name: &str) -> bool {
        let gate = |name: &str| self.gates.lookup(name).map(|lookup| lookup.gate);
        gate(name).is_some_and(|wanted| {
            self.requests.iter().any(|request| gate(&request.name) == Some(wanted))
        })
    }

    /// The lines of a flag's help (`KnownFeatures`): see [`help::known_gates`].
    #[must_use]
    pub fn known_gates(&self) -> Vec<String> {
        help::known_gates(&self.gates)
    }

    /// A copy without the requests, and open (`DeepCopyAndReset`). It keeps gates, dependencies,
    /// overridden defaults and versions; `clone` keeps the requests too (`DeepCopy`).
    ///
    /// # Errors
    /// What a dependency forbids, once nothing is set.
    pub fn copy_and_reset(&self) -> Result<Self, Problems> {
        let mut copy = self.clone();
        copy.closed = false;
        copy.change(|next| next.requests.clear())?;
        Ok(copy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::declare::milestone::RawMilestone;
    use crate::declare::spec::RawSpec;

    #[test]
    fn a_default_is_not_overridden_before_the_gate_is_introduced() {
        let mut registry = Registry::new(Version::new(1, 36));
        let early = RawMilestone::new("1.30", Stage::PreAlpha);
        let gate = RawSpec::new("A").milestone(early).milestone(RawMilestone::alpha("1.36"));
        registry.register([gate]).unwrap();
        let before = Version::new(1, 34);
        assert!(registry.override_default_at("A", true, before).is_err());
        registry.override_default_at("A", true, Version::new(1, 36)).unwrap();
        assert_eq!(registry.enabled("A"), Some(true));
    }
}
