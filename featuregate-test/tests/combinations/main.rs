//! Covering arrays of feature gates.

mod checker;
mod enums;
mod kubernetes;
mod models;
