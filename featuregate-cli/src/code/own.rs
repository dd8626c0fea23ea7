//! What a workspace declares under names that otherwise have a known meaning.

use std::collections::BTreeSet;

use super::macros::has_expressions;

/// What a workspace declares under names that otherwise have a known meaning.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Own {
    /// Whether it has a method `enabled` that takes something: `enabled(gate)` may be one of a type of the workspace, which
    /// decides in its own way, and not that of a set of gates.
    pub(crate) enabled: bool,
    /// The macros that have the name of a known one, and may do anything.
    pub(crate) macros: BTreeSet<String>,
}

impl Own {
    /// What a file declares.
    pub(crate) fn of(text: &[u8]) -> Self {
        Self { enabled: declares_enabled(text), macros: declared_macros(text).collect() }
    }

    pub(crate) fn merge(&mut self, other: Self) {
        self.enabled |= other.enabled;
        self.macros.extend(other.macros);
    }
}

/// Whether a text declares a method `enabled` that takes more than itself.
fn declares_enabled(text: &[u8]) -> bool {
    memchr::memmem::find_iter(text, b"fn enabled").any(|at| {
        let (_, after) = text.split_at(at + b"fn enabled".len());
        let parameters = after.split(|byte| *byte == b'{').next().unwrap_or_default();
        let (_, parameters) = String::from_utf8_lossy(parameters)
            .split_once('(')
            .map(|(generics, all)| (generics.to_owned(), all.to_owned()))
            .filter(|(generics, _)| generics.is_empty() || generics.starts_with('<'))
            .unwrap_or_default();
        let mut parts = parameters.splitn(2, ',');
        let has_self = parts.next().is_some_and(|first| first.contains("self"));
        has_self && parts.next().is_some_and(|rest| rest.contains(':'))
    })
}

/// The macros that a text declares under known names.
fn declared_macros(text: &[u8]) -> impl Iterator<Item = String> {
    const DECLARES: &[u8] = b"macro_rules!";
    memchr::memmem::find_iter(text, DECLARES).filter_map(|at| {
        let after = text.get(at + DECLARES.len()..)?.trim_ascii_start();
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
        let end = after.iter().position(|byte| !is_name(byte))?;
        let name = std::str::from_utf8(after.get(..end)?).ok()?;
        has_expressions(name).then(|| name.to_owned())
    })
}
