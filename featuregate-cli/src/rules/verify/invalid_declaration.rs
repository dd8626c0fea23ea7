//! A declaration that the compiler refuses as well.

use crate::finding::Level;
use crate::rules::Rule;

pub(crate) const RULE: Rule = Rule {
    name: "invalid-declaration",
    level: Level::Error,
    optional: false,
    summary: "a declaration breaks a rule of the derive",
    page: include_str!("../../../docs/rules/invalid-declaration.md"),
};
