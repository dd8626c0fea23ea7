//! A Prometheus, asked by its HTTP API.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Read as _;
use std::sync::Arc;
use std::time::Instant;

use serde::Deserialize;

use crate::fleet::answer::{self, Series};
use crate::fleet::exposition::Sample;
use crate::fleet::http::{Address, Client, Kind, late};
use crate::fleet::instances::{BUILD, Gathering};
use crate::fleet::missing::Missing;
use crate::io::progress::Progress;

/// How many instances are asked for at once where a server does not give all.
const PAGE: usize = 100;

/// The most bytes of a list of instances.
const LIST: u64 = 32 << 20;

/// A server, and what is asked of it.
pub(crate) struct Prometheus<'a> {
    client: &'a Client,
    address: &'a Address,
    /// Which series are meant, as in `cluster="a"`.
    matching: Option<&'a str>,
    source: Arc<str>,
}

impl<'a> Prometheus<'a> {
    pub(crate) fn of(client: &'a Client, address: &'a Address, matching: Option<&'a str>) -> Self {
        Self { client, address, matching, source: address.to_string().into() }
    }

    /// Reads the instances and their gates; what is missing is added.
    pub(crate) fn read(
        &self,
        gates: &str,
        versions: &[String],
        gathering: &mut Gathering,
        progress: &Progress,
        missing: &mut Vec<Missing>,
    ) {
        let before = gathering.values();
        let mut lacks = |reason: String| missing.push(Missing::of(&self.source, reason));
        let asked = self.instant(&self.selector(gates, &[]), gathering, progress);
        let asked = match asked {
            Err(reason) if TOO_MANY.iter().any(|text| reason.contains(text)) => self
                .in_pages(gates, gathering, progress)
                .map_err(|page| format!("{reason}; {page}")),
            asked => asked,
        };
        match asked {
            // It does not answer the other queries either, and each may take its time.
            Err(reason) => return lacks(reason),
            Ok(None) if gathering.values() == before => {
                return lacks(format!("it has no metric {gates}"));
            }
            Ok(lacking) => lacking.into_iter().for_each(&mut lacks),
        }
        for metric in versions.iter().map(String::as_str).chain([BUILD]) {
            let asked = self.instant(&self.selector(metric, &[]), gathering, progress);
            asked.unwrap_or_else(Some).into_iter().for_each(&mut lacks);
        }
        let asked = self.down().and_then(|down| {
            // The jobs that have gates, or had some before they were down.
            let jobs =
                if down.is_empty() { Ok(BTreeSet::new()) } else { self.label_values("job", gates) };
            Ok((down, jobs?))
        });
        match asked {
            Ok((down, jobs)) => {
                // An instance may have other targets too.
                let scraped = gathering.scraped();
                let is_missing = |job: &String, instance: &String| {
                    jobs.contains(job) && !scraped.contains(&(job.as_str(), instance.as_str()))
                };
                for (job, instance) in down.iter().filter(|(job, it)| is_missing(job, it)) {
                    lacks(format!(
                        "{instance} of job {job} is down, so that its gates are not known"
                    ));
                }
            }
            Err(reason) => lacks(reason),
        }
    }

    /// The metric with labels that are asked for.
    pub(crate) fn selector(&self, metric: &str, labels: &[&str]) -> String {
        let matching = self.matching.into_iter().chain(labels.iter().copied());
        let matching: Vec<&str> = matching.collect();
        if matching.is_empty() {
            metric.to_owned()
        } else {
            format!("{metric}{{{}}}", matching.join(","))
        }
    }

    /// Adds what a query gives; returns what the server says is missing, or which series cannot be used.
    fn instant(
        &self,
        query: &str,
        gathering: &mut Gathering,
        progress: &Progress,
    ) -> Result<Option<String>, String> {
        let mut count = 0_u64;
        let (mut first, mut unusable) = (None, 0_u64);
        let lacks = self.query("/api/v1/query", &[("query", query)], |series| {
            count += 1;
            if count.is_multiple_of(10_000) {
                progress.more(10_000);
            }
            let Some(value) = series.value() else {
                return Err("a series has no value".to_owned());
            };
            let (metric, labels) = series.into_labels();
            let metric = metric.as_deref().unwrap_or_default();
            let sample = Sample { metric, labels, value };
            if let Some(reason) = gathering.unusable(&sample) {
                unusable += 1;
                first.get_or_insert(reason);
                return Ok(());
            }
            gathering.add(&self.source, sample)
        })?;
        let more = if unusable > 1 { format!(" ({unusable} such series)") } else { String::new() };
        Ok(first.map(|first| first + &more).or(lacks))
    }

    /// Asks for the series of some instances after those of others.
    fn in_pages(
        &self,
        gates: &str,
        gathering: &mut Gathering,
        progress: &Progress,
    ) -> Result<Option<String>, String> {
        let instances: Vec<String> = self.label_values("instance", gates)?.into_iter().collect();
        let (begun, most) = (Instant::now(), self.client.timeout(Kind::Query));
        let mut missing = None;
        for page in instances.chunks(PAGE) {
            if begun.elapsed() > most {
                return Err(late(most));
            }
            let names: Vec<String> = page.iter().map(|name| literal(name)).collect();
            let matching = format!("instance=~\"{}\"", names.join("|"));
            let lacks = self.instant(&self.selector(gates, &[&matching]), gathering, progress)?;
            missing = missing.or(lacks);
        }
        Ok(missing)
    }

    /// The values of a label of a metric, as far as the server remembers.
    fn label_values(&self, label: &str, metric: &str) -> Result<BTreeSet<String>, String> {
        #[derive(Deserialize)]
        struct Values {
            data: BTreeSet<String>,
        }
        let address = self.address.below(&format!("/api/v1/label/{label}/values"))?;
        let selector = self.selector(metric, &[]);
        let answer = self.client.get(
            &address,
            &[("match[]", &selector)],
            "application/json",
            Kind::Query,
        )?;
        let mut bytes = Vec::new();
        let read = answer.body.take(LIST).read_to_end(&mut bytes);
        read.map_err(|error| error.to_string())?;
        let values: Values = serde_json::from_slice(&bytes)
            .map_err(|error| format!("the list of its {label}s cannot be read: {error}"))?;
        Ok(values.data)
    }

    /// The targets that could not be scraped: job and instance.
    fn down(&self) -> Result<BTreeSet<(String, String)>, String> {
        let mut down = BTreeSet::new();
        let query = format!("{} == 0", self.selector("up", &[]));
        self.query("/api/v1/query", &[("query", &query)], |series| {
            let (metric, labels) = series.into_labels();
            let label = |wanted: &str| {
                let value = labels.iter().find(|(name, _)| name == wanted);
                value.map(|(_, value)| value.clone().into_owned())
            };
            if metric.as_deref() == Some("up") && down.len() < PAGE * PAGE {
                down.extend(label("job").zip(label("instance")));
            }
            Ok(())
        })?;
        Ok(down)
    }

    /// Gives the series of an answer to `each`; returns what the server says is missing.
    pub(crate) fn query(
        &self,
        path: &str,
        parameters: &[(&str, &str)],
        each: impl FnMut(Series<'_>) -> Result<(), String>,
    ) -> Result<Option<String>, String> {
        let address = self.address.below(path)?;
        let answer = self.client.get(&address, parameters, "application/json", Kind::Query)?;
        Ok(answer::read(answer.body, each)?.missing())
    }
}

/// What a Prometheus, a `VictoriaMetrics`, a Thanos, and a Mimir say of a query with more series than they may read at once.
const TOO_MANY: [&str; 4] = ["too many samples", "exceeds", "exceeded", "err-mimir-max"];

/// A regular expression, in a text of a query, for exactly this text.
fn literal(text: &str) -> String {
    let mut literal = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\n' => literal.push_str("\\n"),
            // A backslash for the expression, which the text escapes.
            '"' => literal.push_str("\\\""),
            '\\' => literal.push_str("\\\\\\\\"),
            c if c.is_ascii_punctuation() && !matches!(c, ':' | '-' | '_' | '/') => {
                let _ = write!(literal, "\\\\{c}");
            }
            c => literal.push(c),
        }
    }
    literal
}
