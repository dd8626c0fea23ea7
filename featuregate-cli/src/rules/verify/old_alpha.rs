//! An alpha that nobody decides about.

use crate::finding::Level;
use crate::rules::Rule;

use featuregate_core::Stage;
use featuregate_core::manifest::Gate;
use featuregate_core::quote::Name;

use super::{Breach, Now, at, is_tombstone, since};

pub(crate) const RULE: Rule = Rule {
    name: "old-alpha",
    level: Level::Warning,
    optional: false,
    summary: "a gate has been alpha for too many releases",
    page: include_str!("../../../docs/rules/old-alpha.md"),
};

pub(super) fn check(now: Now<'_>, gate: &Gate) -> Option<Breach> {
    let release = now.declared.version();
    let alpha = at(gate, release).filter(|milestone| milestone.stage == Stage::Alpha)?;
    let since = since(alpha)?;
    // Across major versions nobody knows how many there were.
    let lasted =
        release.minor().checked_sub(since.minor()).filter(|_| release.major() == since.major());
    let lasted = lasted.filter(|lasted| *lasted > now.releases && !is_tombstone(gate))?;
    let name = Name(gate.name());
    Some(Breach {
        rule: RULE.name,
        gate: gate.name().to_owned(),
        message: format!("gate {name} has been alpha since {since}, for {lasted} releases"),
        help: "promote it, or remove it".to_owned(),
    })
}
