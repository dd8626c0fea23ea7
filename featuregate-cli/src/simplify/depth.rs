//! How far a text is simplified.

/// How far a text is simplified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Depth {
    /// Only the values are inserted, and negated.
    Values,
    /// What is left has its types from the text that is left.
    Careful,
    /// Also where a type could be left open.
    Bold,
}

impl Depth {
    /// All of them, the greatest first.
    pub(crate) const ALL: [Self; 3] = [Self::Bold, Self::Careful, Self::Values];
}
