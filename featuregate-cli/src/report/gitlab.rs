//! The report as GitLab's code quality widget takes it, see
//! <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>.

use std::collections::HashMap;
use std::io::{self, Write};

use serde::Serialize;

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
    let mut names = Names::of(viewer);
    let mut identities = Identities::default();
    let mut violations = Vec::new();
    for block in Block::of(&report.findings) {
        let finding = block.finding;
        let path = names.name(&finding.path);
        let value = finding.value.as_deref().unwrap_or_default();
        let identity = format!("{}:{path}:{}={value}", finding.rule, finding.gate);
        violations.push(Violation {
            description: block.sentence(&report.targets),
            check_name: finding.rule,
            fingerprint: identities.fingerprint(identity),
            severity: match finding.level {
                Level::Error => "major",
                Level::Warning => "minor",
                Level::Note => "info",
            },
            location: Place { path, lines: Lines { begin: finding.location.line } },
        });
    }
    for skipped in &report.skipped {
        let path = names.name(&skipped.path);
        let reason = escape(&skipped.reason).into_owned();
        violations.push(Violation {
            fingerprint: identities.fingerprint(format!("skipped:{path}:{reason}")),
            description: format!("skipped: {reason}"),
            check_name: "skipped",
            severity: "info",
            location: Place { path, lines: Lines { begin: skipped.line.unwrap_or(1) } },
        });
    }
    json::write(&violations, out)
}

/// How often something was reported. GitLab compares two reports by their fingerprints, which do not have the line,
/// so that a change above it is not a new violation.
#[derive(Default)]
struct Identities(HashMap<String, usize>);

impl Identities {
    fn fingerprint(&mut self, identity: String) -> String {
        let count = self.0.entry(identity.clone()).or_default();
        *count += 1;
        if *count == 1 { identity } else { format!("{identity}#{count}") }
    }
}
