//! Gates that nobody is responsible for.

use featuregate_core::__private::Name;

use crate::finding::Finding;
use crate::lint::rule::{Rule, rule};
use crate::lint::transition::{Now, finding};

pub(crate) const NO_OWNER: Rule = rule!("no-owner", Warning, "a gate has no owner", optional: true);

pub(crate) const NO_ISSUE: Rule =
    rule!("no-issue", Warning, "a gate has no tracking issue", optional: true);

pub(crate) fn no_owner(now: Now<'_>) -> Vec<Finding> {
    let without = now.gates().filter(|declared| declared.gate.spec.owner.is_none());
    let report = without.map(|declared| {
        let gate = declared.gate.name();
        let message = format!("gate {} has no owner", Name(gate));
        let help = "name who is responsible for it, as in owner = \"sig-node\"";
        finding(&NO_OWNER, &declared.spot, gate, message, help)
    });
    report.collect()
}

pub(crate) fn no_issue(now: Now<'_>) -> Vec<Finding> {
    let without = now.gates().filter(|declared| declared.gate.spec.issue.is_none());
    let report = without.map(|declared| {
        let gate = declared.gate.name();
        let message = format!("gate {} has no tracking issue", Name(gate));
        finding(&NO_ISSUE, &declared.spot, gate, message, "add one, as in issue = \"https://…\"")
    });
    report.collect()
}
