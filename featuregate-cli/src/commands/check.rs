//! `featuregate check`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use clap::Args;

use crate::commands::arguments::{Asked, Judging, Manifests};
use crate::commands::baseline::{Accepted, Run};
use crate::commands::complete;
use crate::commands::output::{Console, Outcome, diff};
use crate::commands::reporting::Reporting;
use crate::commands::uncommitted::Allowed;
use crate::config::extract::{Key, Keys};
use crate::config::walk::{self, Glob, STANDARD_INPUT, Scope, Source};
use crate::error::{Error, counted};
use crate::finding::{Skipped, Subject, Tally};
use crate::io::escape::escape;
use crate::io::replace::exchange;
use crate::lint::checker::{Checked, Checker, Unjudged};
use crate::lint::rule::Policy;
use crate::lint::settings::Settings;
use crate::program::builtin;
use crate::program::options::BuildOption;
use crate::program::wanted::Wanted;
use crate::report::Report;

/// Checks whether a release accepts the gates that config files set.
///
/// It reads maps of gates in YAML, JSON and TOML, --feature-gates arguments in any file (containers,
/// command lines, scripts, systemd units, environment files), and texts within texts. Every finding has its
/// location and help; `featuregate rule NAME` explains it. Parts that cannot be read, such as what a Helm
/// template inserts, are listed as skipped.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Check {
    /// The files and folders; `-` is standard input. By default the current folder. Folders are walked as
    /// ripgrep does; in them, every text that mentions gates is read, or listed as skipped.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    manifests: Manifests,
    /// The release that should accept them; may be repeated. By default that of the newest manifest.
    #[arg(long = "target", value_name = "VERSION", add = complete::versions())]
    targets: Vec<Wanted>,
    #[command(flatten)]
    reading: Reading,
    /// Fixes the findings that have exactly one right answer for all targets. Maps, lists and arguments that become
    /// empty are removed; the rest of a file does not change.
    #[arg(long)]
    fix: bool,
    /// With --fix: shows the changes without making them.
    #[arg(long, requires = "fix")]
    dry_run: bool,
    #[command(flatten)]
    allowed: Allowed,
    #[command(flatten)]
    accepted: Accepted,
    #[command(flatten)]
    reporting: Reporting,
    /// Lists the files that mention gates, and those that are not read, and checks nothing.
    #[arg(long, conflicts_with_all = ["fix", "format", "output", "quiet", "baseline", "write_baseline"])]
    list_files: bool,
    /// The levels of rules, and what is checked without arguments; by default the nearest featuregate.toml.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    scope: Scope,
}

const EXAMPLES: &str = "\
Examples:
  Does Kubernetes 1.37 accept these files?
    featuregate check deploy/ --target 1.37
  Show the fixes, then make them:
    featuregate check kubelet.yaml --fix --dry-run
    featuregate check kubelet.yaml --fix
  With two lists, a gate that only the older one has was removed:
    featuregate check --manifest 1.35=old.yaml --manifest 1.36=new.yaml
  In a GitHub workflow, and in GitLab:
    featuregate check deploy/ --format github
    featuregate check deploy/ --format gitlab --output gl-code-quality-report.json

Exit codes: 0 nothing at error level; 1 findings at error level; 2 wrong usage, a manifest that cannot \
be read, or a PATH that cannot be opened.";

/// Which settings are judged.
#[derive(Debug, Args)]
struct Reading {
    /// Also reads gates under this key, flag or variable, in addition to featureGates and its spellings. NAME=on and
    /// NAME=off are lists of names that are turned on or off, and PREFIX* are variables with the value of one gate each.
    #[arg(long = "key", value_name = "NAME", value_parser = key)]
    keys: Vec<String>,
    /// An option of the build, as for rustc: windows, feature="net". With it, defaults that depend on conditions are
    /// those of a build with the given options only; without it, what depends on them is reported so.
    #[arg(long, value_name = "OPTION")]
    cfg: Vec<BuildOption>,
    /// Also judges the gates of programs whose list is not known, by the list for everything else.
    #[arg(long)]
    strict: bool,
}

/// The result for a file.
struct Examined {
    path: Arc<str>,
    checked: Checked,
    /// The text as the findings see it, where there are any.
    text: Option<String>,
    /// What was or would be fixed: the lines that differ, and how many settings.
    fixed: Option<(Vec<String>, usize)>,
    /// Why it was not fixed although there are fixes.
    left: Option<String>,
}

/// The programs whose gates are not known: the first location of each, and how many settings are in how many files.
#[derive(Default)]
struct Others(BTreeMap<Option<String>, (Skipped, usize, usize)>);

impl Others {
    fn add(&mut self, path: &Arc<str>, unjudged: &[Unjudged]) {
        for Unjudged { program, line, settings } in unjudged {
            let first = || {
                let reason = String::new();
                (Skipped { path: Arc::clone(path), line: Some(*line), reason }, 0, 0)
            };
            let (_, count, files) = self.0.entry(program.clone()).or_insert_with(first);
            *count += settings;
            *files += 1;
        }
    }

    /// One entry for each.
    fn skipped(self) -> impl Iterator<Item = Skipped> {
        self.0.into_iter().map(|(program, (first, settings, files))| {
            let settings = counted(settings, "setting");
            let files = if files == 1 { String::new() } else { format!(" in {files} files") };
            let reason = match program {
                Some(program) => {
                    let known = builtin::PROGRAMS.contains(&program.as_str());
                    let list = if known { "" } else { "=FILE" };
                    format!(
                        "the gates of {program} are not judged ({settings}{files}), since its list is not known; name it with --manifest {program}{list}"
                    )
                }
                None => format!(
                    "what has no name of a known gate is not judged ({settings}{files}); --strict judges it"
                ),
            };
            Skipped { reason, ..first }
        })
    }
}

/// What was checked so far.
#[derive(Default)]
struct Counts {
    settings: AtomicUsize,
    /// The files that have settings.
    files: AtomicUsize,
    refused: AtomicBool,
    ignored: AtomicUsize,
}

impl Counts {
    fn add(&self, checked: &Checked) {
        // What threads share costs time even where nothing is added to it.
        if checked.settings > 0 {
            self.settings.fetch_add(checked.settings, Ordering::Relaxed);
            self.files.fetch_add(1, Ordering::Relaxed);
        }
        if checked.refused {
            self.refused.store(true, Ordering::Relaxed);
        }
        if checked.ignored > 0 {
            self.ignored.fetch_add(checked.ignored, Ordering::Relaxed);
        }
    }

    fn tally(&self) -> Tally {
        Tally {
            subject: Subject::Setting,
            count: self.settings.load(Ordering::Relaxed),
            files: self.files.load(Ordering::Relaxed),
            accepted: !self.refused.load(Ordering::Relaxed),
            ignored: self.ignored.load(Ordering::Relaxed),
            in_baseline: 0,
        }
    }
}

impl Check {
    pub(crate) fn run(mut self, console: &mut Console) -> Result<Outcome, Error> {
        if self.fix
            && !self.dry_run
            && self.paths.iter().any(|path| path.as_os_str() == STANDARD_INPUT)
        {
            return Err(Error::new(
                "cannot fix standard input; name a file, or use --dry-run to see the changes",
            ));
        }
        let policy = Policy::find(self.config.as_deref(), Path::new("."))?;
        let settings = Settings::find(self.config.as_deref())?;
        self.take(&settings)?;
        if self.list_files {
            return self.list(&settings, console);
        }
        let judging = Judging { cfg: &self.reading.cfg, strict: self.reading.strict };
        let asked = Asked::of(&self.manifests, &self.targets, &settings, judging, console)?;
        let Asked { targets, owners, variables } = asked;
        let keys = [&*self.reading.keys, &*variables].concat();
        let checker = Checker::of(owners, &keys).under(policy.clone());

        let counts = Counts::default();
        let work = |source: Source| self.examine(&checker, &counts, source);
        let concerns = |text: &str| checker.concerns(text);
        let walked = walk::each(&self.paths, &self.scope, console.watched, concerns, work);

        let mut report = Report {
            targets,
            files: walked.files,
            tally: counts.tally(),
            skipped: walked.skipped,
            failures: walked.failures,
            ..Report::default()
        };
        let mut unjudged = Others::default();
        let counts = walked.results.iter().map(|examined| examined.checked.findings.len());
        let count: usize = counts.sum();
        for examined in walked.results {
            let Examined { path, checked, text, fixed, left } = examined;
            unjudged.add(&path, &checked.unjudged);
            if let Some((lines, settings)) = fixed {
                self.report_fixed(&path, &lines, settings, console)?;
            }
            if let Some(reason) = left {
                writeln!(console.err, "{} is unchanged: {reason}", escape(&path))?;
            }
            let skipped = checked.skipped.into_iter();
            report.skipped.extend(skipped.map(|(line, reason)| Skipped {
                path: Arc::clone(&path),
                line,
                reason,
            }));
            // Those of the only file are not copied, since there may be very many.
            if checked.findings.len() == count {
                report.findings = checked.findings;
            } else {
                report.findings.reserve_exact(count - report.findings.len());
                report.findings.extend(checked.findings);
            }
            report.texts.extend(text.map(|text| (path, text)));
        }
        report.skipped.extend(unjudged.skipped());
        report.skipped.sort();
        let run = Run { paths: &self.paths, scope: &self.scope, policy: &policy };
        self.accepted.apply(&mut report, run)?;
        self.reporting.write(&report, console)?;
        if !report.failures.is_empty() {
            return Err(Error::Messages(report.failures));
        }
        Ok(if report.has_errors() { Outcome::Errors } else { Outcome::Clean })
    }

    /// Takes from `featuregate.toml` what the arguments do not say.
    fn take(&mut self, settings: &Settings) -> Result<(), Error> {
        if self.paths.is_empty() {
            self.paths.clone_from(&settings.paths);
        }
        self.reading.keys.extend(settings.keys.iter().cloned());
        for glob in &settings.exclude {
            let glob = Glob::from(&settings.root, glob);
            self.scope.excluded.push(glob.map_err(|error| Error::new(error.to_string()))?);
        }
        Ok(())
    }

    /// Lists what would be checked, and what would be skipped as a whole.
    fn list(&self, settings: &Settings, console: &mut Console) -> Result<Outcome, Error> {
        let keys = [&*self.reading.keys, &*self.manifests.variables(settings)?].concat();
        let keys = Keys::of(&keys);
        let concerns = |text: &str| keys.concern(text);
        let path = |source: Source| Some(source.path);
        let walked = walk::each(&self.paths, &self.scope, console.watched, concerns, path);
        for path in walked.results {
            writeln!(console.out, "{}", escape(&path))?;
        }
        for Skipped { path, reason, .. } in walked.skipped {
            console.note(Some(format!("{}: skipped: {}", escape(&path), escape(&reason))))?;
        }
        if walked.failures.is_empty() {
            Ok(Outcome::Clean)
        } else {
            Err(Error::Messages(walked.failures))
        }
    }

    /// Checks a file, and fixes it if requested; `None` if there is nothing to report.
    fn examine(&self, checker: &Checker, counts: &Counts, source: Source) -> Option<Examined> {
        let Source { path, file, syntax, text } = source;
        let mut examined = Examined {
            checked: checker.check(&path, syntax, &text),
            path,
            text: None,
            fixed: None,
            left: None,
        };
        let mut text = text;
        let fixable = examined.checked.findings.iter().any(|finding| finding.fix.is_some());
        if self.fix && fixable {
            match checker.fix_settings(&examined.path, syntax, &text, &|_| true) {
                Ok(Some(fixed)) => {
                    let lines = if self.dry_run {
                        let path = &examined.path;
                        diff((path, &text), (path, &fixed.text))
                    } else {
                        Vec::new()
                    };
                    let written = match file.as_deref() {
                        Some(file) if !self.dry_run => match self.allowed.objection(file, &text) {
                            Some(objection) => Err(objection),
                            None => exchange(file, text.as_bytes(), &fixed.text)
                                .map_err(|unreplaced| unreplaced.to_string()),
                        },
                        _ => Ok(()),
                    };
                    match written {
                        Ok(()) => {
                            examined.fixed = Some((lines, fixed.settings));
                            if !self.dry_run {
                                text = fixed.text;
                                let names = examined.checked.findings.iter();
                                let names = names.map(|finding| finding.gate.to_string()).collect();
                                examined.checked =
                                    checker.check_after(&examined.path, syntax, &text, &names);
                            }
                        }
                        Err(reason) => examined.left = Some(reason),
                    }
                }
                Ok(None) => {}
                Err(reason) => examined.left = Some(reason),
            }
        }
        counts.add(&examined.checked);
        let found = !examined.checked.findings.is_empty();
        let silent = examined.checked.skipped.is_empty()
            && examined.checked.unjudged.is_empty()
            && examined.fixed.is_none()
            && examined.left.is_none();
        if !found && silent {
            return None;
        }
        // It was read into a larger buffer.
        text.shrink_to_fit();
        examined.text = found.then_some(text);
        Some(examined)
    }

    /// Prints what was fixed; not into a report for programs.
    fn report_fixed(
        &self,
        path: &str,
        lines: &[String],
        settings: usize,
        console: &mut Console,
    ) -> Result<(), Error> {
        let path = escape(path);
        let out = self.reporting.details(console);
        for line in lines {
            writeln!(out, "{line}")?;
        }
        if self.reporting.is_quiet() {
            return Ok(());
        }
        let settings = counted(settings, "setting");
        let done = if self.dry_run { "would be fixed" } else { "fixed" };
        writeln!(out, "{path}: {settings} {done}")?;
        Ok(())
    }
}

/// A key as `--key` takes it.
fn key(text: &str) -> Result<String, String> {
    Key::parse(text).map(|_| text.to_owned())
}
