//! A manifest that says something else than the source.

use crate::finding::Level;
use crate::rules::Rule;

pub(crate) const RULE: Rule = Rule {
    name: "stale-manifest",
    level: Level::Error,
    optional: false,
    summary: "the manifest is not what the source comes to",
    page: include_str!("../../../docs/rules/stale-manifest.md"),
};
