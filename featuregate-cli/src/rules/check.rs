//! The rules of `check`, in the order in which they are tried.

pub(crate) mod deprecated_gate;
pub(crate) mod duplicate_gate;
pub(crate) mod invalid_value;
pub(crate) mod locked_gate;
pub(crate) mod not_yet_introduced;
pub(crate) mod redundant_gate;
pub(crate) mod removed_gate;
pub(crate) mod unknown_gate;
pub(crate) mod unmet_dependency;

use super::Rule;

/// All of them. Of the first eight a setting breaks one at most; the last stands beside them.
pub(super) const RULES: &[&Rule] = &[
    &invalid_value::RULE,
    &unknown_gate::RULE,
    &removed_gate::RULE,
    &not_yet_introduced::RULE,
    &locked_gate::RULE,
    &unmet_dependency::RULE,
    &redundant_gate::RULE,
    &deprecated_gate::RULE,
    &duplicate_gate::RULE,
];
