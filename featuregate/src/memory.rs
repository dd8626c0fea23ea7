//! Where the values of gates are while a program runs, and how a check reads them.

pub(crate) mod cells;
#[cfg(feature = "runtime")]
pub(crate) mod changing;
pub(crate) mod hook;
pub(crate) mod installed;
#[cfg(feature = "runtime")]
pub(crate) mod layer;
#[cfg(feature = "runtime")]
pub(crate) mod live;
pub(crate) mod protocol;
pub(crate) mod start;
pub(crate) mod unread;
