//! The rules, each in a file of its own: its name, its level, and its page of documentation.

pub(crate) mod check;
pub(crate) mod verify;

use crate::finding::Level;

/// A rule, as reports, `explain` and `featuregate.toml` know it.
#[derive(Debug)]
pub(crate) struct Rule {
    /// Its name, as in `removed-gate`.
    pub(crate) name: &'static str,
    /// Its level, unless `featuregate.toml` says another.
    pub(crate) level: Level,
    /// Whether it applies only where `featuregate.toml` says its level.
    pub(crate) optional: bool,
    /// What it is about: one sentence.
    pub(crate) summary: &'static str,
    /// Its page: Markdown.
    pub(crate) page: &'static str,
}

/// All rules, those of `check` first, in the order in which they are tried.
pub(crate) fn all() -> impl Iterator<Item = &'static Rule> {
    check::RULES.iter().chain(verify::RULES).copied()
}

/// The rule of that name.
pub(crate) fn find(name: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.name == name)
}
