//! The declared gates against their manifests and the policy.

use std::collections::BTreeSet;
use std::path::PathBuf;

use featuregate_core::manifest::Manifest;

use crate::error::Error;
use crate::finding::{Finding, Report, Subject, Tally};
use crate::io::text::with_line_ends_of;
use crate::lint::rule::{Policy, Rule};
use crate::lint::rules::{OF_NOW, OVER_TIME, of_diagnostic};
use crate::lint::transition::{Evidence, Now, Transition, finding};
use crate::lint::verify::stale_manifest;
use crate::program::committed::Committed;
use crate::source::component::{self, Component};
use crate::source::diagnostic::Diagnostic;
use crate::source::selection::Selected;

/// The components of a program with the manifests that they are compared with.
#[derive(Debug)]
pub(crate) struct Compared<'a> {
    pub(crate) components: &'a [Component],
    /// The file of the manifest.
    pub(crate) path: PathBuf,
    /// The manifest in that file.
    pub(crate) committed: Option<Committed>,
    /// The manifest in the revision that was asked for.
    base: Option<Committed>,
    /// The manifest that should be in the file: what is declared, with what only the committed one knows.
    pub(crate) expected: Manifest,
    /// Its text.
    pub(crate) text: String,
}

impl<'a> Compared<'a> {
    /// The components of a source, with their manifests.
    pub(crate) fn of(selected: &'a Selected, base: Option<&str>) -> Result<Self, Error> {
        let components = &*selected.source.components;
        let path = selected.manifest();
        let committed = Committed::read(&path)?;
        let base = match base {
            Some(revision) => Committed::at(revision, &path)?,
            None => None,
        };
        let declared = component::manifest(components);
        let expected = match &committed {
            Some(committed) => declared.keeping(&committed.manifest),
            None => declared,
        };
        let text = expected.to_yaml().map_err(|error| Error::new(error.to_string()))?;
        Ok(Self { components, path, committed, base, expected, text })
    }

    /// What is written: its text with the line ends of the file.
    pub(crate) fn written(&self) -> String {
        let known = self.committed.as_ref().map_or("", |committed| &committed.original);
        with_line_ends_of(known, &self.text)
    }
}

/// Applies the rules of a policy to a source.
#[derive(Debug)]
pub(crate) struct Audit<'a> {
    policy: &'a Policy,
    report: Report,
}

impl<'a> Audit<'a> {
    /// An audit that has the diagnostics of the source.
    pub(crate) fn of(selected: &Selected, policy: &'a Policy) -> Self {
        let source = &selected.source;
        let report = Report {
            files: source.files,
            tally: Tally { subject: Subject::Gate, files: source.files, ..Tally::default() },
            skipped: source.skipped.clone(),
            texts: source.texts.clone(),
            ..Report::default()
        };
        let mut audit = Self { policy, report };
        for Diagnostic { spot, gate, message, help, code } in &source.diagnostics {
            let rule = of_diagnostic(*code);
            audit.add(rule, finding(rule, spot, gate, message.clone(), help.as_str()));
        }
        audit
    }

    /// Applies the rules over time to each component, for each of its manifests.
    pub(crate) fn over_time(&mut self, compared: &Compared<'_>) {
        for component in compared.components {
            let now = Now { component, policy: self.policy, evidence: Evidence::default() };
            // Both may lead to the same finding.
            let mut reported = BTreeSet::new();
            for before in [&compared.base, &compared.committed].into_iter().flatten() {
                let part = before.manifest.of_component(component.name.as_deref());
                let Some(before) = &part else { continue };
                let transition = Transition { before, now };
                for (rule, check) in OVER_TIME {
                    for finding in check(transition) {
                        if reported.insert((rule.name, finding.gate.clone())) {
                            self.add(rule, finding);
                        }
                    }
                }
            }
        }
    }

    /// Applies the rules about what is declared, and what else is known, to each component, and compares the manifest
    /// with them.
    pub(crate) fn now(&mut self, compared: &Compared<'_>, evidence: Evidence<'_>) {
        let Compared { components, path, expected, text, .. } = compared;
        if components.is_empty() {
            return;
        }
        let committed = compared.committed.as_ref();
        if let Some(finding) = stale_manifest::check(components, path, committed, (expected, text))
        {
            if let Some(committed) = committed {
                self.report.texts.insert(finding.path.clone(), committed.text.clone());
            }
            self.add(&stale_manifest::RULE, finding);
        }
        for component in compared.components {
            self.report.targets.push(component.version);
            self.report.tally.count += component.manifest.gates().len();
            let now = Now { component, policy: self.policy, evidence };
            for (rule, check) in OF_NOW {
                for finding in check(now) {
                    self.add(rule, finding);
                }
            }
        }
    }

    fn add(&mut self, rule: &Rule, finding: Finding) {
        if let Some(level) = self.policy.level(rule) {
            self.report.findings.push(Finding { level, ..finding });
        }
    }

    /// Whether a finding is at error level.
    pub(crate) fn has_errors(&self) -> bool {
        self.report.has_errors()
    }

    /// What was found, by location.
    pub(crate) fn report(self) -> Report {
        let mut report = self.report;
        report.sort();
        report
    }
}
