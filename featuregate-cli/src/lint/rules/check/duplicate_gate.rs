//! A gate that one map, list or command line sets twice.

use featuregate_core::quote::Name;

use crate::config::extract::ListKind;
use crate::finding::Level;
use crate::lint::rules::Rule;
use crate::lint::rules::check::{Remedy, Verdict};

pub(crate) const RULE: Rule = Rule {
    name: "duplicate-gate",
    level: Level::Error,
    summary: "one map (an error) or list (a warning) sets a gate twice",
    page: include_str!("../../../../docs/rules/duplicate-gate.md"),
    ..Rule::USUAL
};

/// `line` is where the gate stood before, and `same` whether with the same value.
pub(crate) fn tell(gate: &str, kind: ListKind, line: u32, same: bool) -> Verdict {
    let (what, tolerated) = match kind {
        ListKind::Map => ("map", false),
        ListKind::List => ("list", true),
    };
    let value = if same { "to the same value" } else { "to the other value" };
    let (help, remedy) = match (same, kind) {
        (true, _) => ("drop one of them".to_owned(), Remedy::Drop),
        (false, ListKind::List) => {
            ("keep one of them; the last counts".to_owned(), Remedy::Unclear)
        }
        (false, ListKind::Map) => ("keep one of them".to_owned(), Remedy::Unclear),
    };
    Verdict {
        rule: &RULE,
        tolerated,
        message: format!("gate {} is set {value} on line {line} of the same {what}", Name(gate)),
        help,
        remedy,
    }
}

/// `earlier` is another name of the gate, which `line` sets to the other value.
pub(crate) fn contradiction(gate: &str, earlier: &str, line: u32) -> Verdict {
    Verdict {
        rule: &RULE,
        tolerated: false,
        message: format!(
            "gate {} is set to the other value on line {line}, under its name {}",
            Name(gate),
            Name(earlier)
        ),
        help: "keep one of them".to_owned(),
        remedy: Remedy::Unclear,
    }
}
