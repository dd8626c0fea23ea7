//! The records of `expected_upgrade.json`.

use std::collections::BTreeMap;

use serde::Deserialize;

/// What is expected of a file, by release.
#[derive(Deserialize)]
pub(crate) struct File {
    pub(crate) file: String,
    pub(crate) targets: BTreeMap<String, Report>,
}

/// What is found in a file at a release.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Report {
    pub(crate) breaks: bool,
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
    pub(crate) gates: Vec<Found>,
}

/// What is found about a gate that is given a value.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Found {
    pub(crate) name: String,
    pub(crate) value: bool,
    pub(crate) lines: Vec<u32>,
    pub(crate) status: String,
    pub(crate) stage: Option<String>,
    pub(crate) default: Option<bool>,
    pub(crate) locked: Option<bool>,
    pub(crate) severity: String,
    pub(crate) code: String,
    pub(crate) removed_in: Option<String>,
    pub(crate) first: Option<String>,
}

impl Report {
    pub(crate) fn of(gates: Vec<Found>) -> Self {
        let count =
            |severity: &str| gates.iter().filter(|found| found.severity == severity).count();
        let (errors, warnings) = (count("error"), count("warning"));
        Self { breaks: errors > 0, errors, warnings, gates }
    }

    /// What another report says differently.
    pub(crate) fn differences<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = String> + 'a {
        let totals = |report: &Self| (report.breaks, report.errors, report.warnings);
        let total = (totals(self) != totals(other))
            .then(|| format!("expected {:?}, found {:?}", totals(self), totals(other)));
        let longest = self.gates.len().max(other.gates.len());
        let gates = (0..longest).filter_map(|index| {
            let (expected, found) = (self.gates.get(index), other.gates.get(index));
            (expected != found).then(|| format!("expected {expected:?}, found {found:?}"))
        });
        total.into_iter().chain(gates)
    }
}
