//! Gates of which tests have not read every value.

use featuregate_core::__private::{Name, on_or_off};

use crate::finding::Finding;
use crate::lint::coverage::Covered;
use crate::lint::rule::{Rule, rule};
use crate::lint::transition::{Now, finding};

pub(crate) const RULE: Rule =
    rule!("untested-side", Warning, "no test reads a gate with one of its values");

/// Applies only where the records of tests are given.
pub(crate) fn check(now: Now<'_>) -> Vec<Finding> {
    let Some(tested) = now.evidence.tested else { return Vec::new() };
    Covered::of(now.component, tested).iter().filter_map(report).collect()
}

fn report(gate: &Covered<'_>) -> Option<Finding> {
    let untested: Vec<bool> = gate.untested().collect();
    let (first, rest) = untested.split_first()?;
    let name = Name(&gate.name);
    let variant = gate.declared.variant.as_deref().unwrap_or(&gate.name);
    let of = &gate.of.name;
    let example =
        |value: &bool| format!("overrides::<{of}>().{}({of}::{variant})", on_or_off(*value));
    let (message, help) = if !rest.is_empty() || gate.locked.is_some() {
        let help = format!("test what it does, as in {}", example(first));
        (format!("no test reads gate {name}"), help)
    } else {
        (
            format!("no test reads gate {name} {}", on_or_off(*first)),
            format!("test that side too, as in {}", example(first)),
        )
    };
    Some(finding(&RULE, &gate.declared.spot, &gate.name, message, help))
}
