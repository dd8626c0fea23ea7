//! The gates in effect as data.

use core::fmt;

use alloc::vec::Vec;
use featuregate_core::{GateState, Link, Resolution as UntypedResolution};
use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};

use crate::data::origin;
use crate::resolve::enums::Enums;
use crate::resolve::resolution::Resolution;

/// The gates in effect as data: sorted by name, each with its stage, default, lock, value and origin.
///
/// It is serialised as a sequence of
/// `{"name", "stage", "default", "locked", "enabled", "origin"}`, with the stages of a manifest (`Alpha`,
/// `Beta`, `GA`, `Deprecated`); `origin` is
/// `{"source", "name", "path", "line", "column", "item", "changed_by", "changed_at", "group", "implied_by"}` without fields
/// that do not apply. Its name is that of a flag or variable that is not the one with assignments, as in `--enable` or
/// `APP_GATE_A`; its source is `default`, `config`, `env`, `flag`, `group`, `implied`, `pin`, `unmet`, `call` for the program
/// itself, or `runtime` for a change while it ran. `Display` is a table for people.
///
/// ```
/// use featuregate::FeatureGate;
/// use featuregate::data::Report;
///
/// #[derive(Clone, Copy, FeatureGate)]
/// enum Feature {
///     /// A cache in front of the disk.
///     #[gate(alpha)]
///     Cache,
/// }
///
/// let resolution = Feature::resolver().resolve()?;
/// assert_eq!(
///     serde_json::to_string(&Report::new(&resolution))?,
///     r#"[{"name":"Cache","stage":"Alpha","default":false,"locked":false,"enabled":false,"origin":{"source":"default"}}]"#
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Report<'a> {
    gates: Vec<GateState<'a>>,
}

impl<'a> Report<'a> {
    /// The gates of a resolution, without the groups and without gates that do not exist at the versions in effect.
    #[must_use]
    pub fn new<F: Enums>(resolution: &'a Resolution<F>) -> Self {
        Self::from(resolution.untyped())
    }
}

impl<'a> From<&'a UntypedResolution> for Report<'a> {
    fn from(resolution: &'a UntypedResolution) -> Self {
        let mut gates: Vec<GateState<'a>> = resolution.iter().collect();
        gates.sort_unstable_by_key(GateState::name);
        Self { gates }
    }
}

impl Serialize for Report<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.gates.iter().map(Row))
    }
}

struct Row<'a>(&'a GateState<'a>);

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let gate = self.0;
        let mut row = serializer.serialize_struct("Gate", 6)?;
        row.serialize_field("name", gate.name())?;
        row.serialize_field("stage", gate.stage().as_str())?;
        row.serialize_field("default", &gate.default())?;
        row.serialize_field("locked", &gate.is_locked())?;
        row.serialize_field("enabled", &gate.enabled())?;
        row.serialize_field("origin", &Decided(gate.decided_by()))?;
        row.end()
    }
}

struct Decided<'a>(Link<'a>);

impl Serialize for Decided<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        origin::write(&mut map, self.0.cause(), self.0.implied_by())?;
        map.end()
    }
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.gates.iter().map(|gate| gate.name().chars().count()).max();
        let width = width.unwrap_or_default().max("NAME".len());
        writeln!(f, "{:width$}  {:10}  DEFAULT  LOCKED  ENABLED  BECAUSE", "NAME", "STAGE")?;
        for gate in &self.gates {
            let because = gate.decided_by();
            let yes = |value: bool| if value { "yes" } else { "no" };
            writeln!(
                f,
                "{:width$}  {:10}  {:7}  {:6}  {:7}  {because}",
                gate.name(),
                gate.stage(),
                gate.default(),
                yes(gate.is_locked()),
                gate.enabled(),
            )?;
        }
        Ok(())
    }
}
