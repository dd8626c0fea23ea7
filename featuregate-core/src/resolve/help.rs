//! The lines of a flag's help: which gates may be set.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::declare::gate_set::GateSet;
use crate::declare::milestone::Milestone;
use crate::declare::spec::GateSpec;
use crate::declare::stage::Stage;
use crate::resolve::versions::Versions;

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
/// let lines = help::known_gates(&GateSet::new(), Versions::of_binary(Version::new(1, 36)));
/// assert_eq!(lines[0], "AllAlpha=true|false (ALPHA - default=false)");
/// ```
#[must_use]
pub fn known_gates(gates: &GateSet, versions: Versions) -> Vec<String> {
    let mut lines: Vec<String> =
        settable(gates, versions).map(|(spec, now)| line(gates, spec, now, versions)).collect();
    lines.sort();
    lines
}

/// The gates that may be set at the versions in effect, with what holds for them.
pub fn settable(
    gates: &GateSet,
    versions: Versions,
) -> impl Iterator<Item = (&GateSpec, Milestone)> {
    let Versions { binary, emulated, min_compat } = versions;
    gates
        .gates()
        .iter()
        .filter(move |spec| spec.removed().is_none_or(|removed| removed > binary))
        .map(move |spec| (spec, spec.at(emulated, min_compat)))
        .filter(|(spec, now)| listed(now) && spec.available())
}

fn listed(now: &Milestone) -> bool {
    matches!(now.stage(), Stage::Alpha | Stage::Beta) && !now.locked()
}

fn line(gates: &GateSet, spec: &GateSpec, now: Milestone, versions: Versions) -> String {
    let name = written(gates, spec);
    let mut line = format!("{name}={}", told(now));
    // What holds once no older release has to be supported; the same for most gates.
    let strict = spec.at(versions.emulated, versions.emulated);
    if strict != now && listed(&strict) {
        let since = strict.min_compat().unwrap_or(versions.emulated);
        let told = told(strict);
        line = format!("{line}, or {name}={told} if --min-compatibility-version>={since}");
    }
    line
}

fn told(now: Milestone) -> String {
    format!("true|false ({} - default={})", now.stage().as_upper_str(), now.default())
}

/// The name as it stands in a text, with the component's prefix if there is one.
#[must_use]
pub fn written(gates: &GateSet, spec: &GateSpec) -> String {
    match gates.component() {
        Some(component) => format!("{component}:{}", spec.name()),
        None => spec.name().into(),
    }
}
