//! The gates that no instance has away from the default, and since when.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use featuregate_core::__private::{Name, on_or_off};
use featuregate_core::{Stage, Status, Version};

use crate::fleet::answer::Series;
use crate::fleet::base::{Known, Origin};
use crate::fleet::finding::{Certainty, Finding, What};
use crate::fleet::instances::{Component, NameId, own};
use crate::fleet::missing::Missing;
use crate::fleet::sources::Servers;
use crate::lint::rule::Policy;
use crate::lint::rules;

/// How often a range is looked at.
const POINTS: u64 = 240;

/// The shortest step, which few servers scrape more often than.
const STEP: u64 = 60;

/// What servers remember.
#[derive(Debug, Default)]
pub(crate) struct History {
    /// The times at which gates were off somewhere, and on.
    times: BTreeMap<String, [Option<Times>; 2]>,
    step: Duration,
}

/// The first and the last time, in seconds.
#[derive(Clone, Copy, Debug)]
struct Times {
    first: f64,
    last: f64,
}

impl History {
    /// Asks the servers for the last days.
    pub(crate) fn read(
        servers: &Servers,
        metric: &str,
        days: u32,
        missing: &mut Vec<Missing>,
    ) -> Self {
        let window = u64::from(days) * 24 * 60 * 60;
        let step = (window / POINTS).max(STEP);
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO).as_secs();
        let mut history = Self { step: Duration::from_secs(step), ..Self::default() };
        let [start, end, step] =
            [now.saturating_sub(window), now, step].map(|number| number.to_string());
        for (source, server) in servers.each() {
            for on in [false, true] {
                let (selector, value) = (server.selector(metric, &[]), u8::from(on));
                let query = format!("count by (name, exported_name) ({selector} == {value})");
                let parameters =
                    [("query", query.as_str()), ("start", &start), ("end", &end), ("step", &step)];
                let asked = server.query("/api/v1/query_range", &parameters, |series| {
                    history.add(series, on);
                    Ok(())
                });
                let reason = asked.unwrap_or_else(|reason| Some(format!("since when: {reason}")));
                missing.extend(reason.map(|reason| Missing::of(&source, reason)));
            }
        }
        history
    }

    fn add(&mut self, series: Series<'_>, on: bool) {
        let times = series.values().filter(|(_, count)| *count > 0.0).map(|(time, _)| time);
        let times: Vec<f64> = times.collect();
        let (_, labels) = series.into_labels();
        let Some(name) = own(&labels, "name").filter(|_| !times.is_empty()) else { return };
        let [of_off, of_on] = self.times.entry(name.to_owned()).or_default();
        let known = if on { of_on } else { of_off };
        for time in times {
            let Times { first, last } = known.unwrap_or(Times { first: time, last: time });
            *known = Some(Times { first: first.min(time), last: last.max(time) });
        }
    }

    /// Since when a gate has only that value, and whether more than that is not remembered.
    fn since(&self, gate: &str, on: bool) -> Option<(String, bool)> {
        let [of_off, of_on] = self.times.get(gate)?;
        let (own, other) = if on { (of_on, of_off) } else { (of_off, of_on) };
        match other {
            Some(other) => Some((date(other.last + self.step.as_secs_f64())?, false)),
            None => Some((date(own.as_ref()?.first)?, true)),
        }
    }
}

/// The date of a time in seconds, if it is one.
fn date(seconds: f64) -> Option<String> {
    // The end of the year 9999, after which dates are longer.
    const LAST: f64 = 253_402_300_799.0;
    let since = Duration::try_from_secs_f64(seconds.min(LAST)).ok()?;
    let text = humantime::format_rfc3339_seconds(UNIX_EPOCH + since).to_string();
    text.split_once('T').map(|(date, _)| date.to_owned())
}

/// A gate of a program.
#[derive(Default)]
struct Use {
    /// The instances where it is off, and on.
    instances: [usize; 2],
    /// What it is and its value, at the newest release.
    newest: Option<(Option<Version>, Status, bool)>,
    components: HashSet<Component>,
    away: bool,
}

/// The gates that all instances have at their default.
pub(crate) fn unused(
    known: &mut Known<'_>,
    history: &History,
    complete: bool,
    policy: &Policy,
) -> Vec<Finding> {
    let rule = &rules::UNSET_GATE;
    let Some(level) = policy.level(rule) else { return Vec::new() };
    let mut uses: BTreeMap<(Component, NameId), Use> = BTreeMap::new();
    let mut counts: BTreeMap<_, usize> = BTreeMap::new();
    let fleet = known.fleet;
    for instance in &fleet.instances {
        let of = (instance.component.clone(), Arc::as_ptr(&instance.profile));
        *counts.entry(of).or_default() += 1;
    }
    for instance in &fleet.instances {
        let component = &instance.component;
        let of = (component.clone(), Arc::as_ptr(&instance.profile));
        let Some(count) = counts.remove(&of) else { continue };
        let (program, _) = known.program(component.as_ref());
        let base = known.base(component.as_ref(), &instance.profile);
        for (value, origin) in base.origins(&instance.profile) {
            let Some(status) = base.status(value.gate) else { continue };
            let of_gate = uses.entry((program.clone(), value.gate)).or_default();
            let [off, on] = &mut of_gate.instances;
            *if value.on { on } else { off } += count;
            let release = instance.profile.effective();
            if of_gate.newest.as_ref().is_none_or(|(newest, ..)| *newest <= release) {
                of_gate.newest = Some((release, status, value.on));
            }
            of_gate.components.insert(component.clone());
            of_gate.away |= status.default() != value.on || matches!(origin, Origin::Group);
        }
    }
    let certainty = if complete { Certainty::Certain } else { Certainty::Possible };
    let unused = uses.into_iter().filter(|(_, of_gate)| !of_gate.away);
    let findings = unused.filter_map(|((_, gate), of_gate)| {
        let (_, status, on) = of_gate.newest?;
        let name = &fleet.names[gate];
        let mixed = !of_gate.instances.contains(&0);
        let since = if mixed { None } else { history.since(name, on) };
        let when = since
            .as_ref()
            .map(|(date, open)| format!(", {}since {date}", if *open { "at least " } else { "" }));
        let [off_at, on_at] = of_gate.instances;
        let (name_of, value, total) = (Name(name), on_or_off(on), off_at + on_at);
        let message = if mixed {
            let (count, others) = if on { (on_at, off_at) } else { (off_at, on_at) };
            let other = on_or_off(!on);
            format!(
                "gate {name_of} is {value} at {count} of {total} instances, and {other} at {others} of older releases, as by default"
            )
        } else {
            let all = match total {
                1 => "the only instance".to_owned(),
                total => format!("all {total} instances"),
            };
            format!("gate {name_of} is {value} at {all}, as by default{}", when.unwrap_or_default())
        };
        let mut components = of_gate.components.into_iter();
        let component = components.next().flatten().filter(|_| components.next().is_none());
        let (name, help) = (Arc::clone(name), help(status).to_owned());
        let what = What {
            since: since.map(|(date, _)| date),
            ..What::of(rule, level, certainty, name, on, message, help)
        };
        Some(Finding { what: Arc::new(what), instance: None, component })
    });
    let mut findings: Vec<Finding> = findings.collect();
    findings.sort_by(|a, b| (&a.component, &a.what.gate).cmp(&(&b.component, &b.what.gate)));
    findings
}

/// What its maintainers can do.
fn help(status: Status) -> &'static str {
    match status.stage() {
        _ if status.is_locked() => "remove the gate from the code; it is locked",
        Stage::Ga => "remove the gate from the code; nobody turns it off",
        Stage::Deprecated => "remove the gate from the code; nobody sets it",
        Stage::Beta if status.default() => "make it GA, and remove it later; nobody turns it off",
        _ => "make it beta, or remove the feature; nobody turns it on",
    }
}
