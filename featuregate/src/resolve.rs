//! What can be done with enums of gates: resolve their settings, and install the result.

#[cfg(feature = "runtime")]
pub(crate) mod change;
pub(crate) mod disabled;
pub(crate) mod enums;
pub(crate) mod environment;
pub(crate) mod gate_rules;
#[cfg(feature = "std")]
pub(crate) mod gate_variables;
pub(crate) mod gates;
pub(crate) mod install;
pub(crate) mod resolution;
pub(crate) mod resolver;
pub(crate) mod unknown_gate;
#[cfg(feature = "tokio")]
pub(crate) mod watch;
