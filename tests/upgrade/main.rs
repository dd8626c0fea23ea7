//! What an upgrade does to configurations that people run: for each of them and each release every verdict
//! of the shared data, given by the library from the documented history.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests, where these are the failure"
)]

mod expected;
mod lies;
mod verdict;

use std::collections::{BTreeMap, BTreeSet};

use featuregate_core::Registry;
use featuregate_core::manifest::Manifest;
use featuregate_tests::data;
use serde::Deserialize;

use crate::expected::{File, Report};
use crate::verdict::{Setting, verdicts};

/// A file of the index, which says where it gives gates which values.
#[derive(Deserialize)]
struct Config {
    file: String,
    project: String,
    gates: Vec<Setting>,
}

/// The configurations of Kubernetes, what is expected of them, and the gates of each release.
struct Data {
    configs: BTreeMap<String, Vec<Setting>>,
    expected: Vec<File>,
    releases: BTreeMap<String, Registry>,
}

impl Data {
    fn find() -> Self {
        let folder = data::folder();
        let read = |file: &str| data::read(&folder.join(file));
        let history = Manifest::read(&read("history.featuregates.yaml"));
        let history = history.unwrap_or_else(|error| panic!("{error}"));
        let index: Vec<Config> = serde_json::from_str(&read("configs/index.json")).unwrap();
        let configs = index.into_iter().filter(|config| config.project == "kubernetes");
        let expected: Vec<File> = serde_json::from_str(&read("expected_upgrade.json")).unwrap();
        // The ten gates whose history breaks a rule answer all the same.
        let release = |target: &String| history.lenient_registry(target.parse().unwrap()).0;
        let targets = expected.iter().flat_map(|file| file.targets.keys());
        Self {
            configs: configs.map(|config| (config.file, config.gates)).collect(),
            releases: targets
                .collect::<BTreeSet<_>>()
                .into_iter()
                .map(|target| (target.clone(), release(target)))
                .collect(),
            expected,
        }
    }

    /// What the library says about a file at a release.
    fn report(&self, file: &str, target: &str) -> Report {
        Report::of(verdicts(&self.releases[target], file, &self.configs[file]))
    }

    /// Every difference between what is expected for a file at a release and what the library says.
    fn differences(&self, file: &str, target: &str, expected: &Report) -> Vec<String> {
        let found = self.report(file, target);
        expected
            .differences(&found)
            .map(|difference| format!("{file} at {target}: {difference}"))
            .collect()
    }
}

/// How many verdicts of each kind there are.
fn kinds<'a>(reports: impl Iterator<Item = &'a Report>) -> BTreeMap<String, usize> {
    let mut kinds = BTreeMap::new();
    for found in reports.flat_map(|report| &report.gates) {
        *kinds.entry(found.code.clone()).or_default() += 1;
    }
    kinds
}

#[test]
#[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]
fn every_verdict_on_a_configuration_at_a_release_is_the_one_expected() {
    let data = Data::find();
    let files: BTreeSet<&String> = data.expected.iter().map(|file| &file.file).collect();
    assert_eq!(files, data.configs.keys().collect(), "every configuration of Kubernetes");

    let mut differences = Vec::new();
    let mut found = Vec::new();
    for File { file, targets } in &data.expected {
        assert!(targets.keys().eq(data.releases.keys()), "{file} lacks a release");
        for (target, expected) in targets {
            let report = data.report(file, target);
            let differing = expected.differences(&report);
            differences
                .extend(differing.map(|difference| format!("{file} at {target}: {difference}")));
            found.push(report);
        }
    }
    assert!(differences.is_empty(), "{}:\n{}", differences.len(), differences.join("\n"));

    // That nothing was left out.
    let expected = || data.expected.iter().flat_map(|file| file.targets.values());
    assert_eq!(found.len(), data.configs.len() * data.releases.len());
    assert_eq!(found.len(), expected().count());
    assert_eq!(kinds(found.iter()), kinds(expected()));
    let verdicts: usize = kinds(found.iter()).values().sum();
    assert!(found.len() >= 600 && verdicts >= 1_300, "{} reports, {verdicts}", found.len());
}
