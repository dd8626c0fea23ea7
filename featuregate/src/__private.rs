//! What the derive's expansion needs. Not for anybody else: it changes without notice.

pub use core::fmt;
pub use core::primitive::{bool, str, u8, usize};
pub use core::result::Result;
pub use core::str::FromStr;

pub use crate::cells::{Cells, CellsRef, enabled};
pub use crate::declaration::{Declaration, available, both, fixed};
pub use crate::gate::{All, Emulates, FeatureGate, Specs, UnknownGate};
pub use crate::gates::Gates;
pub use crate::resolver::Resolver;
pub use featuregate_core::GateSpec;
