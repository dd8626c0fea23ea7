//! What rules are worth in a project.

use std::collections::BTreeMap;

use super::Rule;
use crate::finding::Level;

/// What a project expects of its gates; a rule of which it says nothing is what it usually is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Policy {
    /// The rules that are set, by name; those without level are off.
    levels: BTreeMap<&'static str, Option<Level>>,
    /// The rules that count releases, and how many.
    releases: BTreeMap<&'static str, u32>,
}

impl Policy {
    /// What a breach of a rule is here; `None` if the rule is off.
    pub(crate) fn level(&self, rule: &Rule) -> Option<Level> {
        match self.levels.get(rule.name) {
            Some(level) => *level,
            None => Some(rule.level).filter(|_| !rule.optional),
        }
    }

    /// How many releases a rule counts.
    pub(crate) fn releases(&self, rule: &Rule) -> u32 {
        self.releases.get(rule.name).copied().or(rule.releases).unwrap_or_default()
    }

    pub(crate) fn set_level(&mut self, rule: &Rule, level: Option<Level>) {
        self.levels.insert(rule.name, level);
    }

    pub(crate) fn set_releases(&mut self, rule: &Rule, releases: u32) {
        self.releases.insert(rule.name, releases);
    }
}
