//! A gate that begins with a later release.

use featuregate_core::Version;
use featuregate_core::quote::Name;

use crate::finding::Level;
use crate::lint::rules::Rule;
use crate::lint::rules::check::{Remedy, Verdict};

pub(crate) const RULE: Rule = Rule {
    name: "not-yet-introduced",
    level: Level::Error,
    summary: "the gate does not exist yet at that release",
    page: include_str!("../../../../docs/rules/not-yet-introduced.md"),
    ..Rule::USUAL
};

pub(crate) fn tell(gate: &str, introduced: Option<Version>, target: Version) -> Verdict {
    let gate = Name(gate);
    let (message, help) = match introduced {
        Some(since) => (
            format!("gate {gate} does not exist yet at {target}; it begins with {since}"),
            format!("drop it, or run {since} or later"),
        ),
        None => (format!("gate {gate} does not exist yet at {target}"), "drop it".to_owned()),
    };
    Verdict { rule: &RULE, tolerated: false, message, help, remedy: Remedy::Unclear }
}
