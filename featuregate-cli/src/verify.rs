//! The declared gates against their manifests and the policy: what is found.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::committed::Committed;
use crate::diff;
use crate::failure::Failure;
use crate::finding::{Finding, Level};
use crate::report::Report;
use crate::rules::verify::{Breach, Now, OF_NOW, OVER_TIME, Step, of_mistake, stale_manifest};
use crate::rules::{Policy, Rule};
use crate::source::{Component, Mistake, Selected};

/// A component with the manifests that it is held against.
#[derive(Debug)]
pub(crate) struct Held<'a> {
    pub(crate) component: &'a Component,
    /// The file of its manifest.
    pub(crate) path: PathBuf,
    /// What it has.
    pub(crate) committed: Option<Committed>,
    /// What it had in the revision that was asked for.
    pub(crate) base: Option<Committed>,
}

impl<'a> Held<'a> {
    /// The components of a source, with their manifests.
    pub(crate) fn all(selected: &'a Selected, base: Option<&str>) -> Result<Vec<Self>, Failure> {
        let held = |component| {
            let path = selected.manifest(component);
            let committed = Committed::read(&path)?;
            let base = match base {
                Some(revision) => Committed::at(revision, &path)?,
                None => None,
            };
            Ok(Self { component, path, committed, base })
        };
        selected.source.components.iter().map(held).collect()
    }
}

/// What a policy makes of a source.
#[derive(Debug)]
pub(crate) struct Audit<'a> {
    policy: &'a Policy,
    report: Report,
}

impl<'a> Audit<'a> {
    /// What the source itself does wrong.
    pub(crate) fn of(selected: &Selected, policy: &'a Policy) -> Self {
        let source = &selected.source;
        let report = Report {
            files: source.files,
            skipped: source.skipped.clone(),
            texts: source.texts.clone(),
            ..Report::default()
        };
        let mut audit = Self { policy, report };
        for mistake in &source.mistakes {
            audit.mistake(mistake);
        }
        audit
    }

    /// Holds a component to the rules over time, for each of its manifests.
    pub(crate) fn over_time(&mut self, held: &Held<'_>) {
        let now = Now { component: held.component, policy: self.policy };
        // Both may show the same of a gate.
        let mut told = BTreeSet::new();
        for before in [&held.base, &held.committed].into_iter().flatten() {
            let step = Step { before: &before.manifest, now };
            for (rule, check) in OVER_TIME {
                for breach in check(step) {
                    if told.insert((rule.name, breach.gate.clone())) {
                        self.tell(rule, breach);
                    }
                }
            }
        }
    }

    /// Holds a component to the rules about what is declared, and its manifest to be that.
    pub(crate) fn now(&mut self, held: &Held<'_>) {
        self.report.targets.push(held.component.version);
        let committed = held.committed.as_ref();
        if let Some(breach) = stale_manifest::check(held.component, &held.path, committed) {
            if let Some(committed) = committed.filter(|_| breach.gate.is_empty()) {
                self.report.texts.insert(breach.spot.path.clone(), committed.text.clone());
            }
            self.tell(&stale_manifest::RULE, breach);
        }
        let now = Now { component: held.component, policy: self.policy };
        for (rule, check) in OF_NOW {
            for breach in check(now) {
                self.tell(rule, breach);
            }
        }
    }

    fn mistake(&mut self, mistake: &Mistake) {
        let rule = of_mistake(mistake.code);
        let (message, help) = parts(&mistake.message);
        let (message, help) = (message.to_owned(), help.to_owned());
        let (spot, gate) = (mistake.spot.clone(), mistake.gate.clone());
        self.tell(rule, Breach { spot, gate, message, help });
    }

    fn tell(&mut self, rule: &'static Rule, breach: Breach) {
        let Some(level) = self.policy.level(rule) else { return };
        let Breach { spot, gate, message, help } = breach;
        self.report.findings.push(Finding {
            rule: rule.name,
            level,
            target: None,
            gate,
            value: None,
            path: spot.path,
            place: spot.place,
            span: spot.span,
            message,
            help,
            fix: None,
        });
    }

    /// Whether something is at error level.
    pub(crate) fn has_errors(&self) -> bool {
        self.report.findings.iter().any(|finding| finding.level == Level::Error)
    }

    /// What was found, by place.
    pub(crate) fn report(self) -> Report {
        let mut report = self.report;
        report
            .findings
            .sort_by(|a, b| (&a.path, a.place, &a.gate).cmp(&(&b.path, b.place, &b.gate)));
        report.targets.sort();
        report.targets.dedup();
        report
    }
}

/// The lines of a manifest that differ from what they should be.
pub(crate) fn diff(held: &Held<'_>) -> Vec<String> {
    let Some(committed) = &held.committed else { return Vec::new() };
    let expected = stale_manifest::expected(held.component, Some(committed)).to_yaml();
    let path = held.path.display().to_string();
    diff::lines((&path, &committed.text), ("as the source has it", &expected))
}

/// What is wrong and what would be right, which one sentence of a mistake says. What it quotes from the source
/// may hold anything.
fn parts(sentence: &str) -> (&str, &str) {
    let (mut quoted, mut escaped) = (false, false);
    let end = sentence.char_indices().find_map(|(at, c)| {
        quoted ^= c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        let ends = !quoted && sentence.get(at..).is_some_and(|rest| rest.starts_with("; "));
        ends.then_some(at)
    });
    let (message, help) =
        end.and_then(|end| sentence.split_at_checked(end)).unwrap_or((sentence, ""));
    (message, help.trim_start_matches("; "))
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn what_a_sentence_quotes_does_not_end_it() {
        for (sentence, expected) in [
            (r#""1; 2" is not a version; write 1.2"#, (r#""1; 2" is not a version"#, "write 1.2")),
            (r#"no "a\"; b"; drop it; or not"#, (r#"no "a\"; b""#, "drop it; or not")),
            (r#"no "a\\"; drop it"#, (r#"no "a\\""#, "drop it")),
            ("nothing else", ("nothing else", "")),
        ] {
            assert_eq!(parts(sentence), expected);
        }
    }
}
