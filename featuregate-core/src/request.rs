//! What is asked for: a text or a map becomes [`assignment`]s, each with its [`origin`]. No gate is known
//! here.

pub mod assignment;
pub mod origin;
pub mod parse;
