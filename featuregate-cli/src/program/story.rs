//! The story of a gate: what each release changed, and what it means to an operator of a given one.

use std::fmt::Write as _;
use std::io::{self, Write};

use anstyle::Style;
use featuregate_core::__private::on_or_off;
use featuregate_core::{Milestone, Stage, Status, Version};
use serde::Serialize;

use crate::io::escape::escape;
use crate::program::builtin;
use crate::program::gates::{Facts, Gates, Listed, began, promise};

/// What is shown about a gate at a release.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Story<'a> {
    pub(crate) gate: &'a str,
    pub(crate) target: String,
    /// The status at the target: `there`, `not-yet` or `removed`.
    standing: &'static str,
    /// That in words.
    pub(crate) meaning: Vec<String>,
    /// The values that the target accepts.
    accepts: Vec<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stage: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    default: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    locked: Option<bool>,
    pub(crate) milestones: Vec<HistoryEntry>,
    #[serde(flatten)]
    pub(crate) facts: Facts<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    required_by: Vec<&'a str>,
    /// The gates that turn it on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    implied_by: Vec<&'a str>,
    /// The variable of the environment that sets it too.
    #[serde(skip_serializing_if = "Option::is_none")]
    variable: Option<String>,
    /// The first release without it, even a later one than the target.
    #[serde(skip)]
    pub(crate) removal: Option<String>,
}

/// What applies from a release on.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct HistoryEntry {
    pub(crate) version: String,
    pre_release: &'static str,
    default: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    default_if: Option<String>,
    lock_to_default: bool,
    #[serde(skip)]
    pub(crate) description: String,
    #[serde(skip)]
    begun: bool,
}

impl<'a> Story<'a> {
    pub(crate) fn of(gates: &'a Gates, listed: Listed<'a>) -> Self {
        let spec = listed.spec;
        let state = listed.present();
        Self {
            gate: listed.gate.name(),
            target: gates.target.to_string(),
            standing: match listed.status {
                Status::NotIntroduced { .. } => "not-yet",
                Status::Removed { .. } => "removed",
                _ => "there",
            },
            meaning: meaning(gates, listed),
            accepts: gates.accepted(listed.gate.name()),
            stage: state.map(|state| state.stage().as_str()),
            default: state.map(|state| state.default()),
            locked: state.map(|state| state.is_locked()),
            milestones: steps(listed, gates.target),
            facts: listed.facts(),
            required_by: gates.dependents(listed.gate.name()),
            implied_by: gates.implying(listed.gate.name()),
            variable: builtin::variable(listed.gate),
            removal: spec.removed().map(|version| version.to_string()),
        }
    }

    pub(crate) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let (bold, dim) = (Style::new().bold(), Style::new().dimmed());
        writeln!(out, "{bold}{}{bold:#}", escape(self.gate))?;
        if !self.facts.doc.is_empty() {
            writeln!(out)?;
            for line in self.facts.doc.lines() {
                writeln!(out, "{}", escape(line))?;
            }
        }
        let width = self.milestones.iter().map(|entry| entry.version.len()).max();
        let width = width.max(self.removal.as_ref().map(String::len)).unwrap_or_default();
        if width > 0 {
            writeln!(out, "\n{bold}History{bold:#}")?;
        }
        for entry in &self.milestones {
            let style = if entry.begun { Style::new() } else { dim };
            writeln!(out, "  {style}{:width$}  {}{style:#}", entry.version, entry.description)?;
        }
        if let Some(removal) = &self.removal {
            writeln!(out, "  {removal:width$}  removed")?;
        }
        writeln!(out, "\n{bold}At {}{bold:#}", self.target)?;
        for sentence in &self.meaning {
            writeln!(out, "  {}", escape(sentence))?;
        }
        let facts = self.titled();
        if !facts.is_empty() {
            writeln!(out)?;
        }
        for (title, values) in facts {
            writeln!(out, "{bold}{title}:{bold:#} {}", escape(&values))?;
        }
        Ok(())
    }

    /// The facts that are known, each with its title.
    pub(crate) fn titled(&self) -> Vec<(&'static str, String)> {
        let Facts { owner, issue, requires, implies, aliases, components, cfg, .. } = &self.facts;
        let Facts { default_if, tags, meta, remove_in, .. } = &self.facts;
        let mut notes = Vec::new();
        notes.extend(self.facts.switchable.then_some("it stays a switch"));
        notes.extend(self.facts.runtime.then_some("it may change while the program runs"));
        notes.extend(self.facts.except_from_groups.then_some("no group sets it"));
        let meta: Vec<String> =
            meta.iter().map(|(key, value)| format!("{key} = {value}")).collect();
        let facts = [
            ("Owner", owner.unwrap_or_default().to_owned()),
            ("Issue", issue.unwrap_or_default().to_owned()),
            ("Requires", requires.join(", ")),
            ("Required by", self.required_by.join(", ")),
            ("Implies", implies.join(", ")),
            ("Implied by", self.implied_by.join(", ")),
            ("Formerly", aliases.join(", ")),
            ("Read by", components.join(", ")),
            ("Compiled if", cfg.unwrap_or_default().to_owned()),
            ("On by default if", default_if.unwrap_or_default().to_owned()),
            ("Tags", tags.join(", ")),
            ("Meta", meta.join(", ")),
            ("Notes", notes.join(", ")),
            ("Set by variable", self.variable.clone().unwrap_or_default()),
            ("Removal due in", remove_in.clone().unwrap_or_default()),
        ];
        facts.into_iter().filter(|(_, values)| !values.is_empty()).collect()
    }
}

fn steps(listed: Listed<'_>, target: Version) -> Vec<HistoryEntry> {
    let mut before: Option<&Milestone> = None;
    let entry = |milestone| {
        let condition = listed.condition_at(milestone);
        let mut description = described(before.replace(milestone), milestone);
        if let Some(condition) = condition {
            let _ = write!(description, "; on if {condition}");
        }
        HistoryEntry {
            version: milestone.since().to_string(),
            pre_release: milestone.stage().as_str(),
            default: milestone.default(),
            default_if: condition.map(str::to_owned),
            lock_to_default: milestone.is_locked(),
            description,
            begun: milestone.since() <= target,
        }
    };
    listed.spec.milestones().iter().map(entry).collect()
}

/// What a milestone changes.
fn described(before: Option<&Milestone>, milestone: &Milestone) -> String {
    let stage = milestone.stage();
    let on = on_or_off(milestone.default());
    let mut text = match before {
        Some(before) if before.stage() == stage => format!("still {stage}"),
        _ => stage.to_string(),
    };
    let turned = before.is_some_and(|before| before.default() != milestone.default());
    text.push_str(if turned { ", now " } else { ", " });
    text.push_str(on);
    if before.is_none() && !milestone.is_locked() {
        text.push_str(" by default");
    }
    match (before.is_some_and(Milestone::is_locked), milestone.is_locked()) {
        (false, true) => {
            let _ = write!(text, " and locked: it cannot be set to {}", !milestone.default());
        }
        (true, true) => text.push_str(", locked"),
        (true, false) => text.push_str(", no longer locked"),
        (false, false) => {}
    }
    if let Some(version) = milestone.min_compat() {
        let _ = write!(text, ", if the minimum compatibility version is at least {version}");
    }
    text
}

/// What the gate means to an operator of the release.
fn meaning(gates: &Gates, listed: Listed<'_>) -> Vec<String> {
    match listed.status {
        Status::NotIntroduced { introduced, .. } => {
            let when = match introduced {
                Some(first) => format!("It does not exist yet; {first} introduces it."),
                None => "It does not exist.".to_owned(),
            };
            vec![when, "The process does not start if it is set.".to_owned()]
        }
        Status::Removed { since, value, .. } => {
            let on = on_or_off(value);
            let settings = if gates.tolerates_removed() {
                format!(
                    "The process tolerates {value} and does not start with the other value; remove the setting."
                )
            } else {
                "The process does not start if it is set; remove the setting.".to_owned()
            };
            vec![format!("It was removed in {since}, and its feature is always {on}."), settings]
        }
        _ => listed.present().map(|state| present(listed, state)).unwrap_or_default(),
    }
}

fn present(listed: Listed<'_>, milestone: Milestone) -> Vec<String> {
    let stage = milestone.stage();
    let since = began(&milestone).map_or_else(String::new, |since| format!(" since {since}"));
    let (on, other) = (on_or_off(milestone.default()), !milestone.default());
    let groups = listed.groups(stage);
    let group = match &*groups {
        [] => String::new(),
        groups => format!(", also by {}", groups.join(" or ")),
    };
    let settings = if let Some(condition) = listed.condition_at(&milestone) {
        let locked = if milestone.is_locked() { ", and locked to that" } else { "" };
        format!("Unless it is set{group}, it is on if {condition}, and off otherwise{locked}.")
    } else if milestone.is_locked() {
        format!(
            "It is locked {on}: the process does not start if it is set to {other}, and setting it to {} has no effect.",
            milestone.default()
        )
    } else {
        format!("It is {on} unless it is set to {other}{group}.")
    };
    let promise = match stage {
        Stage::Ga if listed.spec.is_switchable() => "it is always available, and stays a switch",
        _ => promise(stage),
    };
    vec![format!("It is {stage}{since}: {promise}."), settings]
}
