//! The gates of a program at a release, from the manifests of its releases.

use std::collections::{BTreeMap, BTreeSet};
use std::iter;

use featuregate_core::manifest::{Gate, Manifest};
use featuregate_core::{Precision, Registry, Version};

use crate::error::Error;
use crate::program::options::Options;
use crate::program::wanted::Wanted;

/// The manifests of a program's releases.
#[derive(Clone, Debug)]
pub struct Releases {
    /// By release; at least one.
    manifests: BTreeMap<Version, Manifest>,
}

impl Releases {
    /// The manifests of these releases.
    #[must_use]
    pub fn of(manifests: impl IntoIterator<Item = Manifest>) -> Self {
        let manifests = manifests.into_iter().map(|manifest| (manifest.version(), manifest));
        Self { manifests: manifests.collect() }
    }

    /// The same with the gates of components whose manifests are apart, at the newest release of each.
    #[must_use]
    pub(crate) fn with_components(self, components: &BTreeMap<String, Self>) -> Self {
        let newest = |(name, releases): (&String, &Self)| {
            let (_, manifest) = releases.manifests.last_key_value()?;
            Some((Some(name.clone()), manifest.clone()))
        };
        let apart: Vec<_> = components.iter().filter_map(newest).collect();
        Self::of(self.manifests.into_values().map(|manifest| {
            let known = manifest.components().iter().map(|component| Some(component.name.clone()));
            let parts = known.chain([None]).filter_map(|name| {
                let part = manifest.of_component(name.as_deref())?;
                Some((name, part))
            });
            let is_apart =
                |(name, _): &(Option<String>, _)| manifest.of_component(name.as_deref()).is_none();
            Manifest::of_components(parts.chain(apart.iter().filter(|it| is_apart(it)).cloned()))
        }))
    }

    /// The same in a build with these options, which decide the defaults that depend on conditions.
    #[must_use]
    pub(crate) fn built_with(self, options: &Options) -> Self {
        let manifests = self.manifests.into_values();
        Self::of(manifests.map(|manifest| {
            let gates = manifest.gates().iter().cloned().map(|gate| options.applied_to(gate));
            manifest.with_gates(gates.collect::<Vec<Gate>>())
        }))
    }

    /// The environment variables that set its gates, as manifests have them.
    pub(crate) fn variables(&self) -> impl Iterator<Item = &String> {
        self.manifests.values().flat_map(Manifest::variables)
    }

    /// The newest release.
    #[must_use]
    pub fn newest(&self) -> Version {
        self.manifests.keys().next_back().copied().unwrap_or(Version::new(0, 0))
    }

    /// The release that is asked for: without a patch part, the newest one of its minor release that the manifests
    /// mention.
    ///
    /// An error for a release that no manifest knows.
    pub(crate) fn exact(&self, wanted: Wanted) -> Result<Version, Error> {
        let target = wanted.version;
        let counts_patches =
            self.manifests.values().any(|manifest| manifest.versions() == Precision::Patch);
        let of_minor = |version: &Version| version.with_patch(0) == target.with_patch(0);
        let latest = if counts_patches && !wanted.is_patch {
            self.mentioned().filter(of_minor).max()
        } else {
            None
        };
        // Nothing changes in the patch releases of a program that does not count them.
        let target = latest.unwrap_or(if counts_patches { target } else { target.with_patch(0) });
        self.expect(target).map(|()| target)
    }

    /// The releases of the manifests, and of the histories in them.
    fn mentioned(&self) -> impl Iterator<Item = Version> {
        let of_gate = |gate: &Gate| -> Vec<Version> {
            let history = gate.spec.milestones.iter().filter_map(|it| it.since.as_deref());
            let texts = history.chain(gate.spec.removed.as_deref());
            texts.filter_map(|text| Precision::Patch.read(text).ok()).collect()
        };
        let manifests = self.manifests.iter();
        manifests.flat_map(move |(version, manifest)| {
            manifest.gates().iter().flat_map(of_gate).chain([*version])
        })
    }

    /// An error for a release that no manifest knows.
    pub(crate) fn expect(&self, target: Version) -> Result<(), Error> {
        let newest = self.newest();
        if target <= newest {
            return Ok(());
        }
        Err(Error::new(format!(
            "{target} is later than {newest}, the newest release that is known; name a newer list with --manifest FILE"
        )))
    }

    /// The program at a release, by the newest manifest that is not above it, or else the oldest.
    ///
    /// A gate that an older manifest has and that one lacks was removed in between; one that only a newer
    /// manifest has, and there begins later, does not exist yet.
    #[must_use]
    pub fn at(&self, target: Version) -> Option<Release> {
        let not_above = self.manifests.range(..=target).next_back();
        let (version, answering) = not_above.or_else(|| self.manifests.first_key_value())?;
        let mut gates: BTreeMap<&str, Gate> =
            answering.gates().iter().map(|gate| (gate.name(), gate.clone())).collect();
        // A gate that is renamed later is not removed.
        let alive: BTreeSet<&str> = answering.gates().iter().flat_map(names).collect();
        let mut known = alive.clone();
        // From the newest of the older ones back, so that the last manifest of a gate applies.
        let mut lacking = answering;
        for (release, older) in self.manifests.range(..version).rev() {
            // A former name that a gate loses is not a gate, unless it was one in a list.
            let was_gate = |name: &str| {
                self.manifests.range(..release).any(|(_, before)| before.get(name).is_some())
            };
            for gate in older.gates() {
                let former = |name: &str| {
                    older.get(name).is_none() && (!alive.contains(gate.name()) || was_gate(name))
                };
                let lost: Vec<&str> = names(gate)
                    .filter(|name| *name == gate.name() || former(name))
                    .filter(|name| known.insert(name))
                    .collect();
                let Some((name, others)) = lost.split_first() else { continue };
                let without = lacking.component_of(name).map_or(lacking.version(), |it| it.version);
                let removed = gate.spec.removed.as_deref();
                let removed = removed.and_then(|at| Precision::Patch.read(at).ok());
                let removed = removed.filter(|removed| *removed < without).unwrap_or(without);
                let mut tombstone = gate.clone().removed_in(removed);
                (*name).clone_into(&mut tombstone.spec.name);
                tombstone.spec.aliases = others.iter().map(|name| (*name).to_owned()).collect();
                gates.insert(name, tombstone);
            }
            lacking = older;
        }
        for newer in self.manifests.range(target..).map(|(_, newer)| newer) {
            for gate in newer.gates() {
                let first = gate.spec.milestones.first().and_then(|first| first.since.as_deref());
                let first = first.and_then(|first| Precision::Patch.read(first).ok());
                // A component has releases of its own.
                let at = answering.component_of(gate.name()).map_or(target, |it| it.version);
                if first.is_some_and(|first| first > at) {
                    gates.entry(gate.name()).or_insert_with(|| gate.clone());
                }
            }
        }
        let manifest = answering.with_gates(gates.into_values());
        let (registry, _) = manifest.lenient_registry(target);
        Some(Release { target, manifest, registry })
    }
}

/// The name of a gate, and its former ones.
fn names(gate: &Gate) -> impl Iterator<Item = &str> {
    iter::once(gate.name()).chain(gate.spec.aliases.iter().map(String::as_str))
}

/// A program's gates at a release.
#[derive(Clone, Debug)]
pub struct Release {
    /// The release.
    pub target: Version,
    /// Its gates, and the removed ones that the manifests know.
    pub manifest: Manifest,
    /// The same as a registry, in which gates can be set.
    pub registry: Registry,
}

impl Release {
    /// Some of the gates without what they require, for checking a setting by itself.
    pub(crate) fn alone(&self, gates: &[Gate]) -> Registry {
        let mut gates = gates.to_vec();
        for gate in &mut gates {
            gate.spec.requires.clear();
            gate.spec.implies.clear();
        }
        self.manifest.with_gates(gates).lenient_registry(self.target).0
    }
}

/// The gates that are on by default without a gate that they require.
pub(crate) fn broken(registry: &Registry) -> Vec<String> {
    let problems = registry.validate().err();
    problems.iter().flatten().map(|problem| problem.gate().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use featuregate_core::{Problem, ProblemKind};

    fn releases<const N: usize>(manifests: [(&str, &str); N]) -> Releases {
        Releases::of(manifests.map(|(version, gates)| {
            Manifest::read(&format!(
                "{{version: \"{version}\", removedGates: refuse, gates: [{gates}]}}"
            ))
            .unwrap()
        }))
    }

    fn alpha(name: &str, since: &str) -> String {
        format!(
            "{{name: {name}, versionedSpecs: [{{version: \"{since}\", preRelease: Alpha, default: false}}]}}"
        )
    }

    /// What setting a gate at a release leads to.
    fn set(releases: &Releases, target: &str, name: &str) -> Option<ProblemKind> {
        let release = releases.at(target.parse().unwrap()).unwrap();
        let problems = release.registry.clone().set_map([(name, true)]).err()?;
        problems.iter().next().map(Problem::kind).cloned()
    }

    fn removed(at: Version) -> ProblemKind {
        ProblemKind::Removed { value: true, removed: at, ended: false }
    }

    #[test]
    fn a_plan_for_a_gate_that_left_the_list_did_not_happen() {
        let gate = |name: &str, milestones: &str, more: &str| {
            format!("{{name: {name}, versionedSpecs: [{milestones}]{more}}}")
        };
        let alpha = "{version: \"1.30\", preRelease: Alpha, default: false}";
        let beta = "{version: \"1.40\", preRelease: Beta, default: true}";
        let both = format!("{alpha}, {beta}");
        for (what, planned, at) in [
            ("a beta to come", gate("Old", &both, ""), 36),
            ("nothing that came", gate("Old", beta, ""), 36),
            ("a removal to come", gate("Old", alpha, ", removed: \"1.40\""), 36),
            ("a removal that came", gate("Old", alpha, ", removed: \"1.32\""), 32),
        ] {
            let releases = releases([("1.34", &planned), ("1.36", &self::alpha("A", "1.1"))]);
            for target in ["1.36", "1.50"] {
                let problem = set(&releases, target, "Old");
                assert_eq!(problem, Some(removed(Version::new(1, at))), "{what} at {target}");
            }
            let release = releases.at(Version::new(1, 36)).unwrap();
            let (_, problems) = release.manifest.lenient_registry(release.target);
            assert_eq!(problems, [], "{what}");
        }
    }

    #[test]
    fn a_gate_that_a_later_list_lacks_was_removed_with_the_first_one_without_it() {
        let (old, stays) = (alpha("Old", "1.1"), alpha("Stays", "1.1"));
        let releases = releases([
            ("1.2", &format!("{old}, {stays}")),
            ("1.4", &stays),
            ("1.6", &format!("{stays}, {}", alpha("New", "1.5"))),
        ]);
        assert_eq!(releases.newest(), Version::new(1, 6));
        for target in ["1.1", "1.2", "1.3"] {
            assert_eq!(set(&releases, target, "Old"), None, "{target}");
        }
        for target in ["1.4", "1.5", "1.6", "1.9"] {
            let removed = removed(Version::new(1, 4));
            assert_eq!(set(&releases, target, "Old"), Some(removed), "{target}");
            assert_eq!(set(&releases, target, "Stays"), None, "{target}");
        }
        assert!(matches!(
            set(&releases, "1.4", "New"),
            Some(ProblemKind::NotIntroduced { introduced: Some(at), .. }) if at == Version::new(1, 5)
        ));
        assert_eq!(set(&releases, "1.6", "New"), None);
    }

    #[test]
    fn a_gate_that_has_another_name_later_was_not_removed() {
        let new = "{name: New, aliases: [Old], versionedSpecs: [{version: \"1.1\", preRelease: Alpha, default: false}]}";
        let releases = releases([("1.1", &alpha("Old", "1.1")), ("1.2", new)]);
        let release = releases.at(Version::new(1, 2)).unwrap();
        assert_eq!(release.manifest.gates().len(), 1);
        assert_eq!(set(&releases, "1.2", "Old"), None);
    }

    #[test]
    fn a_name_is_removed_with_the_first_list_that_has_it_neither_as_a_gate_nor_as_a_former_name() {
        let gate = |names: &str| alpha(names, "1.1");
        let [old, new, newest] = ["Old", "New, aliases: [Old]", "Newest, aliases: [New]"].map(gate);
        for (lists, expected) in [
            (vec![&old, &new], [None, None]),
            (vec![&old, &new, &gate("Stays")], [Some(3), Some(3)]),
            (vec![&new, &gate("Stays")], [Some(2), Some(2)]),
            (vec![&old, &new, &gate("New")], [Some(3), None]),
            (vec![&old, &new, &newest], [Some(3), None]),
            (vec![&old, &new, &newest, &gate("Stays")], [Some(3), Some(4)]),
            (vec![&new, &gate("Stays"), &old], [None, Some(2)]),
            (
                vec![&gate("A, aliases: [Old, New]"), &gate("A, aliases: [Old]"), &gate("B")],
                [Some(3), Some(2)],
            ),
        ] {
            let manifests = lists.iter().zip(1..).map(|(gates, minor)| {
                let text =
                    format!("version: \"1.{minor}\"\nremovedGates: refuse\ngates: [{gates}]");
                Manifest::read(&text).unwrap()
            });
            let releases = Releases::of(manifests);
            let target = releases.newest().to_string();
            let problems = ["Old", "New"].map(|name| set(&releases, &target, name));
            let expected = expected.map(|at| at.map(|minor| removed(Version::new(1, minor))));
            assert_eq!(problems, expected, "{lists:?}");
        }
    }

    #[test]
    fn a_former_name_that_a_gate_loses_is_not_a_removed_gate() {
        let gate = |names: &str| alpha(names, "1.1");
        let releases = releases([("1.1", &gate("New, aliases: [Old]")), ("1.2", &gate("New"))]);
        // Its feature still exists, so removing the setting would be wrong.
        assert!(matches!(set(&releases, "1.2", "Old"), Some(ProblemKind::Unknown { .. })));
        assert_eq!(set(&releases, "1.2", "New"), None);
    }
}
