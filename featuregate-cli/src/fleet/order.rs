//! A safe order for a rolling upgrade.

use std::collections::{BTreeMap, BTreeSet};

use featuregate_core::__private::Name;
use featuregate_core::Version;

use crate::finding::Level;
use crate::fleet::finding::{Certainty, Finding};
use crate::fleet::instances::Component;
use crate::fleet::peers::{Peers, Place, instances};
use crate::lint::rules;

/// The steps of an upgrade of the program that the target is a release of: a sentence without a full stop each.
pub(crate) fn order(
    findings: &[Finding],
    peers: &[Peers<'_>],
    target: Version,
    is_kubernetes: bool,
) -> Vec<String> {
    let mut steps = changes(findings);
    let mut behind: Vec<Part<'_, '_>> = peers.iter().filter_map(Part::of).collect();
    behind.retain(|part| part.release < target);
    if is_kubernetes {
        // Another program has other releases.
        behind.retain(|part| part.place().is_some());
    }
    // Older ones first, so that as few releases as possible run at once.
    behind.sort_by_key(|part| part.release);
    let count: usize = behind.iter().map(|part| part.peers.instances.len()).sum();
    steps.extend(if is_kubernetes {
        kubernetes(behind, target)
    } else {
        behind.iter().map(|part| part.upgrade(target, target)).collect()
    });
    let turned_on: BTreeSet<&str> = findings
        .iter()
        .map(|finding| &finding.what)
        .filter(|what| what.rule.name == rules::CHANGED_DEFAULT.name && what.value == Some(false))
        .filter(|what| !what.is_locked)
        .map(|what| &*what.gate)
        .collect();
    if !turned_on.is_empty() && count > 1 {
        steps.push(format!(
            "while releases are mixed, only upgraded instances have on: {}; where instances share data, set these to false until the last one is upgraded",
            listed(&turned_on)
        ));
    }
    steps
}

/// The instances of a component that are upgraded together, and their release as the steps go on.
struct Part<'a, 'f> {
    peers: &'a Peers<'f>,
    release: Version,
}

impl<'a, 'f> Part<'a, 'f> {
    /// `None` if the release is not known.
    fn of(peers: &'a Peers<'f>) -> Option<Self> {
        peers.release.map(|release| Self { peers, release })
    }

    fn place(&self) -> Option<Place> {
        Place::of(self.peers.component.as_deref())
    }

    /// The step to a release; the last one reminds of the release that is emulated.
    fn upgrade(&self, to: Version, target: Version) -> String {
        let Self { peers, release, .. } = self;
        let count = peers.instances.len();
        let component = peers.component.as_ref();
        let name = component.map_or_else(|| "release".to_owned(), |name| Name(name).to_string());
        let emulated =
            peers.emulated.filter(|_| to == target).map_or_else(String::new, |emulated| {
                format!("; it emulates {emulated}, so raise the emulated version afterwards")
            });
        format!("upgrade {name} {release} ({count} {}) to {to}{emulated}", instances(count))
    }

    /// Adds that step.
    fn go(&mut self, to: Version, target: Version, steps: &mut Vec<String>) {
        if self.release < to {
            steps.push(self.upgrade(to, target));
            self.release = to;
        }
    }
}

/// How many minor releases older than the API server what runs on nodes may be.
const OLDER: u32 = 3;

/// The order of Kubernetes' version skew policy: the control plane leaves out no release and goes first, as far as the nodes
/// are not too old for that.
fn kubernetes(mut behind: Vec<Part<'_, '_>>, target: Version) -> Vec<String> {
    let mut steps = Vec::new();
    behind.sort_by_key(Part::place);
    let (mut control, mut nodes): (Vec<_>, Vec<_>) =
        behind.into_iter().partition(|part| part.place() < Some(Place::Node));
    let oldest = control.iter().map(|part| part.release).min();
    let oldest = oldest.filter(|oldest| oldest.major() == target.major());
    let releases = oldest.map(|oldest| oldest.minor() + 1..=target.minor());
    for minor in releases.into_iter().flatten() {
        let release = |minor| Version::new(target.major(), minor);
        for node in &mut nodes {
            if node.release < release(minor.saturating_sub(OLDER)) {
                node.go(release(minor - 1), target, &mut steps);
            }
        }
        for part in &mut control {
            part.go(release(minor), target, &mut steps);
        }
    }
    nodes.sort_by_key(|part| part.release);
    for part in control.iter_mut().chain(&mut nodes) {
        part.go(target, target, &mut steps);
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
