//! The findings that a repository has accepted.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use crate::config::walk::Scope;
use crate::error::Error;
use crate::finding::{About, Finding, Report};
use crate::io::file;
use crate::io::replace::replace;
use crate::io::text::Location;
use crate::lint::baseline::{Baseline, Stale};
use crate::lint::rule::Policy;
use crate::lint::rules;
use crate::report::location::{below, resolved};

/// Where accepted findings are.
#[derive(Debug, Args)]
pub(crate) struct Accepted {
    /// Does not count the findings that FILE has, and reports those that no longer occur.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Accepts all findings: writes them to FILE, for --baseline.
    #[arg(long, value_name = "FILE", conflicts_with = "baseline")]
    write_baseline: Option<PathBuf>,
}

/// What a run looked at.
#[derive(Clone, Copy)]
pub(crate) struct Run<'a> {
    pub(crate) paths: &'a [PathBuf],
    pub(crate) scope: &'a Scope,
    pub(crate) policy: &'a Policy,
}

impl Accepted {
    /// Takes out of a report what is accepted.
    pub(crate) fn apply(&self, report: &mut Report, run: Run<'_>) -> Result<(), Error> {
        if let Some(file) = &self.write_baseline {
            let base = Base::of(file)?;
            let baseline = Baseline::of(&report.findings, |path| base.name(path));
            let text = baseline.to_text().map_err(|error| Error::new(error.to_string()))?;
            replace(file, &text).map_err(|error| Error::file("write", file, &error))?;
            report.tally.in_baseline = baseline.count();
            report.findings.clear();
        }
        if let Some(file) = &self.baseline {
            let shown = file.display();
            let text = read(file)?;
            let baseline =
                Baseline::read(&text).map_err(|error| Error::new(format!("{shown}:{error}")))?;
            let base = Base::of(file)?;
            let covered = |name: &str| base.covers(name, run);
            let (accepted, stale) =
                baseline.accept(&mut report.findings, |path| base.name(path), covered);
            report.tally.in_baseline = accepted;
            report_stale(report, run.policy, &shown.to_string(), text, stale);
        }
        Ok(())
    }
}

fn read(file: &Path) -> Result<String, Error> {
    let text = file::read(file).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    text.map_err(|error| {
        let shown = file.display();
        Error::new(format!("cannot read {shown}: {error}; write it with --write-baseline {shown}"))
    })
}

/// Adds a finding for each entry that is stale, at its line of the file.
fn report_stale(report: &mut Report, policy: &Policy, file: &str, text: String, stale: Vec<Stale>) {
    let rule = &rules::UNUSED_IGNORE;
    let Some(level) = policy.level(rule).filter(|_| !stale.is_empty()) else { return };
    let path: Arc<str> = file.into();
    let starts = text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some(start..start + line.trim_end().len())
    });
    let lines: Vec<_> = (1_u32..).zip(starts).collect();
    for Stale { line, message } in stale {
        let span = lines.iter().find(|(number, _)| *number == line);
        let about = About {
            rule: rule.name,
            message: message.into(),
            help: format!("write the file again with --write-baseline {file}").into(),
            ..About::default()
        };
        report.findings.push(Finding {
            about: Arc::new(about),
            level,
            target: None,
            path: Arc::clone(&path),
            location: Location { line, column: 1 },
            span: span.map_or(0..0, |(_, span)| span.clone()),
            fix: None,
        });
    }
    report.findings.sort_by(|a, b| (&a.path, a.location).cmp(&(&b.path, b.location)));
    report.texts.insert(path, text);
}

/// Where paths are named from: the folder of the file, so that it is the same from any folder.
struct Base {
    folder: PathBuf,
    current: PathBuf,
}

impl Base {
    fn of(file: &Path) -> Result<Self, Error> {
        let current = std::env::current_dir()
            .and_then(fs::canonicalize)
            .map_err(|error| Error::new(format!("cannot find the current folder: {error}")))?;
        let folder = current.join(file).parent().map(resolved).unwrap_or_default();
        Ok(Self { folder, current })
    }

    fn name(&self, path: &str) -> String {
        below(&self.folder, &self.current, path).unwrap_or_else(|| path.to_owned())
    }

    /// Whether a run that looked at some paths looked at that file too.
    fn covers(&self, name: &str, run: Run<'_>) -> bool {
        let file = resolved(&self.folder.join(name));
        let within = |path: &Path| file.starts_with(resolved(&self.current.join(path)));
        let named = run.paths.is_empty() && within(Path::new("."))
            || run.paths.iter().any(|path| within(path));
        named && !run.scope.leaves_out(&file, false)
    }
}
