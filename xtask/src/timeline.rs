//! One history of all gates, from the documented one and the lists that were shipped with releases.
//!
//! Before the first list, the documented history applies; from then on, the list of each release does. Documentation and
//! lists disagree in places, and a list is what the release does.

use std::collections::{BTreeMap, BTreeSet};

use featuregate_core::manifest::{Gate, Manifest};
use featuregate_core::{RawMilestone, RawSpec, Version};

/// The gates of all releases, by name. One that is documented but that no list ever had is left out.
///
/// # Errors
/// If a gate leaves the lists and comes back, which a history cannot express.
pub fn merged(
    documented: &Manifest,
    lists: &BTreeMap<Version, Manifest>,
) -> Result<Vec<RawSpec>, String> {
    let names = [documented].into_iter().chain(lists.values());
    let names: BTreeSet<&str> = names.flat_map(Manifest::gates).map(Gate::name).collect();
    let histories = names.into_iter().map(|name| history(name, documented, lists));
    let exists = |spec: &RawSpec| !spec.milestones.is_empty();
    histories.filter(|spec| spec.as_ref().map_or(true, exists)).collect()
}

fn history(
    name: &str,
    documented: &Manifest,
    lists: &BTreeMap<Version, Manifest>,
) -> Result<RawSpec, String> {
    let first = lists.keys().next().copied().unwrap_or(Version::new(u32::MAX, 0));
    let mut spec = RawSpec::new(name);
    if let Some(gate) = documented.get(name) {
        let before = |release: &Option<String>| version(release.as_ref()) < Some(first);
        let milestones = gate.spec.milestones.iter();
        spec.milestones =
            milestones.filter(|milestone| before(&milestone.since)).cloned().collect();
        spec.removed = gate.spec.removed.clone().filter(|removed| before(&Some(removed.clone())));
    }
    for (release, list) in lists {
        let listed = list.get(name).map(|gate| in_force(&gate.spec, *release));
        match listed {
            Some(_) if spec.removed.is_some() => {
                return Err(format!("gate {name} was removed, but {release} lists it"));
            }
            Some(listed) => follow(&mut spec, &listed, *release, first),
            None if spec.removed.is_none() && !spec.milestones.is_empty() => {
                spec.removed = Some(release.to_string());
            }
            None => {}
        }
    }
    Ok(spec)
}

/// Makes a gate at a release what its list says.
fn follow(spec: &mut RawSpec, listed: &[&RawMilestone], release: Version, first: Version) {
    let Some(now) = listed.last() else { return };
    if let Some(before) = spec.milestones.last_mut() {
        let same = (before.stage, before.default) == (now.stage, now.default);
        if same && before.locked == now.locked {
            return;
        }
        // Documentation seldom mentions a lock.
        if same && release == first && before.since == now.since {
            before.locked = now.locked;
            return;
        }
    }
    // Of two entries for one release, the second is for a minimum compatibility version of that release.
    for (index, milestone) in listed.iter().enumerate() {
        let mut milestone = (*milestone).clone();
        milestone.since = Some(release.to_string());
        milestone.min_compat = (index > 0).then(|| release.to_string());
        spec.milestones.push(milestone);
    }
}

/// The last entries of one version that is not above a release.
fn in_force(spec: &RawSpec, release: Version) -> Vec<&RawMilestone> {
    let begun = |milestone: &&RawMilestone| version(milestone.since.as_ref()) <= Some(release);
    let last = spec.milestones.iter().rfind(begun);
    let same = |milestone: &&RawMilestone| last.is_some_and(|last| last.since == milestone.since);
    spec.milestones.iter().filter(same).collect()
}

fn version(text: Option<&String>) -> Option<Version> {
    text.and_then(|text| text.parse().ok())
}
