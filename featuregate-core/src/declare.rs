//! What is declared: gates with their histories, and which of them are legal.
//!
//! From the smallest part to the whole: a [`version`], a [`stage`], a [`milestone`], a [`history`], and a gate's
//! [`spec`]; a `group` names several gates. A declaration becomes a spec through [`lifecycle`], which has the rules of one gate. [`packed`] is
//! the form in which the derive passes gates on.

pub(crate) mod group;
pub mod history;
pub mod lifecycle;
pub(crate) mod milestone;
pub(crate) mod milestones;
pub mod packed;
pub(crate) mod rare;
pub(crate) mod reader;
pub(crate) mod spec;
pub(crate) mod stage;
pub(crate) mod version;
