//! What a source asks for: gates with values, each with its place.

use alloc::string::String;

use crate::request::origin::Origin;

/// `name = value`, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The gate as it was written.
    pub name: String,
    /// The value asked for.
    pub value: bool,
    /// Where.
    pub origin: Origin,
}

impl Assignment {
    /// An assignment.
    #[must_use]
    pub fn new(name: impl Into<String>, value: bool, origin: Origin) -> Self {
        Self { name: name.into(), value, origin }
    }
}

/// Something that should have been an assignment.
///
/// It travels with the assignments, so that its problem is told in its place among the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// The name as it was written; its gate is not looked up.
    pub name: String,
    /// What is written where a boolean belongs, or nothing.
    pub value: Option<Value>,
    /// Where.
    pub origin: Origin,
}

/// What is written where a boolean belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A text of a flag or variable that is none of the twelve spellings.
    Text(String),
    /// A text where a typed map has a boolean, as in `A: "true"`.
    Quoted(String),
    /// A value of another type in a typed map, described for a person: `the number 3`.
    Typed(String),
}

/// What one place of a source comes to.
pub type Item = Result<Assignment, Malformed>;
