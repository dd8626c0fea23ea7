//! The lines of a flag's help: which gates may be set.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::declare::stage::Stage;
use crate::gates::component::GateId;
use crate::gates::set::GateSet;
use crate::gates::status::Status;
use crate::order::sorted;

/// One line for each gate that may be set, sorted by name:
/// `MemoryQoS=true|false (ALPHA - default=false)`.
///
/// As Kubernetes' `KnownFeatures`: alpha and beta gates only, since GA and deprecated ones should no longer be
/// set, except GA gates that stay switches. A program may ask for [all that can be
/// set](crate::Component::lists_all_settable). Locked gates are left out, since they cannot be set. A gate whose history also depends on the minimum
/// compatibility version shows both.
///
/// ```
/// use featuregate_core::{GateSet, Version, Versions, help};
///
/// let gates = GateSet::new(Versions::of_binary(Version::new(1, 36)));
/// let lines = help::known_gates(&gates);
/// assert_eq!(lines[0], "AllAlpha=true|false (ALPHA - default=false)");
/// ```
#[must_use]
pub fn known_gates(gates: &GateSet) -> Vec<String> {
    let by_name = |a: &GateId, b: &GateId| gates.written(*a).cmp(gates.written(*b));
    let known = sorted(settable(gates).collect(), &by_name);
    known.into_iter().map(|gate| line(gates, gate)).collect()
}

/// One line for each gate that may be set, sorted by name, for lists of names: `MemoryQoS (ALPHA - default=false)`.
///
/// ```
/// use featuregate_core::{GateSet, Version, Versions, help};
///
/// let gates = GateSet::new(Versions::of_binary(Version::new(1, 36)));
/// assert_eq!(help::known_names(&gates)[0], "AllAlpha (ALPHA - default=false)");
/// ```
#[must_use]
pub fn known_names(gates: &GateSet) -> Vec<String> {
    let by_name = |a: &GateId, b: &GateId| gates.written(*a).cmp(gates.written(*b));
    let known = sorted(settable(gates).collect(), &by_name).into_iter();
    known.map(|gate| format!("{} {}", gates.written(gate), state(&gates.status(gate)))).collect()
}

/// The gates that may be set at the versions in effect, as [`known_gates`] lists them.
pub fn settable(gates: &GateSet) -> impl Iterator<Item = GateId> {
    gates.ids().filter(|&gate| is_listed(gates, gate, &gates.status(gate)))
}

fn is_listed(gates: &GateSet, gate: GateId, status: &Status) -> bool {
    let Status::Free { milestone } = status else { return false };
    let is_switch = milestone.stage == Stage::Ga && gates.spec(gate).is_switchable();
    matches!(milestone.stage, Stage::Alpha | Stage::Beta)
        || is_switch
        || gates.component_of(gate).lists_all_settable()
}

fn line(gates: &GateSet, gate: GateId) -> String {
    let (name, now) = (gates.written(gate), gates.status(gate));
    let line = format!("{name}={}", shown(&now));
    // What applies once no older release has to be supported; the same for most gates.
    let emulated = gates.versions(gate).emulated;
    let strict = gates.status_at(gate, emulated, emulated);
    if strict == now || !is_listed(gates, gate, &strict) {
        return line;
    }
    let since = strict.milestone().and_then(|milestone| milestone.min_compat).unwrap_or(emulated);
    format!("{line}, or {name}={} if --min-compatibility-version>={since}", shown(&strict))
}

fn shown(status: &Status) -> String {
    format!("true|false {}", state(status))
}

fn state(status: &Status) -> String {
    format!("({} - default={})", status.stage().as_upper_str(), status.default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::declare::milestone::RawMilestone;
    use crate::declare::spec::RawSpec;
    use crate::declare::version::Version;
    use crate::registry::Registry;

    #[test]
    fn a_line_shows_what_a_higher_minimum_compatibility_version_changes() {
        let mut registry = Registry::new(Version::new(1, 36));
        let both = RawSpec::new("Both")
            .milestone(RawMilestone::beta("1.36").with_default(false))
            .milestone(RawMilestone::beta("1.36").with_min_compat("1.36"));
        let one = RawSpec::new("One").milestone(RawMilestone::beta("1.34"));
        registry.register([both, one]).unwrap();
        assert_eq!(
            known_gates(registry.gates()),
            [
                "AllAlpha=true|false (ALPHA - default=false)",
                "AllBeta=true|false (BETA - default=false)",
                "Both=true|false (BETA - default=false), or Both=true|false (BETA - default=true) if --min-compatibility-version>=1.36",
                "One=true|false (BETA - default=true)",
            ]
        );
    }
    #[test]
    fn names_are_listed_that_can_be_set_and_are_not_decided() {
        let mut registry = Registry::new(Version::new(1, 36));
        let gate = |name: &str, milestone| RawSpec::new(name).milestone(milestone);
        let unlocked = || RawMilestone::ga("1.30").with_lock(false);
        registry
            .register([
                gate("Switch", unlocked()).switchable(true),
                gate("Unlocked", unlocked()),
                gate("Locked", RawMilestone::ga("1.30")),
                gate("Later", RawMilestone::alpha("1.37")),
            ])
            .unwrap();
        assert_eq!(
            known_names(registry.gates()),
            [
                "AllAlpha (ALPHA - default=false)",
                "AllBeta (BETA - default=false)",
                "Switch (GA - default=true)",
            ]
        );
    }
}
