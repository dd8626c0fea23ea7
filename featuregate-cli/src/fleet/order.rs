//! A safe order for a rolling upgrade.

use std::collections::{BTreeMap, BTreeSet};

use featuregate_core::__private::Name;
use featuregate_core::Version;

use crate::finding::Level;
use crate::fleet::finding::{Certainty, Finding};
use crate::fleet::instances::Component;
use crate::fleet::peers::{Peers, instances};
use crate::lint::rules;

/// The steps of an upgrade: a sentence without a full stop each.
pub(crate) fn order(
    findings: &[Finding],
    peers: &[Peers<'_>],
    target: Version,
    is_kubernetes: bool,
) -> Vec<String> {
    let mut steps = Vec::new();
    steps.extend(changes(findings));
    let mut behind: Vec<&Peers<'_>> = peers
        .iter()
        .filter(|peers| peers.release.is_some_and(|release| release < target))
        .collect();
    let rank = |peers: &Peers<'_>| if is_kubernetes { rank(peers.component.as_deref()) } else { 0 };
    // Older ones first, so that as few releases as possible run at once.
    behind.sort_by_key(|peers| (rank(peers), peers.release));
    for peers in &behind {
        let count = peers.instances.len();
        let through =
            if is_kubernetes && rank(peers) < NODES { through(peers, target) } else { None };
        let through = through.map_or_else(String::new, |through| {
            format!(", one minor release at a time ({through})")
        });
        let emulated = match peers.emulated {
            Some(emulated) => {
                format!("; it emulates {emulated}, so raise the emulated version afterwards")
            }
            None => String::new(),
        };
        steps.push(format!(
            "upgrade {} ({count} {}) to {target}{through}{emulated}",
            peers.name(),
            instances(count)
        ));
    }
    let turned_on: BTreeSet<&str> = findings
        .iter()
        .filter(|it| {
            it.what.rule.name == rules::CHANGED_DEFAULT.name && it.what.value == Some(false)
        })
        .map(|finding| &*finding.what.gate)
        .collect();
    let count: usize = behind.iter().map(|peers| peers.instances.len()).sum();
    if !turned_on.is_empty() && count > 1 {
        steps.push(format!(
            "while releases are mixed, only upgraded instances have on: {}; where instances share data, set these to false until the last one is upgraded",
            listed(&turned_on)
        ));
    }
    steps
}

/// Which settings are changed first, by component.
fn changes(findings: &[Finding]) -> Vec<String> {
    /// The gates and instances of a component.
    type Refused<'a> = (BTreeSet<&'a str>, BTreeSet<&'a str>);
    let mut refused: BTreeMap<&Component, Refused<'_>> = BTreeMap::new();
    for finding in findings {
        let what = &finding.what;
        if what.level == Level::Error && what.certainty == Certainty::Certain {
            let (gates, of) = refused.entry(&finding.component).or_default();
            gates.insert(&what.gate);
            of.extend(finding.instance.as_deref());
        }
    }
    let steps = refused.into_iter().map(|(component, (gates, of))| {
        let component =
            component.as_ref().map_or_else(String::new, |name| format!(" of {}", Name(name)));
        let (count, gates) = (of.len(), listed(&gates));
        format!("change what {count} {}{component} would not start with: {gates}", instances(count))
    });
    steps.collect()
}

/// At most ten names.
fn listed(names: &BTreeSet<&str>) -> String {
    const SHOWN: usize = 10;
    let mut shown: Vec<String> = names.iter().take(SHOWN).map(|it| Name(it).to_string()).collect();
    if let Some(more) = names.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        shown.push(format!("and {more} more"));
    }
    shown.join(", ")
}

/// The releases between, which a control plane of Kubernetes cannot leave out.
fn through(peers: &Peers<'_>, target: Version) -> Option<String> {
    let release = peers.release.filter(|it| it.major() == target.major())?;
    let between = release.minor() + 1..target.minor();
    let between: Vec<String> =
        between.map(|minor| Version::new(target.major(), minor).to_string()).collect();
    (!between.is_empty()).then(|| format!("{}, then {target}", between.join(", ")))
}

/// The rank of what runs on every node, which may be three releases older.
const NODES: u8 = 3;

/// In which order Kubernetes is upgraded, by its version skew policy.
fn rank(component: Option<&str>) -> u8 {
    let name = component.unwrap_or_default();
    let contains = |part: &str| name.contains(part);
    if contains("apiserver") {
        0
    } else if contains("controller-manager") || contains("scheduler") {
        1
    } else if contains("kubelet") || contains("proxy") {
        NODES
    } else {
        2
    }
}
