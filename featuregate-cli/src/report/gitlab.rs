//! The report as GitLab's code quality widget takes it, see
//! <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};
use std::io::{self, Write};

use serde::ser::SerializeSeq as _;
use serde::{Serialize, Serializer};

use super::block::Block;
use super::location::{Names, Viewer};
use crate::finding::{Level, Report};
use crate::io::escape::escape;
use crate::io::json;

#[derive(Serialize)]
struct Violation {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Place,
}

#[derive(Serialize)]
struct Place {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
}

pub(super) fn write(report: &Report, viewer: &Viewer, out: &mut dyn Write) -> io::Result<()> {
    json::write(&Violations { report, viewer }, out)
}

/// The violations, each made when it is written.
struct Violations<'r> {
    report: &'r Report,
    viewer: &'r Viewer,
}

impl Serialize for Violations<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut names = Names::of(self.viewer);
        let mut identities = Identities::default();
        let mut list = serializer.serialize_seq(None)?;
        for block in Block::each(&self.report.findings) {
            let finding = block.finding;
            let path = names.name(&finding.path);
            let value = finding.value.as_deref().unwrap_or_default();
            let identity = format!("{}:{path}:{}={value}", finding.rule, finding.gate);
            list.serialize_element(&Violation {
                description: block.sentence(&self.report.targets),
                check_name: finding.rule,
                fingerprint: identities.fingerprint(identity),
                severity: match finding.level {
                    Level::Error => "major",
                    Level::Warning => "minor",
                    Level::Note => "info",
                },
                location: Place { path, lines: Lines { begin: finding.location.line } },
            })?;
        }
        for skipped in &self.report.skipped {
            let path = names.name(&skipped.path);
            let reason = escape(&skipped.reason).into_owned();
            list.serialize_element(&Violation {
                fingerprint: identities.fingerprint(format!("skipped:{path}:{reason}")),
                description: format!("skipped: {reason}"),
                check_name: "skipped",
                severity: "info",
                location: Place { path, lines: Lines { begin: skipped.line.unwrap_or(1) } },
            })?;
        }
        list.end()
    }
}

/// How often something was reported. GitLab compares two reports by their fingerprints, which do not have the line,
/// so that a change above it is not a new violation.
#[derive(Default)]
struct Identities {
    counts: HashMap<u64, u32>,
    /// Hashes of identities take less memory than these.
    hasher: RandomState,
}

impl Identities {
    fn fingerprint(&mut self, identity: String) -> String {
        let count = self.counts.entry(self.hasher.hash_one(&identity)).or_default();
        *count += 1;
        if *count == 1 { identity } else { format!("{identity}#{count}") }
    }
}
