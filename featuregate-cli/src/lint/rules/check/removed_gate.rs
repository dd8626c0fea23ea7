//! A gate that the release does not have any more.

use featuregate_core::Version;
use featuregate_core::quote::{Name, on_or_off};

use crate::finding::Level;
use crate::lint::rules::Rule;
use crate::lint::rules::check::{Remedy, Verdict};

pub(crate) const RULE: Rule = Rule {
    name: "removed-gate",
    level: Level::Error,
    summary: "the gate was removed before that release",
    page: include_str!("../../../../docs/rules/removed-gate.md"),
    ..Rule::USUAL
};

/// The release does not start with it.
pub(crate) fn refused(gate: &str, removed: Version, ended: bool) -> Verdict {
    Verdict { tolerated: false, ..told(gate, removed, ended) }
}

/// It is set to what it ended with, which the release tolerates.
pub(crate) fn tolerated(gate: &str, removed: Version, ended: bool) -> Verdict {
    Verdict { tolerated: true, ..told(gate, removed, ended) }
}

fn told(gate: &str, removed: Version, ended: bool) -> Verdict {
    let stays = on_or_off(ended);
    Verdict {
        rule: &RULE,
        tolerated: false,
        message: format!(
            "gate {} was removed in {removed}; what it guarded is {stays}",
            Name(gate)
        ),
        help: "drop it".to_owned(),
        remedy: Remedy::Drop,
    }
}
