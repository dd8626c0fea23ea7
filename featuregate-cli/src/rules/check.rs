//! The rules of `check`, in the order in which they are tried.

use super::Rule;

/// All of them.
pub(super) const RULES: &[&Rule] = &[];
