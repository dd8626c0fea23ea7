//! The shared Kubernetes data: the gate lists of five releases and what gates require.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::PathBuf;

use featuregate_core::Version;
use serde::{Deserialize, Deserializer};

/// Names that lists before 1.36 give in the spelling of the Go constant: none is a gate.
const GO_CONSTANTS: [&str; 2] = ["CPUCFSQuotaPeriod", "RuntimeClassInImageCriAPI"];

/// The releases whose list exists, in order; the last is the example's own.
const RELEASES: [Version; 5] = [
    Version::new(1, 32),
    Version::new(1, 33),
    Version::new(1, 34),
    Version::new(1, 35),
    Version::new(1, 36),
];

pub(crate) struct Data {
    folder: PathBuf,
}

/// A gate as the lists have it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ListedGate {
    pub(crate) name: String,
    #[serde(rename = "versionedSpecs")]
    pub(crate) specs: Vec<ListedSpec>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ListedSpec {
    #[serde(rename = "version", deserialize_with = "version")]
    pub(crate) since: Version,
    #[serde(rename = "preRelease")]
    pub(crate) stage: String,
    pub(crate) default: bool,
    #[serde(rename = "lockToDefault")]
    pub(crate) locked: bool,
}

impl fmt::Display for ListedSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { since, stage, default, locked } = self;
        write!(f, "{since} {stage} default={default} locked={locked}")
    }
}

fn version<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Version, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
}

/// A gate that an older list has and the newest lacks.
pub(crate) struct Removed {
    /// The first release without it.
    pub(crate) since: Version,
    pub(crate) value: bool,
    /// What the last list with it says.
    pub(crate) specs: Vec<ListedSpec>,
}

impl fmt::Display for Removed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "removed in {} with {}", self.since, self.value)?;
        self.specs.iter().try_for_each(|spec| write!(f, ", {spec}"))
    }
}

impl Data {
    /// The data; a test that needs it is ignored where it does not exist.
    pub(crate) fn find() -> Self {
        Self { folder: featuregate_tests::data::folder() }
    }

    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.folder.join(file)
    }

    pub(crate) fn read(&self, file: &str) -> String {
        featuregate_tests::data::read(&self.path(file))
    }

    /// The newest list.
    pub(crate) fn list(&self) -> Vec<ListedGate> {
        self.list_in("versioned_feature_list.yaml")
    }

    fn list_in(&self, file: &str) -> Vec<ListedGate> {
        let gates: Vec<ListedGate> = serde_saphyr::from_str(&self.read(file))
            .unwrap_or_else(|error| panic!("{file}: {error}"));
        assert!(gates.len() > 100, "{file} has only {} gates", gates.len());
        gates
    }

    /// What the gates of the list require of each other. Four of them require one of client-go, which is not in the list.
    pub(crate) fn requires(&self) -> BTreeMap<String, BTreeSet<String>> {
        let mut requires: BTreeMap<String, BTreeSet<String>> =
            serde_json::from_str(&self.read("dependencies.1.36.json")).unwrap();
        let listed: BTreeSet<String> = self.list().into_iter().map(|gate| gate.name).collect();
        for needed in requires.values_mut() {
            needed.retain(|gate| listed.contains(gate));
        }
        requires.retain(|_, needed| !needed.is_empty());
        let edges: usize = requires.values().map(BTreeSet::len).sum();
        assert_eq!(edges, 57 - 4, "edges to gates of the list");
        requires
    }

    /// What was removed between the oldest list and the newest.
    pub(crate) fn removed(&self) -> BTreeMap<String, Removed> {
        let mut removed: BTreeMap<String, Removed> = BTreeMap::new();
        for pair in RELEASES.windows(2) {
            let list = |release: Version| {
                self.list_in(&format!("versioned_feature_list.{release}.yaml"))
                    .into_iter()
                    .map(|gate| (gate.name, gate.specs))
                    .collect::<BTreeMap<_, _>>()
            };
            let after = list(pair[1]);
            for (name, specs) in list(pair[0]) {
                if after.contains_key(&name) || GO_CONSTANTS.contains(&name.as_str()) {
                    continue;
                }
                // A later spec is a plan for releases that never had the gate.
                let ending = specs.iter().rfind(|spec| spec.since <= pair[0]).unwrap();
                let value = ending.default;
                let entry = Removed { since: pair[1], value, specs };
                assert!(removed.insert(name.clone(), entry).is_none(), "{name} came back");
            }
        }
        removed
    }
}
