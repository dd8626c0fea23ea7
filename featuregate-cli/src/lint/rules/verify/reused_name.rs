//! A name that meant something else before.

use std::collections::BTreeMap;

use featuregate_core::manifest::Gate;
use featuregate_core::quote::Name;

use super::{Breach, Step, spec};
use crate::finding::Level;
use crate::lint::rules::Rule;
use crate::source::{Declared, Spot};

pub(crate) const RULE: Rule = Rule {
    name: "reused-name",
    level: Level::Error,
    summary: "the name of a removed gate, or a former name, is given to another gate",
    page: include_str!("../../../../docs/rules/reused-name.md"),
    ..Rule::USUAL
};

pub(crate) fn check(step: Step<'_>) -> Vec<Breach> {
    let former: BTreeMap<&str, &Gate> = step
        .before
        .gates()
        .iter()
        .flat_map(|gate| gate.spec.aliases.iter().map(move |alias| (alias.as_str(), gate)))
        .collect();
    let mut breaches = Vec::new();
    for declared in step.now.gates() {
        let own = declared.gate.name();
        let aliases = declared.gate.spec.aliases.iter().map(String::as_str).zip(&declared.aliases);
        for (name, spot) in std::iter::once((own, &declared.spot)).chain(aliases) {
            let meant = removed(step, name).or_else(|| renamed(former.get(name)?, declared));
            breaches.extend(meant.map(|meant| breach(name, spot, &meant)));
        }
    }
    breaches
}

/// That a name was that of a gate whose removal is out.
fn removed(step: Step<'_>, name: &str) -> Option<String> {
    let removed = spec(step.before.get(name)?).removed().filter(|removed| step.is_out(*removed))?;
    Some(format!("is that of a gate that was removed in {removed}"))
}

/// That a name was a former one of another gate. The gate itself may keep it, also under a new name.
fn renamed(before: &Gate, now: &Declared) -> Option<String> {
    let known = |alias: &String| alias == before.name();
    let same = now.gate.name() == before.name() || now.gate.spec.aliases.iter().any(known);
    (!same).then(|| format!("is a former name of gate {}", Name(before.name())))
}

fn breach(name: &str, spot: &Spot, meant: &str) -> Breach {
    Breach {
        spot: spot.clone(),
        gate: name.into(),
        message: format!("the name {} {meant}, and configurations may still mean that", Name(name)),
        help: "choose another name".into(),
    }
}
