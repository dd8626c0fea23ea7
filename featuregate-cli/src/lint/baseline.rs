//! The findings that a repository has accepted: a file with a JSON object on each line, sorted, so that changes of it are
//! small and can be merged.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use crate::finding::Finding;
use crate::io::text::Location;

/// Accepted findings.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Baseline(BTreeMap<Entry, Accepted>);

/// What makes two findings the same. Their lines do not, since these change with what is above, nor do targets.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Entry {
    path: String,
    rule: String,
    gate: String,
    value: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Accepted {
    /// At how many locations.
    count: usize,
    /// The line of the file that says so.
    line: u32,
}

/// A line of the file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    path: String,
    rule: String,
    gate: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    count: usize,
}

/// What is accepted and does not occur as often.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Stale {
    /// The line of the file.
    pub(crate) line: u32,
    pub(crate) message: String,
}

impl Baseline {
    /// Reads a file, or returns what is wrong with it: `3: ` and a message.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let mut entries: BTreeMap<Entry, Accepted> = BTreeMap::new();
        for (line, content) in (1..).zip(text.lines()).filter(|(_, it)| !it.trim().is_empty()) {
            let Written { path, rule, gate, value, count } =
                serde_json::from_str(content).map_err(|error| format!("{line}: {error}"))?;
            let entry = Entry { path, rule, gate, value };
            // Two branches that were merged may both have it.
            entries.entry(entry).or_insert(Accepted { count: 0, line }).count += count;
        }
        Ok(Self(entries))
    }

    /// The file that accepts these findings; `name` gives the path as the file has it.
    pub(crate) fn of(findings: &[Finding], name: impl Fn(&str) -> String) -> Self {
        let mut locations: BTreeMap<Entry, BTreeSet<Location>> = BTreeMap::new();
        for finding in findings {
            locations.entry(Entry::of(finding, &name)).or_default().insert(finding.location);
        }
        let entries = (1..).zip(locations);
        let entries = entries
            .map(|(line, (entry, locations))| (entry, Accepted { count: locations.len(), line }));
        Self(entries.collect())
    }

    /// The text of the file.
    pub(crate) fn to_text(&self) -> serde_json::Result<String> {
        let lines = self.0.iter().map(|(entry, accepted)| {
            let Entry { path, rule, gate, value } = entry.clone();
            let written = Written { path, rule, gate, value, count: accepted.count };
            Ok(serde_json::to_string(&written)? + "\n")
        });
        lines.collect()
    }

    /// How many findings it accepts; those of a location for several targets are one.
    pub(crate) fn count(&self) -> usize {
        self.0.values().map(|accepted| accepted.count).sum()
    }

    /// Takes out the findings that are accepted, and returns how many these are. If there are more than that, the first ones
    /// are taken out. What does not occur as often is stale, as far as the file was `covered`.
    pub(crate) fn accept(
        &self,
        findings: &mut Vec<Finding>,
        name: impl Fn(&str) -> String,
        covered: impl Fn(&str) -> bool,
    ) -> (usize, Vec<Stale>) {
        let mut found: HashMap<Entry, BTreeSet<Location>> = HashMap::new();
        findings.retain(|finding| {
            let entry = Entry::of(finding, &name);
            let Some(accepted) = self.0.get(&entry) else { return true };
            let locations = found.entry(entry).or_default();
            if locations.len() < accepted.count {
                locations.insert(finding.location);
            }
            !locations.contains(&finding.location)
        });
        let mut stale = Vec::new();
        for (entry, accepted) in &self.0 {
            let times = found.get(entry).map_or(0, BTreeSet::len);
            if times < accepted.count && covered(&entry.path) {
                stale.push(Stale { line: accepted.line, message: entry.stale(times) });
            }
        }
        stale.sort_by_key(|stale| stale.line);
        (found.values().map(BTreeSet::len).sum(), stale)
    }
}

impl Entry {
    fn of(finding: &Finding, name: impl Fn(&str) -> String) -> Self {
        Self {
            path: name(&finding.path),
            rule: finding.rule.to_owned(),
            gate: finding.gate.to_string(),
            value: finding.value.as_deref().map(str::to_owned),
        }
    }

    /// That it occurs only so often.
    fn stale(&self, times: usize) -> String {
        let Self { path, rule, gate, .. } = self;
        let times = match times {
            0 => "no longer occurs".to_owned(),
            1 => "occurs only once".to_owned(),
            times => format!("occurs only {times} times"),
        };
        let gate = if gate.is_empty() { String::new() } else { format!(" for gate {gate}") };
        format!("{rule}{gate} {times} in {path}")
    }
}

#[cfg(test)]
mod tests {
    use super::{Baseline, Stale};
    use crate::finding::Finding;

    fn finding(path: &str, text: &str, at: usize) -> Finding {
        let mut finding = Finding::example(text, at..at + 1);
        finding.path = path.into();
        finding
    }

    fn name(path: &str) -> String {
        format!("repository/{path}")
    }

    #[test]
    fn a_file_is_sorted_and_accepts_what_it_was_written_for() {
        let text = "A: B\nA: B\n";
        let mut findings = vec![finding("b", text, 0), finding("a", text, 3)];
        findings.extend([finding("b", text, 5), finding("b", text, 5)]);
        let baseline = Baseline::of(&findings, name);
        let written = baseline.to_text().unwrap();
        assert_eq!(
            written,
            "{\"path\":\"repository/a\",\"rule\":\"removed-gate\",\"gate\":\"B\",\"count\":1}\n\
             {\"path\":\"repository/b\",\"rule\":\"removed-gate\",\"gate\":\"A\",\"count\":2}\n"
        );
        assert_eq!(Baseline::read(&written), Ok(Baseline::of(&findings, name)));
        assert_eq!(baseline.count(), 3);
        assert_eq!(baseline.accept(&mut findings, name, |_| true), (3, Vec::new()));
        assert_eq!(findings, []);
    }

    #[test]
    fn what_is_new_is_left_and_what_no_longer_occurs_is_stale() {
        let text = "A: B\nA: B\nC\n";
        let before = [finding("b", text, 0), finding("a", text, 3), finding("b", text, 10)];
        let baseline = Baseline::of(&before, name);
        let mut now = vec![finding("b", text, 0), finding("b", text, 5), finding("c", text, 0)];
        let (accepted, stale) = baseline.accept(&mut now, name, |path| path != "repository/a");
        assert_eq!(now, [finding("b", text, 5), finding("c", text, 0)]);
        let message = "removed-gate for gate C no longer occurs in repository/b".to_owned();
        assert_eq!((accepted, stale), (1, vec![Stale { line: 3, message }]));
        let twice = Baseline::of(&[finding("b", text, 0), finding("b", text, 5)], name);
        let (accepted, stale) = twice.accept(&mut vec![finding("b", text, 5)], name, |_| true);
        let message = "removed-gate for gate A occurs only once in repository/b".to_owned();
        assert_eq!((accepted, stale), (1, vec![Stale { line: 1, message }]));
    }

    #[test]
    fn a_line_that_is_wrong_is_reported() {
        for (text, error) in [
            ("\n{}\n", "2: missing field `path` at line 1 column 2"),
            ("{\"path\":1}", "1: invalid type: integer `1`, expected a string at line 1 column 9"),
            ("x", "1: expected value at line 1 column 1"),
        ] {
            assert_eq!(Baseline::read(text).unwrap_err(), error);
        }
    }
}
