//! Gates in typed configuration, and as data.

mod explained;
mod map;
mod report;

use ::serde::ser::SerializeMap;
use featuregate_core::Origin;

pub use explained::Explained;
pub use map::{GateMap, GateValue};
pub use report::Report;

/// The fields of an origin that apply.
fn origin_fields<M: SerializeMap>(map: &mut M, origin: &Origin) -> Result<(), M::Error> {
    if let Some(path) = origin.path() {
        map.serialize_entry("path", path)?;
    }
    if let Some(line) = origin.line() {
        map.serialize_entry("line", &line)?;
    }
    if let Some(column) = origin.column() {
        map.serialize_entry("column", &column)?;
    }
    if let Some(item) = origin.item() {
        map.serialize_entry("item", item)?;
    }
    Ok(())
}
