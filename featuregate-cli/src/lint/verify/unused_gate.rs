//! Gates that no code uses.

use featuregate_core::__private::Name;

use crate::finding::Finding;
use crate::lint::rule::{Rule, rule};
use crate::lint::transition::{Now, finding, is_removed};

pub(crate) const RULE: Rule =
    rule!("unused-gate", Warning, "a gate is declared, and no code uses it", optional: true);

pub(crate) fn check(now: Now<'_>) -> Vec<Finding> {
    let Some(checked) = now.evidence.checked else { return Vec::new() };
    let gates = now.component.enums();
    let gates = gates.flat_map(|of| of.gates.values().map(move |declared| (of, declared)));
    let mut findings = Vec::new();
    for (of, declared) in gates.filter(|(_, declared)| !is_removed(&declared.gate)) {
        let Some(variant) = &declared.variant else { continue };
        if checked.is_used(of, variant) {
            continue;
        }
        let gate = declared.gate.name();
        let message =
            format!("gate {} is declared, and no code of the workspace uses it", Name(gate));
        let help = format!(
            "check it with {}::{variant}.enabled(), or remove it; `featuregate uses --history` shows when its last use was removed",
            of.name
        );
        findings.push(finding(&RULE, &declared.spot, gate, message, help));
    }
    findings
}
