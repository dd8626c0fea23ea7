//! `featuregate verify`.

use std::path::PathBuf;

use clap::Args;

use crate::code::checked::Checked;
use crate::code::names::Names;
use crate::commands::output::{Console, Outcome, diff};
use crate::commands::reporting::Reporting;
use crate::commands::uses::declaring;
use crate::error::Error;
use crate::lint::audit::{Audit, Compared};
use crate::lint::rule::Policy;
use crate::lint::transition::Evidence;
use crate::lint::verify::{stale_manifest, unused_gate};
use crate::records::read::{Records, Tested};
use crate::report::Report;
use crate::source::selection::{Selected, Selection};

/// Compares the source with the manifest, and applies the rules.
///
/// The manifest must be up to date with the source, and published history may not change: neither that of the existing
/// manifest, nor with --base that of another revision. `featuregate rule` lists the rules; featuregate.toml
/// sets their levels.
#[derive(Debug, Args)]
pub(crate) struct Verify {
    #[command(flatten)]
    selection: Selection,
    /// Verifies all packages of the workspace that have enums, each with its own manifest.
    #[arg(long, conflicts_with_all = ["package", "src", "manifest"])]
    workspace: bool,
    /// Also compares with the manifest of this git revision, such as the target branch of a change, or the tag of
    /// the last release.
    #[arg(long, value_name = "REV")]
    base: Option<String>,
    /// The levels of rules; by default featuregate.toml beside the package's Cargo.toml or in a folder above it.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Also reports the values of gates that no test has read, from the records in DIR; see `featuregate coverage`. May
    /// be repeated.
    #[arg(long, value_name = "DIR")]
    coverage: Vec<PathBuf>,
    #[command(flatten)]
    reporting: Reporting,
}

impl Verify {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Error> {
        let selected = if self.workspace {
            self.selection.code.read_workspace()?
        } else {
            vec![self.selection.read()?]
        };
        let records = match self.coverage.as_slice() {
            [] => None,
            folders => Some(Records::read(folders)?),
        };
        let policy = |selected: &Selected| Policy::find(self.config.as_deref(), &selected.folder);
        let policies = selected.iter().map(policy).collect::<Result<Vec<Policy>, Error>>()?;
        // All code is read only where it matters.
        let searches = policies.iter().any(|policy| policy.level(&unused_gate::RULE).is_some());
        let checked = searches.then(|| self.checked(&selected)).transpose()?;
        let mut reports = Vec::new();
        for (selected, policy) in selected.iter().zip(&policies) {
            let tested = |records| Tested { records, crates: &selected.crates };
            let tested = records.as_ref().map(tested);
            let evidence = Evidence { tested, checked: checked.as_ref() };
            reports.push(self.verify(selected, policy, evidence, console)?);
        }
        let report = Report::joined(reports);
        let outcome = if report.has_errors() { Outcome::Errors } else { Outcome::Clean };
        self.reporting.write(&report, console)?;
        Ok(outcome)
    }

    /// What the code uses of the declared gates.
    fn checked(&self, selected: &[Selected]) -> Result<Checked, Error> {
        let workspace = self.selection.code.searched()?;
        Checked::find(&Names::new(&workspace, declaring(selected)))
    }

    /// Verifies a package.
    fn verify(
        &self,
        selected: &Selected,
        policy: &Policy,
        evidence: Evidence<'_>,
        console: &mut Console,
    ) -> Result<Report, Error> {
        let compared = Compared::of(selected, self.base.as_deref())?;
        let mut audit = Audit::of(selected, policy);
        audit.over_time(&compared);
        audit.now(&compared, evidence);
        if self.reporting.is_for_people()
            && !self.reporting.is_quiet()
            && policy.level(&stale_manifest::RULE).is_some()
        {
            let lines = stale_lines(&compared);
            for line in &lines {
                writeln!(console.out, "{line}")?;
            }
            if !lines.is_empty() {
                writeln!(console.out)?;
            }
        }
        Ok(audit.report())
    }
}

/// The lines of the manifest that are not up to date.
fn stale_lines(compared: &Compared<'_>) -> Vec<String> {
    let declared = !compared.components.is_empty();
    let Some(committed) = compared.committed.as_ref().filter(|_| declared) else {
        return Vec::new();
    };
    let path = compared.path.display().to_string();
    diff((&path, &committed.text), ("expected from the source", &compared.text))
}
