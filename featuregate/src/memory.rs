//! Where the values of gates are while a program runs, and how a check reads them.

pub(crate) mod cells;
pub(crate) mod hook;
pub(crate) mod installed;
mod protocol;
