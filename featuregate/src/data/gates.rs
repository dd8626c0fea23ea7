//! Values of gates as data: those that do not have their default, as a map.

use core::fmt::Write as _;

use alloc::string::String;
use featuregate_core::Problems;
use serde::de::{self, Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use crate::data::map::GateMap;
use crate::declare::gate_enum::{GateEnum, written};
use crate::resolve::gates::Gates;

/// The gates that do not have their default: `{"Cache": true}`.
impl<F: GateEnum> Serialize for Gates<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.changed().map(|(gate, value)| (written(gate), value)))
    }
}

/// A map of gates with booleans, as of a configuration, under all rules: the others have their defaults. Every
/// [self-describing format](GateMap) has such maps.
impl<'de, F: GateEnum> Deserialize<'de> for Gates<F> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let map = GateMap::deserialize(deserializer)?;
        Self::of_items(map.items("")).map_err(|problems| de::Error::custom(shown(&problems)))
    }
}

/// The problems in one line, without the location, which the format adds.
fn shown(problems: &Problems) -> String {
    let mut shown = String::new();
    for problem in problems {
        let separator = if shown.is_empty() { "" } else { "; " };
        let help = problem.help().map(|help| alloc::format!("; {help}")).unwrap_or_default();
        let _ = write!(shown, "{separator}{}{help}", problem.message());
    }
    shown
}
