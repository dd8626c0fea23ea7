//! The stable names of what there is to say.

use core::fmt;

macro_rules! codes {
    ($($(#[$attribute:meta])* $name:ident = $text:literal,)*) => {
        /// The stable name of what a problem or notice is about. `Display` and [`as_str`](Self::as_str) spell it
        /// in kebab case: `removed-gate`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[$attribute])* $name,)*
        }

        impl Code {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Its spelling.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }
        }
    };
}

codes! {
    /// A value is missing or not a boolean.
    InvalidValue = "invalid-value",
    /// No gate has that name.
    UnknownGate = "unknown-gate",
    /// The gate was removed.
    RemovedGate = "removed-gate",
    /// The gate begins with a later release.
    NotYetIntroduced = "not-yet-introduced",
    /// The gate is locked to the other value.
    LockedGate = "locked-gate",
    /// The gate is not compiled into this program.
    NotCompiledIn = "not-compiled-in",
    /// The gate is on while one that it requires is off.
    UnmetDependency = "unmet-dependency",
    /// Two names of one gate are set differently.
    ContraryNames = "contrary-names",
    /// The setting changes nothing, or soon will not.
    RedundantGate = "redundant-gate",
    /// The gate, or the name that is used for it, is on its way out.
    DeprecatedGate = "deprecated-gate",
    /// The gate is pinned to another value by the program.
    PinnedGate = "pinned-gate",
    /// A group was set that applies to one of several components.
    PartialGroup = "partial-group",
    /// The default of a gate was overridden.
    DefaultOverridden = "default-overridden",
    /// The gates were shown and cannot be changed.
    Closed = "closed",
    /// The history of a gate breaks a rule of the lifecycle.
    InvalidHistory = "invalid-history",
    /// A dependency breaks a rule.
    InvalidDependency = "invalid-dependency",
    /// A gate is registered with two histories.
    DifferentHistory = "different-history",
    /// Two gates have one name.
    NameTaken = "name-taken",
    /// A release channel is chosen that does not exist.
    UnknownChannel = "unknown-channel",
    /// An emulated version names a component that does not exist.
    UnknownComponent = "unknown-component",
    /// The gate cannot change while the program runs.
    NotRuntime = "not-runtime",
    /// An enum cannot run as another release.
    CannotEmulate = "cannot-emulate",
    /// Two enums of one component have different versions.
    ComponentVersions = "component-versions",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn a_code_is_displayed_as_it_is_written() {
        assert_eq!(Code::UnmetDependency.to_string(), "unmet-dependency");
    }
}
