//! A gate without a help text.

use crate::finding::Level;
use crate::lint::rules::Rule;

pub(crate) const RULE: Rule = Rule {
    name: "no-doc",
    level: Level::Error,
    fixed: true,
    summary: "a gate has no doc comment",
    page: include_str!("../../../../docs/rules/no-doc.md"),
    ..Rule::USUAL
};
