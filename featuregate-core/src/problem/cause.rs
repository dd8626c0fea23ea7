//! What decided the value of a gate.

use core::fmt;

use crate::request::assignment::Assignment;

/// What decided the value of a gate: its default, an assignment of its own or to the group of its stage, or a gate
/// that implies it.
///
/// ```
/// use featuregate_core::{Cause, RawMilestone, RawSpec, Registry, Version};
///
/// let mut registry = Registry::new(Version::new(1, 36));
/// registry.register([RawSpec::new("A").milestone(RawMilestone::alpha("1.30"))])?;
/// registry.set("AllAlpha=true")?;
/// let state = registry.resolution().state("A").unwrap();
/// assert!(matches!(state.cause(), Cause::Group(assignment) if assignment.name == "AllAlpha"));
/// # Ok::<(), featuregate_core::Problems>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cause<A> {
    /// Its default at the versions in effect.
    Default,
    /// An assignment of its own, by its name or an alias.
    Own(A),
    /// An assignment to the group of its stage.
    Group(A),
    /// A gate that is on and implies it; with the assignment that turned that one on, if one did.
    Implied(Option<A>),
    /// Nothing: what it requires or implies is off, and resolving was
    /// [lenient](crate::resolve_lenient).
    Unmet,
}

impl<A> Cause<A> {
    /// The assignment that decided, if one did.
    #[must_use]
    pub fn assignment(self) -> Option<A> {
        match self {
            Self::Default | Self::Unmet => None,
            Self::Own(assignment) | Self::Group(assignment) => Some(assignment),
            Self::Implied(assignment) => assignment,
        }
    }

    /// The same with something else for the assignment.
    #[must_use]
    pub fn map<B>(self, map: impl FnOnce(A) -> B) -> Cause<B> {
        match self {
            Self::Default => Cause::Default,
            Self::Own(assignment) => Cause::Own(map(assignment)),
            Self::Group(assignment) => Cause::Group(map(assignment)),
            Self::Implied(assignment) => Cause::Implied(assignment.map(map)),
            Self::Unmet => Cause::Unmet,
        }
    }

    /// The same with a reference to the assignment.
    #[must_use]
    pub const fn as_ref(&self) -> Cause<&A> {
        match self {
            Self::Default => Cause::Default,
            Self::Own(assignment) => Cause::Own(assignment),
            Self::Group(assignment) => Cause::Group(assignment),
            Self::Implied(assignment) => Cause::Implied(assignment.as_ref()),
            Self::Unmet => Cause::Unmet,
        }
    }
}

/// Where the value comes from: `default`, or the origin of the assignment, after the group's name if it is one's, or
/// after `implied`; `unmet dependency` if it comes from nothing.
impl fmt::Display for Cause<&Assignment> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::Group(by) => write!(f, "{}, {}", by.name, by.origin),
            Self::Own(by) => by.origin.fmt(f),
            Self::Implied(None) => f.write_str("implied"),
            Self::Implied(Some(by)) => write!(f, "implied, {}", by.origin),
            Self::Unmet => f.write_str("unmet dependency"),
        }
    }
}
