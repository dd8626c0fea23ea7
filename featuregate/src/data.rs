//! Gates in typed configuration, and as data.

mod explained;
mod map;
mod origin;
mod report;

pub use explained::Explained;
pub use map::{GateMap, GateValue};
pub use report::Report;
