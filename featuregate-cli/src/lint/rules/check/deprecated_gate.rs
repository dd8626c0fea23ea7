//! A gate, or a name of one, that is on its way out.

use featuregate_core::quote::Name;
use featuregate_core::{GateState, Version};

use crate::finding::Level;
use crate::lint::rules::Rule;
use crate::lint::rules::check::{Remedy, Verdict};

pub(crate) const RULE: Rule = Rule {
    name: "deprecated-gate",
    level: Level::Warning,
    summary: "the gate is deprecated, or set under a former name",
    page: include_str!("../../../../docs/rules/deprecated-gate.md"),
    ..Rule::USUAL
};

/// A gate that is deprecated.
pub(crate) fn deprecated(gate: &GateState<'_>, target: Version) -> Verdict {
    let spec = gate.spec();
    let since = spec.at(target, target).since();
    let going = match spec.remove_in() {
        Some(release) => format!(" and should be removed in {release}"),
        None => String::new(),
    };
    let same = gate.enabled() == gate.default();
    let (help, remedy) = if same {
        (format!("drop it; {} is the default", gate.default()), Remedy::Droppable)
    } else {
        ("get ready to run without it".to_owned(), Remedy::Keep)
    };
    let message = format!("gate {} is deprecated since {since}{going}", Name(gate.name()));
    Verdict { rule: &RULE, tolerated: false, message, help, remedy }
}

/// A gate that is set under a former name.
pub(crate) fn former_name(written: &str, gate: &str) -> Verdict {
    Verdict {
        rule: &RULE,
        tolerated: false,
        message: format!("{} is a former name of gate {}", Name(written), Name(gate)),
        help: format!("write {}", Name(gate)),
        remedy: Remedy::Name(gate.to_owned()),
    }
}
