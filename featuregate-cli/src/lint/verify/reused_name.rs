//! A name that meant something else before.

use std::collections::BTreeMap;

use featuregate_core::__private::Name;
use featuregate_core::manifest::Gate;

use crate::finding::Finding;
use crate::lint::rule::{Rule, rule};
use crate::lint::transition::{Transition, finding, spec};
use crate::source::declared::Declared;
use crate::source::diagnostic::Spot;

pub(crate) const RULE: Rule = rule!(
    "reused-name",
    Error,
    "the name of a removed gate, or a former name, is given to another gate",
);

pub(crate) fn check(transition: Transition<'_>) -> Vec<Finding> {
    let former: BTreeMap<&str, &Gate> = transition
        .before
        .gates()
        .iter()
        .flat_map(|gate| gate.spec.aliases.iter().map(move |alias| (alias.as_str(), gate)))
        .collect();
    let mut findings = Vec::new();
    for declared in transition.now.gates() {
        let own = declared.gate.name();
        let aliases = declared.gate.spec.aliases.iter().map(String::as_str).zip(&declared.aliases);
        for (name, spot) in std::iter::once((own, &declared.spot)).chain(aliases) {
            let meant = removed(transition, name).or_else(|| renamed(former.get(name)?, declared));
            findings.extend(meant.map(|meant| reused(name, spot, &meant)));
        }
    }
    findings
}

/// That a name was that of a gate whose removal is published.
fn removed(transition: Transition<'_>, name: &str) -> Option<String> {
    let removed = spec(transition.before.get(name)?)
        .removed()
        .filter(|removed| transition.is_published(*removed))?;
    Some(format!("is that of a gate that was removed in {removed}"))
}

/// That a name was a former one of another gate. The gate itself may keep it, also under a new name.
fn renamed(before: &Gate, now: &Declared) -> Option<String> {
    let known = |alias: &String| alias == before.name();
    let same = now.gate.name() == before.name() || now.gate.spec.aliases.iter().any(known);
    (!same).then(|| format!("is a former name of gate {}", Name(before.name())))
}

fn reused(name: &str, spot: &Spot, meaning: &str) -> Finding {
    let message = format!("the name {} {meaning}, which configurations may still set", Name(name));
    finding(&RULE, spot, name, message, "choose another name")
}
