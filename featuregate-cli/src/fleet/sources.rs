//! Where the instances of programs are read from.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use clap::Args;

use crate::error::Error;
use crate::fleet::exposition;
use crate::fleet::featurez;
use crate::fleet::http::{Access, Address, Client, Kind};
use crate::fleet::instances::{Fleet, GATES, Gathering, Metrics};
use crate::fleet::missing::Missing;
use crate::fleet::prometheus::Prometheus;
use crate::io::file;
use crate::io::patient::Patient;
use crate::io::progress::Progress;
use crate::program::gates::group_of_kubernetes;
use crate::program::programs::Programs;

/// How many endpoints are asked at once. They wait more than they work.
const AT_ONCE: usize = 32;

/// The most bytes of a file of metrics.
const LARGEST: u64 = 1 << 30;

/// Where the gates of running programs are read from; each option may be repeated.
#[derive(Clone, Debug, Args)]
pub(crate) struct Sources {
    /// A Prometheus, or another server with its API, that scrapes the programs.
    #[arg(long, value_name = "URL")]
    prometheus: Vec<String>,
    /// An endpoint of a program: its metrics, or its /featurez. HOST:PORT is short for http://HOST:PORT/metrics.
    #[arg(long, value_name = "URL")]
    scrape: Vec<String>,
    /// A file with such endpoints, one a line.
    #[arg(long, value_name = "FILE")]
    scrape_file: Vec<PathBuf>,
    /// A file with the metrics of a program, as its endpoint gave them, or what its /featurez gave; `-` is standard input.
    #[arg(long, value_name = "FILE")]
    metrics: Vec<PathBuf>,
    /// Only series with these labels are asked of a Prometheus, as in --match 'cluster="a",job=~"kube.*"'.
    #[arg(long = "match", value_name = "LABELS", requires = "prometheus")]
    matching: Option<String>,
    /// The metric that has the values of gates.
    #[arg(long, value_name = "NAME", default_value = GATES)]
    metric: String,
    #[command(flatten)]
    access: Access,
}

/// What was read.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) fleet: Fleet,
    /// By source.
    pub(crate) missing: Vec<Missing>,
}

/// The servers that can say what was.
pub(crate) struct Servers {
    client: Client,
    addresses: Vec<Address>,
    matching: Option<String>,
}

impl Servers {
    pub(crate) fn each(&self) -> impl Iterator<Item = (Arc<str>, Prometheus<'_>)> {
        self.addresses.iter().map(|address| {
            let source = address.to_string().into();
            (source, Prometheus::of(&self.client, address, self.matching.as_deref()))
        })
    }
}

impl Sources {
    /// The metric that has the values of gates.
    pub(crate) fn metric(&self) -> &str {
        &self.metric
    }

    /// Reads all of them. A count shows after a while, if people watch.
    pub(crate) fn read(
        &self,
        programs: &Programs,
        watched: bool,
    ) -> Result<(Found, Servers), Error> {
        let name = self.metric.as_str();
        if !name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            || !name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | ':'))
        {
            return Err(Error::new(format!("{name:?} is not the name of a metric")));
        }
        let metrics = Metrics::of(name);
        let (servers, endpoints) = self.addresses()?;
        if servers.is_empty() && endpoints.is_empty() && self.metrics.is_empty() {
            return Err(Error::new(
                "there is nothing to read; name a source with --prometheus URL, --scrape URL or --metrics FILE",
            ));
        }
        let client = Client::of(&self.access)?;
        let matching = self.matching.clone();
        let servers = Servers { client, addresses: servers, matching };

        let progress = Progress::new(watched, "values read");
        let mut gathering = Gathering::new(metrics.clone());
        let mut missing = Vec::new();
        for path in &self.metrics {
            self.file(path, &mut gathering, &mut missing)?;
        }
        for (_, server) in servers.each() {
            server.read(name, &metrics.versions, &mut gathering, &progress, &mut missing);
        }
        endpoints_of(
            &servers.client,
            &endpoints,
            &metrics,
            &mut gathering,
            &progress,
            &mut missing,
        );
        progress.done();
        let groups = programs.groups();
        let is_group = |name: &str| groups.contains(name) || group_of_kubernetes(name).is_some();
        let fleet = gathering.finish(is_group, &mut missing);
        missing.sort();
        // Several questions may have the same answer.
        missing.dedup();
        Ok((Found { fleet, missing }, servers))
    }

    /// The addresses of servers and of endpoints, or everything that is wrong with them.
    fn addresses(&self) -> Result<(Vec<Address>, Vec<Address>), Error> {
        let mut errors = Vec::new();
        let mut of = |text: &str, path: &str, location: &dyn Fn() -> String| {
            let address = Address::of(text, path);
            address.map_err(|error| errors.push(location() + &error)).ok()
        };
        let given = String::new;
        let servers = self.prometheus.iter().filter_map(|text| of(text, "/", &given)).collect();
        let mut endpoints: Vec<Address> =
            self.scrape.iter().filter_map(|text| of(text, METRICS, &given)).collect();
        for path in &self.scrape_file {
            let text = file::read(path).map_err(|error| {
                Error::new(format!("cannot read targets {}: {error}", path.display()))
            })?;
            let text = String::from_utf8_lossy(&text);
            let lines = text.trim_start_matches('\u{feff}').lines().zip(1_usize..);
            endpoints.extend(lines.filter_map(|(line, number)| {
                let line = line.trim();
                // A comment at the end has a space before it.
                let target = line.split_once(" #").map_or(line, |(target, _)| target.trim());
                let location = || format!("{}:{number}: ", path.display());
                (!target.is_empty() && !target.starts_with('#'))
                    .then(|| of(target, METRICS, &location))
                    .flatten()
            }));
        }
        if errors.is_empty() { Ok((servers, endpoints)) } else { Err(Error::Messages(errors)) }
    }

    /// Reads a file of metrics. A file that cannot be opened is an error, as for every command.
    fn file(
        &self,
        path: &Path,
        gathering: &mut Gathering,
        missing: &mut Vec<Missing>,
    ) -> Result<(), Error> {
        let shown = path.display();
        let source: Arc<str> = shown.to_string().into();
        let unread = |error: std::io::Error| Error::new(format!("cannot read {shown}: {error}"));
        let text: Box<dyn Read> = if path.as_os_str() == "-" {
            Box::new(std::io::stdin().lock())
        } else {
            let file = File::open(path).map_err(unread)?;
            if file.metadata().is_ok_and(|metadata| metadata.is_dir()) {
                return Err(Error::new(format!("cannot read {shown}: it is a folder")));
            }
            match Patient::of(&file) {
                Some(patient) => Box::new(patient.map_err(unread)?),
                None => Box::new(file),
            }
        };
        let metrics = Metrics::of(&self.metric);
        let text = BufReader::new(text.take(LARGEST));
        if let Err(reason) = take(text, false, &source, &metrics, gathering) {
            missing.push(Missing::of(&source, reason));
        }
        Ok(())
    }
}

const METRICS: &str = "/metrics";

/// Reads what an endpoint gives.
fn take(
    mut text: impl BufRead,
    is_json: bool,
    source: &Arc<str>,
    metrics: &Metrics,
    gathering: &mut Gathering,
) -> Result<(), String> {
    let before = gathering.values();
    let beginning = text.fill_buf().map_err(|error| error.to_string())?;
    if is_json || featurez::is_json(beginning) {
        featurez::read(text, source, gathering)?;
    } else {
        let wants = |metric: &str| metrics.wants(metric);
        exposition::read(text, wants, |sample| gathering.add(source, sample))?;
    }
    if gathering.values() == before {
        return Err(format!("it has no metric {}", metrics.gates));
    }
    Ok(())
}

/// Asks endpoints, many at once.
fn endpoints_of(
    client: &Client,
    endpoints: &[Address],
    metrics: &Metrics,
    gathering: &mut Gathering,
    progress: &Progress,
    missing: &mut Vec<Missing>,
) {
    let next = AtomicUsize::new(0);
    let all = Mutex::new((gathering, missing));
    let work = || {
        while let Some(address) = endpoints.get(next.fetch_add(1, Ordering::Relaxed)) {
            let mut own = Gathering::new(metrics.clone());
            let result = endpoint(client, address, metrics, &mut own);
            progress.more(own.values() as u64);
            let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
            let (gathering, missing) = &mut *all;
            // What it gave before an error counts.
            if let Err(reason) = gathering.join(&own).and(result) {
                missing.push(Missing::of(&address.to_string(), reason));
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..AT_ONCE.min(endpoints.len()) {
            scope.spawn(work);
        }
    });
}

fn endpoint(
    client: &Client,
    address: &Address,
    metrics: &Metrics,
    gathering: &mut Gathering,
) -> Result<(), String> {
    let shows_gates = address.path().ends_with("/featurez");
    let accept = if shows_gates { "application/json" } else { "text/plain;version=0.0.4" };
    let answer = client.get(address, &[], accept, Kind::Endpoint)?;
    let source: Arc<str> = address.instance().into();
    let text = BufReader::with_capacity(64 << 10, answer.body);
    take(text, answer.is_json, &source, metrics, gathering)
}
