//! What the list says about gates and requests, worked out here once more and without the library:
//! the last spec whose version is not above the emulated one holds.

use std::collections::{BTreeMap, BTreeSet};

use featuregate_core::Version;
use serde_json::{Value, json};

use crate::data::{Data, ListedSpec, Removed};

/// Every release that the list and the example can be asked about.
pub(crate) const VERSIONS: [Version; 7] = [
    Version::new(1, 30),
    Version::new(1, 31),
    Version::new(1, 32),
    Version::new(1, 33),
    Version::new(1, 34),
    Version::new(1, 35),
    Version::new(1, 36),
];

pub(crate) struct Model {
    gates: BTreeMap<String, Vec<ListedSpec>>,
    requires: BTreeMap<String, BTreeSet<String>>,
    removed: BTreeMap<String, Removed>,
}

/// A gate that is asked for, where, and what the report must say of that place.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) name: String,
    pub(crate) value: bool,
    pub(crate) place: String,
    pub(crate) origin: Value,
}

impl Request {
    /// `--feature-gates=NAME=VALUE` alone.
    pub(crate) fn flag(name: &str, value: bool) -> Self {
        let item = format!("{name}={value}");
        Self {
            name: name.to_owned(),
            value,
            place: format!("--feature-gates, column 1, \"{item}\""),
            origin: json!({ "source": "flag", "column": 1, "item": item }),
        }
    }
}

/// What requests lead to.
pub(crate) enum Outcome {
    /// The report, as JSON, and the notices.
    Accepted { report: Value, notices: Vec<String> },
    /// The problems, in the order of the requests.
    Refused(Vec<String>),
}

impl Outcome {
    /// A word for the kind, by which a sample can be drawn.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Accepted { notices, .. } if notices.is_empty() => "accepted",
            Self::Accepted { .. } => "accepted with a notice",
            Self::Refused(problems) => {
                let kinds = [
                    ("does not exist yet", "not yet"),
                    ("locked", "locked"),
                    ("requires", "requires"),
                ];
                let kind = kinds.iter().find(|(text, _)| problems[0].contains(text));
                kind.map_or("other", |(_, kind)| kind)
            }
        }
    }
}

impl Model {
    pub(crate) fn of(data: &Data) -> Self {
        let mut removed = data.removed();
        // It went before the oldest list, and a configuration here still sets it.
        let earlier = Removed { since: Version::new(1, 29), value: true, specs: Vec::new() };
        removed.insert("KubeletCredentialProviders".to_owned(), earlier);
        Self {
            gates: data.list().into_iter().map(|gate| (gate.name, gate.specs)).collect(),
            requires: data.requires(),
            removed,
        }
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.gates.keys().map(String::as_str)
    }

    pub(crate) fn removed(&self) -> impl Iterator<Item = &str> {
        self.removed.keys().map(String::as_str)
    }

    fn at(&self, name: &str, version: Version) -> Option<&ListedSpec> {
        self.gates.get(name)?.iter().rfind(|spec| spec.since <= version)
    }

    pub(crate) fn resolve(&self, requests: &[Request], version: Version) -> Outcome {
        let mut problems: Vec<(usize, String)> = Vec::new();
        let mut notices = Vec::new();
        let mut refused = BTreeSet::new();
        for (place, request) in requests.iter().enumerate() {
            if let Some(problem) = self.problem(request, version) {
                problems.push((place, format!("{}: {problem}", request.place)));
                refused.insert(request.name.as_str());
            } else if let Some(notice) = self.notice(request, version) {
                notices.push(format!("{}: {notice}", request.place));
            }
        }
        let accepted: BTreeMap<&str, bool> = requests
            .iter()
            .filter(|request| !refused.contains(request.name.as_str()))
            .map(|request| (request.name.as_str(), request.value))
            .collect();
        for (gate, missing) in self.unmet(&accepted, version) {
            if refused.contains(gate) || missing.iter().any(|needed| refused.contains(needed)) {
                continue;
            }
            let blamed = |name: &str| requests.iter().position(|request| request.name == name);
            let place =
                blamed(gate).or_else(|| missing.iter().filter_map(|gate| blamed(gate)).min());
            let place = place.unwrap_or_else(|| panic!("{gate} is unmet without a request"));
            let told: Vec<String> = missing
                .iter()
                .map(|needed| self.told_missing(needed, requests, &requests[place], version))
                .collect();
            let problem = self.unmet_problem(gate, &missing, &told, &accepted, version);
            problems.push((place, format!("{}: {problem}", requests[place].place)));
        }
        if problems.is_empty() {
            Outcome::Accepted { report: self.report(requests, version), notices }
        } else {
            problems.sort();
            Outcome::Refused(problems.into_iter().map(|(_, problem)| problem).collect())
        }
    }

    /// Why a request is wrong by itself.
    fn problem(&self, request: &Request, version: Version) -> Option<String> {
        let Request { name, value, .. } = request;
        let Some(specs) = self.gates.get(name) else {
            let gone = &self.removed[name];
            let stays = if gone.value { "on" } else { "off" };
            let contrary = if gone.value == *value {
                String::new()
            } else {
                format!(", so it cannot be set to {value}")
            };
            return Some(format!(
                "gate {name} was removed in {} and stays {stays}{contrary}; remove the setting",
                gone.since
            ));
        };
        match self.at(name, version) {
            None => Some(format!(
                "gate {name} does not exist yet in {version}, so it cannot be set to {value}; remove the setting, or run as {} or later",
                specs[0].since
            )),
            Some(now) if now.locked && now.default != *value => Some(format!(
                "gate {name} is {} and locked to {}, so it cannot be set to {value}; remove the setting; the gate can no longer be turned {}",
                now.stage,
                now.default,
                if *value { "on" } else { "off" }
            )),
            Some(_) => None,
        }
    }

    fn notice(&self, request: &Request, version: Version) -> Option<String> {
        let Request { name, value, .. } = request;
        let now = self.at(name, version)?;
        let remove = "remove the setting, which becomes an error once the gate is removed";
        let prepare = "prepare to run without the setting";
        match now.stage.as_str() {
            "GA" if now.locked => Some(format!(
                "gate {name} is GA and locked to {value}, so setting it changes nothing; {remove}"
            )),
            "GA" if now.default == *value => {
                let on = if *value { "on" } else { "off" };
                Some(format!("gate {name} is GA and {on} by default; {remove}"))
            }
            "GA" => Some(format!(
                "gate {name} is GA, and a later release will lock it to {} or remove it; {prepare}",
                now.default
            )),
            "Deprecated" => {
                let help = if now.default == *value {
                    format!("remove the setting; {value} is the default")
                } else {
                    prepare.to_owned()
                };
                Some(format!(
                    "gate {name} is deprecated since {} and will be removed in a later release; {help}",
                    now.since
                ))
            }
            _ => None,
        }
    }

    fn enabled(&self, name: &str, requests: &BTreeMap<&str, bool>, version: Version) -> bool {
        let now = self.at(name, version);
        now.is_some_and(|now| requests.get(name).copied().unwrap_or(now.default))
    }

    /// The gates that are on, each with what it requires and what is off.
    fn unmet(
        &self,
        requests: &BTreeMap<&str, bool>,
        version: Version,
    ) -> BTreeMap<&str, BTreeSet<&str>> {
        let missing = |(gate, requires): (&'_ String, &'_ BTreeSet<String>)| {
            let on = |name: &str| self.enabled(name, requests, version);
            let gate = self.gates.get_key_value(gate).unwrap().0.as_str();
            let names =
                requires.iter().map(|name| self.gates.get_key_value(name).unwrap().0.as_str());
            let missing: BTreeSet<&str> = names.filter(|needed| !on(needed)).collect();
            (on(gate) && !missing.is_empty()).then_some((gate, missing))
        };
        self.requires.iter().filter_map(missing).collect()
    }

    /// The problem, with the smaller of two changes: to switch on all that is missing, or to give up
    /// the gate that requires it.
    fn unmet_problem(
        &self,
        gate: &str,
        missing: &BTreeSet<&str>,
        told: &[String],
        requests: &BTreeMap<&str, bool>,
        version: Version,
    ) -> String {
        let before = self.unmet(requests, version);
        let mends = |changed: &BTreeMap<&str, bool>| {
            let allowed = changed.iter().all(|(name, value)| {
                self.at(name, version).is_some_and(|now| !now.locked || now.default == *value)
            });
            let after = self.unmet(changed, version);
            let new = after.keys().any(|other| !before.contains_key(other));
            allowed && !new && !after.contains_key(gate)
        };

        let mut closure: BTreeSet<&str> = missing.clone();
        while let Some(more) = closure
            .iter()
            .filter_map(|name| self.requires.get(*name))
            .flatten()
            .map(String::as_str)
            .find(|name| !closure.contains(name) && !self.enabled(name, requests, version))
        {
            closure.insert(more);
        }
        let mut switched_on = requests.clone();
        switched_on.extend(closure.iter().map(|name| (*name, true)));

        let mut without = requests.clone();
        let drop = requests.contains_key(gate) && !self.at(gate, version).unwrap().default;
        if drop {
            without.remove(gate);
        } else {
            without.insert(gate, false);
        }

        let told: Vec<&str> = told.iter().map(String::as_str).collect();
        let verb = if missing.len() == 1 { "is" } else { "are" };
        let by = if requests.contains_key(gate) { "" } else { " by default" };
        let problem =
            format!("gate {gate} is on{by} but requires {}, which {verb} off", and(&told));
        let giving_up = mends(&without);
        if mends(&switched_on) && (closure.len() == 1 || !giving_up) {
            let set: Vec<String> = closure.iter().map(|name| format!("{name}=true")).collect();
            let set: Vec<&str> = set.iter().map(String::as_str).collect();
            let or_remove =
                if drop && giving_up { format!(", or remove {gate}=true") } else { String::new() };
            // What is asked to be off already is asked for differently, not also.
            if closure.iter().all(|name| requests.contains_key(name)) {
                format!("{problem}; set {} instead{or_remove}", and(&set))
            } else {
                format!("{problem}; also set {}{or_remove}", and(&set))
            }
        } else if giving_up {
            let change =
                if drop { format!("remove {gate}=true") } else { format!("set {gate}=false") };
            format!("{problem}; {change}")
        } else {
            format!("{problem}; turn on what it requires, or turn off what requires it")
        }
    }

    /// A gate that is missing, with why it is off unless the problem stands there itself.
    fn told_missing(
        &self,
        name: &str,
        requests: &[Request],
        problem: &Request,
        version: Version,
    ) -> String {
        let Some(now) = self.at(name, version) else {
            return format!("{name} (which begins with {})", self.gates[name][0].since);
        };
        match requests.iter().rfind(|request| request.name == name) {
            Some(request) if request.place == problem.place => name.to_owned(),
            Some(request) => format!("{name} (set to false at {})", request.place),
            None if now.locked => format!("{name} (locked to false)"),
            None => name.to_owned(),
        }
    }

    fn report(&self, requests: &[Request], version: Version) -> Value {
        let row = |name: &str| {
            let now = self.at(name, version)?;
            let request = requests.iter().rfind(|request| request.name == name);
            Some(json!({
                "name": name,
                "stage": now.stage,
                "default": now.default,
                "locked": now.locked,
                "enabled": request.map_or(now.default, |request| request.value),
                "origin": request
                    .map_or_else(|| json!({ "source": "default" }), |request| request.origin.clone()),
            }))
        };
        self.names().filter_map(row).collect()
    }
}

fn and(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
