//! The gates of a program at a release, from the manifests of its releases.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::Path;

use featuregate_core::manifest::{Gate, Manifest};
use featuregate_core::{Registry, Version};

use crate::failure::Failure;

/// The manifests of a program's releases.
#[derive(Clone, Debug)]
pub struct Releases {
    /// By release; at least one.
    manifests: BTreeMap<Version, Manifest>,
}

impl Releases {
    /// Reads manifests, each given as `FILE` or `VERSION=FILE`.
    pub(crate) fn read<S: AsRef<OsStr>>(arguments: &[S]) -> Result<Self, Failure> {
        let mut manifests = BTreeMap::new();
        let mut mistakes = Vec::new();
        for argument in arguments {
            match read(argument.as_ref()) {
                Ok(manifest) => {
                    let version = manifest.version();
                    if manifests.insert(version, manifest).is_some() {
                        mistakes.push(format!(
                            "two manifests are of release {version}; write VERSION=FILE to say which releases they are of"
                        ));
                    }
                }
                Err(mistake) => mistakes.push(mistake),
            }
        }
        if mistakes.is_empty() {
            Ok(Self { manifests })
        } else {
            Err(Failure::new(mistakes.join("\nerror: ")))
        }
    }

    /// The manifests of these releases.
    #[must_use]
    pub fn of(manifests: impl IntoIterator<Item = Manifest>) -> Self {
        let manifests = manifests.into_iter().map(|manifest| (manifest.version(), manifest));
        Self { manifests: manifests.collect() }
    }

    /// The newest release.
    #[must_use]
    pub fn newest(&self) -> Version {
        self.manifests.keys().next_back().copied().unwrap_or(Version::new(0, 0))
    }

    /// The program at a release: the newest manifest that is not above it answers, else the oldest.
    ///
    /// A gate that an older manifest has and that one lacks was removed in between; one that only a newer
    /// manifest has, and there begins later, does not exist yet.
    #[must_use]
    pub fn at(&self, target: Version) -> Option<Release> {
        let not_above = self.manifests.range(..=target).next_back();
        let (version, answering) = not_above.or_else(|| self.manifests.first_key_value())?;
        let mut gates: BTreeMap<&str, Gate> =
            answering.gates().iter().map(|gate| (gate.name(), gate.clone())).collect();
        // A gate that has another name now is not gone.
        let renamed: BTreeSet<&str> = answering
            .gates()
            .iter()
            .flat_map(|gate| gate.spec.aliases.iter().map(String::as_str))
            .collect();
        // From the newest of the older ones back, so that the last word on a gate counts.
        let mut without = *version;
        for (release, older) in self.manifests.range(..version).rev() {
            for gate in older.gates().iter().filter(|gate| !renamed.contains(gate.name())) {
                gates.entry(gate.name()).or_insert_with(|| {
                    let mut gone = gate.clone();
                    gone.spec.removed.get_or_insert_with(|| without.to_string());
                    gone
                });
            }
            without = *release;
        }
        for newer in self.manifests.range(target..).map(|(_, newer)| newer) {
            for gate in newer.gates() {
                let first = gate.spec.milestones.first().and_then(|first| first.since.as_deref());
                let first = first.and_then(|first| first.parse::<Version>().ok());
                if first.is_some_and(|first| first > target) {
                    gates.entry(gate.name()).or_insert_with(|| gate.clone());
                }
            }
        }
        let manifest =
            Manifest::new(*version, answering.removed(), gates.into_values().collect::<Vec<_>>());
        let (registry, _) = manifest.lenient_registry(target);
        Some(Release { target, manifest, registry })
    }
}

/// A program's gates at a release.
#[derive(Clone, Debug)]
pub struct Release {
    /// The release.
    pub target: Version,
    /// Its gates, with those that were removed, as far as the manifests know them.
    pub manifest: Manifest,
    /// The same, ready to be set.
    pub registry: Registry,
}

/// The manifest that an argument names.
fn read(argument: &OsStr) -> Result<Manifest, String> {
    let (version, path) = split(argument);
    let shown = Path::new(path).display();
    let bytes = std::fs::read(path).map_err(|error| {
        let advice = "name the list of gates with --manifest FILE";
        format!("the manifest {shown} can't be read: {error}; {advice}")
    })?;
    let manifest = manifest(&shown.to_string(), &bytes)?;
    Ok(match version {
        Some(version) => manifest.with_version(version),
        None => manifest,
    })
}

/// The manifest that a file of that name holds, or everything that is wrong with it.
pub(crate) fn manifest(shown: &str, bytes: &[u8]) -> Result<Manifest, String> {
    Manifest::read_bytes(bytes).map_err(|error| {
        let told: Vec<String> =
            error.to_string().lines().map(|line| format!("{shown}:{line}")).collect();
        format!("the manifest {shown} is malformed:\n{}", told.join("\n"))
    })
}

/// The release and the file of `VERSION=FILE`; a file may have an equals sign in its name.
fn split(argument: &OsStr) -> (Option<Version>, &OsStr) {
    let split = argument.to_str().and_then(|text| text.split_once('='));
    match split.and_then(|(version, path)| Some((version.parse().ok()?, path))) {
        Some((version, path)) => (Some(version), OsStr::new(path)),
        None => (None, argument),
    }
}
