//! The features of an agent's sessions: each session has a set of its own.

mod config;
mod feature;
mod session;

pub use config::{Config, Profile};
pub use feature::Feature;
pub use session::{Cli, Session, menu, table};
