//! A name that meant something else before.

use featuregate_core::quote::Name;

use super::{Breach, Step, spec};
use crate::finding::Level;
use crate::rules::Rule;
use crate::source::Spot;

pub(crate) const RULE: Rule = Rule {
    name: "reused-name",
    level: Level::Error,
    opt_in: false,
    summary: "the name of a removed gate, or a former name, is given to another gate",
    page: include_str!("../../../docs/rules/reused-name.md"),
};

pub(crate) fn check(step: Step<'_>) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for declared in step.now.gates() {
        let own = declared.gate.name();
        let aliases = declared.gate.spec.aliases.iter().map(String::as_str).zip(&declared.aliases);
        for (name, spot) in std::iter::once((own, &declared.spot)).chain(aliases) {
            breaches.extend(meant(step, name, own).map(|meant| breach(name, spot, &meant)));
        }
    }
    breaches
}

/// What a name meant that is now one of the gate `own`, if that was another one.
fn meant(step: Step<'_>, name: &str, own: &str) -> Option<String> {
    if let Some(gate) = step.tombstones_before().find(|gate| gate.name() == name) {
        let removed = spec(gate).removed()?;
        return Some(format!("is that of a gate that was removed in {removed}"));
    }
    let of = |gate: &&featuregate_core::manifest::Gate| {
        gate.spec.aliases.iter().any(|alias| alias == name)
    };
    let former = step.before.gates().iter().find(of)?;
    // The gate itself may keep its former names, also under a new name.
    let same = former.name() == own
        || step
            .now
            .component
            .get(own)?
            .gate
            .spec
            .aliases
            .iter()
            .any(|alias| alias == former.name());
    (!same).then(|| format!("is a former name of gate {}", Name(former.name())))
}

fn breach(name: &str, spot: &Spot, meant: &str) -> Breach {
    Breach {
        spot: spot.clone(),
        gate: name.into(),
        message: format!("the name {} {meant}, and configurations may still mean that", Name(name)),
        help: "choose another name".into(),
    }
}
