//! The rules of `verify`.

use super::Rule;

/// All of them.
pub(super) const RULES: &[&Rule] = &[];
