//! Gates in typed configuration, and as data.

mod explained;
mod gates;
#[cfg(feature = "runtime")]
mod layer;
mod list;
mod located;
mod map;
mod origin;
mod report;
#[cfg(feature = "schemars")]
mod schema;

pub use explained::Explained;
pub use list::GateList;
pub use located::{JsonName, LocatedGates, Position};
pub use map::{GateMap, GateValue};
pub use report::Report;
