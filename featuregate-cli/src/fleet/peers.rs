//! Instances compared with one another: those of a component at a release, and those of different releases.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use featuregate_core::__private::{Name, on_or_off};
use featuregate_core::Version;

use crate::finding::Level;
use crate::fleet::base::{Known, Origin};
use crate::fleet::finding::{Certainty, Finding, What};
use crate::fleet::instances::{Component, Instance, KUBE, NameId, Profile};
use crate::fleet::missing::Missing;
use crate::lint::rule::Policy;
use crate::lint::rules;

/// The part of Kubernetes that a component is, in the order in which these are upgraded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    ApiServer,
    /// What asks only the API server, and must not be newer.
    Controller,
    /// A part that does not say which one it is.
    Unknown,
    /// What runs on every node.
    Node,
}

impl Place {
    /// `None` for a program that is not a part of Kubernetes.
    pub(crate) fn of(component: Option<&str>) -> Option<Self> {
        let Some(name) = component.filter(|name| *name != KUBE) else {
            return Some(Self::Unknown);
        };
        let contains = |part: &str| name.contains(part);
        if contains("apiserver") {
            Some(Self::ApiServer)
        } else if contains("controller-manager") || contains("scheduler") {
            Some(Self::Controller)
        } else if contains("kubelet") || contains("proxy") {
            Some(Self::Node)
        } else {
            None
        }
    }
}

/// The instances of a component at a release.
pub(crate) struct Peers<'a> {
    pub(crate) component: Component,
    pub(crate) release: Option<Version>,
    pub(crate) emulated: Option<Version>,
    pub(crate) instances: Vec<&'a Instance>,
    /// How many have each value, by gate: off, and on.
    counts: BTreeMap<NameId, [usize; 2]>,
}

impl<'a> Peers<'a> {
    /// All of them, by component and release.
    pub(crate) fn all(instances: &'a [Instance]) -> Vec<Self> {
        type Of = (Component, Option<Version>, Option<Version>);
        let mut groups: BTreeMap<Of, Vec<&Instance>> = BTreeMap::new();
        for instance in instances {
            let Profile { release, emulated, .. } = *instance.profile;
            let of = (instance.component.clone(), release, emulated);
            groups.entry(of).or_default().push(instance);
        }
        let peers = groups.into_iter().map(|((component, release, emulated), instances)| {
            let counts = counts(&instances);
            Self { component, release, emulated, instances, counts }
        });
        peers.collect()
    }

    /// Whether it is a part of Kubernetes, as far as its name says that, and not an extension or another program.
    pub(crate) fn is_of_kubernetes(&self) -> bool {
        Place::of(self.component.as_deref()).is_some()
    }

    fn count(&self, gate: NameId, on: bool) -> usize {
        let [of_off, of_on] = self.counts.get(&gate).copied().unwrap_or_default();
        if on { of_on } else { of_off }
    }

    /// `kubelet 1.36`, as far as it is known.
    pub(crate) fn name(&self) -> String {
        let component = self.component.as_ref().map(|name| Name(name).to_string());
        match (component, self.release) {
            (Some(component), Some(release)) => format!("{component} {release}"),
            (Some(component), None) => component,
            (None, Some(release)) => format!("release {release}"),
            (None, None) => "an unknown program".to_owned(),
        }
    }
}

/// Counts each set of values once.
fn counts(instances: &[&Instance]) -> BTreeMap<NameId, [usize; 2]> {
    let mut profiles: HashMap<*const Profile, (&Profile, usize)> = HashMap::new();
    for instance in instances {
        let profile = &instance.profile;
        profiles.entry(Arc::as_ptr(profile)).or_insert((profile, 0)).1 += 1;
    }
    let mut counts: BTreeMap<NameId, [usize; 2]> = BTreeMap::new();
    for (profile, times) in profiles.into_values() {
        for value in &profile.values {
            let [off, on] = counts.entry(value.gate).or_default();
            *if value.on { on } else { off } += times;
        }
    }
    counts
}

/// The instances that differ from most of their peers, or from the default where there are as many of both.
pub(crate) fn drift(known: &mut Known<'_>, peers: &[Peers<'_>], policy: &Policy) -> Vec<Finding> {
    let rule = &rules::GATE_DRIFT;
    let Some(level) = policy.level(rule) else { return Vec::new() };
    let mut findings = Vec::new();
    for group in peers {
        let mut odd: BTreeMap<NameId, Arc<What>> = BTreeMap::new();
        for (&gate, &[off, on]) in group.counts.iter().filter(|(_, count)| !count.contains(&0)) {
            let name = &known.fleet.names[gate];
            let usual = if off == on { usual(known, group, gate) } else { on > off };
            let (same, others) = if usual { (on, off) } else { (off, on) };
            let kind = if is_group(known, group, gate) { "group" } else { "gate" };
            let message = format!(
                "{kind} {} is {} here, and {} at {same} of {} instances of {}",
                Name(name),
                on_or_off(!usual),
                on_or_off(usual),
                same + others,
                group.name(),
            );
            let help = format!("set it to {usual} here too, or find out why this instance differs");
            odd.insert(
                gate,
                Arc::new(What::of(
                    rule,
                    level,
                    Certainty::Certain,
                    Arc::clone(name),
                    !usual,
                    message,
                    help,
                )),
            );
        }
        if odd.is_empty() {
            continue;
        }
        for instance in &group.instances {
            for value in &instance.profile.values {
                let what = odd.get(&value.gate).filter(|what| what.value == Some(value.on));
                findings.extend(what.map(|what| Finding {
                    what: Arc::clone(what),
                    instance: Some(Arc::clone(&instance.name)),
                    component: instance.component.clone(),
                }));
            }
        }
    }
    findings
}

/// The programs that run a release that their list of gates does not have yet.
pub(crate) fn newer(known: &Known<'_>, peers: &[Peers<'_>]) -> Vec<Missing> {
    let newer = peers.iter().filter_map(|peers| {
        let (program, releases) = known.program(peers.component.as_ref());
        // The list of Kubernetes is not that of another program.
        if known.programs.is_built_in && program.is_none() && !peers.is_of_kubernetes() {
            return None;
        }
        let first = peers.instances.first()?;
        let newest = releases.newest();
        (first.profile.effective()? > newest).then(|| {
            let reason = format!("its release is newer than the list of gates, which ends with {newest}, so that its defaults are not known");
            Missing::of(&peers.name(), reason)
        })
    });
    newer.collect()
}

/// The programs that do not say which release they are.
pub(crate) fn without_release(peers: &[Peers<'_>]) -> Vec<Missing> {
    let without = peers.iter().filter(|peers| peers.release.is_none());
    let reason = "its release is not known, so that its defaults are not known";
    without.map(|peers| Missing::of(&peers.name(), reason.to_owned())).collect()
}

/// Whether that is a group of the program.
fn is_group(known: &mut Known<'_>, peers: &Peers<'_>, gate: NameId) -> bool {
    peers
        .instances
        .first()
        .is_some_and(|first| known.base(peers.component.as_ref(), &first.profile).is_group(gate))
}

/// Whether a gate can only have its default.
fn is_locked(known: &mut Known<'_>, group: &Peers<'_>, gate: NameId) -> bool {
    group.instances.first().is_some_and(|first| {
        let base = known.base(group.component.as_ref(), &first.profile);
        base.status(gate).is_some_and(|status| status.is_locked())
    })
}

/// The default of a gate.
fn usual(known: &mut Known<'_>, group: &Peers<'_>, gate: NameId) -> bool {
    let Some(instance) = group.instances.first() else { return false };
    let base = known.base(group.component.as_ref(), &instance.profile);
    let value = instance.profile.get(gate);
    value.and_then(|value| base.default(*value)).unwrap_or_default()
}

/// The gates that have another value than the default, by component and release.
pub(crate) fn away(known: &mut Known<'_>, peers: &[Peers<'_>], policy: &Policy) -> Vec<Finding> {
    let rule = &rules::NON_DEFAULT_GATE;
    let Some(level) = policy.level(rule) else { return Vec::new() };
    let mut findings = Vec::new();
    for peers in peers {
        let mut seen = BTreeSet::new();
        // Whether it was set for certain, by gate and value.
        let mut of_profiles: BTreeMap<(NameId, bool), bool> = BTreeMap::new();
        for instance in &peers.instances {
            if !seen.insert(Arc::as_ptr(&instance.profile)) {
                continue;
            }
            let base = known.base(peers.component.as_ref(), &instance.profile);
            let origins = base.origins(&instance.profile);
            // A setting may repeat the default.
            let away = origins.iter().filter(|(value, _)| base.default(*value) != Some(value.on));
            for (value, origin) in away {
                let is_set = of_profiles.entry((value.gate, value.on)).or_default();
                *is_set |= *origin == Origin::Setting { certain: true };
            }
        }
        for ((gate, on), certain) in of_profiles {
            let name = &known.fleet.names[gate];
            let (count, all) = (peers.count(gate, on), peers.instances.len());
            let message = format!(
                "gate {} is {} at {count} of {all} instances of {}, and {} by default",
                Name(name),
                on_or_off(on),
                peers.name(),
                on_or_off(!on),
            );
            let certainty = if certain { Certainty::Certain } else { Certainty::Possible };
            let (name, help) = (Arc::clone(name), String::new());
            findings.push(Finding {
                what: Arc::new(What::of(rule, level, certainty, name, on, message, help)),
                instance: None,
                component: peers.component.clone(),
            });
        }
    }
    findings
}

/// The gates that are on while instances of older releases of the same program have them off, or do not have them.
pub(crate) fn skew(known: &mut Known<'_>, peers: &[Peers<'_>], policy: &Policy) -> Vec<Finding> {
    let rule = &rules::RELEASE_SKEW;
    let Some(level) = policy.level(rule) else { return Vec::new() };
    let mut findings = Vec::new();
    for newer in peers {
        let Some(release) = newer.release else { continue };
        let (program, _) = known.program(newer.component.as_ref());
        let older: Vec<&Peers<'_>> = peers
            .iter()
            .filter(|older| older.release.is_some_and(|older| older < release))
            .filter(|older| known.program(older.component.as_ref()).0 == program)
            .filter(|older| {
                !known.programs.is_built_in
                    || older.component == newer.component
                    || [older, &newer].iter().all(|it| it.is_of_kubernetes())
            })
            .collect();
        let gates = newer.counts.iter().filter(|(_, [_, on])| *on > 0).map(|(gate, _)| *gate);
        let gates: Vec<NameId> = if older.is_empty() { Vec::new() } else { gates.collect() };
        for gate in gates {
            let name = &known.fleet.names[gate];
            if is_group(known, newer, gate) {
                continue;
            }
            let count: usize = older.iter().map(|older| lacking(known, older, gate)).sum();
            if count == 0 {
                continue;
            }
            let is_default = usual(known, newer, gate);
            let on = newer.count(gate, true);
            let message = format!(
                "gate {} is on at {on} {} of {}, and not at {count} older {}",
                Name(name),
                instances(on),
                newer.name(),
                instances(count),
            );
            let help = if is_locked(known, newer, gate) {
                format!(
                    "upgrade the others to {release} soon, if instances share data or talk to each other; it is locked there"
                )
            } else {
                format!(
                    "keep it off with {}=false until all run {release}, if instances share data or talk to each other",
                    Name(name)
                )
            };
            // A default is what a release was tested with.
            let level = if is_default { level.min(Level::Note) } else { level };
            let (name, certainty) = (Arc::clone(name), Certainty::Certain);
            findings.push(Finding {
                what: Arc::new(What::of(rule, level, certainty, name, true, message, help)),
                instance: None,
                component: newer.component.clone(),
            });
        }
    }
    findings
}

/// How many of the instances have a gate off, or do not have it yet.
fn lacking(known: &mut Known<'_>, older: &Peers<'_>, gate: NameId) -> usize {
    if let Some([off, _]) = older.counts.get(&gate) {
        return *off;
    }
    // Not every component has every gate.
    let first = older.instances.first();
    let base = first.map(|first| known.base(older.component.as_ref(), &first.profile));
    let is_new = base.is_some_and(|base| base.is_not_introduced(gate));
    if is_new { older.instances.len() } else { 0 }
}

/// `instance` or `instances`.
pub(crate) fn instances(count: usize) -> &'static str {
    if count == 1 { "instance" } else { "instances" }
}
