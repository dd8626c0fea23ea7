//! `featuregate fleet`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::commands::arguments::{Format, Manifests};
use crate::commands::complete;
use crate::commands::output::{Console, Outcome};
use crate::config::walk::Scope;
use crate::error::Error;
use crate::fleet::base::Known;
use crate::fleet::configured::Configured;
use crate::fleet::judge::Judge;
use crate::fleet::order::order;
use crate::fleet::peers::{Peers, away, drift, newer, skew, without_release};
use crate::fleet::report::{Report, html, human, json};
use crate::fleet::sources::{Found, Sources};
use crate::fleet::unused::{History, unused};
use crate::io::replace::replace;
use crate::lint::checker::Checker;
use crate::lint::owner::Owners;
use crate::lint::rule::Policy;
use crate::program::wanted::Wanted;

/// Reads which gates are on in running programs, and answers questions about all of them.
///
/// Every component of Kubernetes, and every program of this library that exports it, has the metric
/// `kubernetes_feature_enabled{name, stage}`. It is read from a Prometheus that scrapes the programs, from their
/// endpoints, or from saved texts. A metric says which value is in effect, but not whether it was set; what depends on
/// that is reported as possible.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Fleet {
    #[command(subcommand)]
    question: Question,
}

const EXAMPLES: &str = "\
Examples:
  What runs, and which instances differ from the others?
    featuregate fleet status --prometheus http://prometheus:9090
  Will everything start at 1.37? The configuration explains where a gate is set:
    featuregate fleet check --target 1.37 --prometheus http://prometheus:9090 deploy/
  The same without a Prometheus:
    featuregate fleet check --target 1.37 --scrape node1:9090 --scrape node2:9090
  Which gates of my program does nobody set?
    featuregate fleet unused --prometheus http://prometheus:9090 --manifest featuregates.yaml

Exit codes: 0 nothing at error level; 1 findings at error level; 2 wrong usage, or a file that cannot be \
read; 3 a source did not answer completely, whatever was found.";

#[derive(Debug, Subcommand)]
enum Question {
    Status(Status),
    Check(Check),
    Unused(Unused),
}

/// What all questions need.
#[derive(Debug, Args)]
struct Asked {
    #[command(flatten)]
    sources: Sources,
    #[command(flatten)]
    manifests: Manifests,
    /// The format of the output.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Also writes the report to FILE, as a page for browsers.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// The levels of rules; by default the nearest featuregate.toml.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

/// Shows each component and release, which gates differ from the default there, and which instances differ from others.
#[derive(Debug, Args)]
struct Status {
    #[command(flatten)]
    asked: Asked,
}

/// Reports which instances will not start at a release, or will behave differently, and a safe order for the upgrade.
///
/// A finding is certain if an instance cannot be as it is without the setting. It is possible if the value is the
/// default, which may have been set as well.
#[derive(Debug, Args)]
struct Check {
    /// Files and folders with the configuration of these programs, as `featuregate check` reads them. They explain
    /// where a gate is set.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The release that is to run; by default that of the newest manifest.
    #[arg(long, value_name = "VERSION", add = complete::versions())]
    target: Option<Wanted>,
    #[command(flatten)]
    asked: Asked,
    #[command(flatten)]
    scope: Scope,
}

/// Lists the gates that no instance has away from the default, so that they can be removed, and since when.
///
/// Since when is asked of each Prometheus, as far as it remembers.
#[derive(Debug, Args)]
struct Unused {
    #[command(flatten)]
    asked: Asked,
    /// How many days back a Prometheus is asked.
    #[arg(long, value_name = "NUMBER", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=3650))]
    days: u32,
}

impl Fleet {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Error> {
        match self.question {
            Question::Status(question) => question.run(console),
            Question::Check(question) => question.run(console),
            Question::Unused(question) => question.run(console),
        }
    }
}

impl Status {
    fn run(self, console: &mut Console) -> Result<Outcome, Error> {
        let policy = self.asked.policy()?;
        let programs = self.asked.manifests.programs(console)?;
        let (found, _) = self.asked.sources.read(&programs, console.watched)?;
        let Found { fleet, mut missing } = found;
        let mut known = Known::of(&programs, &fleet);
        let peers = Peers::all(&fleet.instances);
        missing.extend(newer(&known, &peers));
        let mut findings = drift(&mut known, &peers, &policy);
        findings.extend(away(&mut known, &peers, &policy));
        let report = Report {
            title: "Feature gates of running programs".to_owned(),
            target: None,
            instances: &fleet.instances,
            findings,
            order: Vec::new(),
            missing,
        };
        self.asked.write(&report, console)
    }
}

impl Check {
    fn run(self, console: &mut Console) -> Result<Outcome, Error> {
        let policy = self.asked.policy()?;
        let programs = self.asked.manifests.programs(console)?;
        let newest = || Ok(programs.main.newest());
        let target = self.target.map_or_else(newest, |target| programs.exact(target))?;
        let checker = Checker::of(Owners::of(&programs, &[target], false), &[]);
        let configured = Configured::read(&self.paths, &self.scope, &checker, console.watched)?;
        let (found, _) = self.asked.sources.read(&programs, console.watched)?;
        let Found { fleet, mut missing } = found;
        let mut known = Known::of(&programs, &fleet);
        let peers = Peers::all(&fleet.instances);
        missing.extend(newer(&known, &peers));
        let skew = skew(&mut known, &peers, &policy);
        let mut findings = Judge::of(known, &policy, &configured, target).findings();
        findings.extend(skew);
        let of_main = |peers: &Peers<'_>| {
            peers.component.as_ref().is_none_or(|name| !programs.others.contains_key(&**name))
        };
        let main: Vec<Peers<'_>> = peers.into_iter().filter(of_main).collect();
        let order = order(&findings, &main, target, programs.is_built_in);
        let report = Report {
            title: format!("Upgrade to {target}"),
            target: Some(target),
            instances: &fleet.instances,
            findings,
            order,
            missing,
        };
        self.asked.write(&report, console)
    }
}

impl Unused {
    fn run(self, console: &mut Console) -> Result<Outcome, Error> {
        let policy = self.asked.policy()?;
        let programs = self.asked.manifests.programs(console)?;
        let (found, servers) = self.asked.sources.read(&programs, console.watched)?;
        let Found { fleet, mut missing } = found;
        let metric = self.asked.sources.metric();
        let history = History::read(&servers, metric, self.days, &mut missing);
        let mut known = Known::of(&programs, &fleet);
        let peers = Peers::all(&fleet.instances);
        missing.extend(newer(&known, &peers));
        missing.extend(without_release(&peers));
        let findings = unused(&mut known, &history, missing.is_empty(), &policy);
        let report = Report {
            title: "Feature gates that nobody sets".to_owned(),
            target: None,
            instances: &fleet.instances,
            findings,
            order: Vec::new(),
            missing,
        };
        self.asked.write(&report, console)
    }
}

impl Asked {
    fn policy(&self) -> Result<Policy, Error> {
        Policy::find(self.config.as_deref(), std::path::Path::new("."))
    }

    fn write(&self, report: &Report<'_>, console: &mut Console) -> Result<Outcome, Error> {
        match self.format {
            Format::Human => human::write(report, &mut *console.out)?,
            Format::Json => json::write(report, &mut *console.out)?,
        }
        if let Some(path) = &self.html {
            replace(path, &html::page(report))
                .map_err(|error| Error::file("write", path, &error))?;
        }
        Ok(if !report.missing.is_empty() {
            Outcome::Partial
        } else if report.has_errors() {
            Outcome::Errors
        } else {
            Outcome::Clean
        })
    }
}
