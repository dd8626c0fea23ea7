//! What is asked for: a text or a map becomes [`assignment`]s, each with its [`origin`]. No gate is known
//! here.

pub(crate) mod assignment;
pub(crate) mod boolean;
pub(crate) mod layer;
pub(crate) mod notation;
pub(crate) mod origin;
pub(crate) mod parse;
