//! The rules, each in a file of its own: its name, its level, and its page of documentation.

pub(crate) mod check;
mod policy;
pub(crate) mod verify;

pub(crate) use policy::Policy;

use crate::finding::Level;

/// A rule, as reports, `explain` and `featuregate.toml` know it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Rule {
    /// Its name, as in `removed-gate`.
    pub(crate) name: &'static str,
    /// Its level, unless `featuregate.toml` says another.
    pub(crate) level: Level,
    /// Whether it applies only where `featuregate.toml` says its level.
    pub(crate) optional: bool,
    /// Whether its level is fixed, since an enum that breaks it does not compile.
    pub(crate) fixed: bool,
    /// How many releases it counts, if it does, unless `featuregate.toml` says another number.
    pub(crate) releases: Option<u32>,
    /// What it is about: one sentence.
    pub(crate) summary: &'static str,
    /// Its page: Markdown.
    pub(crate) page: &'static str,
}

impl Rule {
    /// What most rules are; name, level and texts are a rule's own.
    const USUAL: Self = Self {
        name: "",
        level: Level::Error,
        optional: false,
        fixed: false,
        releases: None,
        summary: "",
        page: "",
    };
}

/// All rules, those of `check` first, in the order in which they are tried.
pub(crate) fn all() -> impl Iterator<Item = &'static Rule> {
    check::RULES.iter().chain(verify::RULES).copied()
}

/// The rule of that name.
pub(crate) fn find(name: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.name == name)
}
