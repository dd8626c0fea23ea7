//! The report for programs. Its fields are a contract.

use std::io::{self, Write};

use serde::{Serialize, Serializer};

use super::Report;
use crate::finding::Level;
use crate::fleet::finding::{Certainty, Finding, SetIn};
use crate::fleet::instances::Instance;
use crate::fleet::missing::Missing;
use crate::io::json;

pub(crate) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let whole = Whole {
        version: 1,
        target: report.target.map(|target| target.to_string()),
        instances: Each(report.instances, InstanceJson::of),
        findings: Each(&report.findings, FindingJson::of),
        order: &report.order,
        missing: &report.missing,
    };
    json::write(&whole, out)
}

#[derive(Serialize)]
struct Whole<'r> {
    version: u32,
    target: Option<String>,
    instances: Each<'r, Instance, InstanceJson<'r>>,
    findings: Each<'r, Finding, FindingJson<'r>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    order: &'r [String],
    missing: &'r [Missing],
}

/// Items, each made when it is written.
struct Each<'r, T, J>(&'r [T], fn(&'r T) -> J);

impl<T, J: Serialize> Serialize for Each<'_, T, J> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(self.1))
    }
}

#[derive(Serialize)]
struct InstanceJson<'r> {
    instance: &'r str,
    component: Option<&'r str>,
    release: Option<String>,
    /// The release that applies, if that is another one.
    emulated: Option<String>,
    gates: usize,
}

impl<'r> InstanceJson<'r> {
    fn of(instance: &'r Instance) -> Self {
        let profile = &instance.profile;
        Self {
            instance: &instance.name,
            component: instance.component.as_deref(),
            release: profile.release.map(|release| release.to_string()),
            emulated: profile.emulated.map(|release| release.to_string()),
            gates: profile.gates,
        }
    }
}

#[derive(Serialize)]
struct FindingJson<'r> {
    rule: &'static str,
    level: Level,
    certainty: Certainty,
    instance: Option<&'r str>,
    component: Option<&'r str>,
    gate: &'r str,
    value: Option<bool>,
    message: &'r str,
    help: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<&'r str>,
    #[serde(rename = "setIn", skip_serializing_if = "Vec::is_empty")]
    set_in: Vec<SetInJson<'r>>,
}

#[derive(Serialize)]
struct SetInJson<'r> {
    path: &'r str,
    line: u32,
    column: u32,
}

impl<'r> FindingJson<'r> {
    fn of(finding: &'r Finding) -> Self {
        let what = &*finding.what;
        let set_in = |set_in: &'r SetIn| SetInJson {
            path: &set_in.path,
            line: set_in.location.line,
            column: set_in.location.column,
        };
        Self {
            rule: what.rule.name,
            level: what.level,
            certainty: what.certainty,
            instance: finding.instance.as_deref(),
            component: finding.component.as_deref(),
            gate: &what.gate,
            value: what.value,
            message: &what.message,
            help: &what.help,
            since: what.since.as_deref(),
            set_in: what.set_in.iter().map(set_in).collect(),
        }
    }
}
