//! The gates of a process: the [`set`] with its [`component`]s and [`group`]s, the [`status`] of a gate at the
//! versions in effect, and what gates may require of one another ([`dependency`]).

pub(crate) mod component;
mod cycle;
pub(crate) mod dependency;
pub(crate) mod names;
pub(crate) mod set;
pub(crate) mod status;
pub(crate) mod versions;
