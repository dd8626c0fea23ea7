//! What a rule is, and which level a project gives to it.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::Level;

/// A rule, as reports, `featuregate rule` and `featuregate.toml` know it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Rule {
    /// Its name, as in `removed-gate`.
    pub(crate) name: &'static str,
    /// Its level, unless `featuregate.toml` sets another one.
    pub(crate) level: Level,
    /// Whether it applies only where `featuregate.toml` sets it.
    pub(crate) optional: bool,
    /// Whether its level is fixed, since an enum that breaks it does not compile.
    pub(crate) fixed: bool,
    /// Whether it limits the age of gates, so that `featuregate.toml` can name gates that never expire.
    pub(crate) expires: bool,
    /// How many releases it counts, if it does, unless `featuregate.toml` sets another number.
    pub(crate) releases: Option<u32>,
    /// What it reports: one clause.
    pub(crate) summary: &'static str,
    /// Its page: Markdown.
    pub(crate) page: &'static str,
}

impl Rule {
    /// What most rules are; name, level and texts are a rule's own.
    pub(crate) const USUAL: Self = Self {
        name: "",
        level: Level::Error,
        optional: false,
        fixed: false,
        expires: false,
        releases: None,
        summary: "",
        page: "",
    };
}

/// A rule with its page, which is the file of its name in `docs/rules`.
macro_rules! rule {
    ($name:literal, $level:ident, $summary:literal $(, $field:ident: $value:expr)* $(,)?) => {
        $crate::lint::rule::Rule {
            name: $name,
            level: $crate::finding::Level::$level,
            summary: $summary,
            page: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/rules/", $name, ".md")),
            $($field: $value,)*
            ..$crate::lint::rule::Rule::USUAL
        }
    };
}
pub(crate) use rule;

/// The levels that a project gives to rules; a rule that it does not mention has its own level.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Policy {
    /// The rules that are set, by name; a rule without a level is off.
    pub(super) levels: BTreeMap<&'static str, Option<Level>>,
    /// The rules that count releases, and how many.
    pub(super) releases: BTreeMap<&'static str, u32>,
    /// The rules that limit the age of gates, each with a gate that is excepted.
    pub(super) never_expire: BTreeSet<(&'static str, String)>,
}

impl Policy {
    /// The level of a rule; `None` if it is off.
    pub(crate) fn level(&self, rule: &Rule) -> Option<Level> {
        match self.levels.get(rule.name) {
            Some(level) => *level,
            None => Some(rule.level).filter(|_| !rule.optional),
        }
    }

    /// How many releases a rule counts.
    pub(crate) fn releases(&self, rule: &Rule) -> u32 {
        let set = self.releases.get(rule.name).copied();
        set.or(rule.releases).unwrap_or_default()
    }

    /// Whether a gate is excepted from a rule that limits its age.
    pub(crate) fn never_expires(&self, rule: &Rule, gate: &str) -> bool {
        self.never_expire.contains(&(rule.name, gate.to_owned()))
    }
}
