//! The lines of a flag's help: which gates may be set.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::declare::gate_set::GateSet;
use crate::declare::milestone::Milestone;
use crate::declare::spec::GateSpec;
use crate::declare::stage::Stage;
use crate::declare::versions::Versions;
use crate::order::sorted;

/// One line for each gate that may be set, sorted by name:
/// `MemoryQoS=true|false (ALPHA - default=false)`.
///
/// As Kubernetes' `KnownFeatures`: alpha and beta gates only, since GA and deprecated ones should not be
/// set any more. Locked ones are left out too, since they can't be. A gate whose history also depends
/// on the minimum compatibility version tells both.
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
    let known = sorted(settable(gates).collect(), &|a: &Known<'_>, b| a.name.cmp(b.name));
    known.iter().map(line).collect()
}

/// A gate that may be set at the versions in effect.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// Its name as it is written.
    pub name: &'a str,
    /// Its declaration.
    pub spec: &'a GateSpec,
    /// What holds for it.
    pub now: Milestone,
    versions: Versions,
}

/// The gates that may be set at the versions in effect.
pub fn settable(gates: &GateSet) -> impl Iterator<Item = Known<'_>> {
    gates.gates().iter().enumerate().filter_map(|(position, spec)| {
        let versions = gates.versions(position);
        let now = spec.at(versions.emulated, versions.min_compat);
        let there = listed(&now) && gates.available(position) && !spec.is_gone(versions.binary);
        there.then(|| Known { name: gates.written(position), spec, now, versions })
    })
}

fn listed(now: &Milestone) -> bool {
    matches!(now.stage(), Stage::Alpha | Stage::Beta) && !now.locked()
}

fn line(known: &Known<'_>) -> String {
    let Known { name, spec, now, versions } = known;
    let mut line = format!("{name}={}", told(*now));
    // What holds once no older release has to be supported; the same for most gates.
    let strict = spec.at(versions.emulated, versions.emulated);
    if strict != *now && listed(&strict) {
        let since = strict.min_compat().unwrap_or(versions.emulated);
        let told = told(strict);
        line = format!("{line}, or {name}={told} if --min-compatibility-version>={since}");
    }
    line
}

fn told(now: Milestone) -> String {
    format!("true|false ({} - default={})", now.stage().as_upper_str(), now.default())
}
