//! `featuregate check`.

use std::path::{Path, PathBuf};

use clap::Args;
use featuregate_core::Version;

use crate::commands::arguments::Manifests;
use crate::commands::output::diff;
use crate::commands::output::{Console, Outcome};
use crate::config::walk::{self, STANDARD_INPUT, Scope, Source};
use crate::error::Error;
use crate::finding::{Level, Skipped};
use crate::io::escape::escape;
use crate::io::file;
use crate::lint::checker::{Checked, Checker};
use crate::lint::rule::Policy;
use crate::report::{Format, Report};

/// Checks config files against a release: will what they set be accepted?
///
/// It reads maps of gates in YAML, JSON and TOML, --feature-gates arguments wherever they stand (containers,
/// command lines, scripts, systemd units, environment files), and texts within texts. Every finding has its
/// place, and what would be right; `featuregate explain RULE` says more. What can't be read, such as what a
/// Helm template inserts, is listed as skipped.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Check {
    /// The files and folders; `-` is standard input, and none the current folder. Folders are walked as
    /// ripgrep does.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    manifests: Manifests,
    /// The release that should accept them; several in one run are allowed. By default that of the newest
    /// manifest.
    #[arg(long = "target", value_name = "VERSION")]
    targets: Vec<Version>,
    /// Also reads maps of gates under this key, beside featureGates and its spellings.
    #[arg(long = "key", value_name = "NAME")]
    keys: Vec<String>,
    /// Mends what has one right answer for all targets. What is left empty goes with it; the rest of a file
    /// stays byte for byte.
    #[arg(long)]
    fix: bool,
    /// With --fix: shows what it would change, and changes nothing.
    #[arg(long, requires = "fix")]
    dry_run: bool,
    /// How to print.
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    /// The settings; by default the nearest featuregate.toml.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    scope: Scope,
}

const EXAMPLES: &str = "\
Examples:
  Will these files survive 1.36?
    featuregate check deploy/ --manifest versioned_feature_list.yaml --target 1.36
  Show what would be mended, then mend it:
    featuregate check kubelet.yaml --fix --dry-run
    featuregate check kubelet.yaml --fix
  What was removed between two lists counts as removed:
    featuregate check --manifest 1.35=old.yaml --manifest 1.36=new.yaml
  In a GitHub workflow:
    featuregate check deploy/ --format github

Exit codes: 0 nothing at error level; 1 findings at error level; 2 wrong usage, a manifest that can't be \
read, or a PATH that can't be opened.";

/// What came of a file.
struct Examined {
    path: std::sync::Arc<str>,
    checked: Checked,
    /// The text as the findings see it, where there are any.
    text: Option<String>,
    /// What was or would be mended: the lines that differ, and how many settings.
    mended: Option<(Vec<String>, usize)>,
    /// Why it was not mended although there is something to mend.
    left: Option<String>,
}

impl Check {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Error> {
        if self.fix
            && !self.dry_run
            && self.paths.iter().any(|path| path.as_os_str() == STANDARD_INPUT)
        {
            return Err(Error::new(
                "standard input can't be mended; name a file, or see what would change with --dry-run",
            ));
        }
        let releases = self.manifests.read()?;
        let mut targets = self.targets.clone();
        if targets.is_empty() {
            targets.push(releases.newest());
        }
        targets.sort_unstable();
        targets.dedup();
        let policy = Policy::find(self.config.as_deref(), Path::new("."))?;
        let checker = Checker::new(&releases, &targets, self.keys.clone());
        let checker = checker.under(policy);

        let work = |source: Source| self.examine(&checker, source);
        let walked = walk::each(&self.paths, self.scope, console.watched, work);

        let mut report = Report {
            targets,
            files: walked.files,
            skipped: walked.skipped,
            failures: walked.failures,
            ..Report::default()
        };
        for examined in walked.results {
            let Examined { path, checked, text, mended, left } = examined;
            if let Some((lines, settings)) = mended {
                self.tell_mended(&path, &lines, settings, console)?;
            }
            if let Some(reason) = left {
                writeln!(console.err, "{} is left as it is: {reason}", escape(&path))?;
            }
            let skipped = checked.skipped.into_iter();
            report.skipped.extend(skipped.map(|(line, reason)| Skipped {
                path: std::sync::Arc::clone(&path),
                line,
                reason,
            }));
            report.findings.extend(checked.findings);
            report.texts.extend(text.map(|text| (path, text)));
        }
        report.skipped.sort();
        report.write(self.format, &mut console.out)?;
        if !report.failures.is_empty() {
            return Err(Error::Messages(report.failures));
        }
        let errors = report.findings.iter().any(|finding| finding.level == Level::Error);
        Ok(if errors { Outcome::Errors } else { Outcome::Clean })
    }

    /// Checks a file, and mends it if that is asked for; nothing where there is nothing to tell.
    fn examine(&self, checker: &Checker, source: Source) -> Option<Examined> {
        let Source { path, file, named, syntax, text } = source;
        // Whoever names a file wants to know that it can be read; of those found, most are about other things.
        if !named && !checker.concerns(&text) {
            return None;
        }
        let mut examined = Examined {
            checked: checker.check(&path, syntax, &text),
            path,
            text: None,
            mended: None,
            left: None,
        };
        let mut text = text;
        let fixable = examined.checked.findings.iter().any(|finding| finding.fix.is_some());
        if self.fix && fixable {
            match checker.mend(syntax, &text) {
                Ok(Some(mended)) => {
                    let lines = if self.dry_run {
                        let path = &examined.path;
                        diff((path, &text), (path, &mended.text))
                    } else {
                        Vec::new()
                    };
                    let written = match file.as_deref() {
                        Some(file) if !self.dry_run => write(file, &text, &mended.text),
                        _ => Ok(()),
                    };
                    match written {
                        Ok(()) => {
                            examined.mended = Some((lines, mended.settings));
                            if !self.dry_run {
                                text = mended.text;
                                examined.checked = checker.check(&examined.path, syntax, &text);
                            }
                        }
                        Err(reason) => examined.left = Some(reason),
                    }
                }
                Ok(None) => {}
                Err(reason) => examined.left = Some(reason),
            }
        }
        let told = !examined.checked.findings.is_empty();
        let silent = examined.checked.skipped.is_empty()
            && examined.mended.is_none()
            && examined.left.is_none();
        if !told && silent {
            return None;
        }
        // It was read into more room than it needs.
        text.shrink_to_fit();
        examined.text = told.then_some(text);
        Some(examined)
    }

    /// What was mended goes beside the report, so that a program can read that.
    fn tell_mended(
        &self,
        path: &str,
        lines: &[String],
        settings: usize,
        console: &mut Console,
    ) -> Result<(), Error> {
        let path = escape(path);
        let out = match self.format {
            Format::Human => &mut console.out,
            _ => &mut console.err,
        };
        for line in lines {
            writeln!(out, "{line}")?;
        }
        let settings = match settings {
            1 => "1 setting".to_owned(),
            settings => format!("{settings} settings"),
        };
        let done = if self.dry_run { "would be mended" } else { "mended" };
        writeln!(out, "{path}: {settings} {done}")?;
        Ok(())
    }
}

/// Writes the mended text, unless somebody else changed the file meanwhile.
fn write(file: &Path, before: &str, mended: &str) -> Result<(), String> {
    let now = std::fs::read(file).map_err(|error| format!("it can't be read again: {error}"))?;
    if now != before.as_bytes() {
        return Err("it changed meanwhile".to_owned());
    }
    file::replace(file, mended).map_err(|error| format!("it can't be written: {error}"))
}
