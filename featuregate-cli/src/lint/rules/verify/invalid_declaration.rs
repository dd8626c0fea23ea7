//! An enum that the derive refuses, or enums that can't be in one program.

use crate::finding::Level;
use crate::lint::rules::Rule;

pub(crate) const RULE: Rule = Rule {
    name: "invalid-declaration",
    level: Level::Error,
    fixed: true,
    summary: "a declaration of gates does not compile, or not beside the others",
    page: include_str!("../../../../docs/rules/invalid-declaration.md"),
    ..Rule::USUAL
};
