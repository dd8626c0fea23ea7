//! `featuregate verify`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use featuregate_core::manifest::Manifest;
use featuregate_core::{Rule as Lifecycle, quote::Name};
use featuregate_syntax::{About, Diagnostic};
use similar::TextDiff;

use crate::console::{Console, Outcome};
use crate::failure::Failure;
use crate::finding::{Finding, Level};
use crate::policy::Policy;
use crate::report::{Format, Report};
use crate::rules::verify::{
    Breach, Now, alpha_on_by_default, breaches, invalid_declaration, no_doc, stale_manifest,
};
use crate::rules::{self, Rule};
use crate::source::{Chosen, Declared, Gate, Source, Union};
use crate::text::Lines;
use crate::{git, releases};

/// Compares the source with the manifest, and holds both to the rules of the lifecycle.
///
/// What changed is judged against the committed manifest, or against the one of another revision with --base.
/// `featuregate explain` lists the rules; featuregate.toml sets their levels.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Verify {
    #[command(flatten)]
    chosen: Chosen,
    /// The committed manifest; by default featuregates.yaml beside the package's Cargo.toml.
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
    /// Judges what changed since this revision of git, such as the last release's tag.
    #[arg(long, value_name = "REV")]
    base: Option<String>,
    /// The settings; by default the nearest featuregate.toml.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// How to print.
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  In CI, with what changed since the main branch:
    featuregate verify --base origin/main --format github
  For another package of the workspace:
    featuregate verify --package my-program

Exit codes: 0 nothing at error level; 1 findings at error level; 2 wrong usage, or a source or manifest that \
can't be read.";

impl Verify {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Failure> {
        let source = self.chosen.read()?;
        let policy = Policy::find(self.config.as_deref(), &source.folder)?;
        let declared = Declared::of(&source, &self.chosen)?;
        let Some(union) = &declared.union else {
            return self.finish(mistakes_by(&source, &declared.mistakes, &policy), None, console);
        };
        let path = self.manifest.clone().unwrap_or_else(|| source.folder.join("featuregates.yaml"));
        let committed = super::update::committed(&path)?;
        let before = match &self.base {
            Some(revision) => git::show(revision, &path)?
                .map(|bytes| releases::manifest(&format!("{revision}:{}", path.display()), &bytes))
                .transpose()
                .map_err(Failure::new)?,
            None => committed.as_ref().map(|(_, manifest)| manifest.clone()),
        };
        let known = committed.as_ref().map(|(_, manifest)| manifest).or(before.as_ref());
        let expected = union.with_history(known);
        let now = Now { declared: &expected, before: before.as_ref(), releases: policy.releases() };
        let mut report = Report { files: 1, ..Report::default() };
        for breach in breaches(now) {
            let place = union.gates.get(&breach.gate).unwrap_or(&union.place);
            report.findings.extend(finding(&source, place, breach, &policy));
        }
        let drift = drift(&path, committed.as_ref().map(|(text, _)| text.as_str()), &expected);
        let drift = drift.zip(policy.level(&stale_manifest::RULE));
        if let Some((drift, level)) = &drift {
            report.findings.push(drift.finding(&path, *level));
        }
        for file in &source.files {
            report.texts.insert(Arc::clone(&file.path), file.text.clone());
        }
        if let Some((text, _)) = committed {
            report.texts.insert(shown(&path), text);
        }
        self.finish(report, drift.map(|(drift, _)| drift.lines), console)
    }

    fn finish(
        &self,
        mut report: Report,
        drift: Option<String>,
        console: &mut Console,
    ) -> Result<Outcome, Failure> {
        report.findings.sort_by(|a, b| (&a.path, a.place).cmp(&(&b.path, b.place)));
        report.write(self.format, &mut console.out)?;
        if let (Some(lines), Format::Human) = (drift, self.format) {
            for line in lines.lines() {
                writeln!(console.out, "{}", crate::table::harmless(line))?;
            }
        }
        let errors = report.findings.iter().any(|finding| finding.level == Level::Error);
        Ok(if errors { Outcome::Errors } else { Outcome::Clean })
    }
}

/// What is wrong with declarations, for a command that has no settings.
pub(super) fn mistakes(source: &Source, mistakes: &[(usize, Diagnostic)]) -> Report {
    mistakes_by(source, mistakes, &Policy::default())
}

fn mistakes_by(source: &Source, mistakes: &[(usize, Diagnostic)], policy: &Policy) -> Report {
    let mut report = Report { files: 1, ..Report::default() };
    for (file, mistake) in mistakes {
        let rule: &Rule = match mistake.about {
            Some(About::Lifecycle(Lifecycle::AlphaOn)) => &alpha_on_by_default::RULE,
            Some(About::Doc) => &no_doc::RULE,
            _ => &invalid_declaration::RULE,
        };
        let range = &mistake.range;
        let span = range.start.byte_range().start..range.end.byte_range().end;
        let gate = Gate { file: *file, span };
        let (what, right) = mistake.message.split_once("; ").unwrap_or((&mistake.message, ""));
        let breach = Breach {
            rule: rule.name,
            gate: String::new(),
            message: what.replace('`', ""),
            help: right.replace('`', ""),
        };
        report.findings.extend(finding(source, &gate, breach, policy));
    }
    for file in &source.files {
        report.texts.insert(Arc::clone(&file.path), file.text.clone());
    }
    report
}

/// A breach at its place in the source, unless its rule is off.
fn finding(source: &Source, at: &Gate, breach: Breach, policy: &Policy) -> Option<Finding> {
    let rule = rules::find(breach.rule)?;
    let file = source.files.get(at.file)?;
    let path = Union::path(source, at)?;
    Some(Finding {
        rule: rule.name,
        level: policy.level(rule)?,
        target: None,
        gate: breach.gate,
        value: None,
        path: Arc::clone(path),
        place: Lines::of(&file.text).place(at.span.start),
        span: at.span.clone(),
        message: breach.message,
        help: breach.help,
        fix: None,
    })
}

/// How a committed manifest differs from what it should be.
struct Drift {
    /// The first line that differs, from 1.
    line: u32,
    missing: bool,
    /// The gate that the line belongs to.
    gate: String,
    lines: String,
}

fn drift(path: &Path, committed: Option<&str>, expected: &Manifest) -> Option<Drift> {
    let expected = expected.to_yaml();
    // Some checkouts change the ends of lines.
    let text = committed.unwrap_or_default().replace("\r\n", "\n");
    if text == expected {
        return None;
    }
    let diff = TextDiff::from_lines(text.as_str(), expected.as_str());
    let header = path.display().to_string();
    let mut hunks = diff.unified_diff();
    let lines = hunks.context_radius(3).header(&header, "what the source comes to").to_string();
    let same = text.lines().zip(expected.lines()).take_while(|(a, b)| a == b).count();
    let gate =
        expected.lines().take(same + 1).filter_map(|line| line.strip_prefix("- name: ")).last();
    let line = u32::try_from(same + 1).unwrap_or(u32::MAX);
    Some(Drift {
        line,
        missing: committed.is_none(),
        gate: gate.unwrap_or_default().to_owned(),
        lines,
    })
}

impl Drift {
    fn finding(&self, path: &Path, level: Level) -> Finding {
        let shown = shown(path);
        let message = if self.missing {
            format!("the manifest {} is not there yet", Name(&shown))
        } else {
            "the manifest is not what the source comes to".to_owned()
        };
        Finding {
            rule: stale_manifest::RULE.name,
            level,
            target: None,
            gate: self.gate.clone(),
            value: None,
            path: shown,
            place: crate::text::Place { line: self.line, column: 1 },
            span: 0..0,
            message,
            help: "run `featuregate update`, and commit what it writes".to_owned(),
            fix: None,
        }
    }
}

fn shown(path: &Path) -> Arc<str> {
    let here = std::env::current_dir().ok();
    let below = here.as_ref().and_then(|here| path.strip_prefix(here).ok());
    Arc::from(below.unwrap_or(path).to_string_lossy())
}
