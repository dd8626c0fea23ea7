//! What is declared: gates with their histories, and which of them are legal.
//!
//! From the smallest part to the whole: a [`version`], a [`stage`], a [`milestone`], a gate's [`spec`], and
//! the [`gate_set`] of a process. A declaration becomes a spec through [`lifecycle`], which knows the rules
//! of one gate; [`dependency`] knows those between two, and [`compose`](mod@compose) those between enums.
//! [`packed`] is the form in which the derive hands gates over.

pub mod compose;
pub mod dependency;
pub mod gate_set;
pub mod lifecycle;
pub mod milestone;
pub mod packed;
pub mod spec;
pub mod stage;
pub mod version;
pub mod versions;
