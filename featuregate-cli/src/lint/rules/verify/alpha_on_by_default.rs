//! An alpha gate that is on by default.

use crate::finding::Level;
use crate::lint::rules::Rule;

pub(crate) const RULE: Rule = Rule {
    name: "alpha-on-by-default",
    level: Level::Error,
    fixed: true,
    summary: "an alpha gate is on by default",
    page: include_str!("../../../../docs/rules/alpha-on-by-default.md"),
    ..Rule::USUAL
};
