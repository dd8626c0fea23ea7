//! A gate that is on while one that it requires is off.

use featuregate_core::quote::Name;
use featuregate_core::{Mend, Missing, Off, OnBy, Origin, Problem, ProblemKind};

use crate::finding::Level;
use crate::lint::rules::Rule;
use crate::lint::rules::check::{Remedy, Verdict};

pub(crate) const RULE: Rule = Rule {
    name: "unmet-dependency",
    level: Level::Error,
    summary: "a gate is on while one that it requires is off",
    page: include_str!("../../../../docs/rules/unmet-dependency.md"),
    ..Rule::USUAL
};

/// The setting to blame, and what is wrong: the one that turns the gate on, or where nothing does, the one
/// that turns off what it requires.
pub(crate) fn tell(
    problem: &Problem,
    number: impl Fn(&Origin) -> Option<usize>,
) -> Option<(usize, Verdict)> {
    let ProblemKind::Dependency { by, missing, mend } = problem.kind() else { return None };
    let off_by = || {
        missing.iter().find_map(|needed| match &needed.off {
            Off::Set { origin, .. } => number(origin),
            _ => None,
        })
    };
    let index = problem.origin().and_then(&number).or_else(off_by)?;
    let by = match by {
        OnBy::Group(group) => format!(" by {}", Name(group)),
        OnBy::Default => " by default".to_owned(),
        OnBy::Request => String::new(),
    };
    let needed: Vec<String> = missing.iter().map(required).collect();
    let message =
        format!("gate {} is on{by} but requires {}", Name(problem.gate()), needed.join(" and "));
    let (help, remedy) = match mend {
        Some(Mend::SwitchOn { gates, more, instead, or_drop }) => {
            let set: Vec<String> =
                gates.iter().map(|gate| format!("{}=true", Name(gate))).collect();
            let more = if *more { ", …" } else { "" };
            let instead = if *instead { "set" } else { "also set" };
            let or_drop = or_drop.as_ref().map(|name| format!(", or drop {}=true", Name(name)));
            let help = format!("{instead} {}{more}{}", set.join(", "), or_drop.unwrap_or_default());
            (help, Remedy::Unclear)
        }
        Some(Mend::Drop(name)) => (format!("drop {}=true", Name(name)), Remedy::Drop),
        Some(Mend::SwitchOff(gate)) => (format!("set {}=false", Name(gate)), Remedy::Unclear),
        None => ("drop it, or set what it requires".to_owned(), Remedy::Unclear),
    };
    Some((index, Verdict { rule: &RULE, tolerated: false, message, help, remedy }))
}

fn required(needed: &Missing) -> String {
    let gate = Name(&needed.gate);
    match &needed.off {
        Off::Default => format!("{gate}, which is off by default"),
        Off::Set { name, .. } if *name == needed.gate => format!("{gate}, which is set to false"),
        Off::Set { name, .. } => format!("{gate}, which {} sets to false", Name(name)),
        Off::Locked => format!("{gate}, which is locked to false"),
        Off::NotYet { introduced: Some(since) } => {
            format!("{gate}, which begins with {since}")
        }
        Off::Removed { since } => format!("{gate}, which was removed in {since}"),
        _ => format!("{gate}, which is off"),
    }
}
