//! What a program sees: the enum in all its forms, sources, installing, arguments, and the promises about
//! dependencies.
#![expect(clippy::unwrap_used, reason = "helpers of tests, where a panic is a failure")]

mod advice;
mod arguments;
mod composed;
mod crossing;
mod dependencies;
mod documents;
mod explaining;
mod forms;
mod gate_variables;
mod glob;
mod groups;
mod hygiene;
mod install;
mod layers;
mod many;
mod names;
mod notations;
mod order;
mod patches;
mod platforms;
mod properties;
mod removed;
